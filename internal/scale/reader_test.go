package scale

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
)

// heard is what a reader said of a scale.
type heard struct {
	mu    sync.Mutex
	said  []string
	shown []order.Reading
}

// follow lets a reader read what opens, until the test ends or is told.
func follow(t *testing.T, setup Setup, open func() (Port, error)) (*heard, func()) {
	t.Helper()
	h := &heard{}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		Reader{
			Setup: setup, Open: open, Log: slog.New(slog.DiscardHandler),
			Show: func(r order.Reading) { h.mu.Lock(); defer h.mu.Unlock(); h.shown = append(h.shown, r) },
			Tell: func(s order.Said) { h.mu.Lock(); defer h.mu.Unlock(); h.said = append(h.said, s.Key) },
		}.Run(ctx)
	}()
	return h, func() { stop(); <-done }
}

// now tells what was heard until everybody waits.
func (h *heard) now(t *testing.T, said []string, shown ...order.Reading) {
	t.Helper()
	synctest.Wait()
	h.mu.Lock()
	defer h.mu.Unlock()
	if !slices.Equal(h.said, said) || !slices.Equal(h.shown, shown) {
		t.Errorf("said %q, shown %+v; want %q, %+v", h.said, h.shown, said, shown)
	}
	h.said, h.shown = nil, nil
}

// A scale that sends by itself: each change is shown once, a swinging one five times a second, and silence and noise are said.
func TestAScaleThatSendsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		send := func(lines ...string) {
			t.Helper()
			for _, line := range lines {
				if _, err := far.Write([]byte(line)); err != nil {
					t.Fatal(err)
				}
			}
		}
		h, end := follow(t, Setup{Protocol: AND}, func() (Port, error) { return near, nil })
		defer end()
		send("ST,GS,+0.000kg\r\n", "ST,GS,+0.000kg\r\n")
		h.now(t, []string{"scale.ready"}, settled(0))
		send("US,GS,+0.100kg\r\n", "US,GS,+0.300kg\r\n", "US,GS,+0.520kg\r\n")
		h.now(t, nil, moving(100))
		time.Sleep(beat)
		send("US,GS,+0.510kg\r\n", "ST,GS,+0.512kg\r\n", "ST,GS,+0.512kg\r\n", "OL,GS,\r\n")
		h.now(t, nil, moving(510), settled(512), tooHeavy)
		time.Sleep(Silence - beat)
		h.now(t, nil)
		time.Sleep(2 * beat)
		h.now(t, []string{"scale.silent"}, order.Reading{})
		time.Sleep(time.Minute)
		h.now(t, nil)
		send("ST,GS,+0.512kg\r\n")
		h.now(t, []string{"scale.ready"}, settled(512))
		for range 20 {
			send("S S 512 g\r\n") // another protocol
			time.Sleep(beat)
		}
		h.now(t, []string{"scale.garbled"}, order.Reading{})
	})
}

// A scale that is asked is asked five times a second while it answers, once a second while it does not, and a scale that comes back is read again.
func TestAScaleThatIsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opened := make(chan net.Conn, 1)
		var there, answers atomic.Bool
		var asked atomic.Int64
		there.Store(true)
		answers.Store(true)
		open := func() (Port, error) {
			if !there.Load() {
				return nil, order.Trouble(nil, "scale.absent")
			}
			near, far := net.Pipe()
			opened <- far
			return near, nil
		}
		h, end := follow(t, Setup{Protocol: NCI, Parity: Even}, open)
		defer end()
		serve := func(far net.Conn) {
			buffer := make([]byte, 8)
			for {
				n, err := far.Read(buffer)
				if err != nil {
					return
				}
				if !bytes.Equal(buffer[:n], []byte("\xd7\x8d")) {
					t.Errorf("asked %q", buffer[:n])
				}
				asked.Add(1)
				if answers.Load() {
					if _, err := far.Write([]byte(parityOf(Even, "\n0000.50kg\r\n00\r\x03"))); err != nil {
						return
					}
				}
			}
		}
		far := <-opened
		go serve(far)
		h.now(t, []string{"scale.ready"}, settled(500))
		time.Sleep(10 * time.Second)
		h.now(t, nil)
		if n := asked.Swap(0); n < 45 || n > 51 {
			t.Errorf("asked %d times in 10 s", n)
		}
		answers.Store(false)
		time.Sleep(10 * time.Second)
		h.now(t, []string{"scale.silent"}, order.Reading{})
		if n := asked.Swap(0); n < 8 || n > 11 {
			t.Errorf("asked %d times in 10 s without an answer", n)
		}
		answers.Store(true)
		there.Store(false)
		time.Sleep(2 * time.Second)
		h.now(t, []string{"scale.ready"}, settled(500))
		far.Close() // its plug is pulled
		time.Sleep(10 * time.Second)
		h.now(t, []string{"scale.gone"}, order.Reading{})
		there.Store(true)
		time.Sleep(again)
		far = <-opened
		go serve(far)
		h.now(t, []string{"scale.ready"}, settled(500))
		far.Close()
		<-opened // and once more, so quickly that nobody missed it
	})
}

// sleepy is a port whose reads find their deadline over because the program was held up, although a weight waits.
type sleepy struct {
	Port
	heldUp chan time.Duration
}

func (s sleepy) Read(b []byte) (int, error) {
	select {
	case pause := <-s.heldUp:
		time.Sleep(pause)
		return 0, os.ErrDeadlineExceeded
	default:
		return s.Port.Read(b)
	}
}

func TestAProgramThatWasHeldUpDoesNotBlameTheScale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		port := sleepy{near, make(chan time.Duration, 1)}
		h, end := follow(t, Setup{Protocol: AND}, func() (Port, error) { return port, nil })
		defer end()
		for range 5 {
			if _, err := far.Write([]byte("ST,GS,+0.512kg\r\n")); err != nil {
				t.Fatal(err)
			}
			port.heldUp <- 5 * Silence
			time.Sleep(beat) // so that the next read is the one that is held up
			time.Sleep(4 * Silence)
		}
		h.now(t, []string{"scale.ready"}, settled(512))
	})
}
