// Package zpl speaks ZPL II: a page becomes one label, and labels that come as ZPL are looked through before they go out.
// It is pure: bytes in, bytes out. Commands are those of Zebra's "ZPL II Programming Guide", 45541L-004.
package zpl

import (
	"bytes"
	"strconv"

	"packbench/internal/page"
)

// Settings go into each label, so that a printer that was switched off in between prints the next one the same.
type Settings struct {
	// Darkness is added to the printer's own, -30 to 30 (^MD); 0 leaves it.
	Darkness int
	// Speed is the print speed in inches a second, 2 to 14 (^PR); 0 leaves the printer's own.
	Speed int
}

// Encode makes exactly one label of a page: one ^XA…^XZ with every setting inside and nothing outside, in printable ASCII, so
// that it also passes lines with XON/XOFF. The picture is run-length encoded ("ACS"), which every clone that knows ZPL reads,
// unlike Z64 (printing facts 2); a dense label has 32 KB at 203 dpi.
func Encode(p *page.Page, s Settings) []byte {
	out := bytes.NewBuffer(make([]byte, 0, len(p.Bits)/3+256))
	command := func(name string, values ...int) {
		out.WriteString(name)
		for i, v := range values {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(strconv.Itoa(v))
		}
	}
	out.WriteString("^XA")
	command("^PW", p.Width)
	command("^LL", p.Height)
	command("^LH", 0, 0) // a label home or shift left behind by another program would move the picture
	command("^LS", 0)
	if s.Darkness != 0 {
		command("^MD", s.Darkness)
	}
	if s.Speed != 0 {
		command("^PR", s.Speed)
	}
	command("^FO", 0, 0)
	total := p.Stride * p.Height
	command("^GFA,", total, total, p.Stride)
	out.WriteByte(',')
	writePicture(out, p)
	out.WriteString("^FS^PQ1^XZ\n")
	return out.Bytes()
}

// writePicture writes the rows as hexadecimal digits with runs ("Alternative Data Compression Scheme", ^GF and ~DG).
func writePicture(out *bytes.Buffer, p *page.Page) {
	row, before := make([]byte, 2*p.Stride), make([]byte, 2*p.Stride)
	for y := range p.Height {
		digitsOf(row, p, y)
		if y > 0 && bytes.Equal(row, before) {
			out.WriteByte(':') // the row above again
			continue
		}
		writeRow(out, row)
		row, before = before, row
	}
}

const hexDigits = "0123456789ABCDEF"

// digitsOf writes row y as digits; what lies beyond the page's width is white, whatever its last byte holds.
func digitsOf(row []byte, p *page.Page, y int) {
	for i, b := range p.Bits[y*p.Stride:][:p.Stride] {
		if beyond := 8*(i+1) - p.Width; beyond > 0 {
			b = b >> beyond << beyond
		}
		row[2*i], row[2*i+1] = hexDigits[b>>4], hexDigits[b&15]
	}
}

// writeRow writes one row, its end as ',' where the rest is white and as '!' where it is black.
func writeRow(out *bytes.Buffer, row []byte) {
	tail := row[len(row)-1]
	body := row
	if tail == '0' || tail == 'F' {
		body = bytes.TrimRight(row, string(tail))
	}
	for len(body) > 0 {
		n := 1
		for n < len(body) && body[n] == body[0] {
			n++
		}
		writeRun(out, body[0], n)
		body = body[n:]
	}
	switch {
	case tail == '0':
		out.WriteByte(',')
	case tail == 'F':
		out.WriteByte('!')
	}
}

// writeRun writes a digit n times: G to Y stand for 1 to 19, g to z for 20, 40 … 400, and add up.
func writeRun(out *bytes.Buffer, digit byte, n int) {
	if n == 1 {
		out.WriteByte(digit)
		return
	}
	for ; n > 400; n -= 400 {
		out.WriteByte('z')
	}
	if n >= 20 {
		out.WriteByte('g' + byte(n/20-1))
	}
	if ones := n % 20; ones > 0 {
		out.WriteByte('G' + byte(ones-1))
	}
	out.WriteByte(digit)
}
