package virtual

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"net"
	"os"
	"path/filepath"
	"sync"

	"packbench/internal/page"
)

// interpreter is what one connection's bytes mean to a machine, command by command.
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

// serve is a printer at a TCP port (9100 on real ones): it draws what arrives on any connection, answers what it is asked, and calls onLabel with
// each label, numbered from 1 in the order in which they were complete, one call at a time. It returns nil when ctx ends; the first label that is
// damaged, or that onLabel fails on, ends it with that error. It closes the listener. Each connection begins as the printer does when switched on.
func serve(ctx context.Context, listener net.Listener, connected func() interpreter, onLabel func(n int, p *page.Page) error) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	m := &machine{onLabel: onLabel}
	defer listener.Close()
	stop := context.AfterFunc(ctx, func() { listener.Close() }) // wakes Accept
	defer stop()
	var connections sync.WaitGroup
	defer connections.Wait()
	for {
		conn, err := listener.Accept()
		if err != nil {
			if ctx.Err() == nil {
				fail(err)
			}
			return causeOf(ctx)
		}
		connections.Go(func() {
			if err := m.receive(ctx, conn, connected()); err != nil {
				fail(err)
			}
		})
	}
}

// causeOf is nil where the caller ended it.
func causeOf(ctx context.Context) error {
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) && !errors.Is(cause, context.DeadlineExceeded) {
		return cause
	}
	return nil
}

// machine is one running printer.
type machine struct {
	onLabel func(n int, p *page.Page) error
	mu      sync.Mutex
	labels  int
}

// receive draws what one connection sends until it closes. Half a label at its end is lost, as in a printer.
func (m *machine) receive(ctx context.Context, conn net.Conn, i interpreter) error {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	defer conn.Close()
	var received []byte
	chunk := make([]byte, 32<<10)
	for {
		n, gone := conn.Read(chunk)
		received = append(received, chunk[:n]...)
		rest, err := m.interpret(conn, i, received)
		if err != nil {
			return err
		}
		received = append(received[:0], rest...)
		if gone != nil {
			return nil // the peer is gone, which is its right
		}
		if len(received) > maxLabelBytes {
			return fmt.Errorf("a label of more than %d bytes", maxLabelBytes)
		}
	}
}

// interpret carries out every whole command of what has arrived and gives the rest.
func (m *machine) interpret(conn net.Conn, i interpreter, received []byte) (rest []byte, err error) {
	for len(received) > 0 {
		n, printed, answer, err := i.next(received)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		received = received[n:]
		_, _ = conn.Write(answer) // whoever asked may have gone; the labels count
		if err := m.print(printed); err != nil {
			return nil, err
		}
	}
	return received, nil
}

func (m *machine) print(pages []*page.Page) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range pages {
		m.labels++
		if err := m.onLabel(m.labels, p); err != nil {
			return err
		}
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
