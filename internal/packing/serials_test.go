package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// scanNumbered scans the barcode of an article whose pieces carry serial numbers.
func (b *bench) scanNumbered(after time.Duration, sku string) Turn {
	b.now = b.now.Add(after)
	c := b.candidates(sku)
	c.Numbered = []string{sku}
	return b.give(Scanned{Scan: order.Scan{Code: sku, Device: "one", At: b.now}, Candidates: c})
}

func TestAPieceWithASerialNumberCountsWithIt(t *testing.T) {
	b := newBench(t, parcel("P1", "phone", "phone", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	taken := func(want int) {
		t.Helper()
		if in, _ := b.state.Pieces(); in != want {
			t.Fatalf("%d pieces are in, want %d", in, want)
		}
	}
	b.want(b.scanNumbered(2*time.Second, "phone"), NumberOut)
	taken(0)
	b.want(b.scanNumbered(150*time.Millisecond, "phone"), Repeat)
	b.want(b.scanNumbered(2*time.Second, "phone"), NumberOut) // no barcode is a serial number
	b.want(b.scan("P1"), NumberOut)
	turn := b.scan("SN-1")
	b.want(turn, TakenOut)
	if n := b.count(order.Taken, turn); n != 1 || turn.Events[0].Serial != "SN-1" || turn.SKU != "phone" {
		t.Errorf("journalled %+v", turn.Events)
	}
	taken(1)
	b.want(b.scanAfter(150*time.Millisecond, "SN-1"), Repeat)
	b.want(b.scanNumbered(2*time.Second, "phone"), NumberOut)
	b.want(b.scan("SN-1"), NumberUsed) // of this parcel
	b.want(b.give(Scanned{Scan: order.Scan{Code: "SN-9", At: b.now.Add(time.Second)}, Candidates: order.Candidates{NumberIn: []order.ParcelKey{"P9"}}}), NumberUsed)
	taken(1)
	b.want(b.give(Aside{}), Accepted) // it is laid back
	if b.state.Phase != Packing || b.state.AtHand.ID != "" {
		t.Fatalf("phase %s, at hand %+v", b.state.Phase, b.state.AtHand)
	}
	b.want(b.scanNumbered(2*time.Second, "phone"), NumberOut)
	b.want(b.give(Undo{}), UndoneOut) // so is this one; the piece before it stays
	taken(1)
	b.want(b.scan("cap"), TakenOut)
	b.want(b.scanNumbered(2*time.Second, "phone"), NumberOut)
	b.want(b.scan("SN-2"), TakenOut)
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
	if got := b.works["P1"].Serials(); len(got) != 2 || got[0] != "SN-1" || got[1] != "SN-2" {
		t.Errorf("serial numbers %v", got)
	}
}

func TestACaseOfNumberedPiecesStaysClosed(t *testing.T) {
	b := newBench(t, parcel("P1", "phone", "phone"))
	b.want(b.scan("P1"), OpenedOut)
	turn := b.give(Scanned{Scan: order.Scan{Code: "C2", At: b.now.Add(time.Second)}, Candidates: order.Candidates{
		Cases: []order.CaseOf{{SKU: "phone", Pieces: 2}}, Numbered: []string{"phone"},
	}})
	b.want(turn, TooMany)
	if turn.Said.Key != "refused.case_numbered" || len(b.state.Missing()) != 2 {
		t.Errorf("%+v", turn.Said)
	}
}

// A parcel that must not go on needs no serial number any more.
func TestAStoppedParcelAsksForNoNumber(t *testing.T) {
	b := newBench(t, parcel("P1", "phone"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanNumbered(2*time.Second, "phone"), NumberOut)
	gone := b.parcels["P1"]
	gone.Standing, gone.ReadAt = order.Gone, b.now
	b.parcels["P1"] = gone
	b.give(Read{Key: "P1", Parcel: gone, Found: true})
	if b.state.Phase != Halted || b.state.AtHand.ID != "" {
		t.Errorf("phase %s, at hand %q", b.state.Phase, b.state.AtHand.ID)
	}
}
