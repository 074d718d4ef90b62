package link_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/printer/link"
	"packbench/printer/link/linktest"
)

// capture is a naive network printer: it accepts once, as a capture program does, and keeps what it reads.
type capture struct {
	*linktest.Taker
	address string

	mu       sync.Mutex
	listener net.Listener
	conn     net.Conn
	served   chan struct{} // closed when the listener's one connection has ended
}

func newCapture(t *testing.T) *capture {
	c := &capture{Taker: linktest.NewTaker(), address: "127.0.0.1:0"}
	c.listen(t)
	t.Cleanup(c.vanish)
	return c
}

func (c *capture) listen(t *testing.T) {
	listener, err := net.Listen("tcp", c.address)
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.listener, c.address, c.served = listener, listener.Addr().String(), make(chan struct{})
	go c.serve(listener, c.served)
}

func (c *capture) serve(listener net.Listener, served chan<- struct{}) {
	defer close(served)
	conn, err := listener.Accept()
	if err != nil {
		return // the test ended it
	}
	listener.Close()
	defer conn.Close()
	c.mu.Lock()
	c.conn = conn
	c.mu.Unlock()
	c.Take(conn)
}

func (c *capture) vanish() {
	c.End()
	c.mu.Lock()
	c.listener.Close()
	if c.conn != nil {
		c.conn.Close()
	}
	c.mu.Unlock()
	<-c.served
}

// say says something to whoever is connected, who may have gone.
func (c *capture) say(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = c.conn.Write(b)
}

func (c *capture) replug(t *testing.T) {
	c.Again()
	c.listen(t)
}

func TestTCPKeepsToTheDemandsOnLinks(t *testing.T) {
	t.Parallel() // it mostly waits
	linktest.Run(t, func(t *testing.T) linktest.Device {
		c := newCapture(t)
		l := link.TCP(c.address, 400*time.Millisecond)
		t.Cleanup(func() {
			c.vanish()
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		})
		return linktest.Device{
			Link: l, Received: c.Received, Say: c.say, StopReading: c.Stop, StartReading: c.Start,
			Vanish: c.vanish, GoneKeys: []string{"printer.absent", "printer.cut"}, Replug: func() { c.replug(t) },
		}
	})
}

func keyOf(err error) string {
	var problem *order.Problem
	if errors.As(err, &problem) {
		return problem.Key
	}
	return ""
}

func TestAnAbsentPrinterIsSaidAndNothingIsSent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	l := link.TCP(address, 0)
	if err := l.Reach(t.Context()); keyOf(err) != "printer.absent" {
		t.Errorf("reach: %v", err)
	}
	if n, err := l.Send(t.Context(), []byte("x")); n != 0 || keyOf(err) != "printer.absent" {
		t.Errorf("sent %d: %v", n, err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

// A printer that closes between two labels, as many do after a pause, gets the next one on a new connection, whole.
func TestAPrinterThatClosedIsDialledAgain(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	labels := make(chan string)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			one := make([]byte, len("label"))
			if _, err := io.ReadFull(conn, one); err != nil {
				t.Error(err)
			}
			conn.Close()
			labels <- string(one)
		}
	}()
	l := link.TCP(listener.Addr().String(), 0)
	for range 20 {
		if n, err := l.Send(t.Context(), []byte("label")); n != 5 || err != nil {
			t.Fatalf("sent %d: %v", n, err)
		}
		if got := <-labels; got != "label" {
			t.Fatalf("arrived: %q", got)
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

// A printer may talk all the time; that must not block it, nor cost a byte at the end.
func TestAPrinterThatTalksLosesNothing(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	arrived := make(chan int)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			t.Error(err)
			return
		}
		total, chunk := 0, make([]byte, 8<<10)
		for {
			n, err := conn.Read(chunk)
			total += n
			if err != nil {
				break
			}
			if _, err := conn.Write(bytes.Repeat([]byte("status "), 2000)); err != nil {
				t.Error(err)
			}
		}
		conn.Close()
		arrived <- total
	}()
	l := link.TCP(listener.Addr().String(), 0)
	if n, err := l.Send(t.Context(), make([]byte, 2<<20)); n != 2<<20 || err != nil {
		t.Fatalf("sent %d: %v", n, err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if got := <-arrived; got != 2<<20 {
		t.Errorf("%d of %d bytes arrived", got, 2<<20)
	}
}
