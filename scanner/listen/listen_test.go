package listen_test

import (
	"context"
	"log/slog"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/scanner/listen"
)

// plug is where a scanner can be plugged in: the far end of a pipe, nil while it is out.
type plug struct {
	near net.Conn
	said []string // codes and sentences, in order
}

func (p *plug) open() (listen.Port, error) {
	if p.near == nil {
		return nil, order.Trouble(nil, "scanner.absent", "name", "left", "address", "serial:x")
	}
	port := p.near
	p.near = nil
	return port, nil
}

// put plugs a scanner in and gives its end.
func (p *plug) put() net.Conn {
	far, near := net.Pipe()
	p.near = near
	return far
}

func hear(t *testing.T, test func(p *plug)) {
	synctest.Test(t, func(t *testing.T) {
		p := &plug{}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			listen.Scanner{
				Name: "left", Open: p.open, Now: time.Now, Log: slog.New(slog.DiscardHandler),
				Scan: func(s order.Scan) { p.said = append(p.said, s.Device+" "+s.Code) },
				Tell: func(s order.Said) { p.said = append(p.said, s.Key) },
			}.Run(ctx)
		}()
		test(p)
		synctest.Wait()
		stop()
		<-done
	})
}

func send(t *testing.T, far net.Conn, text string) {
	t.Helper()
	if _, err := far.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

func expect(t *testing.T, p *plug, want ...string) {
	t.Helper()
	synctest.Wait()
	if diff := cmp.Diff(want, p.said); diff != "" {
		t.Error(diff)
	}
	p.said = nil
}

func TestAScannerComesAndGoes(t *testing.T) {
	hear(t, func(p *plug) {
		time.Sleep(5 * time.Second) // it is looked for ten times, and said to be missing once
		expect(t, p, "scanner.absent")
		far := p.put()
		time.Sleep(time.Second)
		expect(t, p, "scanner.ready")
		send(t, far, "111\r22")
		send(t, far, "2\r33")
		expect(t, p, "left 111", "left 222")
		far.Close() // in the middle of a code
		expect(t, p, "scanner.half", "scanner.gone")
		time.Sleep(time.Second)
		expect(t, p) // that it is not there was said
		far = p.put()
		time.Sleep(time.Second)
		send(t, far, "444\r")
		expect(t, p, "scanner.ready", "left 444")
	})
}

func TestACodeWithoutSuffixEndsBySilence(t *testing.T) {
	hear(t, func(p *plug) {
		far := p.put()
		time.Sleep(time.Second)
		p.said = nil
		send(t, far, "11")
		time.Sleep(140 * time.Millisecond)
		send(t, far, "1")
		expect(t, p)
		time.Sleep(time.Second)
		expect(t, p, "left 111")
	})
}

func TestWhatBreaksOffIsSaidAndDropped(t *testing.T) {
	hear(t, func(p *plug) {
		far := p.put()
		time.Sleep(time.Second)
		p.said = nil
		send(t, far, "111\r22")
		time.Sleep(1100 * time.Millisecond)
		send(t, far, "333\r"+strings.Repeat("x", 600)+"\r444\r")
		expect(t, p, "left 111", "scanner.half", "left 333", "scanner.too_long", "left 444")
	})
}
