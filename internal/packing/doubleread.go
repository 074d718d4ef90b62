package packing

import "time"

const (
	doubleRead     = 800 * time.Millisecond
	doubleReadFull = time.Second
)

// DoubleRead is how soon the same code from a scanner is one reading twice: while a piece of it is missing, and else. 0 is what holds for a scanner
// of which nothing is known: 0.8 and 1 s (printing facts 5). How soon a scanner reads the same code again can be set on many of them.
type DoubleRead struct{ Missing, Full time.Duration }

// doubleReadOf is the figures of a scanner. Where only that for a missing piece is set, and is longer than the other, it holds always.
func (s State) doubleReadOf(device string) DoubleRead {
	d := s.DoubleReads[device]
	if d.Missing == 0 {
		d.Missing = doubleRead
	}
	if d.Full == 0 {
		d.Full = max(doubleReadFull, d.Missing)
	}
	return d
}

// longestDoubleRead is the time after which an accepted scan of a scanner says nothing about the next one.
func (s State) longestDoubleRead(device string) time.Duration {
	d := s.doubleReadOf(device)
	return max(d.Missing, d.Full)
}
