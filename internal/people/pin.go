package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// hashing are the parameters of Argon2id.
type hashing struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// today are the parameters of new hashes: 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet, Argon2id), which a small machine does in 50 to
// 100 ms; RFC 9106's own 64 MiB take half a second there. A hash carries its parameters, so that these can be raised. No hash saves
// four digits from somebody who has the file: it is this user's alone, and what the hash buys is time.
var today = hashing{memory: 19 * 1024, passes: 2, lanes: 1}

// The lengths of RFC 9106, section 4, in bytes.
const (
	saltLength = 16
	hashLength = 32
)

// most are the largest parameters that are heeded: a file that was tampered with must not stop the bench for a minute.
var most = hashing{memory: 256 * 1024, passes: 16, lanes: 16}

// errNoHash means that a text is no hash of a PIN.
var errNoHash = errors.New("no hash of a PIN")

var coding = base64.RawStdEncoding

// hash makes the text that a PIN can be compared with: $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH, as the reference program writes it.
func hash(pin string) string {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // never fails
	h := today
	sum := argon2.IDKey([]byte(pin), salt, h.passes, h.memory, h.lanes, hashLength)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.passes, h.lanes, coding.EncodeToString(salt), coding.EncodeToString(sum))
}

// matches tells whether a hash is that of a PIN. It takes as long for a wrong one as for the right one.
func matches(encoded, pin string) (bool, error) {
	h, salt, sum, err := decode(encoded)
	if err != nil {
		return false, err
	}
	other := argon2.IDKey([]byte(pin), salt, h.passes, h.memory, h.lanes, uint32(len(sum)))
	return subtle.ConstantTimeCompare(sum, other) == 1, nil
}

func decode(encoded string) (h hashing, salt, sum []byte, err error) {
	fields := strings.Split(encoded, "$")
	if len(fields) != 6 || fields[1] != "argon2id" || fields[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, nil, nil, errNoHash
	}
	if _, err := fmt.Sscanf(fields[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.lanes); err != nil {
		return h, nil, nil, errNoHash
	}
	salt, first := coding.DecodeString(fields[4])
	sum, second := coding.DecodeString(fields[5])
	switch {
	case first != nil || second != nil || len(salt) < 8 || len(sum) < 16 || len(sum) > 64,
		h.passes < 1 || h.passes > most.passes, h.lanes < 1 || h.lanes > most.lanes, h.memory < 8*uint32(h.lanes) || h.memory > most.memory:
		return h, nil, nil, errNoHash
	}
	return h, salt, sum, nil
}
