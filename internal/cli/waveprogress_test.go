package cli

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/store"
)

func TestHowFarThePiecesOfAWaveAre(t *testing.T) {
	parcel := func(key string, work order.Work, skus ...string) order.Known {
		p := order.Parcel{Key: order.ParcelKey(key), Standing: order.Ready}
		for i, sku := range skus {
			p.Units = append(p.Units, order.Unit{Line: order.Line{ID: key + string(rune('a'+i)), SellerSKU: sku}})
		}
		return order.Known{Parcel: p, Work: work}
	}
	w := store.KnownWave{Wave: order.Wave{Picked: map[string]int{"TEE": 3}}, Known: []order.Known{
		parcel("P1", order.Work{ConfirmedAt: time.Unix(1, 0)}, "TEE"),
		parcel("P2", order.Work{Sorted: []order.Piece{{Unit: "P2b", SKU: "CAP"}}}, "TEE", "CAP"), // nobody counted the cap at its bin
		parcel("P3", order.Work{}, "TEE", "TEE", "MUG"),
	}}
	if picked, sorted := progress(w); picked != 4 || sorted != 2 {
		t.Errorf("%d picked, %d sorted", picked, sorted)
	}
	for sku, want := range map[string]int{"TEE": 2, "CAP": 1, "MUG": 0} {
		if got := pickedOf(w, sku); got != want {
			t.Errorf("%s: %d picked of what is left, want %d", sku, got, want)
		}
	}
}
