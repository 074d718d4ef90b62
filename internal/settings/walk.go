package settings

import (
	"fmt"

	"packbench/internal/order"
)

// Walk is the warehouse as a picker walks it. Without floors bins are walked by their names, and waves are made as orders come.
type Walk struct {
	// Floors are the aisles of each floor, as the names of bins begin with them, from where the walk begins: [["A", "B"], ["2A", "2B"]].
	Floors [][]string `toml:"floors,omitempty"`
	Bays   int        `toml:"bays,omitzero"`    // of an aisle; 20 where it is left out
	BayM   float64    `toml:"bay_m,omitzero"`   // metres a bay; 1.2
	AisleM float64    `toml:"aisle_m,omitzero"` // metres from one aisle to the next; 3
	FloorM float64    `toml:"floor_m,omitzero"` // metres that another floor costs, there and back; 40
	// Totes is how many a trolley holds; 12 where it is left out. A wave of more parcels goes through a put wall.
	Totes int `toml:"totes,omitzero"`
}

// What a warehouse is taken to be where nobody says.
const (
	usualBays   = 20
	usualBayM   = 1.2
	usualAisleM = 3
	usualFloorM = 40
	usualTotes  = 12
)

// Whole is the walk with what was left out.
func (w Walk) Whole() Walk {
	if w.Bays == 0 {
		w.Bays = usualBays
	}
	if w.BayM == 0 {
		w.BayM = usualBayM
	}
	if w.AisleM == 0 {
		w.AisleM = usualAisleM
	}
	if w.FloorM == 0 {
		w.FloorM = usualFloorM
	}
	if w.Totes == 0 {
		w.Totes = usualTotes
	}
	return w
}

// checkWalk refuses lengths below zero, and an aisle that stands twice: walk.figure, walk.twice.
func checkWalk(w Walk) error {
	for name, figure := range map[string]float64{"bays": float64(w.Bays), "bay_m": w.BayM, "aisle_m": w.AisleM, "floor_m": w.FloorM, "totes": float64(w.Totes)} {
		if figure < 0 {
			return order.Trouble(nil, "walk.figure", "key", name, "figure", fmt.Sprint(figure))
		}
	}
	seen := map[string]bool{}
	for _, aisles := range w.Floors {
		for _, aisle := range aisles {
			if seen[aisle] {
				return order.Trouble(nil, "walk.twice", "aisle", aisle)
			}
			seen[aisle] = true
		}
	}
	return nil
}
