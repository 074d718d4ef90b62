package store

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

func journal(t *testing.T, s *Store, events ...order.Event) {
	t.Helper()
	if err := s.Append(events); err != nil {
		t.Fatal(err)
	}
}

// withoutPackage is an order the platform has made no package of.
func withoutPackage(id string, skus ...string) order.Order {
	o := make1(id, "", skus...)
	o.PackageIDs = nil
	return o
}

// A parcel that was known by its order's number is found, with all that happened to it, under the package id the platform gives it, before and after
// the bench has journalled the new name.
func TestParcelGetsItsPackage(t *testing.T) {
	s := open1(t)
	save(t, s, withoutPackage("O1", "tee", "cap"))
	journal(t, s, order.Event{At: noon, Kind: order.Opened, Parcel: "o:O1"},
		order.Event{At: noon, Kind: order.Taken, Parcel: "o:O1", Unit: "O1-0", SKU: "tee"},
		order.Event{At: noon, Kind: order.RequestMade, Parcel: "o:O1", Request: order.Request{ID: "r", Kind: order.Arrange}})
	named := make1("O1", "P9", "tee", "cap")
	named.UpdatedAt = noon.Add(time.Minute)
	save(t, s, named)
	check := func(when string, parcel order.ParcelKey) {
		t.Helper()
		for _, key := range []order.ParcelKey{"o:O1", "P9"} {
			known, found, err := s.Parcel(key)
			if err != nil || !found || known.Key != "P9" || len(known.Work.Taken) != 1 || known.Work.Parcel != parcel {
				t.Errorf("%s, by %s: %+v, %t, %v", when, key, known, found, err)
			}
		}
		if open, err := s.OpenParcel(); err != nil || open != parcel {
			t.Errorf("%s: %q is open, %v", when, open, err)
		}
		waiting, err := s.Requests()
		if err != nil || len(waiting) != 1 || waiting[0].Key != "P9" || waiting[0].Work.Parcel != parcel {
			t.Errorf("%s: %+v, %v", when, waiting, err)
		}
	}
	check("before", "o:O1")
	journal(t, s, order.Event{At: noon, Kind: order.Renamed, Parcel: "P9", Was: "o:O1"})
	check("after", "P9")
	events, err := s.History("P9")
	if err != nil || len(events) != 4 || events[0].Kind != order.Opened || events[3].Kind != order.Renamed {
		t.Errorf("%+v, %v", events, err)
	}
	if left, err := s.History("o:O1"); err != nil || len(left) != 0 {
		t.Errorf("%+v, %v", left, err)
	}
}

// Of two packages neither is what the order's parcel was.
func TestOrderThatBecomesTwoParcels(t *testing.T) {
	s := open1(t)
	save(t, s, withoutPackage("O1", "tee", "cap"))
	journal(t, s, order.Event{At: noon, Kind: order.Taken, Parcel: "o:O1", Unit: "O1-0", SKU: "tee"})
	split := make1("O1", "P1", "tee", "cap")
	split.PackageIDs, split.Lines[1].PackageID, split.UpdatedAt = []string{"P1", "P2"}, "P2", noon.Add(time.Minute)
	save(t, s, split)
	if _, found, err := s.Parcel("o:O1"); found || err != nil {
		t.Errorf("%t, %v", found, err)
	}
	for _, key := range []order.ParcelKey{"P1", "P2"} {
		if known, _, err := s.Parcel(key); err != nil || known.Work.Parcel != "" {
			t.Errorf("%s: %+v, %v", key, known.Work, err)
		}
	}
}

func TestParked(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "tee"), make1("O2", "P2", "tee"))
	for _, key := range []order.ParcelKey{"P1", "P2"} {
		journal(t, s, order.Event{Kind: order.RequestMade, Parcel: key, Request: order.Request{ID: "r" + string(key), Kind: order.Arrange}})
	}
	parked := order.Request{ID: "rP1", Parked: order.Say("platform.frozen", "code", "10007014")}
	journal(t, s, order.Event{Kind: order.RequestParked, Parcel: "P1", Request: parked})
	waiting, err := s.Requests()
	if n, failed := s.Parked(); failed != nil || n != 1 || err != nil || len(waiting) != 2 {
		t.Errorf("%d parked of %+v, %v, %v", n, waiting, failed, err)
	}
	if kept := waiting[0].Work.Requests[0].Parked; kept.Key != "platform.frozen" || kept.With["code"] != "10007014" {
		t.Errorf("%+v", kept)
	}
}

