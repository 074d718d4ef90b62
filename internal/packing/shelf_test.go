package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// A packed parcel that cannot go on through no fault of the packer's waits on the shelf, and goes on where it was when it is scanned again.
func TestWaitingShelf(t *testing.T) {
	trouble := order.Trouble(nil, "platform.carrier_refused")
	for name, c := range map[string]struct {
		end   func(b *bench) // what keeps it from going on
		label bool           // its label is fetched meanwhile
	}{
		"the carrier refuses it":  {func(b *bench) { b.give(ShipAnswered{Key: "P1", Result: ShipNo, Problem: trouble}) }, false},
		"its label is waited for": {func(b *bench) { b.give(ShipAnswered{Key: "P1", Result: ShipDone}) }, true},
		"it has no label": {func(b *bench) {
			b.give(ShipAnswered{Key: "P1", Result: ShipDone})
			b.give(LabelMade{Key: "P1", Problem: trouble})
		}, true},
		"the printer is off": {func(b *bench) {
			b.give(ShipAnswered{Key: "P1", Result: ShipDone})
			b.give(LabelMade{Key: "P1", Document: "d", Version: "v1", Tracking: "TP1", Verdict: order.Verdict{Kind: order.Passed, Matched: "TP1"}})
			b.give(SendAnswered{Key: "P1", End: SendNot, Problem: trouble})
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, parcel("P1", "tee"), parcel("P2", "cap"))
			b.want(b.scan("P1"), OpenedOut)
			b.want(b.scan("tee"), TakenOut)
			b.effects = nil
			c.end(b)
			late := b.effects
			b.effects = nil
			if !b.state.MayShelve() {
				t.Fatalf("phase %s, %s", b.state.Phase, b.state.Question)
			}
			turn := b.give(Aside{})
			b.want(turn, ShelvedOut)
			w := b.works["P1"]
			if b.state.Phase != Idle || len(w.Taken) != 1 || w.Open || c.label != (b.count(order.RequestMade, turn) == 1) {
				t.Fatalf("phase %s, work %+v, events %+v", b.state.Phase, w, turn.Events)
			}
			b.want(b.scan("P2"), OpenedOut)
			b.effects = late // what was under way ends while another parcel is open
			b.settle()
			if b.state.Parcel.Key != "P2" || b.state.Phase != Packing {
				t.Fatalf("%s is open in phase %s", b.state.Parcel.Key, b.state.Phase)
			}
			b.want(b.scan("cap"), TakenOut)
			b.settle()
			b.want(b.scan("TP2"), ConfirmedOut)
			b.now = b.now.Add(time.Second)
			arranged := b.parcels["P1"]
			arranged.ReadAt = b.now
			if w.Arranged {
				arranged.Standing = order.Arranged
			}
			b.parcels["P1"] = arranged
			b.want(b.scan("P1"), OpenedOut)
			b.settle()
			b.want(b.scan("TP1"), ConfirmedOut)
			if w := b.works["P1"]; len(w.Taken) != 1 || w.Tries != 1 {
				t.Errorf("%+v", w)
			}
		})
	}
}

// Nothing goes to the shelf of which a label may be out, nor what hands are still in.
func TestWhatDoesNotGoToTheShelf(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.want(b.give(Aside{}), NothingAsked)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.give(Aside{}), NeedsPerson) // the pieces go back
	if b.state.Question != PutAside {
		t.Fatalf("%s", b.state.Question)
	}
	b.want(b.scan("cap"), TakenOut)
	b.settle()
	b.want(b.give(Aside{}), NothingAsked) // the label is out
	b.want(b.give(Again{}), NeedsPerson)
	if turn := b.give(Again{}); turn.Outcome != NeedsPerson || turn.Said.Key != "ask.why_again" {
		t.Errorf("asked again it says %s", turn.Said.Key)
	}
	b.want(b.give(Aside{}), Accepted) // it is left
	if b.state.Phase != LabelScan {
		t.Fatalf("phase %s", b.state.Phase)
	}
	b.want(b.scan("TP1"), ConfirmedOut)
}
