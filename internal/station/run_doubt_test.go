package station

import (
	"context"
	"slices"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
	"packbench/printer/state"
)

// answering is a printer that says how it is.
type answering struct {
	*shop
	said   func() state.State
	opened func() int
}

func (a answering) Answers() bool { return true }

func (a answering) State(context.Context) (state.State, error) { return a.said(), nil }

func (a answering) Opened() int { return a.opened() }

// The printer lost its power while a run was paused, with labels in its memory: it does not go on as if they had come out.
func TestAPrinterThatWasLostInAPause(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(4)
	opened := 1
	held := 0
	a := answering{shop: s, opened: func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return opened
	}, said: func() state.State {
		s.mu.Lock()
		defer s.mu.Unlock()
		return state.State{Told: true, Held: held}
	}}
	held = 2 // it prints nothing
	r := s.start(nil, func(c *Config) { c.Printer = a })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.Counts().Sent == 2 && s.Run.Wait == spool.Printing })
	r.print("", PrintWish{Act: PrintPause})
	s.mu.Lock()
	opened, held = 2, 0
	s.mu.Unlock()
	r.print("", PrintWish{Act: PrintGoOn})
	if why := r.until(func(s Snapshot) bool { return s.Run.State == order.RunStanding }).Run.Why.Key; why != "run.reopened" {
		t.Errorf("it stands: %s", why)
	}
	if got := s.onPaper(); !slices.Equal(got, []int{10, 11}) {
		t.Errorf("printed %v", got)
	}
}

// slowDoubt is a printer that is still at something when it is doubted.
type slowDoubt struct {
	*shop
	doubted, free chan struct{}
}

func (p slowDoubt) Doubt(context.Context) {
	close(p.doubted)
	<-p.free
}

// While the printer is still at something else, the bench takes scans: only the run's next label waits for it, and goes out after the doubt was told.
func TestTheBenchDoesNotWaitForADoubtedPrinter(t *testing.T) {
	s := newShop(t)
	s.begun(s.arranged(2))
	p := slowDoubt{s, make(chan struct{}), make(chan struct{})}
	r := s.start(nil, func(c *Config) { c.Printer = p })
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(10)})
	<-p.doubted
	r.scan("P1", packing.OpenedOut)
	if got := s.onPaper(); len(got) != 0 {
		t.Errorf("printed %v", got)
	}
	close(p.free)
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{11}) {
		t.Errorf("printed %v", got)
	}
}

// A run that stood and was given up leaves the printer in doubt for the next one.
func TestThePrinterStaysInDoubtForTheNextRun(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	good := s.send
	s.send = func(context.Context, []byte) (int, error) { return 7, order.Trouble(nil, "printer.cut") }
	p := slowDoubt{s, make(chan struct{}), make(chan struct{})}
	close(p.free)
	r := s.start(nil, func(c *Config) { c.Printer = p })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.State == order.RunStanding })
	s.send = good
	r.print("", PrintWish{Act: PrintGiveUp})
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	select {
	case <-p.doubted:
	default:
		t.Error("nobody told the printer that it is doubted")
	}
}
