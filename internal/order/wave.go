package order

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// ParcelsAWave is how many parcels a wave holds at most: the labels of one print run.
const ParcelsAWave = LabelsARun

// What can happen to a wave in the middle. These events are of no parcel.
const (
	WaveJoined EventKind = "wave_joined" // Parcels are in it too
	WaveLeft   EventKind = "wave_left"   // Parcels are not in it any more
)

// Shape is how the parcels of a wave are picked and sorted.
type Shape string

// Shapes are all of them.
var Shapes = []Shape{FastLane, Bulk, Totes, PutWall}

// The shapes of a wave.
const (
	FastLane Shape = "fast_lane" // parcels of one piece: scan a piece, and the most urgent parcel that needs it is packed
	Bulk     Shape = "bulk"      // parcels that hold the same
	Totes    Shape = "totes"     // each parcel has a tote of its own on the walk
	PutWall  Shape = "put_wall"  // all is picked together, and sorted into slots afterwards
)

// Wave is parcels that are picked together. Their units are promised to it until it is undone or they have left.
type Wave struct {
	ID      string      `json:"id"`
	MadeAt  time.Time   `json:"made_at"`
	Parcels []ParcelKey `json:"parcels"` // in the order in which they are packed
	Shape   Shape       `json:"shape"`
	Filter  string      `json:"filter,omitempty"` // what they were chosen by
	Rule    string      `json:"rule,omitempty"`   // the name of the rule that made it
	Undone  bool        `json:"undone,omitempty"`
	// Picked is how many pieces of an article were taken from their bin for it.
	Picked map[string]int `json:"picked,omitempty"`
}

// WaveID names the n-th wave of a day, from 1, as it stands on its pick list: W261122-03.
func WaveID(day time.Time, n int) string { return fmt.Sprintf("W%s-%02d", day.Format("060102"), n) }

// After is the wave once an event of it has happened.
func (w Wave) After(e Event) Wave {
	switch e.Kind {
	case WaveMade:
		w = Wave{ID: e.Wave, MadeAt: e.At, Parcels: e.Parcels, Shape: e.Shape, Filter: e.Filter, Rule: e.Rule}
	case Picked:
		w.Picked = maps.Clone(w.Picked)
		if w.Picked == nil {
			w.Picked = map[string]int{}
		}
		w.Picked[e.SKU] += e.Pieces
	case WaveJoined:
		w = w.joined(e)
	case WaveLeft:
		w.Parcels = slices.DeleteFunc(slices.Clone(w.Parcels), func(key ParcelKey) bool { return slices.Contains(e.Parcels, key) })
	case WaveUndone:
		w.Undone = true
	case Renamed:
		w.Parcels = renamed(w.Parcels, e)
	}
	return w
}

// joined is the wave with more parcels, which are packed last.
func (w Wave) joined(e Event) Wave {
	w.Parcels, w.Shape = slices.Clone(w.Parcels), cmp.Or(e.Shape, w.Shape)
	for _, key := range e.Parcels {
		if !slices.Contains(w.Parcels, key) {
			w.Parcels = append(w.Parcels, key)
		}
	}
	return w
}
