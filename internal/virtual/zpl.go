// Package virtual holds machines that draw what a printer would print, for the demo and for tests. They share no code with
// the printer languages: what both sides understand alike is worth something.
package virtual

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"packbench/internal/page"
	"packbench/printer/state"
)

// ZPL is a machine that understands the ZPL II commands a picture label needs ("ZPL II Programming Guide", 45541L-004):
// ^XA ^XZ ^PW ^LL ^LH ^FO ^GFA ^FS ^PQ ~JX, ignores ^LS ^MD ^MM ^MN ^PR ^FX, and answers ~HS, ~HQES and ~HI between labels. Everything else is an
// error: a real printer would do something this machine cannot show.
type ZPL struct {
	DPI    int       // of the print head
	Medium page.Size // where a label does not say its own size
	// Now is how the machine says it is; nil is ready, and an untold state is a machine that answers nothing.
	Now func() state.State
}

const (
	maxLabelBytes = 16 << 20 // a page of page.MaxDots a side would be larger; no label is
	maxCopies     = 100
)

// Decode draws every label of a stream, ^PQ copies and all. Damaged data, and anything after the last ^XZ but white space and questions, is an error.
func (z ZPL) Decode(stream []byte) ([]*page.Page, error) { return decode(zplInput{z}, stream) }

// Serve is the machine at a TCP port: it draws what arrives on any connection and calls onLabel with each label, numbered from 1, one call at a
// time. It returns nil when ctx ends; the first label that is damaged, or that onLabel fails on, ends it with that error. It closes the listener.
func (z ZPL) Serve(ctx context.Context, listener net.Listener, onLabel func(n int, p *page.Page) error) error {
	return serve(ctx, listener, z, z.Now, onLabel)
}

// zplInput takes ZPL label by label.
type zplInput struct{ zpl ZPL }

// cancelAll drops all labels that are not being printed yet ("ZPL II Programming Guide", ~JA): drawn at once, none is.
const cancelAll = "~JA"

func (zplInput) within() bool { return false }

func (z zplInput) next(received []byte) (n int, printed []*page.Page, answer []byte, err error) {
	text := bytes.TrimLeft(received, " \t\r\n")
	blank := len(received) - len(text)
	for question, reply := range map[string]func(state.State) []byte{"~HS": hostStatus, "~HQES": errorStatus, "~HI": z.identity} {
		if bytes.HasPrefix(text, []byte(question)) {
			return blank + len(question), nil, reply(told(z.zpl.Now)), nil
		}
	}
	if bytes.HasPrefix(text, []byte(cancelAll)) {
		return blank + len(cancelAll), nil, nil, nil
	}
	// Pictures come as digits or base64 here, so none can hold these bytes.
	const last = "^XZ"
	end := bytes.Index(text, []byte(last))
	const cancel = "~JX" // drops what has come of a label, pictures' data too
	if at := bytes.Index(text, []byte(cancel)); at >= 0 && (end < 0 || at < end) {
		return blank + at + len(cancel), nil, nil, nil
	}
	if end < 0 {
		return blank, nil, nil, nil // no more than white space is done with
	}
	end += len(last)
	p, copies, err := z.zpl.draw(text[:end])
	if err != nil {
		return 0, nil, nil, err
	}
	for range copies {
		printed = append(printed, p)
	}
	return blank + end, printed, nil, nil
}

// told is what a machine says; without now it is ready.
func told(now func() state.State) state.State {
	if now == nil {
		return state.State{Told: true}
	}
	return now()
}

// flag is 1 where one of the conditions holds.
func flag(s state.State, c state.Condition) int {
	if s.Has(c) {
		return 1
	}
	return 0
}

// hostStatus answers ~HS. Zebra's own page says that a printer does not while paper or ribbon are out, the head is open or too hot.
func hostStatus(s state.State) []byte {
	if !s.Told || s.Has(state.PaperOut|state.RibbonOut|state.HeadOpen|state.Overheated) {
		return nil
	}
	return fmt.Appendf(nil, "\x02030,0,%d,1200,%03d,%d,0,%d,000,%d,%d,0\x03\r\n\x02000,0,0,0,0,2,4,%d,00000000,1,000\x03\r\n\x021234,0\x03\r\n",
		flag(s, state.Paused), max(0, s.Held), flag(s, state.BufferFull), flag(s, state.Busy), flag(s, state.Faulty), flag(s, state.TooCold), flag(s, state.LabelInWay))
}

// errorStatus answers ~HQES.
func errorStatus(s state.State) []byte {
	if !s.Told {
		return nil
	}
	flags := flag(s, state.PaperOut) | flag(s, state.RibbonOut)<<1 | flag(s, state.HeadOpen)<<2 | flag(s, state.CutterFault)<<3 |
		flag(s, state.Overheated)<<4 | flag(s, state.Faulty)<<8 | flag(s, state.Paused)<<16
	return fmt.Appendf(nil, "\x02\r\n  PRINTER STATUS\r\n   ERRORS:         %d 00000000 %08X\r\n   WARNINGS:       0 00000000 00000000\r\n\x03",
		min(1, flags), flags)
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
	case "LS", "MD", "MM", "MN", "PR", "FX":
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
	bits, err := pictureBits(fields[4], stride, total)
	if err != nil {
		return err
	}
	f.pictures = append(f.pictures, picture{x: f.homeX + f.x, y: f.homeY + f.y, stride: stride, bits: bits})
	return nil
}

// pictureBits are the bytes of a picture of total bytes in rows of stride.
func pictureBits(data string, stride, total int) ([]byte, error) {
	if packed, isZ64 := strings.CutPrefix(data, ":Z64:"); isZ64 {
		return inflate(packed, total)
	}
	digits, err := expand(data, 2*stride, total/stride)
	if err != nil {
		return nil, err
	}
	bits := make([]byte, total)
	if _, err := hex.Decode(bits, digits); err != nil {
		return nil, err
	}
	return bits, nil
}

// inflate undoes Z64: deflated bytes in base64, a colon, and four digits of a CRC over the base64 text, which a printer checks.
func inflate(data string, total int) ([]byte, error) {
	text, sum, _ := strings.Cut(data, ":")
	want, err := strconv.ParseUint(sum, 16, 16)
	if err != nil || len(sum) != 4 {
		return nil, fmt.Errorf("a CRC of %.10q", sum)
	}
	if got := checksum(text); got != uint16(want) {
		return nil, fmt.Errorf("the CRC is %04X, not %04X", got, want)
	}
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	inflated, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	bits, err := io.ReadAll(io.LimitReader(inflated, int64(total)+1))
	if err != nil {
		return nil, err
	}
	if len(bits) != total {
		return nil, fmt.Errorf("%d bytes or more instead of %d", len(bits), total)
	}
	return bits, nil
}

// crcTable holds CRC-16/XMODEM for each byte.
var crcTable = func() (table [256]uint16) {
	for i := range table {
		sum := uint16(i) << 8
		for range 8 {
			sum = sum<<1 ^ sum>>15*0x1021
		}
		table[i] = sum
	}
	return table
}()

func checksum(text string) (sum uint16) {
	for _, b := range []byte(text) {
		sum = sum<<8 ^ crcTable[byte(sum>>8)^b]
	}
	return sum
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
