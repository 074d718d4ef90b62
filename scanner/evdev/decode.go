// Package evdev reads a scanner that types, beneath keyboard layouts and input methods: an input device of Linux', which this program takes for itself, or one
// that Windows shows by Raw Input.
package evdev

// Event is one event of an input device (linux/input.h).
type Event struct {
	Type, Code uint16
	Value      int32
}

// What events are about (linux/input-event-codes.h).
const (
	typeSync     = 0
	typeKey      = 1
	typeScanCode = 4
	syncLost     = 3 // the system dropped events
	pressed      = 1
	released     = 0
	keyEnter     = 28
	keyControl   = 29
	keyShift     = 42
	keyShift2    = 54
	keyCaps      = 58
	keyPad       = 96 // Enter of the number pad
	keyCtrl2     = 97
)

// layout is what the keys of a US keyboard say, plain and shifted: scanners are shipped to type on such a one.
var layout = func() map[uint16][2]byte {
	keys := map[uint16][2]byte{keyEnter: {'\r', '\r'}, keyPad: {'\r', '\r'}, 15: {'\t', '\t'}, 57: {' ', ' '}, 55: {'*', '*'}, 98: {'/', '/'}}
	for _, row := range []struct {
		from           uint16
		plain, shifted string
	}{
		{2, `1234567890-=`, `!@#$%^&*()_+`},
		{16, `qwertyuiop[]`, `QWERTYUIOP{}`},
		{30, "asdfghjkl;'`", `ASDFGHJKL:"~`},
		{43, `\zxcvbnm,./`, `|ZXCVBNM<>?`},
		{71, `789-456+1230.`, `789-456+1230.`}, // the number pad
	} {
		for i := range len(row.plain) {
			keys[row.from+uint16(i)] = [2]byte{row.plain[i], row.shifted[i]}
		}
	}
	return keys
}()

// Decoder makes characters of key events. The zero value is a keyboard on which no key is down.
type Decoder struct {
	down map[uint16]bool // of shift and control
	caps bool
}

// Take takes an event and gives the character it types; ok is false where it types none. Enter is a carriage return. A key that is held down types
// once: scanners do not hold keys.
func (d *Decoder) Take(e Event) (c byte, ok bool) {
	if e.Type != typeKey {
		return 0, false
	}
	switch e.Code {
	case keyShift, keyShift2, keyControl, keyCtrl2:
		if d.down == nil {
			d.down = map[uint16]bool{}
		}
		d.down[e.Code] = e.Value != released
		return 0, false
	}
	if e.Value != pressed {
		return 0, false
	}
	if e.Code == keyCaps {
		d.caps = !d.caps
		return 0, false
	}
	key, known := layout[e.Code]
	if !known {
		return 0, false
	}
	return d.typed(key), true
}

// Lose tells that events are missing: which keys are down is not known.
func (d *Decoder) Lose() { d.down = nil }

// typed is the character of a key as shift, Caps Lock and control stand. Control types control characters: GS, which parts GS1 fields, is control and ].
func (d *Decoder) typed(key [2]byte) byte {
	plain := key[0]
	letter := plain >= 'a' && plain <= 'z'
	if (d.down[keyControl] || d.down[keyCtrl2]) && (letter || plain >= '[' && plain <= ']') {
		return plain & 0x1f
	}
	shifted := d.down[keyShift] || d.down[keyShift2]
	if letter {
		shifted = shifted != d.caps
	}
	if shifted {
		return key[1]
	}
	return plain
}
