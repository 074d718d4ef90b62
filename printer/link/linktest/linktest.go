// Package linktest holds what every link must keep to. A link's test makes a Device for it and runs the cases that apply.
package linktest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/printer/link"
)

// Device is what stands at the other end of a link, made afresh for each case.
type Device struct {
	Link link.Link
	// Received waits until size bytes have arrived, or no more can come, and gives all that did in their order.
	Received func(t *testing.T, size int) []byte
	// Vanish makes the device go away for good.
	Vanish func()
	// GoneKeys are the problems that sending to a vanished device may end with.
	GoneKeys []string
	// StopReading makes the device take nothing more; nil for a device that cannot stall.
	StopReading func()
}

// Case is one demand.
type Case struct {
	Name string
	Run  func(t *testing.T, d Device)
	// Stalls tells that the case needs a device that can stall.
	Stalls bool
}

// Cases are the demands on every link.
var Cases = []Case{
	{Name: "labels arrive whole and in order", Run: inOrder},
	{Name: "a large label arrives whole", Run: large},
	{Name: "an empty label is sent", Run: empty},
	{Name: "reach sends nothing", Run: reach},
	{Name: "goroutines do not mix labels", Run: together},
	{Name: "an ended context sends nothing", Run: ended},
	{Name: "closing twice does no harm", Run: closedTwice},
	{Name: "after close nothing is sent", Run: afterClose},
	{Name: "a device that vanished is a problem", Run: vanished},
	{Name: "a device that stops reading is a problem", Run: stalled, Stalls: true},
	{Name: "the context ends a send that waits", Run: cancelled, Stalls: true},
}

// Run runs every case that applies on a device of its own.
func Run(t *testing.T, fresh func(t *testing.T) Device) {
	for _, c := range Cases {
		if c.Stalls && fresh(t).StopReading == nil {
			continue
		}
		t.Run(c.Name, func(t *testing.T) { c.Run(t, fresh(t)) })
	}
}

// label is a label that tells its number, of about size bytes.
func label(number, size int) []byte {
	return append(bytes.Repeat([]byte(fmt.Sprintf("label %d ", number)), size/8), '\n')
}

func mustSend(t *testing.T, d Device, label []byte) {
	t.Helper()
	if n, err := d.Link.Send(t.Context(), label); n != len(label) || err != nil {
		t.Fatalf("sent %d of %d bytes: %v", n, len(label), err)
	}
}

func mustClose(t *testing.T, d Device) {
	t.Helper()
	if err := d.Link.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

func inOrder(t *testing.T, d Device) {
	var want []byte
	for number := range 50 {
		mustSend(t, d, label(number, 2000))
		want = append(want, label(number, 2000)...)
	}
	mustClose(t, d)
	if got := d.Received(t, len(want)); !bytes.Equal(got, want) {
		t.Errorf("%d bytes arrived that are not the %d sent", len(got), len(want))
	}
}

func large(t *testing.T, d Device) {
	want := label(1, 4<<20)
	mustSend(t, d, want)
	mustClose(t, d)
	if got := d.Received(t, len(want)); !bytes.Equal(got, want) {
		t.Errorf("%d of %d bytes arrived", len(got), len(want))
	}
}

func empty(t *testing.T, d Device) {
	mustSend(t, d, nil)
	mustSend(t, d, label(1, 100))
	mustClose(t, d)
	if got := d.Received(t, len(label(1, 100))); !bytes.Equal(got, label(1, 100)) {
		t.Errorf("arrived: %q", got)
	}
}

func reach(t *testing.T, d Device) {
	for range 2 {
		if err := d.Link.Reach(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, d)
	if got := d.Received(t, 0); len(got) != 0 {
		t.Errorf("arrived: %q", got)
	}
}

func together(t *testing.T, d Device) {
	const senders = 8
	done := make(chan error, senders)
	for number := range senders {
		go func() {
			_, err := d.Link.Send(t.Context(), label(number, 100_000))
			done <- err
		}()
	}
	for range senders {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, d)
	size := senders * len(label(0, 100_000))
	got := d.Received(t, size)
	for number := range senders {
		if !bytes.Contains(got, label(number, 100_000)) {
			t.Errorf("label %d is not whole", number)
		}
	}
	if len(got) != size {
		t.Errorf("%d bytes arrived, want %d", len(got), size)
	}
}

func ended(t *testing.T, d Device) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if n, err := d.Link.Send(ctx, label(1, 100)); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("sent %d bytes: %v", n, err)
	}
	mustSend(t, d, label(2, 100))
	mustClose(t, d)
	if got := d.Received(t, len(label(2, 100))); !bytes.Equal(got, label(2, 100)) {
		t.Errorf("arrived: %q", got)
	}
}

func closedTwice(t *testing.T, d Device) {
	mustSend(t, d, label(1, 100))
	mustClose(t, d)
	mustClose(t, d)
}

func afterClose(t *testing.T, d Device) {
	mustClose(t, d)
	if n, err := d.Link.Send(t.Context(), label(1, 100)); n != 0 || !errors.Is(err, link.ErrClosed) {
		t.Errorf("sent %d bytes: %v", n, err)
	}
	if err := d.Link.Reach(t.Context()); !errors.Is(err, link.ErrClosed) {
		t.Errorf("reached: %v", err)
	}
}

func vanished(t *testing.T, d Device) {
	mustSend(t, d, label(1, 100))
	d.Received(t, len(label(1, 100)))
	d.Vanish()
	n, err := d.Link.Send(t.Context(), label(2, 1<<20))
	wantProblem(t, n, 1<<20, err, d.GoneKeys)
	mustClose(t, d)
}

func stalled(t *testing.T, d Device) {
	d.StopReading()
	n, err := d.Link.Send(t.Context(), label(1, 32<<20))
	wantProblem(t, n, 32<<20, err, []string{"printer.stalled"})
}

func cancelled(t *testing.T, d Device) {
	d.StopReading()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	n, err := d.Link.Send(ctx, label(1, 32<<20))
	if n >= 32<<20 || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("sent %d bytes: %v", n, err)
	}
}

func wantProblem(t *testing.T, n, size int, err error, keys []string) {
	t.Helper()
	var problem *order.Problem
	if !errors.As(err, &problem) || n >= size {
		t.Fatalf("sent %d of %d bytes: %v, want one of %v", n, size, err, keys)
	}
	for _, key := range keys {
		if problem.Key == key {
			return
		}
	}
	t.Errorf("%v, want one of %v", err, keys)
}
