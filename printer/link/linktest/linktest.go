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
	// Vanish makes the device go away for good; nil for one that cannot be made to.
	Vanish func()
	// GoneKeys are the problems that sending to a vanished device may end with.
	GoneKeys []string
	// StopReading makes the device take nothing more; nil for a device that cannot stall.
	StopReading func()
	// StartReading makes it take again.
	StartReading func()
	// Say has the device say something; nil for one that cannot be heard.
	Say func([]byte)
	// Replug brings a device that vanished back, where nothing has arrived yet; nil for one that cannot come back.
	Replug func()
	// Resumes tells that the device stays in the middle of a label that stalled, so that the same label goes on there.
	Resumes bool
	// Swallows is more than all buffers on the way to a device that has stopped reading hold, in bytes; 0 is 32 MiB.
	Swallows int
	// Hidden is the most that may be on its way without being called taken, in bytes; 0 is 8 KiB, one request of the USB printer driver
	// (printing facts 4).
	Hidden int
}

func (d Device) hidden() int {
	if d.Hidden > 0 {
		return d.Hidden
	}
	return 8 << 10
}

func (d Device) swallows() int {
	if d.Swallows > 0 {
		return d.Swallows
	}
	return 32 << 20
}

// Case is one demand.
type Case struct {
	Name string
	Run  func(t *testing.T, d Device)
	// Vanishes, Stalls, Replugs, Resumes and Answers tell that the case needs a device that can do that.
	Vanishes, Stalls, Replugs, Resumes, Answers bool
}

func (c Case) fits(d Device) bool {
	return (!c.Vanishes || d.Vanish != nil) && (!c.Stalls || d.StopReading != nil) && (!c.Replugs || d.Replug != nil) && (!c.Resumes || d.Resumes) &&
		(!c.Answers || d.Say != nil)
}

// Cases are the demands on every link.
var Cases = append([]Case{
	{Name: "labels arrive whole and in order", Run: inOrder},
	{Name: "a large label arrives whole", Run: large},
	{Name: "an empty label is sent", Run: empty},
	{Name: "reach sends nothing", Run: reach},
	{Name: "goroutines do not mix labels", Run: together},
	{Name: "an ended context sends nothing", Run: ended},
	{Name: "closing twice does no harm", Run: closedTwice},
	{Name: "after close nothing is sent", Run: afterClose},
	{Name: "a device that vanished is a problem", Run: vanished, Vanishes: true},
	{Name: "a device that stops reading is a problem", Run: stalled, Stalls: true},
	{Name: "the context ends a send that waits", Run: cancelled, Stalls: true},
	{Name: "a device that takes little at a time gets all", Run: fitful, Stalls: true},
	{Name: "what was taken of a stalled label is told truly", Run: truly, Stalls: true},
	{Name: "a stalled label goes on where it stopped", Run: goesOn, Stalls: true, Resumes: true},
	{Name: "a label given up goes on where it stopped", Run: cancelledGoesOn, Stalls: true, Resumes: true},
	{Name: "another label follows a half one whole", Run: follows, Stalls: true, Resumes: true},
	{Name: "a device unplugged within a label is a problem", Run: unplugged, Stalls: true},
	{Name: "a device that is plugged in again gets labels", Run: replugged, Replugs: true},
	{Name: "a label cut by unplugging starts anew", Run: startsAnew, Stalls: true, Replugs: true},
	{Name: "a stalled device is given back", Run: closedStalled, Stalls: true},
}, asking...)

