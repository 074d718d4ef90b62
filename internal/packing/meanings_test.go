package packing

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

// scanAs scans a code that can be all of that, 2 s after the last scan.
func (b *bench) scanAs(code string, c order.Candidates) Turn {
	b.now = b.now.Add(2 * time.Second)
	return b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: c})
}

// command scans a code of the command card.
func (b *bench) command(c order.Command) Turn {
	return b.scanAs("PB"+string(c), order.Candidates{Command: c})
}

// A barcode that two wanted articles share packs nothing until one is chosen; it is no question where only one of them is wanted.
func TestABarcodeOfTwoWantedArticles(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap", "cap"))
	both := order.Candidates{SKUs: []string{"cap", "mug", "tee"}}
	b.want(b.scan("P1"), OpenedOut)
	turn := b.scanAs("690", both)
	b.want(turn, AmbiguousOut)
	if want := []Meaning{{SKU: "cap"}, {SKU: "tee"}}; len(turn.Events) > 0 || !slices.Equal(b.state.Meanings, want) || b.state.Question != WhichMeant {
		t.Fatalf("events %v, %s: %v", turn.Events, b.state.Question, b.state.Meanings)
	}
	b.want(b.give(OK{}), NeedsPerson)
	b.want(b.command("3"), NeedsPerson) // there are two
	turn = b.command("2")
	b.want(turn, TakenOut)
	if len(turn.Events) != 1 || turn.Events[0].SKU != "tee" || turn.Events[0].Code != "690" || b.state.Phase != Packing {
		t.Fatalf("events %+v in phase %s", turn.Events, b.state.Phase)
	}
	turn = b.scanAs("690", both) // only caps are missing now
	b.want(turn, TakenOut)
	if turn.Events[0].SKU != "cap" {
		t.Errorf("events %+v", turn.Events)
	}
}

// Another scan, or going back, leaves the question, and nothing is packed.
func TestAnAmbiguousScanCanBeLeft(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap", "mug"))
	both := order.Candidates{SKUs: []string{"cap", "tee"}}
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanAs("690", both), AmbiguousOut)
	b.now = b.now.Add(100 * time.Millisecond)
	b.want(b.give(Scanned{Scan: order.Scan{Code: "690", Device: "one", At: b.now}, Candidates: both}), Repeat)
	b.want(b.give(Aside{}), Accepted)
	if in, _ := b.state.Pieces(); in != 0 || b.state.Phase != Packing {
		t.Fatalf("%d in, phase %s", in, b.state.Phase)
	}
	b.want(b.scanAs("690", both), AmbiguousOut)
	b.want(b.scan("mug"), TakenOut)
	b.want(b.scanAs("690", both), AmbiguousOut)
	b.want(b.give(Choose{1}), TakenOut)
	if b.works["P1"].Taken[1].SKU != "cap" {
		t.Errorf("taken %+v", b.works["P1"].Taken)
	}
}

func TestAPieceOrACase(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee", "cap"))
	c := order.Candidates{SKUs: []string{"cap"}, Cases: []order.CaseOf{{SKU: "tee", Pieces: 2}, {SKU: "tee", Pieces: 12}}}
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanAs("690", c), AmbiguousOut)
	if want := []Meaning{{SKU: "cap"}, {SKU: "tee", Pieces: 2}}; !slices.Equal(b.state.Meanings, want) { // twelve do not fit
		t.Fatalf("%v", b.state.Meanings)
	}
	if told := b.state.Trouble.With["choices"]; told != "1 = cap, 2 = tee × 2" {
		t.Errorf("told %q", told)
	}
	turn := b.give(Choose{2})
	b.want(turn, TakenOut)
	if b.count(order.Taken, turn) != 2 {
		t.Errorf("%+v", turn.Events)
	}
}

// A code that is the number of parcels of different orders, or of a parcel and a bin that goods go back to, opens nothing before it is chosen.
func TestANumberOfTwoParcels(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"), parcel("P2", "cap"), parcel("P3", "mug"))
	for i, key := range []order.ParcelKey{"P1", "P2", "P3"} {
		p := b.parcels[key]
		p.OrderIDs = []string{[]string{"O1", "O2", "O2"}[i]}
		b.parcels[key] = p
	}
	named := func() order.Candidates {
		c := order.Candidates{PutBack: []order.ToPutBack{{Bin: "77"}}}
		for _, key := range []order.ParcelKey{"P1", "P2", "P3"} {
			c.Parcels = append(c.Parcels, order.Known{Parcel: b.parcels[key], Work: b.works[key]})
		}
		return c
	}
	b.want(b.scanAs("77", named()), AmbiguousOut)
	if want := []Meaning{{Parcel: "P1"}, {Parcel: "P2"}, {Bin: "77"}}; !slices.Equal(b.state.Meanings, want) { // P3 is of P2's order
		t.Fatalf("%v", b.state.Meanings)
	}
	b.want(b.give(Choose{2}), OpenedOut)
	if b.state.Parcel.Key != "P2" {
		t.Fatalf("open: %s", b.state.Parcel.Key)
	}
	b.want(b.give(Aside{}), NeedsPerson)
	b.want(b.give(OK{}), PutBackOut)
	b.want(b.scanAs("77", named()), AmbiguousOut)
	b.want(b.give(Choose{3}), BinOut)

	held := b.parcels["P2"]
	held.Standing = order.Held
	b.parcels["P2"], b.parcels["P3"] = held, held
	c := named()
	c.PutBack = nil
	b.want(b.scanAs("77", c), OpenedOut) // only one of them can be packed
	if b.state.Parcel.Key != "P1" {
		t.Errorf("open: %s", b.state.Parcel.Key)
	}
}
