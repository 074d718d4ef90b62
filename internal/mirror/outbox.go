package mirror

import (
	"context"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// Journal takes what the outbox is about to do and what came of it, on the disk when it returns.
type Journal func(events ...order.Event) error

// Outbox puts to the platform what waits in the journal to be asked: each parcel's requests in their order, a request again only after the
// platform was read where nobody knows whether the last try got through. Of a mirror's
// outboxes one works at a time.
type Outbox struct {
	*Mirror
	journal Journal
	// open is the parcel on the bench: its shipment is the bench's own affair.
	open func() order.ParcelKey
	// warehouse is the bench's own; others' parcels are not arranged. Empty: any.
	warehouse string
	// checks are what is looked at before a label; nil: nothing.
	checks *order.Checks
}

// Outbox makes the outbox of a bench in a warehouse, of any where that is empty. open tells which parcel lies on the bench.
func (m *Mirror) Outbox(journal Journal, open func() order.ParcelKey, warehouse string) *Outbox {
	return &Outbox{Mirror: m, journal: journal, open: open, warehouse: warehouse}
}

// Heeding is the outbox that arranges no parcel which the checks block.
func (o *Outbox) Heeding(checks *order.Checks) *Outbox {
	o.checks = checks
	return o
}

// Push puts all to the platform that may be put to it now, and tells when there is more to do: the zero time where nothing waits for time to pass.
// What a person has to see to is parked in the journal and is no error. An error is the files', or the whole platform's, such as an
// authorization that has ended; nothing is lost by it.
func (o *Outbox) Push(ctx context.Context) (next time.Time, err error) {
	select {
	case o.pushing <- struct{}{}:
		defer func() { <-o.pushing }()
	case <-ctx.Done():
		return time.Time{}, interrupted(ctx)
	}
	for {
		due, later, err := o.due()
		if err != nil || len(due) == 0 {
			return later, err
		}
		for _, step := range []func(context.Context, []task) error{o.parkGone, o.settle, o.split, o.arrange, o.fetchLabels, o.answer, o.upload} {
			if err := step(ctx, due); err != nil {
				return later, err
			}
			if ctx.Err() != nil {
				return later, interrupted(ctx)
			}
		}
	}
}

// turn is the request of a parcel that is next: the first, but the answer to a buyer does not wait behind one that a person has to see to, least one that
// is parked because of that buyer.
func turn(requests []order.Request) order.Request {
	if requests[0].Parked.Key != "" {
		answer := slices.IndexFunc(requests, func(r order.Request) bool { return r.Kind == order.AnswerCancel && r.Parked.Key == "" })
		if answer >= 0 {
			return requests[answer]
		}
	}
	return requests[0]
}

// task is a parcel's request whose turn it is.
type task struct {
	order.Known
	order.Request
}

// due are the requests that may be put to the platform now, those made first at the front, and the moment the next one may.
func (o *Outbox) due() (due []task, later time.Time, err error) {
	known, err := o.store.Requests()
	if err != nil {
		return nil, time.Time{}, err
	}
	now, open := o.now(), o.open()
	for _, parcel := range known {
		t := task{parcel, turn(parcel.Work.Requests)}
		if t.Request.Kind == order.AnswerCancel || t.Request.Kind == order.SplitOrder {
			if asked, found, err := o.store.Order(t.OrderID); err != nil {
				return nil, time.Time{}, err
			} else if found {
				t.ShopID, t.OrderIDs = asked.ShopID, []string{t.OrderID} // its parcels may be others by now
			}
		}
		switch {
		case t.Request.Kind == order.Arrange && parcel.Key == open, t.Parked.Key != "":
		case t.Waits(now):
			due = append(due, t)
		case later.IsZero() || t.NotBefore.Before(later):
			later = t.NotBefore
		}
	}
	slices.SortStableFunc(due, func(a, b task) int { return a.MadeAt.Compare(b.MadeAt) })
	return due, later, nil
}

// of are the tasks of a kind that can be put to the platform: their parcel is there, and what became of their last try is known.
func of(tasks []task, kind order.RequestKind) []task {
	return slices.DeleteFunc(slices.Clone(tasks), func(t task) bool { return t.Request.Kind != kind || t.Unanswered || t.ShopID == "" })
}

// parkGone parks the requests of parcels that are no more.
func (o *Outbox) parkGone(_ context.Context, tasks []task) error {
	for _, t := range tasks {
		if t.ShopID == "" {
			_, said := packing.Refusal(order.Reformed)
			if err := o.park(t, said); err != nil {
				return err
			}
		}
	}
	return nil
}

// park leaves a request to a person. Whether its last try got through stays open where it was.
func (o *Outbox) park(t task, why order.Said) error {
	return o.journal(o.event(t, order.RequestParked, func(r *order.Request) { r.Parked, r.Unanswered = plain(why), t.Unanswered }))
}

// event is one about a task's parcel.
func (o *Outbox) event(t task, kind order.EventKind, change ...func(*order.Request)) order.Event {
	e := order.Event{At: o.now(), Kind: kind, Parcel: t.key(), Request: order.Request{ID: t.Request.ID, Kind: t.Request.Kind}}
	for _, change := range change {
		change(&e.Request)
	}
	return e
}

// key is what the parcel is called in the journal: its key today, unless all that happened to it was under its order's number.
func (t task) key() order.ParcelKey {
	if t.Work.Parcel != "" {
		return t.Work.Parcel
	}
	return t.Known.Key
}

// tried notes, before the first byte leaves, that tasks are put to the platform.
func (o *Outbox) tried(tasks ...task) error {
	var events []order.Event
	for _, t := range tasks {
		events = append(events, o.event(t, order.RequestTried))
		if t.Request.Kind == order.Arrange {
			events = append(events, o.event(t, order.ShipTried))
		}
	}
	return o.journal(events...)
}

// done notes that the platform did what a task asks; also are the events that say so of the parcel.
func (o *Outbox) done(t task, also ...order.Event) error {
	return o.journal(append(also, o.event(t, order.RequestDone))...)
}

// failed notes what a task comes to that was refused or not answered at a moment. It returns the error only where it is the whole platform's.
func (o *Outbox) failed(t task, err error, at time.Time) error {
	end := endOf(t.Request, err, at)
	var events []order.Event
	if t.Request.Kind == order.Arrange && end.certain {
		events = append(events, o.event(t, order.ShipRefused))
	}
	if end.park.Key != "" {
		events = append(events, o.event(t, order.RequestParked, func(r *order.Request) { r.Parked = end.park }))
	} else {
		events = append(events, o.event(t, order.RequestDelayed, func(r *order.Request) { r.NotBefore, r.Unanswered = end.again, !end.certain }))
	}
	if journalled := o.journal(events...); journalled != nil {
		return journalled
	}
	if end.whole {
		return err
	}
	return nil
}

// settle finds out what became of requests whose last try got no answer, by reading the parcel.
func (o *Outbox) settle(ctx context.Context, tasks []task) error {
	var unanswered []task
	for _, t := range tasks {
		if t.Unanswered && t.ShopID != "" {
			unanswered = append(unanswered, t)
		}
	}
	read, err := o.readAnew(ctx, unanswered)
	if err != nil {
		return err
	}
	at := o.now() // one for all: what was asked together is asked again together
	for _, t := range read {
		did, err := o.happened(ctx, t)
		switch {
		case err != nil:
			err = o.delay(t, err)
		case did:
			err = o.did(t)
		default: // not seen, which proves nothing: it is looked for again first
			err = o.notYet(t, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// happened tells from what the platform says now whether a request did what it asks.
func (o *Outbox) happened(ctx context.Context, t task) (bool, error) {
	switch t.Request.Kind {
	case order.Arrange:
		return t.Standing == order.Arranged || t.Standing == order.Collected, nil
	case order.UploadTracking:
		return t.Known.Tracking == t.Request.Tracking, nil
	case order.AnswerCancel:
		return o.answered(ctx, t)
	case order.SplitOrder:
		return o.wasSplit(t)
	}
	return false, nil // a label is only read
}

// did notes that a request whose answer was lost did what it asks.
func (o *Outbox) did(t task) error {
	switch t.Request.Kind {
	case order.Arrange, order.UploadTracking: // a number of the seller's own carrier is what arranges shipment
		return o.done(t, o.event(t, order.ShipArranged))
	case order.SplitOrder:
		return o.didSplit(t, nil)
	}
	return o.done(t)
}

// notYet notes that the platform does not say that a try did anything. The try stays in the journal all the same: a reading may be old, and what the
// next try finds done may have been done by this one.
func (o *Outbox) notYet(t task, at time.Time) error {
	return o.journal(o.event(t, order.RequestDelayed, func(r *order.Request) { r.NotBefore = afterPause(at, t.Tries) }))
}

// delay notes that the platform could not be read before a task is put to it, or about what became of its last try.
func (o *Outbox) delay(t task, err error) error {
	end := endOf(t.Request, err, o.now())
	if end.park.Key != "" {
		return o.park(t, end.park)
	}
	journalled := o.journal(o.event(t, order.RequestDelayed, func(r *order.Request) { r.NotBefore, r.Unanswered = end.again, t.Unanswered }))
	if journalled == nil && end.whole {
		return err
	}
	return journalled
}

// refusal is the sentence for a parcel that may not be shipped as it stands; none where it may.
func (o *Outbox) refusal(t task) order.Said {
	standing := t.Standing
	switch {
	case o.warehouse != "" && t.WarehouseID != "" && t.WarehouseID != o.warehouse:
		standing = order.OtherWarehouse
	case standing == order.Ready:
		blocking, blocked := o.checks.Blocked(t.Parcel)
		if !blocked {
			return order.Said{}
		}
		standing = order.StandingOf(blocking.Check)
	}
	_, said := packing.Refusal(standing)
	return said
}

func interrupted(ctx context.Context) error { return order.Trouble(ctx.Err(), "bench.closing") }
