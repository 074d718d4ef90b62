package settings

import (
	"fmt"
	"slices"
	"time"

	"packbench/internal/order"
)

// AutoWave is a rule that makes waves by itself.
type AutoWave struct {
	Name     string `toml:"name"`
	Filter   string `toml:"filter,omitempty"`   // as wave make takes it; empty: all parcels
	Most     int    `toml:"most,omitzero"`      // parcels a wave; 50 where it is left out
	EveryMin int    `toml:"every_min,omitzero"` // minutes from one wave to the next; 30
	Least    int    `toml:"least,omitzero"`     // parcels before a wave is made; 1
	// Shape is one of order.Shapes, taken where it is possible; empty: the one the parcels ask for.
	Shape order.Shape `toml:"shape,omitempty"`
	// LabelFirst has shipment of a wave's parcels arranged when it is made, and their labels fetched.
	LabelFirst bool `toml:"label_first,omitzero"`
}

// usualEveryMin is the pause of a rule that says none, in minutes.
const usualEveryMin = 30

// Whole is the rule with what was left out.
func (a AutoWave) Whole() AutoWave {
	if a.Most == 0 {
		a.Most = order.ParcelsAWave
	}
	if a.EveryMin == 0 {
		a.EveryMin = usualEveryMin
	}
	if a.Least == 0 {
		a.Least = 1
	}
	return a
}

// Every is the time from one wave to the next.
func (a AutoWave) Every() time.Duration { return time.Duration(a.EveryMin) * time.Minute }

// checkAutoWaves refuses rules without a name or with one that another has, and figures nobody can mean: auto_wave.name, auto_wave.figure, auto_wave.shape.
func checkAutoWaves(rules []AutoWave) error {
	seen := map[string]bool{}
	for _, rule := range rules {
		if rule.Name == "" || seen[rule.Name] {
			return order.Trouble(nil, "auto_wave.name", "name", rule.Name)
		}
		seen[rule.Name] = true
		whole := rule.Whole()
		for _, figure := range []struct {
			key    string
			is, to int
		}{{"most", whole.Most, order.ParcelsAWave}, {"least", whole.Least, whole.Most}, {"every_min", whole.EveryMin, 7 * 24 * 60}} {
			if figure.is < 1 || figure.is > figure.to {
				return order.Trouble(nil, "auto_wave.figure", "name", rule.Name, "key", figure.key, "figure", fmt.Sprint(figure.is), "most", figure.to)
			}
		}
		if rule.Shape != "" && !slices.Contains(order.Shapes, rule.Shape) {
			return order.Trouble(nil, "auto_wave.shape", "name", rule.Name, "shape", rule.Shape)
		}
	}
	return nil
}
