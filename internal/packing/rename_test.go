package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// named gives the platform's package id to a parcel that was known by its order.
func (b *bench) named(was, is order.ParcelKey, standing order.Standing) {
	p := b.parcels[was].Under(is)
	p.Standing = standing
	delete(b.parcels, was)
	b.parcels[is] = p
}

func TestLabelBoughtMakesThePackage(t *testing.T) {
	p := parcel("o:1", "tee")
	p.LabelVersion = "o:1/1"
	b := newBench(t, p)
	b.want(b.scan("o:1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	ship, ok := b.effects[len(b.effects)-1].(Ship)
	if !ok || ship.Parcel.Key != "o:1" {
		t.Fatalf("effects %v", b.effects)
	}
	b.effects = nil
	b.named("o:1", "P9", order.Arranged)
	turn := b.give(ShipAnswered{Key: "o:1", Result: ShipDone, Package: "P9"})
	if b.count(order.Renamed, turn) != 1 || turn.Events[0].Was != "o:1" || turn.Events[0].Parcel != "P9" || b.count(order.ShipArranged, turn) != 1 {
		t.Fatalf("events %+v", turn.Events)
	}
	b.settle()
	b.want(b.scan("TP9"), ConfirmedOut)
	if w := b.works["P9"]; w.ConfirmedAt.IsZero() || w.Parcel != "P9" || len(w.Taken) != 1 || b.works["o:1"].Parcel != "" {
		t.Errorf("works %+v", b.works)
	}
}

// A parcel that needs a package opens without one, is packed, waits, and goes on by itself when the platform gives it one.
func TestPackedParcelWaitsForItsPackage(t *testing.T) {
	p := parcel("o:1", "tee")
	p.Standing, p.LabelVersion = order.WithoutPackage, "o:1/1"
	b := newBench(t, p)
	b.want(b.scan("o:1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.settle() // looks once more whether it is there
	if b.state.Phase != Asked || b.state.Trouble.Key != noPackageYet {
		t.Fatalf("phase %s, %s", b.state.Phase, b.state.Trouble.Key)
	}
	b.now = b.now.Add(2 * time.Second)
	b.want(b.give(OK{}), Accepted) // a person has it looked up at once
	if len(b.effects) != 1 {
		t.Fatalf("effects %v", b.effects)
	}
	b.settle()
	b.named("o:1", "P9", order.Ready)
	b.now = b.now.Add(9 * time.Second)
	b.give(Tick{})
	refresh, ok := b.effects[0].(Refresh)
	if !ok || refresh.Key != "o:1" {
		t.Fatalf("effects %v", b.effects)
	}
	b.effects = nil
	found := b.parcels["P9"]
	found.ReadAt = b.now
	b.give(Read{Key: "o:1", Parcel: found, Found: true})
	b.settle()
	b.want(b.scan("TP9"), ConfirmedOut)
	if len(b.works["P9"].Taken) != 1 {
		t.Errorf("works %+v", b.works)
	}
}

// What lay aside under the order's number goes on under the package's.
func TestParcelPackedBeforeItHadItsPackage(t *testing.T) {
	p := parcel("P9", "tee", "cap")
	b := newBench(t, p)
	known := order.Known{Parcel: p, Work: order.Work{Parcel: "o:1", Taken: []order.Piece{{Unit: "P9-0", SKU: "tee"}}}}
	b.works["o:1"] = known.Work
	turn := b.give(Scanned{Scan: order.Scan{Code: "P9", Device: "one", At: b.now}, Candidates: order.Candidates{Parcels: []order.Known{known}}})
	b.want(turn, OpenedOut)
	if in, of := b.state.Pieces(); in != 1 || of != 2 || b.count(order.Renamed, turn) != 1 {
		t.Errorf("%d of %d in, events %+v", in, of, turn.Events)
	}
}

func TestOtherWarehousesParcels(t *testing.T) {
	mine, theirs, unknown := parcel("P1", "tee"), parcel("P2", "tee"), parcel("P3", "tee")
	mine.WarehouseID, theirs.WarehouseID = "W1", "W2"
	b := newBench(t, mine, theirs, unknown)
	b.state.Warehouse = "W1"
	b.want(b.scan("P2"), NotPackable)
	for _, key := range []string{"P1", "P3"} {
		b.want(b.scan(key), OpenedOut)
		b.want(b.scan("tee"), TakenOut)
		b.settle()
		b.want(b.scan("T"+key), ConfirmedOut)
	}
	b.scan("P2") // its news is old by now
	b.want(b.settle()[0], NotPackable)
}

// The outbox journals what it did for the open parcel; the bench builds on it.
func TestWhatTheOutboxDid(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.want(b.scan("P1"), OpenedOut)
	for _, kind := range []order.EventKind{order.ShipTried, order.ShipArranged} {
		b.give(Recorded{order.Event{Kind: kind, Parcel: "P1", At: b.now}})
		b.give(Recorded{order.Event{Kind: kind, Parcel: "P2", At: b.now}})
	}
	if w := b.state.Work; w.Tries != 1 || !w.Arranged {
		t.Fatalf("%+v", w)
	}
	b.want(b.scan("tee"), TakenOut)
	if _, ok := b.effects[len(b.effects)-1].(MakeLabel); !ok {
		t.Errorf("effects %v: shipment must not be asked for again", b.effects)
	}
}

// An address that changes while the label is made makes it be fetched anew.
func TestLabelOfAnOldVersionIsNotPrinted(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.effects = nil
	b.give(ShipAnswered{Key: "P1", Result: ShipDone})
	b.effects = nil
	changed := b.parcels["P1"]
	changed.Standing, changed.LabelVersion = order.Arranged, "v2"
	b.parcels["P1"] = changed
	b.give(Read{Key: "P1", Parcel: changed, Found: true})
	turn := b.give(LabelMade{Key: "P1", Document: "old", Version: "v1", Tracking: "TP1", Verdict: order.Verdict{Kind: order.Passed, Matched: "TP1"}})
	if b.count(order.LabelQueued, turn) != 0 {
		t.Fatal("the old label was queued")
	}
	again, ok := b.effects[len(b.effects)-1].(MakeLabel)
	if !ok || again.Document != "" {
		t.Fatalf("effects %v", b.effects)
	}
	b.settle()
	if b.works["P1"].Label.Version != "v2" {
		t.Errorf("%+v", b.works["P1"].Label)
	}
}