// Run runs every case that applies on a device of its own.
func Run(t *testing.T, fresh func(t *testing.T) Device) {
	probe := fresh(t)
	for _, c := range Cases {
		if !c.fits(probe) {
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
	stall(t, d)
}

// stall sends to a device that has stopped reading.
func stall(t *testing.T, d Device) (whole []byte, n int) {
	t.Helper()
	whole = label(1, d.swallows())
	n, err := d.Link.Send(t.Context(), whole)
	wantProblem(t, n, len(whole), err, []string{"printer.stalled"})
	return whole, n
}

func cancelled(t *testing.T, d Device) {
	d.StopReading()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	whole := label(1, d.swallows())
	n, err := d.Link.Send(ctx, whole)
	if n >= len(whole) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("sent %d bytes: %v", n, err)
	}
}

// fitful stops and goes on all the time, so that the system takes pieces of what it is given.
func fitful(t *testing.T, d Device) {
	whole := label(1, 512<<10)
	done := make(chan error, 1)
	d.StopReading()
	go func() {
		_, err := d.Link.Send(t.Context(), whole)
		done <- err
	}()
	for range 20 {
		d.StartReading()
		time.Sleep(time.Millisecond)
		d.StopReading()
		time.Sleep(time.Millisecond)
	}
	d.StartReading()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	mustClose(t, d)
	if got := d.Received(t, len(whole)); !bytes.Equal(got, whole) {
		t.Errorf("%d of %d bytes arrived", len(got), len(whole))
	}
}

func truly(t *testing.T, d Device) {
	d.StopReading()
	whole, n := stall(t, d)
	d.StartReading()
	got := d.Received(t, n)
	if len(got) < n || len(got) > n+d.hidden() || !bytes.Equal(got, whole[:len(got)]) {
		t.Errorf("%d bytes were said to be taken, %d arrived", n, len(got))
	}
}

func goesOn(t *testing.T, d Device) {
	d.StopReading()
	whole, n := stall(t, d)
	again, err := d.Link.Send(t.Context(), whole) // still nothing
	wantProblem(t, again, len(whole), err, []string{"printer.stalled"})
	if again < n {
		t.Errorf("%d bytes were taken, then %d", n, again)
	}
	d.StartReading()
	mustSend(t, d, whole)
	mustSend(t, d, label(2, 1000))
	mustClose(t, d)
	want := append(whole, label(2, 1000)...)
	if got := d.Received(t, len(want)); !bytes.Equal(got, want) {
		t.Errorf("%d of %d bytes arrived", len(got), len(want))
	}
}

func cancelledGoesOn(t *testing.T, d Device) {
	cancelled(t, d)
	d.StartReading()
	whole := label(1, d.swallows())
	mustSend(t, d, whole)
	mustClose(t, d)
	if got := d.Received(t, len(whole)); !bytes.Equal(got, whole) {
		t.Errorf("%d of %d bytes arrived", len(got), len(whole))
	}
}

// follows: the device is still in the middle of the first label; the link may only see to it that nothing of the second is missing.
func follows(t *testing.T, d Device) {
	d.StopReading()
	half, n := stall(t, d)
	d.StartReading()
	d.Received(t, n)
	other := label(2, 10_000)
	mustSend(t, d, other)
	mustClose(t, d)
	got := d.Received(t, n+len(other))
	// A little more of the half label than was called taken may have gone out.
	for late := time.Now().Add(10 * time.Second); !bytes.HasSuffix(got, other) && time.Now().Before(late); time.Sleep(time.Millisecond) {
		got = d.Received(t, 0)
	}
	before, whole := bytes.CutSuffix(got, other)
	if !whole || !bytes.HasPrefix(half, before) {
		t.Errorf("%d bytes arrived, %d of them of the half label", len(got), len(before))
	}
}

func unplugged(t *testing.T, d Device) {
	d.StopReading()
	later := time.AfterFunc(50*time.Millisecond, d.Vanish)
	defer later.Stop()
	whole := label(1, d.swallows())
	n, err := d.Link.Send(t.Context(), whole)
	wantProblem(t, n, len(whole), err, d.GoneKeys)
	mustClose(t, d)
}

func replugged(t *testing.T, d Device) {
	mustSend(t, d, label(1, 100))
	d.Received(t, len(label(1, 100)))
	d.Vanish()
	n, err := d.Link.Send(t.Context(), label(2, 1<<20))
	wantProblem(t, n, 1<<20, err, d.GoneKeys)
	d.Replug()
	mustSend(t, d, label(3, 1000))
	mustClose(t, d)
	if got := d.Received(t, len(label(3, 1000))); !bytes.Equal(got, label(3, 1000)) {
		t.Errorf("arrived: %d bytes", len(got))
	}
}

func startsAnew(t *testing.T, d Device) {
	d.StopReading()
	whole, _ := stall(t, d)
	d.Vanish()
	d.Replug()
	mustSend(t, d, whole)
	mustClose(t, d)
	if got := d.Received(t, len(whole)); !bytes.Equal(got, whole) {
		t.Errorf("%d of %d bytes arrived", len(got), len(whole))
	}
}

func closedStalled(t *testing.T, d Device) {
	d.StopReading()
	stall(t, d)
	began := time.Now()
	mustClose(t, d)
	if took := time.Since(began); took > 6*time.Second { // a network printer is given 5 s to take the last bytes
		t.Errorf("close took %s", took)
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
