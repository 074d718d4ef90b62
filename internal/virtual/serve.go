package virtual

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"net"
	"os"
	"path/filepath"

	"packbench/internal/page"
	"packbench/printer/state"
)

// interpreter is what a stream's bytes mean to a machine, command by command.
type interpreter interface {
	// next takes the first whole command off what has arrived: n of its bytes, 0 where more must arrive first. printed are the labels it put out,
	// answer what the printer says to it. An error is data that a printer would print as something else, or not at all.
	next(received []byte) (n int, printed []*page.Page, answer []byte, err error)
	// within tells that a label has begun and not come out.
	within() bool
}

// decode draws every label of a stream, which must end with a label's end.
func decode(i interpreter, stream []byte) ([]*page.Page, error) {
	var pages []*page.Page
	for len(stream) > 0 {
		n, printed, _, err := i.next(stream)
		if err != nil {
			return nil, fmt.Errorf("label %d: %w", len(pages)+1, err)
		}
		if n == 0 {
			return nil, fmt.Errorf("label %d has no end", len(pages)+1)
		}
		pages = append(pages, printed...)
		stream = stream[n:]
	}
	if i.within() {
		return nil, fmt.Errorf("label %d has no end", len(pages)+1)
	}
	return pages, nil
}

// serve is a machine that prints at once, served at a TCP port. It calls onLabel with each label, numbered from 1, one call at a time. It returns nil when ctx
// ends; the first label that is damaged, or that onLabel fails on, ends it with that error. It closes the listener.
func serve(ctx context.Context, listener net.Listener, m Machine, now func() state.State, onLabel func(n int, p *page.Page) error) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	d := NewDevice(m, Body{OnOut: func(o Out) {
		if err := onLabel(o.Number, o.Page); err != nil {
			fail(err)
		}
	}})
	d.now = func() state.State { return told(now) } // nil is ready
	d.onDamage = fail
	if err := d.Serve(ctx, listener); err != nil {
		return err
	}
	return causeOf(ctx)
}

// causeOf is nil where the caller ended it.
func causeOf(ctx context.Context) error {
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) && !errors.Is(cause, context.DeadlineExceeded) {
		return cause
	}
	return nil
}

// SavePNG is an onLabel that writes each label to a file in dir, label-0001.png and so on. dir is made if missing.
func SavePNG(dir string) func(n int, p *page.Page) error {
	return func(n int, p *page.Page) error {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf("label-%04d.png", n)), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		return errors.Join(png.Encode(f, p), f.Close())
	}
}
