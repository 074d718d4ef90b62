package virtual

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net"
	"slices"
	"strconv"
	"strings"

	"packbench/internal/page"
	"packbench/printer/state"
)

// TSPL is a machine that understands the TSPL commands a picture label needs (TSC's "TSPL/TSPL2 Programming Language"): SIZE, REFERENCE, CLS, BITMAP
// in mode 0, PRINT, ignores GAP BLINE DENSITY SPEED SET, DIRECTION 0 and lines that end in a question mark, and answers ESC ! ? and ~!T between commands. Everything else is an error: a real
// printer would do something this machine cannot show.
type TSPL struct {
	DPI    int       // of the print head
	Medium page.Size // where nothing has said the size
	// Now is how the machine says it is; nil is ready, and an untold state is a machine that answers nothing.
	Now func() state.State
}

// Decode draws every label of a stream, copies and all. Damaged data, and a command at its end that is not whole, is an error.
func (m TSPL) Decode(stream []byte) ([]*page.Page, error) { return decode(m.connected(), stream) }

// Serve is the machine at a TCP port: it draws what arrives on any connection and calls onLabel with each label, numbered from 1, one call at a
// time. It returns nil when ctx ends; the first label that is damaged, or that onLabel fails on, ends it with that error. It closes the listener.
func (m TSPL) Serve(ctx context.Context, listener net.Listener, onLabel func(n int, p *page.Page) error) error {
	return serve(ctx, listener, m, m.Now, onLabel)
}

func (m TSPL) connected() interpreter {
	i := &tsplInput{machine: m}
	i.width, i.height = m.Medium.Dots(m.DPI)
	return i
}

// tsplInput is the state of the machine: what has been set, and the picture that the next PRINT prints.
type tsplInput struct {
	machine       TSPL
	width, height int        // dots
	x, y          int        // where the picture's corner lies
	image         *page.Page // nil before the first CLS
	drawn         bool       // on, since it was last printed or cleared
	printed       bool       // the picture is a label's by now, and no longer to be drawn on
}

func (i *tsplInput) within() bool { return i.drawn }

// maxLine is longer than any command but BITMAP.
const maxLine = 256

func (i *tsplInput) next(received []byte) (n int, printed []*page.Page, answer []byte, err error) {
	const question = "\x1b!?"
	if bytes.HasPrefix(received, []byte(question)) {
		return len(question), nil, immediateStatus(told(i.machine.Now)), nil
	}
	if received[0] == esc {
		if len(received) < len(question) && strings.HasPrefix(question, string(received)) {
			return 0, nil, nil, nil
		}
		return 0, nil, nil, fmt.Errorf("% x is no question", received[:min(len(received), 3)])
	}
	const bitmap = "BITMAP "
	if len(received) >= len(bitmap) && strings.EqualFold(string(received[:len(bitmap)]), bitmap) {
		n, err = i.bitmap(received, len(bitmap))
		if err != nil {
			err = fmt.Errorf("BITMAP: %w", err)
		}
		return n, nil, nil, err
	}
	end := bytes.IndexByte(received, '\n')
	if end < 0 {
		if len(received) > maxLine {
			return 0, nil, nil, fmt.Errorf("%.20q is no command", received)
		}
		return 0, nil, nil, nil
	}
	name, data, _ := strings.Cut(strings.TrimSpace(string(received[:end])), " ")
	if name == "" || isSpoiled(received[:end]) {
		return end + 1, nil, nil, nil
	}
	if name == "~!T" {
		return end + 1, nil, tsplIdentity(told(i.machine.Now)), nil
	}
	if printed, err = i.do(strings.ToUpper(name), strings.TrimSpace(data)); err != nil {
		return 0, nil, nil, fmt.Errorf("%.20s: %w", name, err)
	}
	return end + 1, printed, nil, nil
}

// isSpoiled tells a line that ends in a question mark: a command that was broken off and made nonsense of, which is passed over.
func isSpoiled(line []byte) bool { return bytes.HasSuffix(bytes.TrimRight(line, "\r"), []byte("?")) }

// do carries out one command that is a line.
func (i *tsplInput) do(name, data string) (printed []*page.Page, err error) {
	switch name {
	case "SIZE":
		return nil, i.size(data)
	case "REFERENCE":
		return nil, numbers(data, &i.x, &i.y)
	case "CLS":
		return nil, i.clear()
	case "PRINT":
		return i.print(data)
	case "DIRECTION":
		if data != "0" {
			return nil, fmt.Errorf("%q: only 0 is drawn here", data)
		}
	case "GAP", "BLINE":
		_, err = lengths(data, i.machine.DPI)
	case "DENSITY", "SPEED":
		_, err = strconv.ParseFloat(data, 64)
	case "SET":
		what, on, _ := strings.Cut(strings.ToUpper(data), " ")
		if what != "TEAR" && what != "PEEL" || on != "ON" && on != "OFF" {
			return nil, fmt.Errorf("%.20q is unknown here", data)
		}
	default:
		return nil, fmt.Errorf("unknown here")
	}
	return nil, err
}

