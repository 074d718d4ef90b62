package station

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// Answer is what a scan came to.
type Answer struct {
	Code    string
	Outcome packing.Outcome
	Parcel  order.ParcelKey
	State   string // of the parcel, see order.Known.State
	Said    order.Said
}

// request is a scan or a person's yes, with where its answer goes.
type request struct {
	input packing.Input
	reply chan Answer
}

type settle struct{ done chan struct{} }

// Scan hands in a scan and waits until it is decided; effects may still be under way then. While the bench is busy the scan waits its turn.
// It fails only when ctx ends or the bench stops.
func (s *Station) Scan(ctx context.Context, scan order.Scan) (Answer, error) {
	return s.ask(ctx, packing.Scanned{Scan: scan})
}

// OK is a person's yes to what the screen asks.
func (s *Station) OK(ctx context.Context) (Answer, error) { return s.ask(ctx, packing.OK{}) }

// Aside is a person's wish to put the open parcel out of the way.
func (s *Station) Aside(ctx context.Context) (Answer, error) { return s.ask(ctx, packing.Aside{}) }

// Again is a person's wish to print the label once more, and why.
func (s *Station) Again(ctx context.Context, why order.Spoiling) (Answer, error) {
	return s.ask(ctx, packing.Again{Why: why})
}

// NewLabel is a person's wish for another label from the platform.
func (s *Station) NewLabel(ctx context.Context) (Answer, error) {
	return s.ask(ctx, packing.NewLabel{})
}

// Do hands in what a person wants, such as packing.Short or packing.Undo, and waits until it is decided.
func (s *Station) Do(ctx context.Context, wish packing.Input) (Answer, error) {
	return s.ask(ctx, wish)
}

// Submit hands in a scan and returns at once; what it comes to is in a snapshot. No scan is ever dropped.
func (s *Station) Submit(scan order.Scan) {
	s.inbox.post(request{packing.Scanned{Scan: scan}, make(chan Answer, 1)})
}

// Wish hands in what a person wants, such as packing.OK, packing.Again or packing.Aside, and returns at once.
func (s *Station) Wish(wish packing.Input) { s.inbox.post(request{wish, make(chan Answer, 1)}) }

func (s *Station) ask(ctx context.Context, input packing.Input) (Answer, error) {
	reply := make(chan Answer, 1)
	s.inbox.post(request{input, reply})
	select {
	case answer := <-reply:
		return answer, nil
	case <-ctx.Done():
		return Answer{}, order.Trouble(ctx.Err(), "bench.closing")
	case <-s.stopped:
		select {
		case answer := <-reply: // decided before the bench stopped
			return answer, nil
		default:
			return Answer{}, order.Trouble(nil, "bench.closing")
		}
	}
}

// Settle waits until no scan waits and no effect of the bench is under way.
func (s *Station) Settle(ctx context.Context) error {
	done := make(chan struct{})
	s.inbox.post(settle{done})
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return order.Trouble(ctx.Err(), "bench.closing")
	case <-s.stopped:
		return order.Trouble(nil, "bench.closing")
	}
}

// Begun waits until the bench has taken up what it was at when it last stopped.
func (s *Station) Begun(ctx context.Context) error {
	done := make(chan error, 1)
	s.inbox.post(record{done: done})
	return s.waitFor(ctx, done)
}

func (r request) answer(a Answer) { r.reply <- a }

// settleDown tells those who wait for quiet.
func (s *Station) settleDown() {
	if s.outstanding > 0 || len(s.queue) > 0 || s.held != nil {
		return
	}
	for _, done := range s.settlers {
		close(done)
	}
	s.settlers = nil
}
