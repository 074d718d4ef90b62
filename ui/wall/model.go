// Package wall is the page of a wave at hand: where a picker goes next, into which slot of the put wall a piece goes, and which slots can be packed.
// It shows a Model and decides nothing; the bench decides.
package wall

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/kit"
)

// View is what fills the page.
type View int

// The views of the page.
const (
	None  View = iota // no wave is at hand
	Sort              // pieces go into the slots of a wall, or into totes
	Walk              // pieces are picked from bin to bin
	Lane              // parcels of one piece, or all alike: a piece opens the next one
	Asked             // a person must answer
)

// Model is all that the page shows. It is a value; times are in the zone they shall be shown in. A sentence is an order.Said, a name or a code is the text itself.
type Model struct {
	View View
	Now  time.Time

	// Wave is the name of the wave at hand, Shape what is done with it; both are empty where a wall is shown without one. For every view but None.
	Wave  string
	Shape order.Said
	// Due is the deadline of its most urgent parcel that is not packed; zero: none is known.
	Due time.Time
	// Counts are how many of its parcels are where, the parts of a list.
	Counts []order.Said

	// Hero is what hands do now, or what was wrong. For every view but None and Asked.
	Hero Hero
	// Places are the slots of a wall, or the wave's totes. For Sort.
	Places []Place
	// Wall is the name of the wall the places are of, empty for totes. Others are what can be said of other walls. For Sort.
	Wall   string
	Others []order.Said
	// Take is what is to be picked at the stop. For Walk.
	Take Article
	// Left are the articles pieces of which are still to be packed. For Lane.
	Left []Article

	// Acts are what can be done, at most three; an act without a key is not shown.
	Acts []ask.Act
	// Question is what a person must answer. For Asked.
	Question ask.Question
}

// Mood is how a hero looks.
type Mood int

// The moods.
const (
	Calm    Mood = iota // blue: what to do
	Refused             // red: it did not count
	Halt                // amber, hatched: hands off
)

// Hero is the large card at the left.
type Hero struct {
	Mood  Mood
	Title order.Said
	// Big is the number of a slot, the code of a bin or tote, or a count. It is shown as large as it fits.
	Big string
	// Box shows an empty tote in the place of Big.
	Box bool
	// Got is the slot that was scanned in the place of Big; empty: none was.
	Got string
	// Note is where Big is, or what it counts.
	Note order.Said
	// Item is the article in the hand; one without a SKU is not shown.
	Item Article
}

// Article is a kind of good, and how many of its pieces are done.
type Article struct {
	SKU      string
	Name     string // may be cut
	Variant  string // size and colour; never cut
	Bin      string // empty is not shown
	Photo    *kit.Photo
	Done, Of int
}

// State is how far the parcel of a place has come.
type State int

// The states of a place.
const (
	Empty    State = iota // it holds nothing
	Lacking               // pieces are missing
	Complete              // it can be packed
	Packing               // its parcel is open at a bench
	Waiting               // its parcel waits for a supervisor
	Stopped               // its pieces go back
	Foreign               // it holds a parcel of another wave
	states                // how many there are
)

// Place is a slot of a wall, or a tote.
type Place struct {
	Name        string // the slot's number, or the tote's code
	Row, Column int    // in the wall, from 1; 0 for totes
	State       State
	In, Of      int // pieces
	// Next tells that it is to be packed next: 1 is the most urgent of those that are complete; 0: not soon.
	Next int
	// Lit tells that the piece in the hand goes there.
	Lit bool
	// Why is the word for Stopped.
	Why order.Said
}
