package cli

import (
	"packbench/internal/order"
	"packbench/store"
)

// onTheWay is how far the pieces of parcels have come on the way to the bench, by article: sorted are those that lie in a slot or went on from there.
func onTheWay(parcels []order.Known) (sorted map[string]int) {
	sorted = map[string]int{}
	for _, known := range parcels {
		begun := len(known.Work.Taken) > 0 || !known.Work.ConfirmedAt.IsZero()
		for _, unit := range known.Units {
			if begun || known.Work.InSlot(unit.ID) {
				sorted[unit.SKU()]++
			}
		}
	}
	return sorted
}

// pieces counts the pieces of parcels by article.
func pieces(parcels []order.Known) map[string]int {
	of := map[string]int{}
	for _, known := range parcels {
		for _, unit := range known.Units {
			of[unit.SKU()]++
		}
	}
	return of
}

// progress is how many pieces of a wave are picked, and how many of these are sorted. A piece that is sorted counts as picked, whether or not it was counted at its bin.
func progress(w store.KnownWave) (picked, sorted int) {
	inSlots := onTheWay(w.Known)
	for sku, n := range pieces(w.Known) {
		sorted += inSlots[sku]
		picked += min(n, max(w.Picked[sku], inSlots[sku]))
	}
	return picked, sorted
}

// pickedOf is how many of the pieces of an article that are still to leave with a wave are picked.
func pickedOf(w store.KnownWave, sku string) int {
	left := w.Left()
	gone := pieces(w.Known)[sku] - pieces(left)[sku]
	return min(pieces(left)[sku], max(0, w.Picked[sku]-gone, onTheWay(left)[sku]))
}
