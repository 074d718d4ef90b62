// Package virtual holds machines that draw what a printer would print, for the demo and for tests. They share no code with
// the printer languages: what both sides understand alike is worth something.
package virtual

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"packbench/internal/page"
)

// ZPL is a machine that understands the ZPL II commands a picture label needs ("ZPL II Programming Guide", 45541L-004):
// ^XA ^XZ ^PW ^LL ^LH ^FO ^GFA ^FS ^PQ, and ignores ^LS ^MD ^PR ^FX. Everything else is an error: a real printer would do
// something this machine cannot show.
type ZPL struct {
	DPI    int       // of the print head
	Medium page.Size // where a label does not say its own size
}

const (
	maxLabelBytes = 16 << 20 // a page of page.MaxDots a side would be larger; no label is
	maxCopies     = 100
)

// Decode draws every label of a stream, ^PQ copies and all. Damaged data, and anything after the last ^XZ but white space, is an error.
func (z ZPL) Decode(stream []byte) ([]*page.Page, error) {
	var pages []*page.Page
	for len(bytes.TrimSpace(stream)) > 0 {
		end := labelEnd(stream)
		if end < 0 {
			return nil, fmt.Errorf("label %d has no end", len(pages)+1)
		}
		p, copies, err := z.draw(stream[:end])
		if err != nil {
			return nil, fmt.Errorf("label %d: %w", len(pages)+1, err)
		}
		for range copies {
			pages = append(pages, p)
		}
		stream = stream[end:]
	}
	return pages, nil
}

// labelEnd is the offset after the first ^XZ, or -1. Pictures come as digits here, so none can hold these bytes.
func labelEnd(stream []byte) int {
	const end = "^XZ"
	if i := bytes.Index(stream, []byte(end)); i >= 0 {
		return i + len(end)
	}
	return -1
}

// form is one label while it is drawn.
type form struct {
	width, height int
	homeX, homeY  int
	x, y          int
	copies        int
	pictures      []picture
}

// picture is one ^GF with its place.
type picture struct {
	x, y, stride int
	bits         []byte
}

// draw draws one label, ^XA to ^XZ.
func (z ZPL) draw(label []byte) (p *page.Page, copies int, err error) {
	text := strings.TrimSpace(string(label))
	if !strings.HasPrefix(text, "^XA") {
		return nil, 0, fmt.Errorf("begins with %.10q instead of ^XA", text)
	}
	f := form{copies: 1}
	f.width, f.height = z.Medium.Dots(z.DPI)
	for _, command := range strings.Split(text, "^")[1:] {
		if len(command) < 2 {
			return nil, 0, fmt.Errorf("half a command %q", command)
		}
		if err := f.do(command[:2], strings.TrimSpace(command[2:])); err != nil {
			return nil, 0, fmt.Errorf("^%s: %w", command[:2], err)
		}
	}
	if f.width < 1 || f.height < 1 || f.width > page.MaxDots || f.height > page.MaxDots || (f.width+7)/8*f.height > maxLabelBytes {
		return nil, 0, fmt.Errorf("a label of %d × %d dots", f.width, f.height)
	}
	p = page.New(f.width, f.height, z.DPI)
	for _, g := range f.pictures {
		g.on(p)
	}
	return p, f.copies, nil
}

func (f *form) do(name, data string) (err error) {
	switch name {
	case "XA", "XZ", "FS":
		if data != "" {
			return fmt.Errorf("%.20q after it", data)
		}
	case "PW":
		err = numbers(data, &f.width)
	case "LL":
		err = numbers(data, &f.height)
	case "LH":
		err = numbers(data, &f.homeX, &f.homeY)
	case "FO":
		err = numbers(data, &f.x, &f.y)
	case "PQ":
		if err = numbers(data, &f.copies); err == nil && (f.copies < 1 || f.copies > maxCopies) {
			err = fmt.Errorf("%d copies", f.copies)
		}
	case "GF":
		return f.graphic(data)
	case "LS", "MD", "PR", "FX":
	default:
		return fmt.Errorf("unknown here")
	}
	return err
}

