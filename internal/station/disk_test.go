package station

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// journal stands between a bench and its store: it may refuse events as a full disk does, and remembers what was looked up.
type journal struct {
	Store
	mu     sync.Mutex
	refuse func(order.EventKind) bool
	codes  []string
}

func (j *journal) Append(events []order.Event) error {
	j.mu.Lock()
	refuse := j.refuse
	j.mu.Unlock()
	if refuse != nil && slices.ContainsFunc(events, func(e order.Event) bool { return refuse(e.Kind) }) {
		return order.Trouble(errors.New("no space left on device"), "store.full")
	}
	return j.Store.Append(events)
}

func (j *journal) Candidates(code string) (order.Candidates, error) {
	j.mu.Lock()
	j.codes = append(j.codes, code)
	j.mu.Unlock()
	return j.Store.Candidates(code)
}

func (j *journal) lookedUp() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.codes)
}

// full makes the journal refuse events of the kinds given; without any it writes again.
func (j *journal) full(kinds ...order.EventKind) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.refuse = func(kind order.EventKind) bool { return slices.Contains(kinds, kind) }
}

// A scan the disk does not take counts for nothing. F10 tries it again.
func TestScanTheDiskDoesNotTake(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	r := s.start(files)
	r.scan("P1", packing.OpenedOut)
	files.full(order.Taken)
	before := r.Snapshot().State
	if a := r.scan("tee", packing.NeedsPerson); a.Said.Key != "store.full" {
		t.Errorf("%+v", a)
	}
	after := r.Snapshot()
	if in, _ := after.State.Pieces(); in != 0 || len(after.State.Work.Taken) != 0 || after.State.Phase != before.Phase ||
		after.Strip.Said.Key != "store.full" || after.Strip.Code != "tee" {
		t.Errorf("%+v", after)
	}
	if a := r.ok(packing.NeedsPerson); a.Said.Key != "store.full" {
		t.Errorf("%+v", a)
	}
	files.full()
	r.ok(packing.TakenOut)
	if got := s.history("P1"); !slices.Equal(got, []order.EventKind{order.Opened, order.Taken}) {
		t.Errorf("the journal holds %v", got)
	}
	r.ok(packing.NothingAsked)
}

// The packer scans the piece again instead of pressing F10: it is one piece, and F10 has nothing left to try.
func TestScanTheDiskDoesNotTakeIsScannedAgain(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	r := s.start(files)
	r.scan("P1", packing.OpenedOut)
	files.full(order.Taken)
	r.scan("tee", packing.NeedsPerson)
	files.full()
	r.scan("tee", packing.TakenOut)
	r.ok(packing.NothingAsked)
	if in, of := r.Snapshot().State.Pieces(); in != 1 || of != 2 {
		t.Errorf("%d of %d in", in, of)
	}
}

// What an effect came to and the disk does not take stays in mind: the bench goes on with it once the disk takes it, and does nothing twice.
func TestAnswerTheDiskDoesNotTake(t *testing.T) {
	for name, c := range map[string]struct {
		kind  order.EventKind
		phase packing.Phase // in which the bench stays
	}{
		"shipment arranged": {order.ShipArranged, packing.Shipping},
		"label made":        {order.DocumentKept, packing.Labelling},
		"label queued":      {order.LabelQueued, packing.Labelling},
		"label sent":        {order.LabelSent, packing.Printing},
	} {
		for how, goOn := range map[string]func(*running){
			"ok":            func(r *running) { r.ok(packing.Accepted) },
			"the next scan": func(r *running) { r.scan("nobody's", packing.WrongLabel) },
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				s := newShop(t)
				files := &journal{Store: s.store}
				files.full(c.kind)
				r := s.start(files)
				r.scan("P2", packing.OpenedOut)
				r.scan("cap", packing.TakenOut)
				if got := r.said("store.full").State.Phase; got != c.phase {
					t.Errorf("phase %s", got)
				}
				r.ok(packing.NeedsPerson)
				r.scan(trackingOf(2), packing.NeedsPerson)
				if slices.Contains(s.history("P2"), c.kind) {
					t.Fatalf("%s is in the journal", c.kind)
				}
				files.full()
				goOn(r)
				r.settle()
				r.scan(trackingOf(2), packing.ConfirmedOut)
				if shipped, printed := s.times(); shipped != 1 || printed != 1 {
					t.Errorf("shipped %d times, printed %d times", shipped, printed)
				}
			})
		}
	}
}

