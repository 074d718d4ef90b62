// Package pick is the page of waves: which parcels are picked next, the waves that are open, and the pick list of one of them. It shows a Model and hands on
// what a person does; it chooses nothing.
package pick

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/kit"
)

// View is what fills the page.
type View int

// The views of the page.
const (
	Choosing View = iota // parcels are chosen; the open waves stand beside
	Opened               // one wave and its pick list
	Asked                // a person must answer
)

// Model is all that the page shows, but for the line of filter words. It is a value; times are in the zone they shall be shown in.
type Model struct {
	View View
	// Now is the moment the model was made.
	Now time.Time
	// Report is what came of the last act; an empty Said says nothing.
	Report Report

	// Filter is the bar. For Choosing.
	Filter filter.Model
	// Fits is how many parcels in no wave fit the filter; Counting tells that the number is still that of the filter before. For Choosing.
	Fits     int
	Counting bool
	// Proposal are the waves that would be made; without Waves nothing is proposed yet. For Choosing.
	Proposal Proposal
	// Acts are what can be done: with the parcels that fit, or with the wave. The first is the main one.
	Acts []ask.Act
	// Waves are the open waves, the most urgent first. Chosen is the one that Return opens, by its number in Waves; -1: none. For Choosing.
	Waves  []Wave
	Chosen int

	// Wave is the one that is open, Stops its walk. First is the first stop that is shown, from 0; Current the one whose bin was scanned, -1: none. For Opened.
	Wave    Wave
	Stops   []Stop
	First   int
	Current int

	// Question is what a person must answer. For Asked.
	Question ask.Question
}

// Report is what came of something.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Proposal is what the waves would be.
type Proposal struct {
	Waves   int        // 0: there is none
	Shape   order.Said // of the first wave
	Parcels int        // of the first wave
	Pieces  int        // of the first wave
	// Metres is how far all walks together are, Saved how much less that is than if parcels were taken as they come; 0: the warehouse is not known.
	Metres, Saved int
	// Short are parcels for which there is not enough stock, as a sentence that names the first; empty: none.
	Short order.Said
}

// Wave is a wave that is open.
type Wave struct {
	Code    string
	Shape   order.Said
	Parcels int
	Packed  int // parcels that are packed and confirmed
	Out     int // parcels that do not go out any more
	Pieces  int
	Picked  int       // pieces that were taken from their bins
	Sorted  int       // pieces that lie in their slots or totes, or went on from there
	Due     time.Time // of its most urgent parcel that is still to leave; zero: none
	Metres  int       // of what is left of the walk; 0: not known
}

// Stop is a stop of a walk.
type Stop struct {
	Bin     string // empty: nobody knows where it lies
	SKU     string
	Name    string
	Variant string
	Pieces  int
	Picked  int    // of the pieces
	Parcels int    // into how many parcels they go
	Into    string // the slots and totes they go into; empty: not known yet
	Photo   *kit.Photo
}
