package wave

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// Wish is which waves are wanted.
type Wish struct {
	Filter string // as it was written
	Size   int    // parcels a wave, 1 to order.ParcelsAWave
	Waves  int    // how many; 0: as many as it takes
	Force  bool   // also parcels for which there is not enough stock
	Totes  int    // that a trolley holds
	Slots  int    // of put walls; 0: nobody told of any
	// Least is the fewest parcels a wave is made of, Shape its shape where somebody chose one that is possible, Rule the name of the rule that wants it.
	Least int
	Shape order.Shape
	Rule  string
}

// Make makes waves of parcels, which come by their urgency, from the stock that is free. last is the number of the day's last wave. It names the parcels
// that were looked at and for which there is not enough.
func (w Wish) Make(parcels []*order.Facts, free Stock, l Layout, bins map[string]string, last int, now time.Time) (events []order.Event, short []Short) {
	if !w.Force {
		most := 0
		if w.Waves > 0 {
			most = (w.Waves - 1 + window) * w.Size // the last wave is chosen of its window
		}
		parcels, short = Promise(parcels, free, most)
	}
	waves := l.Divide(parcels, bins, w.Size, w.Waves)
	if slices.ContainsFunc(waves, w.overflows) {
		w.Least = min(w.Least, w.Slots)
		waves = l.Divide(parcels, bins, w.Slots, w.Waves)
	}
	for i, wave := range waves {
		if len(wave) < w.Least {
			break // and none behind it has more
		}
		event := order.Event{At: now, Kind: order.WaveMade, Wave: order.WaveID(now, last+i+1), Filter: w.Filter, Rule: w.Rule, Shape: w.shape(wave)}
		for _, f := range wave {
			event.Parcels = append(event.Parcels, f.Key)
		}
		events = append(events, event)
	}
	return events, short
}

// shape is that of a wave: the one wished for where it is possible.
func (w Wish) shape(wave []*order.Facts) order.Shape {
	if w.Shape != "" && possible(w.Shape, wave, w.Totes) {
		return w.Shape
	}
	return Shape(wave, w.Totes)
}

// overflows tells whether a wave has more parcels than put walls have slots, though it is sorted there.
func (w Wish) overflows(wave []*order.Facts) bool {
	return w.Slots > 0 && len(wave) > w.Slots && w.shape(wave) == order.PutWall
}
