package virtual

import (
	"context"
	"slices"
	"sync"

	"packbench/internal/page"
	"packbench/printer/state"
)

// Body is what a machine is made of beside its language. The zero Body prints at once and has a buffer of DefaultBuffer bytes.
type Body struct {
	// Speed of the paper in inches a second: a label takes its height over Speed to come out. 0 prints at once.
	Speed float64
	// Buffer is the size of the input buffer in bytes. What is full is not read into, so that the sender has to wait. 0 is DefaultBuffer.
	Buffer int
	// Mute machines answer no question.
	Mute bool
	// KeepsHalf keeps the beginning of a label whose connection broke: what comes next is taken for the rest of it. Print servers do either.
	KeepsHalf bool
	// ReprintsJammed prints a label that was spoiled by a jam again; most machines have forgotten it.
	ReprintsJammed bool
	// Swallow tells which labels of the stream are taken and never printed; nil is none. It must not call the Device.
	Swallow func(label int) bool
	// OnOut is told each piece of paper in order, one call at a time. It may use the machine's switches.
	OnOut func(Out)
}

// DefaultBuffer is the buffer of the machine that links were measured with (printing facts 4).
const DefaultBuffer = 256 << 10

// Out is one piece of paper that came out.
type Out struct {
	Number int        // of the piece, from 1
	Label  int        // of the input stream that it shows, from 1; copies share it
	Page   *page.Page // where the piece is not whole, its upper part
	Whole  bool       // the engine was not stopped within it
}

// Device is a machine with a body: an input buffer, a print engine that needs its time, paper, a head, a cable and a power switch. Bytes go into the
// buffer while the engine prints; beside the label being printed at most one is drawn and waits, and only then is the next one taken from the buffer.
// Questions are answered in their turn: behind labels that are not taken yet they wait (printing facts 2), but for ESC/POS' DLE EOT.
//
// All switches may be thrown at any moment from any goroutine, and twice. Time is package time's, so that a Device made in a synctest bubble
// lives in its time.
type Device struct {
	machine Machine
	body    Body
	now     func() state.State // what it says instead of how it is; nil is the truth

	cables  sync.Mutex // held while ports go up or down, before mu
	plugs   []plug
	mu      sync.Mutex
	changed *sync.Cond

	off, unplugged, stalled            bool
	paperOut, headOpen, jammed, paused bool

	intake
	engine
	out     []Out
	untold  int  // pieces at the end of out that OnOut has not been told
	telling bool // OnOut is being called
	lines   map[*line]bool
}

// NewDevice is a machine, switched on and plugged in. The state the machine is said to be in is the Device's, not Now's.
func NewDevice(m Machine, b Body) *Device {
	if b.Buffer == 0 {
		b.Buffer = DefaultBuffer
	}
	d := &Device{machine: m, body: b, lines: map[*line]bool{}}
	d.changed = sync.NewCond(&d.mu)
	d.forget()
	return d
}

// Out is all that came out so far.
func (d *Device) Out() []Out {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.out)
}

// State is how the machine is, whatever it says of it: it is Told, mute or not.
func (d *Device) State() state.State {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state()
}

// Taken is the number of labels whose ends have been received. They may wait, be out, or be lost.
func (d *Device) Taken() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ended
}

// Damaged is what the machine could make no sense of, at most one error a label of the stream. A ZPL machine prints nothing of such a label, the
// others what they understood of it.
func (d *Device) Damaged() []error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.damage)
}

// Idle waits until nothing is being printed or waits to be, or the machine is stopped. Half a label waits for nothing. It fails when ctx ends.
func (d *Device) Idle(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.changed.Broadcast()
	})()
	d.mu.Lock()
	defer d.mu.Unlock()
	for ctx.Err() == nil && (d.running || d.runs() && d.held() > 0) {
		d.changed.Wait()
	}
	return ctx.Err()
}

// throw throws a switch that only the engine and the intake look at.
func (d *Device) throw(change func()) {
	d.mu.Lock()
	change()
	d.step()
	d.release()
}

// PaperOut ends the roll: the label being printed comes out half. Once there is paper again the machine prints it anew by itself, as Zebra's do
// (printing facts 2).
func (d *Device) PaperOut() { d.throw(func() { d.paperOut = true; d.halt() }) }

// Refill puts a roll in.
func (d *Device) Refill() { d.throw(func() { d.paperOut = false }) }

// OpenHead opens the head, which spoils the label being printed as PaperOut does.
func (d *Device) OpenHead() { d.throw(func() { d.headOpen = true; d.halt() }) }

// CloseHead closes the head.
func (d *Device) CloseHead() { d.throw(func() { d.headOpen = false }) }

// Pause is the pause button: the label being printed comes out whole, and no other.
func (d *Device) Pause() { d.throw(func() { d.paused = true }) }

// Resume goes on after Pause.
func (d *Device) Resume() { d.throw(func() { d.paused = false }) }

// Jam stops the paper: the label being printed comes out half, and is forgotten unless the machine ReprintsJammed.
func (d *Device) Jam() {
	d.throw(func() {
		d.jammed = true
		if d.halt() && !d.body.ReprintsJammed {
			d.printed()
		}
	})
}

// ClearJam takes the jammed paper out.
func (d *Device) ClearJam() { d.throw(func() { d.jammed = false }) }

// Stall makes the machine read nothing more, though it prints what it has. The line may still take a few KiB.
func (d *Device) Stall() { d.throw(func() { d.stalled = true }) }

// GoOn reads on after Stall.
func (d *Device) GoOn() { d.throw(func() { d.stalled = false }) }

// PowerOff switches the machine off: the label being printed comes out half, everything else it had is lost, connections break and its ports refuse
// new ones.
func (d *Device) PowerOff() {
	d.cut(func() {
		d.off = true
		d.halt()
		d.queue, d.waiting, d.current = nil, nil, nil
		d.forget()
	})
}

// PowerOn switches the machine on. Switched on, it has paper or not as before; nobody has pressed pause. It fails where a port cannot be had again.
func (d *Device) PowerOn() error { return d.join(func() { d.off, d.paused = false, false }) }

// Unplug takes the cable out: connections break and ports refuse new ones. What is in the machine is printed.
func (d *Device) Unplug() { d.cut(func() { d.unplugged = true }) }

// Plug puts the cable in. It fails where a port cannot be had again.
func (d *Device) Plug() error { return d.join(func() { d.unplugged = false }) }

// release unlocks the machine, once OnOut knows all that came out.
func (d *Device) release() {
	for !d.telling && d.untold > 0 {
		o := d.out[len(d.out)-d.untold]
		d.untold--
		if d.body.OnOut == nil {
			continue
		}
		d.telling = true
		d.mu.Unlock()
		d.body.OnOut(o)
		d.mu.Lock()
		d.telling = false
	}
	d.changed.Broadcast()
	d.mu.Unlock()
}

// state is how the machine is, with mu held.
func (d *Device) state() state.State {
	s := state.State{Told: true, Held: d.held()}
	for _, c := range []struct {
		holds bool
		is    state.Condition
	}{
		{s.Held > 0 || d.at() > 0, state.Busy}, {d.paperOut, state.PaperOut}, {d.headOpen, state.HeadOpen}, {d.jammed, d.machine.jam()},
		{d.paused, state.Paused}, {d.room() == 0, state.BufferFull},
	} {
		if c.holds {
			s.Now |= c.is
		}
	}
	return s
}

// says is what the machine says of itself, with mu held.
func (d *Device) says() state.State {
	switch {
	case d.body.Mute:
		return state.State{}
	case d.now != nil:
		return d.now()
	}
	return d.state()
}
