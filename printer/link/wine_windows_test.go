//go:build wine

package link_test

import (
	"bytes"
	"net"
	"os"
	"sync"
	"testing"

	"packbench/printer/link"
	"packbench/printer/link/linktest"
)

// These tests run under Wine (scripts/wine.sh): Wine hands jobs of the spooler to CUPS, whose queue has no filter and stands at a TCP port of
// this process.

// queue is the printer as Wine's spooler knows it.
const queue = "labels"

// sink is the printer at the port that wine.sh chose. Each job comes on a connection of its own, one at a time.
type sink struct {
	mu    sync.Mutex
	taker *linktest.Taker
}

// listen makes the port once: jobs of all tests come to it.
var listen = sync.OnceValues(func() (*sink, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PACKBENCH_WINE_PORT"))
	if err != nil {
		return nil, err
	}
	s := &sink{}
	go func() {
		for {
			job, err := listener.Accept()
			if err != nil {
				return
			}
			s.take(job)
		}
	}()
	return s, nil
})

// take reads a job to its end.
func (s *sink) take(job net.Conn) {
	defer job.Close()
	chunk := make([]byte, 64<<10)
	for {
		n, err := job.Read(chunk)
		s.mu.Lock()
		s.taker.Add(chunk[:n])
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func newSpooler(t *testing.T) linktest.Device {
	s, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	// A job of before may still be on its way, and jobs come one after the other: what follows this one is the test's own.
	before := s.fresh()
	if _, err := link.Spooler(queue).Send(t.Context(), []byte(turn)); err != nil {
		t.Fatal(err)
	}
	var got []byte
	for !bytes.HasSuffix(got, []byte(turn)) {
		more := before.Received(t, len(got)+1)
		if len(more) == len(got) {
			t.Fatal("the printer's turn did not come")
		}
		got = more
	}
	return linktest.Device{Link: link.Spooler(queue), Received: s.fresh().Received}
}

// turn is a job that says that another test begins.
const turn = "-- the next test --"

// fresh gives what arrives from now on.
func (s *sink) fresh() *linktest.Taker {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taker = linktest.NewTaker()
	return s.taker
}

func TestWineSpoolerKeepsToTheDemandsOnLinks(t *testing.T) { linktest.Run(t, newSpooler) }

// What a spooler takes for text it may change: RAW data it must not.
func TestWineSpoolerChangesNoByte(t *testing.T) {
	var label []byte
	for size := 300_000; len(label) < size; {
		label = append(label, byte(len(label)*7), byte(len(label)>>8))
	}
	label = append(label, "\x1a\x04\r\n\f"...)
	d := newSpooler(t)
	if n, err := d.Link.Send(t.Context(), label); n != len(label) || err != nil {
		t.Fatalf("%d of %d bytes: %v", n, len(label), err)
	}
	if got := d.Received(t, len(label)); !bytes.Equal(got, label) {
		t.Errorf("%d bytes arrived that are not the %d sent", len(got), len(label))
	}
}

func TestWineNoSuchQueue(t *testing.T) {
	l := link.Spooler("nobody has this one")
	for what, err := range map[string]error{"reach": l.Reach(t.Context()), "send": func() error { _, err := l.Send(t.Context(), []byte("x")); return err }()} {
		if keyOf(err) != "printer.no_queue" {
			t.Errorf("%s: %v", what, err)
		}
	}
}
