// Package zpl speaks ZPL II: a page becomes one label, and labels that come as ZPL are looked through before they go out.
// It is pure: bytes in, bytes out. Commands are those of Zebra's "ZPL II Programming Guide", 45541L-004.
package zpl

import (
	"bytes"
	"fmt"

	"packbench/internal/page"
	"packbench/printer/medium"
)

// Encoding is how the picture of a label is written.
type Encoding string

// The encodings. A dense label of 10 × 15 cm at 203 dpi, 120,000 bytes of dots, has 32 KB, 240 KB and 10 KB (printing facts 2).
const (
	ACS Encoding = "acs" // hexadecimal with runs, "Alternative Data Compression Scheme"; every clone that knows ZPL reads it. The empty one is this one
	Hex Encoding = "hex" // plain hexadecimal, for a clone that fails on runs
	Z64 Encoding = "z64" // deflated, in base64 with a CRC; only for a printer that has printed a test label in it: not every clone knows it
)

// Valid tells whether it is one of the encodings, or empty.
func (e Encoding) Valid() bool { return e == "" || e == ACS || e == Hex || e == Z64 }

// Settings go into each label, so that a printer that was switched off in between prints the next one the same.
type Settings struct {
	// Darkness is added to the printer's own, -30 to 30 (^MD); 0 leaves it.
	Darkness int
	// Speed is the print speed in inches a second, 2 to 14 (^PR); 0 leaves the printer's own.
	Speed int
	// Tracking finds the labels (^MN), and Taking is how they come out (^MM); empty leaves the printer's own.
	Tracking medium.Tracking
	Taking   medium.Taking
	// Encoding is how the picture is written; empty is ACS.
	Encoding Encoding
}

// Limits of the settings ("ZPL II Programming Guide", ^MD and ^PR).
const (
	MaxDarkness = 30 // and as far below 0
	MinSpeed    = 2
	MaxSpeed    = 14
)

// trackings and takings are the parameters of ^MN and ^MM.
var (
	trackings = map[medium.Tracking]string{medium.Gap: "Y", medium.Mark: "M", medium.Continuous: "N"}
	takings   = map[medium.Taking]string{medium.Tear: "T", medium.Peel: "P"}
)

// Encode makes exactly one label of a page: one ^XA…^XZ with every setting inside and nothing outside, in printable ASCII, so
// that it also passes lines with XON/XOFF. Settings must be within their limits.
func Encode(p *page.Page, s Settings) []byte {
	room := len(p.Bits) / 3
	if s.Encoding == Hex {
		room = 2 * len(p.Bits)
	}
	out := bytes.NewBuffer(make([]byte, 0, room+256))
	out.WriteString("^XA")
	fmt.Fprintf(out, "^PW%d^LL%d", p.Width, p.Height)
	out.WriteString("^LH0,0^LS0") // a label home or shift left behind by another program would move the picture
	if tracking, ok := trackings[s.Tracking]; ok {
		out.WriteString("^MN" + tracking)
	}
	if taking, ok := takings[s.Taking]; ok {
		out.WriteString("^MM" + taking)
	}
	if s.Darkness != 0 {
		fmt.Fprintf(out, "^MD%d", s.Darkness)
	}
	if s.Speed != 0 {
		fmt.Fprintf(out, "^PR%d", s.Speed)
	}
	total := p.Stride * p.Height
	fmt.Fprintf(out, "^FO0,0^GFA,%d,%d,%d,", total, total, p.Stride)
	switch s.Encoding {
	case Hex:
		writeHex(out, p)
	case Z64:
		writeZ64(out, p)
	default:
		writePicture(out, p)
	}
	out.WriteString("^FS^PQ1^XZ\n")
	return out.Bytes()
}
