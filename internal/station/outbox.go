package station

import (
	"context"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// record asks the loop to journal what was not decided at the bench.
type record struct {
	events []order.Event
	done   chan error
}

// Record journals events that were not decided at the bench, such as a request for the outbox or what came of one, and lets the bench build on them. They are on
// the disk when it returns.
func (s *Station) Record(ctx context.Context, events ...order.Event) error {
	r := record{events, make(chan error, 1)}
	s.inbox.post(r)
	return s.waitFor(ctx, r.done)
}

// recorded journals what was handed in from outside.
func (s *Station) recorded(r record) {
	for i := range r.events {
		r.events[i].Bench, r.events[i].Packer = s.Bench, s.packer()
	}
	err := s.Store.Append(r.events)
	r.done <- err
	if err != nil {
		s.Log.Error("the journal was not written", "error", err)
		return
	}
	s.parkedChanged = true
	s.tellRun(r.events)
	for _, e := range r.events {
		s.learnRecorded(e)
	}
	s.wakeFor(r.events)
	s.publish(false)
}

// learnRecorded lets the bench build on what was journalled. Most of it is of other parcels, and nothing follows from it.
func (s *Station) learnRecorded(e order.Event) {
	next, turn := packing.Next(s.state, packing.Recorded{Event: e}, s.Now())
	if turn.Said.Key == "" && len(turn.Events) == 0 && len(turn.Effects) == 0 {
		s.state = next
		return
	}
	s.learn(packing.Recorded{Event: e})
}

// wakeFor wakes the outbox where something new is in it.
func (s *Station) wakeFor(events []order.Event) {
	if slices.ContainsFunc(events, func(e order.Event) bool { return e.Kind == order.RequestMade || e.Kind == order.RequestResumed }) {
		s.wakeOutbox()
	}
}

func (s *Station) countParked() {
	parked, err := s.Store.Parked()
	s.logTrouble("what is parked was not counted", "", err)
	s.view.Parked, s.parkedChanged = parked, false
}

func (s *Station) wakeOutbox() {
	select {
	case s.pushSoon <- struct{}{}:
	default: // it is woken already
	}
}

// restOutbox is the longest pause between two looks into the outbox.
const restOutbox = 30 * time.Second

// push puts to the platform what waits for it, until the bench closes.
func (s *Station) push() {
	outbox := s.Outbox(func(events ...order.Event) error { return s.Record(s.ctx, events...) },
		func() order.ParcelKey { return s.Snapshot().State.Parcel.Key })
	for {
		next, err := outbox.Push(s.ctx)
		if s.ctx.Err() != nil {
			return
		}
		if err != nil {
			s.Log.Warn("the outbox stands", "error", err) // the readings say how it is with the platform
		}
		rest := restOutbox
		if !next.IsZero() {
			rest = min(rest, max(0, next.Sub(s.Now())))
		}
		if err != nil {
			rest = restOutbox
		}
		select {
		case <-s.ctx.Done():
			return
		case <-s.pushSoon:
		case <-time.After(rest):
		}
	}
}
