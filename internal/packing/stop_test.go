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
