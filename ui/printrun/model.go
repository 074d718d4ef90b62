// Package printrun is the page of the print run: which labels go out next, how far a run of up to fifty has come, and what came of it.
// It shows a Model and decides nothing; the bench decides.
package printrun

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/ask"
)

// View is what fills the page.
type View int

// The views of the page.
const (
	None  View = iota // no run is under way
	Run               // labels go out, or the run stands
	Ended             // nothing of it is left to send
	Asked             // a person must answer
)

// Model is all that the page shows. It is a value: the caller makes a new one for every change.
// A sentence is an order.Said, a name or a code is the text itself. An act without a key is not shown.
type Model struct {
	View View

	// Ready is how many labels can be printed, and Choices what they are, each with a digit that ticks it. At most MostChoices are shown. For None.
	Ready   int
	Choices []Choice
	// LastOnTop tells how the printed stack lies: the last parcel on top, or else the first. For None.
	LastOnTop bool
	// Print starts a run, Turn changes LastOnTop. For None.
	Print, Turn Act
	// First is the wave that the next run is of, empty where it is of none; Then how many more runs follow it, since one holds fifty labels of one wave. For None.
	First string
	Then  int
	// Last is what the run before came to. For None.
	Last Past
	// Balance is where the labels of this shift are. For None.
	Balance Balance

	// Name is the run's, Wave the wave it is of; empty: none. For Run and Ended.
	Name, Wave string
	// Tiles are the labels in the order of the paper, up to fifty. For Run and Ended.
	Tiles []State
	// Held are the labels that were kept back and why. For Run and Ended.
	Held []Kept
	// Stand is whether the run goes on. For Run.
	Stand Stand
	// Why says what happened, Next what to do or what will follow; both are needed for Faulty. Elsewhere they replace the page's own sentences. For Run.
	Why, Next order.Said
	// Ahead is how many labels more may go out after the scan that is asked for. For Unproven.
	Ahead int
	// Pace is the time a label takes, Left what is left of the run; zero where it is not known. For Run.
	Pace, Left time.Duration
	// Acts are what can be done about the run, at most three. For Run and Ended.
	Acts []Act
	// Cancelled tells that a person ended the run before its end. For Ended.
	Cancelled bool

	// Question is what a person must answer. For Asked.
	Question ask.Question
}

// Act is something a person can do, by key or by pressing it.
type Act = ask.Act

// MostChoices is how many digits there are to tick with.
const MostChoices = 9

// Choice is a part of what can be printed, such as a wave, or a carrier's parcels in a market that are in none.
type Choice struct {
	Name   string
	Count  int
	Ticked bool
}

// Past is a run that is over. Seen and missing labels are those of its parcels; the zero value is no run.
type Past struct {
	Name       string
	Sent, Seen int
	Missing    int // sent, and neither seen nor spoiled
	Again      Act // prints the missing ones; a reason is asked for
}

// Balance is where the labels of a shift are. On parcels, spoiled and on the bench are to make up what was sent.
type Balance struct {
	Parcels, Spoiled, Bench int
	Sent                    int
}

// Unfound is how many labels nobody can account for; less than zero: more were found than were sent.
func (b Balance) Unfound() int { return b.Sent - b.Parcels - b.Spoiled - b.Bench }

// State is how far a label has come.
type State int

// The states of a label, in the order of its life.
const (
	Queued  State = iota // ▢ to be printed
	Making               // … its page is being made
	Sending              // ▷ outlined: its bytes go out now
	Sent                 // ▷ the printer has it
	Seen                 // ✔ scanned back
	Spoiled              // ✖ does not count
	Held                 // ▲ kept back: this parcel's label must not go out
	states               // how many there are
)

// Kept is a label that was kept back.
type Kept struct {
	Number int    // its place in the run, from 1
	Code   string // tracking number or package id; its last six are shown
	Why    order.Said
	Next   order.Said // what to do about it; for Ended
}

// Stand is whether a run goes on, and else what it waits for.
type Stand int

// The stands of a run.
const (
	Going      Stand = iota
	Paused           // by a person
	NoPaper          // goes on by itself when paper is in
	Faulty           // a person must act: Why and Next say how
	LastGood         // asks for a scan of the last good label
	Unproven         // the printer never answered: asks for a scan of the last label that came out
	Cancelling       // asks once more
)
