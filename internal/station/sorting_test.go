package station

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// What a person sees of a wave is what the journal has: while it is at hand, and what lies in its slots once it is sorted.
func TestTheWaveAtHandIsShown(t *testing.T) {
	s := newShop(t)
	slot := func(n int) order.Slot {
		return order.Slot{Code: order.SlotCode("A", n), Wall: "A", Number: n, Row: 1, Column: n}
	}
	if err := s.store.Append([]order.Event{
		{At: time.Now(), Kind: order.SlotAdded, Slot: slot(1)}, {At: time.Now(), Kind: order.SlotAdded, Slot: slot(2)},
		{At: time.Now(), Kind: order.WaveMade, Wave: "W1", Shape: order.PutWall, Parcels: []order.ParcelKey{"P1", "P2"}},
	}); err != nil {
		t.Fatal(err)
	}
	r := s.start(nil)
	defer r.end()
	r.scan("W1", packing.WaveOut)
	if in := r.Snapshot().Sorting; in.Wave.ID != "W1" || len(in.Parcels) != 2 || len(in.Slots) != 2 || in.Slots[0].Parcel != "" {
		t.Errorf("taken up: %+v", in)
	}
	r.scan("cap", packing.SlotOut)
	shown := r.Snapshot()
	if hand := shown.State.Sort.Hand; hand.Slot.Number != 1 || hand.SKU != "cap" {
		t.Errorf("the piece in the hand: %+v", hand)
	}
	if _, known := shown.Goods["cap"]; !known {
		t.Error("nothing is known of the piece in the hand")
	}
	r.scan("WALL-A-1", packing.SortedOut)
	for range 2 {
		r.scan("tee", packing.SlotOut)
		r.scan("WALL-A-2", packing.SortedOut)
	}
	shown = r.Snapshot()
	if shown.State.Sort.Wave != "" || shown.Sorting.Wave.ID != "" || len(shown.Sorting.Parcels) != 2 || len(shown.Slots) != 2 {
		t.Errorf("sorted: %+v", shown.Sorting)
	}
	if !slices.ContainsFunc(shown.Waiting, func(k order.Known) bool { return k.Key == "P1" && len(k.Work.Sorted) == 2 && k.Work.Slot == "WALL-A-2" }) {
		t.Errorf("what waits does not tell its slot: %+v", shown.Waiting)
	}
	r.scan("WALL-A-1", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.phase(packing.LabelScan)
	r.scan(trackingOf(2), packing.ConfirmedOut)
	if in := r.Snapshot().Sorting; len(in.Parcels) != 1 || in.Parcels[0].Key != "P1" || in.Slots[0].Parcel != "" {
		t.Errorf("one is packed: %+v", in)
	}
}
