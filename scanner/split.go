package scanner

import (
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Cancel tells that bytes are missing (ASCII CAN): what stands before it, and after it up to the end of the code, does not count.
const Cancel = 0x18

// The characters that end a code, and the one before it.
const (
	startOfText = 0x02
	endOfText   = 0x03
	tab         = '\t'
	lineFeed    = '\n'
	enter       = '\r'
)

const (
	// Silence ends the code of a scanner that sends nothing behind it. Serial bytes come without pauses but for those of the line, 33 ms a byte at 300
	// baud, and of a slow system; and no packer presents the next code within 150 ms.
	Silence = 150 * time.Millisecond
	// Patience is how long a scanner that ends its codes is waited for in the middle of one: radio and a busy computer make pauses. Then it is half a
	// code: whoever sees that nothing was counted and scans again takes longer.
	Patience = time.Second
	// Longest is the longest code in bytes. A wrong rate, or something that is no scanner, sends without end.
	Longest = 512
)

// Fault is why there is no code in what came.
type Fault string

// The faults of a reading.
const (
	Half    Fault = "half"     // it broke off: nothing of it may count
	TooLong Fault = "too_long" // more than Longest bytes
)

// Read is one reading: a clean code, or a fault.
type Read struct {
	Code  string
	Fault Fault
	At    time.Time // its last byte's
}

// Splitter makes codes of a scanner's bytes, in whatever pieces they come. The zero value is ready. It asks no clock.
type Splitter struct {
	pending  []byte
	last     time.Time // the last byte's
	skipping bool      // the rest of something too long
	suffixed bool      // the scanner has ended a code by a character: silence does not
}

// Take takes the next bytes. They may have waited in the system: only Lapse tells that there were none.
func (s *Splitter) Take(b []byte, at time.Time) (reads []Read) {
	for _, c := range b {
		switch {
		case c == Cancel:
			s.pending, s.last, s.skipping = nil, at, true
			reads = append(reads, Read{Fault: Half, At: at})
		case c == startOfText:
			reads = append(reads, s.drop(Half)...)
		case c == enter, c == lineFeed, c == tab, c == endOfText:
			s.last = at
			s.suffixed = s.suffixed || len(s.pending) > 0
			reads = append(reads, s.end()...)
		case s.skipping:
			s.last = at
		default:
			s.pending, s.last = append(s.pending, c), at
			if len(s.pending) > Longest {
				reads = append(reads, s.drop(TooLong)...)
				s.skipping = true
			}
		}
	}
	return reads
}

// Due is when Lapse has something to say unless more bytes come; zero where nothing is waited for.
func (s *Splitter) Due() time.Time {
	switch {
	case len(s.pending) == 0 && !s.skipping:
		return time.Time{}
	case s.suffixed:
		return s.last.Add(Patience)
	}
	return s.last.Add(Silence)
}

// Lapse tells that no byte has come by now.
func (s *Splitter) Lapse(now time.Time) []Read {
	due := s.Due()
	switch {
	case due.IsZero() || now.Before(due):
		return nil
	case s.suffixed:
		return s.drop(Half)
	}
	return s.end()
}

// Cut tells that the scanner is gone: what it was sending is lost, and whatever comes may end its codes otherwise.
func (s *Splitter) Cut() []Read {
	reads := s.drop(Half)
	s.suffixed = false
	return reads
}

// end closes a code.
func (s *Splitter) end() []Read {
	code := Clean(text(s.pending))
	s.pending, s.skipping = nil, false
	if code == "" {
		return nil
	}
	return []Read{{Code: code, At: s.last}}
}

// drop forgets a code that does not count.
func (s *Splitter) drop(why Fault) []Read {
	some := len(s.pending) > 0
	s.pending, s.skipping = nil, false
	if !some {
		return nil
	}
	return []Read{{Fault: why, At: s.last}}
}

// text reads a scanner's bytes. Most send UTF-8; of the others those made for China send GBK, and the rest Latin-1. Bytes from A1 on in pairs are taken
// for Chinese: in Latin-1 two letters beyond ASCII hardly ever stand together, and never all of them by twos.
func text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	from := charmap.ISO8859_1.NewDecoder()
	if pairs(b) {
		from = simplifiedchinese.GBK.NewDecoder()
	}
	decoded, err := from.Bytes(b)
	if err != nil { // neither of them fails: what they do not know becomes a replacement character, which is no part of a code
		return ""
	}
	return string(decoded)
}

// pairs tells whether all bytes beyond ASCII are pairs as in the Chinese of GB 2312.
func pairs(b []byte) bool {
	for i := 0; i < len(b); i++ {
		if b[i] < utf8.RuneSelf {
			continue
		}
		if i++; b[i-1] < 0xA1 || i == len(b) || b[i] < 0xA1 {
			return false
		}
	}
	return true
}
