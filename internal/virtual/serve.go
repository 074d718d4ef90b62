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

// Serve is a printer at a TCP port (9100 on real ones): it draws what arrives on any connection and calls onLabel with each
// label, numbered from 1 in the order in which they were complete, one call at a time. It returns nil when ctx ends; the
// first label that is damaged, or that onLabel fails on, ends it with that error. It closes the listener.
func (z ZPL) Serve(ctx context.Context, listener net.Listener, onLabel func(n int, p *page.Page) error) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	m := &machine{zpl: z, onLabel: onLabel}
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
			if err := m.receive(ctx, conn); err != nil {
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
	zpl     ZPL
	onLabel func(n int, p *page.Page) error
	mu      sync.Mutex
	labels  int
}

// receive draws what one connection sends until it closes. Half a label at its end is lost, as in a printer.
func (m *machine) receive(ctx context.Context, conn net.Conn) error {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	defer conn.Close()
	var received []byte
	chunk := make([]byte, 32<<10)
	for {
		n, err := conn.Read(chunk)
		received = append(received, chunk[:n]...)
		for end := labelEnd(received); end >= 0; end = labelEnd(received) {
			if err := m.print(received[:end]); err != nil {
				return err
			}
			received = received[end:]
		}
		if err != nil {
			return nil // the peer is gone, which is its right
		}
		if len(received) > maxLabelBytes {
			return fmt.Errorf("a label of more than %d bytes", maxLabelBytes)
		}
	}
}

func (m *machine) print(label []byte) error {
	pages, err := m.zpl.Decode(label)
	if err != nil {
		return err
	}
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
