package state

import "strings"

// Identity is what a printer says that it is. What it does not say is empty or 0.
type Identity struct {
	Model, Firmware string
	DotsPerMM       int // of the print head: 8 is 203 dpi, 12 is 300 dpi
	MemoryKB        int
}

// Told tells that the printer has said anything.
func (i Identity) Told() bool { return i != Identity{} }

// maxWords is longer than any model's name.
const maxWords = 64

// Words is what can be shown of a text that a printer sent: its printable ASCII, at most 64 characters.
func Words(text []byte) string {
	shown := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, string(text)))
	return strings.TrimSpace(shown[:min(len(shown), maxWords)])
}
