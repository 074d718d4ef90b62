package wave

import (
	"cmp"
	"slices"
	"strings"

	"packbench/internal/order"
)

// Stock is how many units of an article may still be promised. An article that is not in it is not counted: the catalogue does not know it.
type Stock map[string]int

// Free is the stock that may still be promised: what the catalogue says, without the pieces that left since its import and those that are parcels' own.
func Free(goods map[string]order.Good, packed map[string]int, promised []*order.Facts) Stock {
	free := Stock{}
	for sku, good := range goods {
		free[sku] = good.Stock - packed[sku]
	}
	for _, f := range promised {
		free.take(f)
	}
	return free
}

func (s Stock) take(f *order.Facts) {
	for _, sku := range f.SKUs {
		if _, counted := s[sku]; counted {
			s[sku]--
		}
	}
}

// short are the articles of which there is not enough for a parcel.
func (s Stock) short(f *order.Facts) (skus []string) {
	for i, sku := range f.SKUs {
		if left, counted := s[sku]; !counted || slices.Contains(f.SKUs[:i], sku) || left >= len(f.SKUs) || left >= f.Count(sku) {
			continue
		}
		skus = append(skus, sku)
	}
	slices.Sort(skus)
	return skus
}

// Short is a parcel that no wave can take, and the articles it lacks.
type Short struct {
	Parcel order.ParcelKey
	SKUs   []string
}

// Promise gives out stock, which it takes from, to parcels in their order until most are served, all where most is 0. It names those for which there was not
// enough: they take nothing.
func Promise(parcels []*order.Facts, stock Stock, most int) (served []*order.Facts, short []Short) {
	for _, f := range parcels {
		if most > 0 && len(served) == most {
			break
		}
		if skus := stock.short(f); len(skus) > 0 {
			short = append(short, Short{f.Key, skus})
			continue
		}
		stock.take(f)
		served = append(served, f)
	}
	return served, short
}

// Shape is how parcels are best picked and sorted: as one lane where each is one piece, in bulk where all hold the same, in totes while a trolley holds as many
// and through a put wall beyond.
func Shape(parcels []*order.Facts, totes int) order.Shape {
	single, same := true, true
	for _, f := range parcels {
		single = single && len(f.SKUs) == 1
		same = same && contents(f) == contents(parcels[0])
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
func contents(f *order.Facts) string {
	return strings.Join(slices.Sorted(slices.Values(f.SKUs)), "\x00")
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

// Divide makes waves of at most size parcels, so many that most says, all where it is 0. With the layout known they are made so that walks are short, without
// leaving urgent parcels behind: each begins with the most urgent one, and takes others of the next window. Else they are made as the parcels come.
func (l Layout) Divide(parcels []*order.Facts, bins map[string]string, size, most int) (waves [][]*order.Facts) {
	if len(l.Floors) == 0 {
		waves = slices.Collect(slices.Chunk(parcels, size))
		if most > 0 && len(waves) > most {
			waves = waves[:most]
		}
		return waves
	}
	spots := map[string]Spot{}
	for sku, bin := range bins {
		if spot, ok := l.Spot(bin); ok {
			spots[sku] = spot
		}
	}
	stops := make([]Stops, len(parcels))
	for i, f := range parcels {
		for _, sku := range f.SKUs {
			if spot, ok := spots[sku]; ok {
				stops[i] = append(stops[i], spot)
			}
		}
	}
	for _, numbers := range l.Batches(stops, size, window*size, most) {
		var wave []*order.Facts
		for _, n := range numbers {
			wave = append(wave, parcels[n])
		}
		waves = append(waves, wave)
	}
	return waves
}

// window is of how many waves' parcels the next wave is chosen.
const window = 10
