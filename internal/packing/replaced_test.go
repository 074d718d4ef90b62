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

// What replaces a label is told with when, where and in which print run it went out, as far as that is known.
func TestWhereTheNewLabelWentOut(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.FixedZone("here", 7*3600))
	sent := now.Add(-39 * time.Minute).UTC()
	for name, c := range map[string]struct {
		label order.LabelWork
		where string
		time  any
	}{
		"it waits":          {order.LabelWork{State: order.Queued, Matched: "T2"}, "replaced.waits", nil},
		"nobody knows when": {order.LabelWork{State: order.Sending, Matched: "T2", Printer: "file:x"}, "", nil},
		"old journal":       {order.LabelWork{State: order.Sent, Matched: "T2", SentAt: sent}, "replaced.out", "14:21"},
		"at the bench":      {order.LabelWork{State: order.Seen, Matched: "T2", SentAt: sent, Printer: "file:x"}, "replaced.on_printer", "14:21"},
		"in a run":          {order.LabelWork{State: order.Sent, Matched: "T2", SentAt: sent, Printer: "file:x", Run: "1122-141502"}, "replaced.in_run", "14:21"},
		"yesterday":         {order.LabelWork{State: order.Sent, Matched: "T2", SentAt: sent.Add(-24 * time.Hour), Printer: "file:x"}, "replaced.on_printer", "2026-11-21 14:21"},
	} {
		said := ReplacedBy(order.Known{Work: order.Work{Label: c.label}}, now)
		where, _ := said.With["where"].(order.Said)
		if where.Key != c.where || where.With["time"] != c.time || c.where == "" && said.Key != "refused.replaced_by" {
			t.Errorf("%s: %+v", name, said)
		}
		if c.label.Run != "" && where.With["run"] != c.label.Run {
			t.Errorf("%s: %+v", name, where)
		}
	}
}
