package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	gokeyring "github.com/zalando/go-keyring"
)

// service names the program in the keyring.
const service = "packbench"

// keyringWithin bounds one question to the keyring: on Linux it may wait for ever, for a prompt nobody sees or a service that does not start.
const keyringWithin = 2 * time.Second

// ring is the keyring of the computer's user: Secret Service, Keychain or Credential Manager.
type ring struct {
	get    func(service, user string) (string, error)
	set    func(service, user, secret string) error
	delete func(service, user string) error
	within time.Duration
}

func keyring() vault {
	return ring{get: gokeyring.Get, set: gokeyring.Set, delete: gokeyring.Delete, within: keyringWithin}
}

var errSilent = errors.New("the keyring does not answer")

func (r ring) read(name string) (Secrets, error) {
	text, err := bounded(r.within, func() (string, error) { return r.get(service, name) })
	if errors.Is(err, gokeyring.ErrNotFound) {
		return Secrets{}, nil
	}
	if err != nil {
		return Secrets{}, err
	}
	var s Secrets
	if json.Unmarshal([]byte(text), &s) != nil { // the decoder's words may repeat what it read
		return Secrets{}, errors.New("the keyring's entry is not ours")
	}
	return s, nil
}

func (r ring) write(name string, s Secrets) error {
	if _, err := r.read(name); err != nil { // its words may be told; those of a write may repeat the secrets
		return err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = bounded(r.within, func() (string, error) { return "", r.set(service, name, string(text)) })
	switch {
	case err == nil, errors.Is(err, errSilent), errors.Is(err, gokeyring.ErrSetDataTooBig):
		return err
	}
	return fmt.Errorf("the keyring took nothing (%T)", err)
}

func (r ring) remove(name string) error {
	_, err := bounded(r.within, func() (string, error) { return "", r.delete(service, name) })
	if errors.Is(err, gokeyring.ErrNotFound) {
		return nil
	}
	return err
}

// bounded gives up waiting after a while. What it waited for goes on, and is of no consequence any more.
func bounded(within time.Duration, ask func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		text, err := ask()
		answered <- answer{text, err}
	}()
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case a := <-answered:
		return a.text, a.err
	case <-timer.C:
		return "", errSilent
	}
}