// numbers reads exactly as many whole numbers as there are targets, 0 to page.MaxDots.
func numbers(data string, targets ...*int) error {
	fields := strings.Split(data, ",")
	if len(fields) != len(targets) {
		return fmt.Errorf("%q: %d values instead of %d", data, len(fields), len(targets))
	}
	for i, field := range fields {
		n, err := strconv.Atoi(field)
		if err != nil {
			return err
		}
		if n < 0 || n > page.MaxDots {
			return fmt.Errorf("%d is out of range", n)
		}
		*targets[i] = n
	}
	return nil
}

// graphic takes ^GFA,bytes sent,bytes of the picture,bytes a row,data.
func (f *form) graphic(data string) error {
	fields := strings.SplitN(data, ",", 5)
	if len(fields) != 5 || fields[0] != "A" {
		return fmt.Errorf("%.20q: only ^GFA is known", data)
	}
	total, err := strconv.Atoi(fields[2])
	if err != nil {
		return err
	}
	stride, err := strconv.Atoi(fields[3])
	if err != nil {
		return err
	}
	if stride < 1 || total < stride || total > maxLabelBytes || total%stride != 0 {
		return fmt.Errorf("%d bytes in rows of %d", total, stride)
	}
	digits, err := expand(fields[4], 2*stride, total/stride)
	if err != nil {
		return err
	}
	bits := make([]byte, total)
	if _, err := hex.Decode(bits, digits); err != nil {
		return err
	}
	f.pictures = append(f.pictures, picture{x: f.homeX + f.x, y: f.homeY + f.y, stride: stride, bits: bits})
	return nil
}

// expand undoes the run-length encoding of a picture of rows rows of width digits: G to Y repeat the digit after them 1 to 19
// times, g to z 20 to 400 times and add up, a comma ends a row in white, an exclamation mark in black, a colon repeats the row above.
func expand(data string, width, rows int) ([]byte, error) {
	digits := make([]byte, 0, width*rows)
	repeat := 0
	for i := range len(data) {
		c := data[i]
		room := width*rows - len(digits)
		inRow := len(digits) % width
		switch {
		case c == '\r' || c == '\n':
			continue
		case c >= 'G' && c <= 'Y':
			repeat += int(c-'G') + 1
			continue
		case c >= 'g' && c <= 'z':
			repeat += 20 * (int(c-'g') + 1)
			continue
		case room == 0:
			return nil, fmt.Errorf("more data than %d rows of %d digits", rows, width)
		case c == ',' || c == '!':
			if repeat > 0 {
				return nil, fmt.Errorf("a count before %q", c)
			}
			digits = append(digits, bytes.Repeat([]byte{map[byte]byte{',': '0', '!': 'F'}[c]}, width-inRow)...)
		case c == ':':
			if repeat > 0 || inRow != 0 || len(digits) == 0 {
				return nil, fmt.Errorf("a colon with no row above, or within a row")
			}
			digits = append(digits, digits[len(digits)-width:]...)
		case c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f':
			n := max(1, repeat)
			if inRow+n > width {
				return nil, fmt.Errorf("a run of %d digits past the end of row %d", n, len(digits)/width+1)
			}
			digits = append(digits, bytes.Repeat([]byte{c}, n)...)
			repeat = 0
		default:
			return nil, fmt.Errorf("%q is no picture data", c)
		}
	}
	if len(digits) != width*rows || repeat > 0 {
		return nil, fmt.Errorf("%d digits instead of %d", len(digits), width*rows)
	}
	return digits, nil
}

// on draws the picture; what lies outside the label is lost, as on paper.
func (g picture) on(p *page.Page) {
	for i, b := range g.bits {
		for bit := range 8 {
			if b&(0x80>>bit) != 0 {
				p.Set(g.x+i%g.stride*8+bit, g.y+i/g.stride)
			}
		}
	}
}
