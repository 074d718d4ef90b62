package wave

import (
	"cmp"
	"slices"
	"strings"

	"packbench/internal/order"
)

// Stock is how many units of an article may still be promised. An article that is not in it is not counted: the catalogue does not know it.
type Stock map[string]int

// Less is the stock once the units of parcels are promised.
func (s Stock) Less(parcels []order.Known) Stock {
	left := make(Stock, len(s))
	for sku, n := range s {
		left[sku] = n
	}
	for _, p := range parcels {
		left.take(p.Parcel)
	}
	return left
}

func (s Stock) take(p order.Parcel) {
	for _, u := range p.Units {
		if _, counted := s[u.SKU()]; counted {
			s[u.SKU()]--
		}
	}
}

// short are the articles of which there is not enough for a parcel.
func (s Stock) short(p order.Parcel) (skus []string) {
	wanted := map[string]int{}
	for _, u := range p.Units {
		wanted[u.SKU()]++
	}
	for sku, n := range wanted {
		if left, counted := s[sku]; counted && left < n {
			skus = append(skus, sku)
		}
	}
	slices.Sort(skus)
	return skus
}

// Short is a parcel that no wave can take, and the articles it lacks.
type Short struct {
	Parcel order.ParcelKey
	SKUs   []string
}

// Promise gives out stock to parcels in their order, and names those for which there is not enough: they take nothing.
func Promise(parcels []order.Known, stock Stock) (served []order.Known, short []Short) {
	left := stock.Less(nil)
	for _, p := range parcels {
		if skus := left.short(p.Parcel); len(skus) > 0 {
			short = append(short, Short{p.Key, skus})
			continue
		}
		left.take(p.Parcel)
		served = append(served, p)
	}
	return served, short
}

// ByUrgency orders parcels by the platform's deadline, those without one last (fulfilment rules 2, tts_sla_time).
func ByUrgency(parcels []order.Known) {
	slices.SortStableFunc(parcels, func(a, b order.Known) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			if a.Due.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
}

// Shape is how parcels are best picked and sorted: as one lane where each is one piece, in bulk where all hold the same, in totes while a trolley holds as many
// and through a put wall beyond.
func Shape(parcels []order.Known, totes int) order.Shape {
	single, same := true, true
	for _, p := range parcels {
		single = single && len(p.Units) == 1
		same = same && contents(p.Parcel) == contents(parcels[0].Parcel)
	}
	switch {
	case same && len(parcels) > 1:
		return order.Bulk
	case single:
		return order.FastLane
	case len(parcels) <= totes:
		return order.Totes
	}
	return order.PutWall
}

// contents is what a parcel holds, as one word.
func contents(p order.Parcel) string {
	var skus []string
	for _, u := range p.Units {
		skus = append(skus, u.SKU())
	}
	slices.Sort(skus)
	return strings.Join(skus, "\x00")
}

// Pick is one stop of a walk: an article, how many pieces, and for which parcels.
type Pick struct {
	Bin, SKU string
	Pieces   int
	For      []order.ParcelKey // a parcel once for each piece, in the wave's order
}

// PickList is the walk for parcels, and how far it is. bins are where articles lie; those without a bin come last.
func (l Layout) PickList(parcels []order.Known, bins map[string]string) (picks []Pick, metres float64) {
	of := map[string]*Pick{}
	var names []string
	for _, p := range parcels {
		for _, u := range p.Units {
			pick := of[u.SKU()]
			if pick == nil {
				pick = &Pick{Bin: bins[u.SKU()], SKU: u.SKU()}
				of[u.SKU()] = pick
				names = append(names, pick.Bin)
			}
			pick.Pieces++
			pick.For = append(pick.For, p.Key)
		}
	}
	walked, metres := l.Route(slices.DeleteFunc(names, func(bin string) bool { return bin == "" }))
	at := map[string]int{"": len(walked)}
	for i, bin := range walked {
		at[bin] = i
	}
	for _, pick := range of {
		picks = append(picks, *pick)
	}
	slices.SortFunc(picks, func(a, b Pick) int { return cmp.Or(cmp.Compare(at[a.Bin], at[b.Bin]), cmp.Compare(a.SKU, b.SKU)) })
	return picks, metres
}

// Divide makes waves of at most size parcels. With the layout known they are made so that walks are short, without leaving urgent parcels behind: each begins
// with the most urgent one, and takes others of the next window. Else they are made as the parcels come.
func (l Layout) Divide(parcels []order.Known, bins map[string]string, size int) (waves [][]order.Known) {
	if len(l.Floors) == 0 {
		return slices.Collect(slices.Chunk(parcels, size))
	}
	stops := make([]Stops, len(parcels))
	for i, p := range parcels {
		for _, u := range p.Units {
			if s, ok := l.Spot(bins[u.SKU()]); ok {
				stops[i] = append(stops[i], s)
			}
		}
	}
	for _, numbers := range l.Batches(stops, size, window*size) {
		var wave []order.Known
		for _, n := range numbers {
			wave = append(wave, parcels[n])
		}
		waves = append(waves, wave)
	}
	return waves
}

// window is of how many waves' parcels the next wave is chosen.
const window = 10