// The carrier is asked at once when an order sets out, later as often as it is worth it, and not after delivery.
func TestToTrack(t *testing.T) {
	s := open1(t)
	now := noon
	s.now = func() time.Time { return now }
	due := func(want int) {
		t.Helper()
		if ids, err := s.ToTrack("S", 10); err != nil || len(ids) != want {
			t.Errorf("at %s: %v, want %d, %v", now.Format("15:04"), ids, want, err)
		}
	}
	at := func(status order.Status, minutes int) {
		now = noon.Add(time.Duration(minutes) * time.Minute)
		o := make1("O1", "P1", "tee")
		o.Status, o.UpdatedAt = status, now
		if err := s.SaveOrders([]order.Order{o}, now); err != nil {
			t.Fatal(err)
		}
	}
	at(order.AwaitingShipment, 0)
	due(0)
	at(order.AwaitingCollection, 1)
	due(1)
	if ids, err := s.ToTrack("another", 10); err != nil || len(ids) != 0 {
		t.Errorf("%v, %v", ids, err)
	}
	said := []order.TrackingEvent{{At: noon.Add(30 * time.Second), Text: "picked up"}}
	transit := order.Transit{First: said[0].At, Last: said[0].At, Nodes: order.Nodes(0).With(order.TakenByCarrier)}
	if err := s.SaveTracking("O1", said, transit, now); err != nil {
		t.Fatal(err)
	}
	due(0)
	at(order.AwaitingCollection, 20) // read again: nothing new to ask
	due(0)
	now = now.Add(11 * time.Minute)
	due(1)
	at(order.InTransit, 40)
	due(1)
	if err := s.SaveTracking("O1", nil, order.Transit{}, now); err != nil { // nothing was said, what was said stays
		t.Fatal(err)
	}
	now = now.Add(3 * time.Hour)
	due(0)
	now = now.Add(time.Hour)
	due(1)
	at(order.Delivered, 600) // once more, for its last hours
	due(1)
	if err := s.SaveTracking("O1", nil, order.Transit{}, now); err != nil {
		t.Fatal(err)
	}
	due(0)
	at(order.Completed, 700)
	due(0)
	kept, err := s.Tracking("O1")
	o, _, failed := s.Order("O1")
	if err != nil || failed != nil || len(kept) != 1 || o.Transit != transit {
		t.Errorf("%+v, %+v, %v, %v", kept, o.Transit, err, failed)
	}
}

func TestAnswersOwed(t *testing.T) {
	s := open1(t)
	var all []order.Cancellation
	for i, id := range []string{"O1", "O2", "O3"} {
		o := make1(id, "P"+id, "tee")
		o.CancelRequested = true
		save(t, s, o)
		all = append(all, order.Cancellation{ID: "C" + id, OrderID: id, Type: order.CancelByBuyer, Status: order.CancelRequestPending,
			UpdatedAt: noon, AnswerBy: noon.Add(time.Duration(3-i) * time.Hour)})
	}
	if wanted, err := s.CancellationsWanted("S"); err != nil || len(wanted) != 3 {
		t.Errorf("%v, %v", wanted, err)
	}
	if err := s.SaveCancellations(all); err != nil {
		t.Fatal(err)
	}
	if wanted, err := s.CancellationsWanted("S"); err != nil || len(wanted) != 0 {
		t.Errorf("%v, %v", wanted, err)
	}
	withdrawn := make1("O2", "PO2", "tee")
	withdrawn.UpdatedAt = noon.Add(time.Minute)
	save(t, s, withdrawn)
	owed, err := s.AnswersOwed()
	if err != nil || len(owed) != 2 || owed[0].ID != "CO3" || owed[1].ID != "CO1" {
		t.Errorf("%+v, %v", owed, err)
	}

	again := make1("O2", "PO2", "tee") // asked again: the wish that was withdrawn is not what waits
	again.CancelRequested, again.CancelRequestedAt, again.UpdatedAt = true, noon.Add(2*time.Hour), noon.Add(2*time.Hour)
	save(t, s, again)
	if owed, err := s.AnswersOwed(); err != nil || len(owed) != 2 {
		t.Errorf("%+v, %v", owed, err)
	}
	if wanted, err := s.CancellationsWanted("S"); err != nil || !slices.Equal(wanted, []string{"O2"}) {
		t.Errorf("%v, %v", wanted, err)
	}
	second := order.Cancellation{ID: "C2O2", OrderID: "O2", Type: order.CancelByBuyer, Status: order.CancelRequestPending, CreatedAt: again.CancelRequestedAt.Add(-time.Second),
		UpdatedAt: again.CancelRequestedAt, AnswerBy: noon.Add(50 * time.Hour)}
	if err := s.SaveCancellations([]order.Cancellation{second}); err != nil {
		t.Fatal(err)
	}
	if owed, err := s.AnswersOwed(); err != nil || len(owed) != 3 || owed[2].ID != "C2O2" {
		t.Errorf("%+v, %v", owed, err)
	}
}
