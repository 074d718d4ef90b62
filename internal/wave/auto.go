package wave

import (
	"time"

	"packbench/internal/order"
)

// Rule makes waves by itself: at most one in a time, as soon as enough parcels fit.
type Rule struct {
	Name   string
	Filter Filter
	Words  string        // what the filter is written with
	Most   int           // parcels a wave, 1 to order.ParcelsAWave
	Least  int           // parcels that must fit before a wave is made
	Every  time.Duration // from one wave to the next
	Shape  order.Shape   // empty: the one its parcels ask for
	// LabelFirst has shipment arranged when the wave is made.
	LabelFirst bool
}

// Due are the rules whose time has come at a moment, in their order. last is when each made its last wave.
func Due(rules []Rule, last map[string]time.Time, now time.Time) (due []Rule) {
	for _, r := range rules {
		if made, ever := last[r.Name]; !ever || !now.Before(made.Add(r.Every)) {
			due = append(due, r)
		}
	}
	return due
}

// Wish is the wave that the rule wants. totes is how many a trolley holds.
func (r Rule) Wish(totes int) Wish {
	return Wish{Filter: r.Words, Rule: r.Name, Size: r.Most, Waves: 1, Least: r.Least, Shape: r.Shape, Totes: totes}
}