// Scans that waited when the disk filled up are refused one by one, aloud: they count for nothing, and the bench is not stuck behind them.
func TestScansThatWaitedWhenTheDiskFilledUp(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	files.full(order.ShipArranged)
	asked, release := make(chan struct{}), make(chan struct{})
	ship := s.ship
	s.ship = func(ctx context.Context, p order.Parcel) error {
		close(asked)
		<-release
		return ship(ctx, p)
	}
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	<-asked
	replies := make(chan Answer)
	for _, code := range []string{"mug", "tee"} {
		scan := r.next(code)
		go func() {
			answer, err := r.Scan(t.Context(), scan)
			if err != nil {
				t.Error(err)
			}
			replies <- answer
		}()
	}
	close(release)
	for range 2 {
		if a := <-replies; a.Outcome != packing.NeedsPerson || a.Said.Key != "store.full" {
			t.Errorf("%+v", a)
		}
	}
	files.full()
	r.ok(packing.Accepted)
	r.settle()
	r.scan(trackingOf(2), packing.ConfirmedOut)
}

// A scan that waits for the platform's word is answered too when the disk does not take what the word comes to.
func TestScanThatWaitsForThePlatformWhenTheDiskIsFull(t *testing.T) {
	s := newShop(t)
	held := s.order(2, order.OnHold, "cap")
	if err := s.store.SaveOrders([]order.Order{held}, time.Now().Add(-time.Hour)); err != nil { // so that the platform is asked
		t.Fatal(err)
	}
	refresh := s.refresh
	s.refresh = func(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
		s.save(s.order(2, order.AwaitingShipment, "cap"))
		return refresh(ctx, key)
	}
	files := &journal{Store: s.store}
	files.full(order.Opened)
	r := s.start(files)
	if a := r.scan("P2", packing.NeedsPerson); a.Said.Key != "store.full" {
		t.Errorf("%+v", a)
	}
	if open, err := s.store.OpenParcel(); err != nil || open != "" {
		t.Errorf("%q is open, %v", open, err)
	}
	files.full()
	r.ok(packing.Accepted)
	if shot := r.phase(packing.Packing); shot.State.Parcel.Key != "P2" {
		t.Errorf("%+v", shot.State)
	}
}

// What the platform says behind an answer that is not journalled yet is taken in after it, in the order in which it came.
func TestAnswersBehindOneTheDiskDoesNotTake(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	files.full(order.ShipArranged)
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.said("store.full")
	known, _, err := s.store.Parcel("P2")
	if err != nil {
		t.Fatal(err)
	}
	known.Standing, known.ReadAt = order.Gone, time.Now()
	r.inbox.post(finished{inputs: []packing.Input{packing.Read{Key: "P2", Parcel: known.Parcel, Found: true}}})
	files.full()
	r.ok(packing.Accepted)
	r.settle()
	if got := s.history("P2"); !slices.Contains(got, order.ShipArranged) || slices.Contains(got, order.Stopped) && slices.Index(got, order.Stopped) < slices.Index(got, order.ShipArranged) {
		t.Errorf("the journal holds %v", got)
	}
}

// Without the journal's word that a label is about to be sent, no byte of it leaves.
func TestNoByteLeavesUnjournalled(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	files.full(order.LabelSending)
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	shot := r.phase(packing.Asked)
	if _, printed := s.times(); printed != 0 || shot.State.Question != packing.TryAgain || shot.State.Trouble.Key != "store.full" {
		t.Fatalf("%d labels sent, %+v", printed, shot.State)
	}
	files.full()
	r.ok(packing.Accepted)
	r.settle()
	r.scan(trackingOf(2), packing.ConfirmedOut)
	if shipped, printed := s.times(); shipped != 1 || printed != 1 {
		t.Errorf("shipped %d times, printed %d times", shipped, printed)
	}
}