// size takes SIZE width,height.
func (i *tsplInput) size(data string) error {
	dots, err := lengths(data, i.machine.DPI)
	if err != nil {
		return err
	}
	i.width, i.height = dots[0], dots[1]
	return nil
}

// lengths reads two lengths, "100 mm,150 mm", "800 dot,1200 dot" or, in inches, "4,6", in dots.
func lengths(data string, dpi int) (dots [2]int, err error) {
	fields := strings.Split(data, ",")
	if len(fields) != len(dots) {
		return dots, fmt.Errorf("%.40q: %d lengths instead of 2", data, len(fields))
	}
	for i, field := range fields {
		text, each := strings.ToLower(strings.TrimSpace(field)), page.DotsPerMM(dpi)*25.4
		if mm, ok := strings.CutSuffix(text, "mm"); ok {
			text, each = mm, page.DotsPerMM(dpi)
		} else if dot, ok := strings.CutSuffix(text, "dot"); ok {
			text, each = dot, 1
		}
		length, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			return dots, err
		}
		if n := math.Round(length * each); n >= 0 && n <= page.MaxDots { // also refuses what is no number
			dots[i] = int(n)
		} else {
			return dots, fmt.Errorf("a length of %.20q", field)
		}
	}
	return dots, nil
}

// clear begins a white picture.
func (i *tsplInput) clear() error {
	if i.width < 1 || i.height < 1 || (i.width+7)/8*i.height > maxLabelBytes {
		return fmt.Errorf("a label of %d × %d dots", i.width, i.height)
	}
	i.image, i.drawn, i.printed = page.New(i.width, i.height, i.machine.DPI), false, false
	return nil
}

// bitmap takes BITMAP x,y,bytes a row,rows,mode,data: of received, what begins at offset. A bit that is set is white.
func (i *tsplInput) bitmap(received []byte, offset int) (n int, err error) {
	fields := bytes.SplitN(received[offset:min(len(received), offset+maxLine)], []byte(","), 6)
	values := bytes.Join(fields[:min(len(fields), 5)], []byte(","))
	if end := bytes.IndexByte(values, '\n'); end >= 0 && isSpoiled(values[:end]) {
		return offset + end + 1, nil
	}
	if len(fields) < 6 {
		if len(received) > offset+maxLine {
			return 0, fmt.Errorf("values missing")
		}
		return 0, nil
	}
	var x, y, stride, rows, mode int
	head := string(values)
	if err := numbers(head, &x, &y, &stride, &rows, &mode); err != nil {
		return 0, err
	}
	switch {
	case mode != 0:
		return 0, fmt.Errorf("mode %d is unknown here", mode)
	case stride < 1 || rows < 1 || stride*rows > maxLabelBytes:
		return 0, fmt.Errorf("%d bytes × %d rows", stride, rows)
	case i.image == nil:
		return 0, fmt.Errorf("nothing was cleared before")
	}
	start := offset + len(head) + 1
	n = start + stride*rows
	if len(received) < n {
		return 0, nil
	}
	if i.printed { // it stays, to be drawn on further
		further := *i.image
		further.Bits = bytes.Clone(further.Bits)
		i.image, i.printed = &further, false
	}
	i.overwrite(i.x+x, i.y+y, stride, received[start:n])
	i.drawn = true
	return n, nil
}

// overwrite draws a picture with its white dots.
func (i *tsplInput) overwrite(x, y, stride int, bits []byte) {
	for at, b := range bits {
		for bit := range 8 {
			dotX, dotY := x+at%stride*8+bit, y+at/stride
			if b&(0x80>>bit) == 0 {
				i.image.Set(dotX, dotY)
			} else {
				i.image.Clear(dotX, dotY)
			}
		}
	}
}

// print takes PRINT sets, or PRINT sets,copies of each.
func (i *tsplInput) print(data string) ([]*page.Page, error) {
	sets, copies := 1, 1
	var err error
	if strings.Contains(data, ",") {
		err = numbers(data, &sets, &copies)
	} else {
		err = numbers(data, &sets)
	}
	switch {
	case err != nil:
		return nil, err
	case sets < 1 || copies < 1 || sets*copies > maxCopies:
		return nil, fmt.Errorf("%d × %d copies", sets, copies)
	case i.image == nil:
		return nil, fmt.Errorf("nothing was cleared before")
	}
	i.drawn, i.printed = false, true
	return slices.Repeat([]*page.Page{i.image}, sets*copies), nil
}

// immediateStatus answers ESC ! ?.
func immediateStatus(s state.State) []byte {
	if !s.Told {
		return nil
	}
	return []byte{byte(flag(s, state.HeadOpen) | flag(s, state.PaperJam)<<1 | flag(s, state.PaperOut)<<2 | flag(s, state.RibbonOut)<<3 |
		flag(s, state.Paused)<<4 | flag(s, state.Busy)<<5 | flag(s, state.Faulty)<<7)}
}
