package packing

import (
	"testing"

	"packbench/internal/order"
)

// A parcel that is cancelled while its label is made gets no label: it stops, and its goods are named.
func TestCancelledWhileItsLabelIsMade(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.effects = nil
	b.give(ShipAnswered{Key: "P1", Result: ShipDone})
	b.effects = nil
	gone := b.parcels["P1"]
	gone.Standing, gone.Units, gone.ReadAt = order.Gone, nil, b.now
	b.give(Read{Key: "P1", Parcel: gone, Found: true}) // as the bench reads it with the document
	turn := b.give(LabelMade{Key: "P1", Document: "d", Version: "v1", Tracking: "TP1", Verdict: order.Verdict{Kind: order.Passed, Matched: "TP1"}})
	if b.count(order.LabelQueued, turn) != 0 || b.count(order.Stopped, turn) != 1 || b.state.Phase != Halted || len(b.effects) != 0 {
		t.Fatalf("phase %s, events %+v, effects %v", b.state.Phase, turn.Events, b.effects)
	}
	if taken := b.works["P1"].Taken; len(taken) != 1 || taken[0].SKU != "tee" {
		t.Errorf("to be put back: %v", taken)
	}
	b.want(b.give(OK{}), PutBackOut)
}

// What is heard while the printer is waited for keeps the first byte back.
func TestCancelledBeforeItsFirstByte(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.give(ShipAnswered{Key: "P1", Result: ShipDone})
	b.give(LabelMade{Key: "P1", Document: "d", Version: "v1", Tracking: "TP1", Verdict: order.Verdict{Kind: order.Passed, Matched: "TP1"}})
	gone := b.parcels["P1"]
	gone.Standing, gone.Units, gone.ReadAt = order.Gone, nil, b.now
	b.give(Read{Key: "P1", Parcel: gone, Found: true})
	if turn := b.give(SendStarted{"P1"}); b.count(order.LabelSending, turn) != 0 || b.state.Phase != Halted {
		t.Fatalf("phase %s, events %+v", b.state.Phase, turn.Events)
	}
	turn := b.give(OK{})
	b.want(turn, PutBackOut)
	if b.count(order.LabelDropped, turn) != 1 {
		t.Errorf("%+v", turn.Events)
	}
}

// What is heard while a person is asked something stops the parcel: no answer can let it go on.
func TestCancelledWhileAsked(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.give(ShipAnswered{Key: "P1", Result: ShipDone})
	b.give(LabelMade{Key: "P1", Document: "d", Version: "v1", Tracking: "TP1", Verdict: order.Verdict{Kind: order.Unreadable}})
	if b.state.Question != AcceptLabel {
		t.Fatal(b.state.Question)
	}
	held := b.parcels["P1"]
	held.Standing, held.ReadAt = order.Held, b.now
	b.give(Read{Key: "P1", Parcel: held, Found: true})
	turn := b.give(OK{})
	b.want(turn, PutBackOut)
	if b.count(order.LabelQueued, turn) != 0 {
		t.Errorf("%+v", turn.Events)
	}
}

// The last missing piece's line is cancelled: what is in is the whole parcel now, and it goes on by itself.
func TestTheMissingLineIsCancelled(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	less := b.parcels["P1"]
	less.Units, less.ReadAt = less.Units[:1], b.now
	b.parcels["P1"] = less
	b.give(Read{Key: "P1", Parcel: less, Found: true})
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}
