package station

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/packing"
)

// desk keeps the sheets of a shop. The platform's word comes through the store, as the mirror's does.
func (s *shop) desk(now func() time.Time) *Desk {
	s.refresh = func(_ context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
		known, _, err := s.store.Parcel(key)
		if err != nil {
			return order.Parcel{}, false, err
		}
		o, _, err := s.store.Order(known.OrderIDs[0])
		if err = errors.Join(err, s.store.SaveOrders([]order.Order{o}, now())); err != nil {
			return order.Parcel{}, false, err
		}
		known, found, err := s.store.Parcel(key)
		return known.Parcel, found, err
	}
	return &Desk{Store: s.store, Mirror: s, Now: now, Log: slog.New(slog.DiscardHandler), Bench: "7", Supervisors: []string{"BOSS"}}
}

// atShelf starts a bench with a hand-over shelf.
func (s *shop) atShelf() *running {
	return s.start(nil, func(c *Config) { c.Desk = s.desk(time.Now) })
}

// box packs parcels of one piece.
func (r *running) box(parcels map[string]string) {
	r.t.Helper()
	for parcel, sku := range parcels {
		r.scan(parcel, packing.OpenedOut)
		r.scan(sku, packing.TakenOut)
		shot := r.phase(packing.LabelScan)
		r.scan(shot.State.Work.Label.Matched, packing.ConfirmedOut)
	}
}

// While the shelf is at hand scans hand parcels over, and the bench packs again afterwards. A sheet is there again after a kill.
func TestTheShelfTakesTheScansWhileItIsAtHand(t *testing.T) {
	s := newShop(t)
	r := s.atShelf()
	r.box(map[string]string{"P2": "cap", "P3": "mug"})
	r.TakeShelf(handover.Place{})
	shot := r.until(func(s Snapshot) bool { return len(s.Shelf.Columns) == 1 })
	if c := shot.Shelf.Columns[0]; c.Expected() != 2 || c.Scanned() != 0 || c.Sheet.ID != "" {
		t.Fatalf("%+v", c)
	}
	answer := r.scan(trackingOf(2), packing.Outcome(handover.OnSheet))
	if shot = r.Snapshot(); shot.Shelf.Last.Outcome != handover.OnSheet || shot.Shelf.Last.Parcel != "P2" || shot.Shelf.Last.Sheet == "" || answer.Parcel != "P2" {
		t.Errorf("%+v, %+v", shot.Shelf.Last, answer)
	}
	r.scan("tee", packing.Outcome(handover.Unknown))
	r.scan("P1", packing.Outcome(handover.NotTheLabel))
	if state := r.Snapshot().State; state.Phase != packing.Idle {
		t.Errorf("the bench is in phase %s", state.Phase)
	}
	if r.Submit(r.next(trackingOf(2))); r.until(func(s Snapshot) bool { return s.Shelf.Last.Outcome == handover.Twice }).Shelf.Columns[0].Scanned() != 1 {
		t.Error("it is on the sheet twice")
	}
	r.end()

	r = s.atShelf()
	if r.Snapshot().Shelf.AtHand {
		t.Error("scans hand over although nobody said so")
	}
	r.TakeShelf(handover.Place{})
	shot = r.until(func(s Snapshot) bool { return len(s.Shelf.Columns) == 1 })
	if c := shot.Shelf.Columns[0]; c.Scanned() != 1 || !c.Sheet.Has("P2") || len(c.Missing) != 1 || c.Missing[0].Parcel != "P3" {
		t.Fatalf("%+v", c)
	}
	r.TakeBack(trackingOf(2))
	r.until(func(s Snapshot) bool {
		return s.Shelf.Last.Outcome == handover.TakenBack && s.Shelf.Columns[0].Scanned() == 0
	})
	r.LayShelf()
	r.scan("P1", packing.OpenedOut)
}

// The platform is asked before a parcel comes onto a sheet: what was cancelled meanwhile does not leave, and nothing does while nobody answers.
func TestTheShelfAsksThePlatform(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	r.box(map[string]string{"P2": "cap", "P3": "mug"})
	r.end()
	now := time.Now().Add(time.Minute)
	desk := s.desk(func() time.Time { return now })
	ask := s.refresh
	scan := func(n int, want handover.Outcome) handover.Verdict {
		t.Helper()
		v, err := desk.Scan(t.Context(), order.Scan{Code: trackingOf(n), At: now}, handover.Place{}, "", "An")
		if err != nil || v.Outcome != want {
			t.Fatalf("%s (%s), %v, want %s", v.Outcome, v.Said.Key, err, want)
		}
		return v
	}
	s.refresh = func(context.Context, order.ParcelKey) (order.Parcel, bool, error) {
		return order.Parcel{}, false, order.Trouble(nil, "platform.unreachable")
	}
	if v := scan(2, handover.NeedsPerson); v.Sheet != "" {
		t.Errorf("%+v", v)
	}
	s.refresh = func(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
		if key == "P3" {
			s.save(s.order(3, order.Cancelled, "mug"))
		}
		return ask(ctx, key)
	}
	scan(3, handover.Cancelled)
	sheet := scan(2, handover.OnSheet).Sheet
	s.save(s.order(2, order.Cancelled, "cap")) // while it stands at the shelf
	if _, err := desk.Close(t.Context(), CloseWish{Sheet: sheet, Incomplete: true, Reason: "r", Supervisor: "BOSS"}, "An"); problemOf(err) != "handover.recall" {
		t.Error(err)
	}
	if v, err := desk.TakeBack(trackingOf(2), "An"); err != nil || v.Outcome != handover.TakenBack {
		t.Errorf("%+v, %v", v, err)
	}
	scan(2, handover.Cancelled)
	if _, err := desk.Close(t.Context(), CloseWish{Sheet: sheet}, "An"); problemOf(err) != "handover.empty" {
		t.Error(err)
	}
}

