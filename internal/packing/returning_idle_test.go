package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// An idle bench closes the put-back list: a bin, then its pieces. Without a bin before it a piece is what it always was.
func TestTheIdleBenchTakesGoodsBack(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	list := []order.ToPutBack{
		{PutBackEntry: order.PutBackEntry{SKU: "tee", Parcel: "P9", Why: order.OfAside, Pieces: 2}, Bin: "A-1"},
		{PutBackEntry: order.PutBackEntry{SKU: "cap", Parcel: "P9", Why: order.OfAside, Pieces: 1}, Bin: "B-2"},
	}
	scan := func(code string, skus ...string) Turn {
		b.now = b.now.Add(2 * time.Second)
		c := b.candidates(code)
		if c.PutBack = list; len(skus) > 0 {
			c.SKUs = skus
		}
		turn := b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: c})
		for _, e := range turn.Events {
			for i, entry := range list {
				if e.Kind == order.Returned && e.SKU == entry.SKU {
					list[i].PutBackEntry = entry.After(e)
				}
			}
		}
		return turn
	}
	b.want(scan("690", "tee"), WrongItem) // no bin yet, and no parcel
	b.want(scan("A-1"), BinOut)
	turn := scan("690", "tee")
	b.want(turn, ReturnedOut)
	if e := turn.Events[0]; e.Kind != order.Returned || e.Parcel != "P9" || e.SKU != "tee" || b.state.Phase != Idle {
		t.Errorf("%+v in phase %s", turn.Events, b.state.Phase)
	}
	b.want(scan("691", "cap"), WrongBin)
	b.want(scan("B-2"), BinOut)
	b.want(scan("691", "cap"), ReturnedOut)
	b.want(scan("P1"), OpenedOut) // and work goes on
	b.want(b.scan("tee"), TakenOut)
	if list[0].Pieces != 1 || list[1].Pieces != 0 {
		t.Errorf("left on the list: %+v", list)
	}
}
