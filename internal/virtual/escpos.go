package virtual

import (
	"bytes"
	"context"
	"fmt"
	"net"

	"packbench/internal/page"
	"packbench/printer/state"
)

// ESCPOS is a machine that understands the ESC/POS commands a picture label needs (Epson's command reference): ESC @, GS v 0 in normal size, FF in
// label mode, GS V 0 and 66, ignores NULs and a command that they break off, and answers DLE EOT 1 to 4 and GS I 67 between commands. Everything else is an
// error: a real printer would do something this machine cannot show. Dots beyond the head's width are lost, as on a real one.
type ESCPOS struct {
	DPI int // of the print head
	// Medium is the label, as wide as the head. On a roll without labels its height does not count.
	Medium page.Size
	// Now is how the machine says it is; nil is ready, and an untold state is a machine that answers nothing.
	Now func() state.State
}

// Decode draws every label of a stream. Damaged data, and a label at its end that nothing puts out, is an error.
func (e ESCPOS) Decode(stream []byte) ([]*page.Page, error) { return decode(e.connected(), stream) }

// Serve is the machine at a TCP port: it draws what arrives on any connection and calls onLabel with each label, numbered from 1, one call at a
// time. It returns nil when ctx ends; the first label that is damaged, or that onLabel fails on, ends it with that error. It closes the listener.
func (e ESCPOS) Serve(ctx context.Context, listener net.Listener, onLabel func(n int, p *page.Page) error) error {
	return serve(ctx, listener, e, e.Now, onLabel)
}

func (e ESCPOS) connected() interpreter { return &escposInput{machine: e} }

// escposInput is the paper under the head: the rows printed since the last label went out.
type escposInput struct {
	machine ESCPOS
	rows    []raster
	height  int // rows in all
}

// raster is one GS v 0.
type raster struct {
	stride int // bytes a row
	bits   []byte
}

func (i *escposInput) within() bool { return i.height > 0 }

const (
	esc, gs, dle, eot, ff = 0x1b, 0x1d, 0x10, 0x04, 0x0c

	maxRasterRows = 2303 // GS v 0, Epson's command reference
)

func (i *escposInput) next(received []byte) (n int, printed []*page.Page, answer []byte, err error) {
	switch {
	case received[0] == 0:
		return len(received) - len(bytes.TrimLeft(received, "\x00")), nil, nil, nil
	case received[0] == ff:
		return 1, []*page.Page{i.out(i.machine.label())}, nil, nil
	case received[0] != esc && received[0] != gs && received[0] != dle:
		return 0, nil, nil, fmt.Errorf("byte %#02x belongs to no command", received[0])
	case len(received) < 2:
		return 0, nil, nil, nil
	case received[1] == 0:
		return 1, nil, nil, nil // a command that was broken off
	case received[0] == esc && received[1] == '@':
		return 2, nil, nil, nil // settings; what is on paper stays
	case received[0] == gs && received[1] == 'v':
		n, err = i.raster(received)
		return n, nil, nil, err
	case len(received) < 3:
		return 0, nil, nil, nil
	case received[0] == gs && received[1] == 'V' && received[2] == 0: // a cut where the paper is
		return 3, i.cut(), nil, nil
	case received[0] == dle && received[1] == eot && received[2] >= 1 && received[2] <= 4:
		return 3, nil, realTimeStatus(told(i.machine.Now), received[2]), nil
	case received[0] == gs && received[1] == 'I' && received[2] == 'C':
		return 3, nil, escposIdentity(told(i.machine.Now)), nil
	case received[0] == gs && received[1] == 'V' && received[2] == 'B':
		if len(received) < 4 {
			return 0, nil, nil, nil
		}
		return 4, i.cut(), nil, nil
	}
	return 0, nil, nil, fmt.Errorf("command % x is unknown here", received[:3])
}

// cut puts out what has been printed, as a label as long as that.
func (i *escposInput) cut() []*page.Page {
	if i.height == 0 {
		return nil
	}
	width, _ := i.machine.label()
	return []*page.Page{i.out(width, i.height)}
}

// raster takes GS v 0 m xL xH yL yH and its rows.
func (i *escposInput) raster(received []byte) (n int, err error) {
	const head = 8
	if len(received) > 2 && received[2] == 0 {
		return 2, nil // broken off
	}
	if len(received) < head {
		return 0, nil
	}
	stride, rows := int(received[4])|int(received[5])<<8, int(received[6])|int(received[7])<<8
	switch {
	case received[2] != '0' || received[3] != 0 && received[3] != '0':
		return 0, fmt.Errorf("GS v % x is unknown here", received[2:4])
	case rows == 0: // broken off before it said how many
		return head, nil
	case stride < 1 || rows < 1 || rows > maxRasterRows:
		return 0, fmt.Errorf("a picture of %d bytes × %d rows", stride, rows)
	case i.height+rows > page.MaxDots:
		return 0, fmt.Errorf("a label of more than %d rows", page.MaxDots)
	}
	n = head + stride*rows
	if len(received) < n {
		return 0, nil
	}
	i.rows = append(i.rows, raster{stride: stride, bits: bytes.Clone(received[head:n])})
	i.height += rows
	return n, nil
}

// label is the label's size in dots.
func (e ESCPOS) label() (width, height int) { return e.Medium.Dots(e.DPI) }

// out puts out what has been printed, as a label of that size. Rows beyond its end are lost: on a real printer they are on the next label.
func (i *escposInput) out(width, height int) *page.Page {
	p := page.New(width, height, i.machine.DPI)
	top := 0
	for _, r := range i.rows {
		picture{y: top, stride: r.stride, bits: r.bits}.on(p)
		top += len(r.bits) / r.stride
	}
	i.rows, i.height = nil, 0
	return p
}

// realTimeStatus answers DLE EOT n. Bits 1 and 4 are always set.
func realTimeStatus(s state.State, n byte) []byte {
	if !s.Told {
		return nil
	}
	b := 0x12
	stopped := s.Now&^(state.Busy|state.BufferFull) != 0
	switch n {
	case 1:
		if stopped {
			b |= 0x08
		}
	case 2:
		b |= flag(s, state.HeadOpen)<<2 | flag(s, state.PaperOut)<<5 | flag(s, state.Overheated|state.CutterFault|state.Faulty)<<6
	case 3:
		b |= flag(s, state.CutterFault)<<3 | flag(s, state.Faulty)<<5 | flag(s, state.Overheated)<<6
	case 4:
		b |= flag(s, state.PaperOut)<<5 | flag(s, state.PaperOut)<<6
	}
	return []byte{byte(b)}
}
