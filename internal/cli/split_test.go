package cli

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform/sandbox"
	"packbench/internal/station"
)

// What is there goes out as a parcel of its own, without a piece scanned twice; the rest waits as short.
func TestSendWhatIsHere(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond})
	var o orderLine
	for _, waiting := range p.waiting(0) {
		if len(waiting.Packages) == 1 && len(waiting.Packages[0].Lines) > 1 {
			o = waiting
			break
		}
	}
	if o.OrderID == "" {
		t.Fatal("no order has two articles")
	}
	first, was := o.Packages[0].Lines[0], o.Packages[0].PackageID
	h := p.atBench()
	h.scan(string(was), packing.OpenedOut)
	for range first.Pieces {
		h.scan(p.barcodes[first.SellerSKU], packing.TakenOut)
	}
	h.do(packing.Short{}, packing.NeedsPerson)
	h.do(packing.Choose{Number: 4}, packing.NeedsPerson)
	h.do(packing.OK{}, packing.ParkedOut)
	h.until("it is split", func(s station.Snapshot) bool { return s.Strip.Said.Key == "say.split" })
	answer := h.scan(string(was), packing.OpenedOut) // the number on the pick list
	if answer.Parcel == was {
		t.Errorf("opened as %s", answer.Parcel)
	}
	shot := h.until("its label is out", func(s station.Snapshot) bool { return s.State.Phase == packing.LabelScan })
	h.scan(shot.State.Work.Label.Matched, packing.ConfirmedOut)
	h.end()
	states := map[string]int{}
	for _, line := range p.orders(Orders{}) {
		if line.OrderID == o.OrderID {
			for _, parcel := range line.Packages {
				states[parcel.State]++
			}
		}
	}
	if len(states) != 2 || states["confirmed"] != 1 || states["parked"] != 1 {
		t.Errorf("%v", states)
	}
	for _, book := range p.sandbox.Books().Parcels {
		if order.ParcelKey(book.PackageID) == answer.Parcel && len(book.Arranged) != 1 {
			t.Errorf("arranged %d times", len(book.Arranged))
		}
	}
}
