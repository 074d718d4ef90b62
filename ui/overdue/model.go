// Package overdue is the supervisor's page: what is late, why, who acts, and what will be late if nobody does. It shows a Model and hands on what a person does; it
// decides nothing.
package overdue

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/kit"
)

// The keys of the page beside the digits of the chips.
const (
	OpenKey  = "Return" // opens the marked row
	ActKey   = "F10"    // the next act of the marked row
	PrintKey = "F9"
	SheetKey = "F11" // an xlsx file
	RulesKey = "F11" // of a parcel that is open: the rules its clocks follow from
	BackKey  = "Esc"
)

// Model is all that the page shows. It is a value; times are in the zone they shall be shown in.
type Model struct {
	// Now is the moment the model was made.
	Now time.Time
	// AsOf is when the numbers and rows were read; zero: never yet. Stale tells that they are older than they are to be: the page says so loudly.
	AsOf  time.Time
	Stale bool
	// Report is what came of the last act, or what is wrong; an empty Said says nothing.
	Report Report

	Numbers Numbers
	Curve   Curve
	// Cancels are the first parcels that the platform will cancel, the next first; CancelsMore are those it has no room for.
	Cancels     []Cancel
	CancelsMore int
	// Chips are those of this part of them; More tells that there are others.
	Chips []filter.Chip
	More  bool

	// Groups are the rows of this part of the list by their causes; the first row is number First of Count, from 0. Chosen is the marked one, by its place among the rows
	// that are shown; -1: none.
	Groups       []Group
	First, Count int
	Chosen       int
	// NextDue is when the next clock runs out, where nothing is late; zero: none runs.
	NextDue time.Time

	// IsOpen tells that everything about one parcel is seen.
	IsOpen bool
	Parcel Parcel
}

// Report is what came of something.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Numbers stand on top. They are of all parcels, whatever is filtered.
type Numbers struct {
	Overdue int
	// Due is how many are due by CutOff, the next one; zero: no cut-off is known, and Due is what is due today.
	Due    int
	CutOff time.Time
	// Miss is how many of them will miss it at today's pace; MissKnown tells that there is pace enough to say so.
	Miss      int
	MissKnown bool
	// Owed are the answers owed to buyers.
	Owed int
}

// Curve is the day: parcels done an hour, against what is needed until the cut-off.
type Curve struct {
	From, To     time.Time // the day as it is drawn; To is the cut-off. Zero: there is nothing to draw
	Paces        []Pace
	Pace, Needed int // parcels an hour
	Done         int // today
}

// Pace is how many parcels an hour were done at a moment.
type Pace struct {
	At   time.Time
	Hour float64
}

// Cancel is a parcel that the platform cancels by itself.
type Cancel struct {
	Order string
	Due   time.Time
}

// Group are parcels of one cause.
type Group struct {
	Cause order.Said
	Count int // of all that fit the filter, also of those that are not shown
	Rows  []Row
}

// Row is a parcel that is late.
type Row struct {
	Order  string // the number; of several orders the first
	Orders int    // in the parcel
	Market string // ISO code
	// Clock is the one that is over longest, Due when it was.
	Clock order.Said
	Due   time.Time
	Known order.Said // what was last known of it
	Owner string     // who acts; empty: nobody yet
	Act   order.Said // what is to be done next; empty: nothing here can be done
}

// Parcel is everything that is known of why a parcel is late.
type Parcel struct {
	Row
	Number  string // of the parcel
	Carrier string
	// Cause is empty where it is not late.
	Cause order.Said
	// How is what is to be done in full, of one that has left; empty where the next act says it all.
	How order.Said
	// Clocks are all of it; the first that is shown is number First, from 0.
	Clocks []Clock
	First  int
	// Acts are what can be done beside the next act.
	Acts []ask.Act
}

// State is how a clock stands.
type State int

// The states of a clock, the worst first.
const (
	Missed State = iota
	Near
	Running
	Met
)

// Clock is a deadline of a parcel.
type Clock struct {
	Name  order.Said
	State State
	Due   time.Time
	// Done is when it was met, where it was.
	Done time.Time
	// Source says where the deadline is from: the platform's own time, or a rule and whose.
	Source order.Said
	// Consequence says what follows once it is missed.
	Consequence order.Said
}