func problemOf(err error) string {
	if err == nil {
		return ""
	}
	return order.AsProblem(err).Key
}

// However many scan the same parcel at once, it comes onto one sheet, once.
func TestAParcelScannedByManyIsHandedOverOnce(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	r.box(map[string]string{"P2": "cap"})
	r.end()
	desk := s.desk(time.Now)
	var wait sync.WaitGroup
	outcomes := make(chan handover.Outcome, 8)
	for range cap(outcomes) {
		wait.Go(func() {
			v, err := desk.Scan(t.Context(), order.Scan{Code: trackingOf(2), At: time.Now()}, handover.Place{}, "", "An")
			if err != nil {
				t.Error(err)
			}
			outcomes <- v.Outcome
		})
	}
	wait.Wait()
	close(outcomes)
	count := map[handover.Outcome]int{}
	for outcome := range outcomes {
		count[outcome]++
	}
	sheets, err := s.store.OpenSheets()
	if err != nil || len(sheets) != 1 || len(sheets[0].Parcels) != 1 || count[handover.OnSheet] != 1 || count[handover.Twice] != 7 {
		t.Errorf("%v, %+v, %v", count, sheets, err)
	}
}

// Parcels of one carrier that are handed over in different ways part into columns as soon as the shelf is at hand; one of which the platform does not tell it is
// waited for in both.
func TestTheShelfAsksHowParcelsAreHandedOver(t *testing.T) {
	s := newShop(t)
	s.save(s.order(4, order.AwaitingShipment, "pin"))
	s.handovers = map[order.ParcelKey]string{"P2": "PICKUP", "P3": "DROP_OFF"}
	r := s.atShelf()
	r.box(map[string]string{"P2": "cap", "P3": "mug", "P4": "pin"})
	r.TakeShelf(handover.Place{})
	shot := r.until(func(s Snapshot) bool { return len(s.Shelf.Columns) == 2 })
	for i, want := range []struct {
		mode  order.HandoverMode
		other order.ParcelKey
	}{{order.DroppedOff, "P2"}, {order.PickedUp, "P3"}} {
		c := shot.Shelf.Columns[i]
		if c.Mode != want.mode || len(c.Missing) != 2 || c.Missing[0].Parcel == want.other || c.Missing[1].Parcel == want.other {
			t.Errorf("%+v", c)
		}
	}
	r.settle()
}

// At the shelf badges are badges, and double reads and bags are told from parcels.
func TestScansAtTheShelfThatAreNoParcels(t *testing.T) {
	s := newShop(t)
	r := s.atShelf()
	r.box(map[string]string{"P2": "cap"})
	r.TakeShelf(handover.Place{})
	r.Bag("BAG-1")
	r.until(func(s Snapshot) bool {
		return s.Shelf.Bundle == "BAG-1" && s.Shelf.Last.Outcome == handover.BundleBegun
	})
	r.scan(trackingOf(2), packing.Outcome(handover.OnSheet))
	twice := order.Scan{Code: trackingOf(2), Device: "one", At: r.at.Add(500 * time.Millisecond)}
	if answer, err := r.Scan(t.Context(), twice); err != nil || answer.Outcome != packing.Repeat || r.Snapshot().Shelf.Last.Outcome != handover.OnSheet {
		t.Errorf("%+v, %v, %+v", answer, err, r.Snapshot().Shelf.Last)
	}
	if on := r.Snapshot().Shelf.Columns[0].Sheet.Parcels[0]; on.Bundle != "BAG-1" || on.By != "An" || on.Tracking != trackingOf(2) {
		t.Errorf("%+v", on)
	}
	r.TellPeople([]order.Person{{Badge: "B-1", Name: "Li"}})
	r.scan(trackingOf(2), packing.SignedOutOut)
	r.scan("B-1", packing.SignedInOut)
	r.scan(trackingOf(2), packing.Outcome(handover.Twice))
	r.LayShelf()
	if shot := r.until(func(s Snapshot) bool { return !s.Shelf.AtHand }); shot.Shelf.Bundle != "" {
		t.Errorf("bag %s is still open", shot.Shelf.Bundle)
	}
}
