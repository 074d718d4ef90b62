package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// A label that another took the place of is refused wherever it is scanned, by name, and changes nothing.
func TestAReplacedLabelIsRefusedEverywhere(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	without := order.Known{Parcel: order.Parcel{Key: "P9"}, Work: order.Work{Parcel: "P9"}}
	with := without
	with.Work.Label = order.LabelWork{State: order.Sent, Matched: "TNEW"}
	old := func(k order.Known, want string) {
		t.Helper()
		b.now = b.now.Add(2 * time.Second)
		phase, work := b.state.Phase, len(b.state.Work.Taken)
		turn := b.give(Scanned{Scan: order.Scan{Code: "TOLD", At: b.now}, Candidates: order.Candidates{Replaced: []order.Known{k}}})
		b.want(turn, StaleLabel)
		if turn.Said.Key != want || turn.Parcel != "P9" || len(turn.Events) > 0 || b.state.Phase != phase || len(b.state.Work.Taken) != work {
			t.Errorf("in phase %s: %+v", phase, turn)
		}
	}
	old(without, "refused.replaced_label")
	old(with, "refused.replaced_by")
	b.want(b.scan("P1"), OpenedOut)
	old(with, "refused.replaced_by")
	b.want(b.scan("tee"), TakenOut)
	old(without, "refused.replaced_label")
	b.want(b.scan("cap"), TakenOut)
	b.settle()
	old(with, "refused.replaced_by")
	b.want(b.scan("TP1"), ConfirmedOut)
}

// A parcel that is stopped with its label out: the paper must not end on another box.
func TestAStoppedParcelsLabelIsToBeDestroyed(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.want(b.scan("P1"), OpenedOut)
	gone := b.parcels["P1"]
	gone.Standing = order.Gone
	b.give(Read{Key: "P1", Parcel: gone, Found: true})
	if b.state.Trouble.Key != "refused.cancelled" {
		t.Errorf("without a label: %s", b.state.Trouble.Key)
	}
	b = newBench(t, parcel("P1", "tee"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.settle()
	gone.ReadAt = b.now
	b.give(Read{Key: "P1", Parcel: gone, Found: true})
	if b.state.Phase != Halted || b.state.Trouble.Key != "refused.label_out" {
		t.Errorf("phase %s, %s", b.state.Phase, b.state.Trouble.Key)
	}
	b.give(Resumed{order.Known{Parcel: gone, Work: b.works["P1"]}})
	if b.state.Trouble.Key != "refused.label_out" {
		t.Errorf("after a restart: %s", b.state.Trouble.Key)
	}
}
