// Package handover is the page at the shelf: one column a carrier, with what is on its sheet, what is missing by name, and what must be taken out again; the sheets
// that were closed, a carrier's card, and the fields that belong to a sheet. It shows a Model and decides nothing; the bench decides.
package handover

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
	Shelf  View = iota // the carriers' columns
	Asked              // a person must answer
	Sheets             // the sheets that were closed
	Card               // what is known of a carrier
	Field              // something about a sheet is typed
	views              // how many there are
)

// Model is all that the page shows, but for what is being typed. It is a value; times are in the zone they shall be shown in. A sentence is an order.Said, a name
// or a code is the text itself.
type Model struct {
	View View
	Now  time.Time

	// Columns are the carriers that come today. For Shelf; without any the page says so.
	Columns []Column
	// Chosen is the column that keys are about, -1 for none. First is the first of its missing parcels that is shown.
	Chosen, First int
	// Only is the carrier whose parcels alone are scanned; empty: any carrier's. TakesOff tells that the next scan takes a parcel off its sheet.
	Only     string
	TakesOff bool
	// Bag is the code of the bag that parcels go into just now, with InBag parcels in it; empty: none is open.
	Bag   string
	InBag int
	// ScansNext tells that the closing key scans a missing parcel where the chosen sheet is not complete, as in the demo: then it does not stand on the button.
	ScansNext bool

	// Closed are the sheets that were closed, the newest first, and Sheet the chosen one, -1 for none. For Sheets.
	Closed []Sheet
	Sheet  int

	// Carrier is the card that is open. For Card.
	Carrier Carrier
	// Form is what is asked for. For Field.
	Form Form
	// Question is what a person must answer. For Asked.
	Question ask.Question

	// Acts are what can be done, at most MostActs, the first is the main one in every view but Shelf; an act without a key is not shown. Not for Asked.
	Acts []ask.Act
	// Report is what came of the last act. Not for Shelf and Asked: there the strip below the page says it.
	Report Report
}

// MostActs is how many acts stand side by side.
const MostActs = 4

// Report is what came of something: Calm is a success, Told under way, Loud wants a hand, Bad has failed.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Column is a carrier's sheet that is open.
type Column struct {
	Carrier string // never cut
	// Where is the market and the warehouse its parcels leave from, where another column is of the same carrier; empty is not shown.
	Where order.Said
	// Note is when the carrier comes, or where its parcels go; empty is not shown.
	Note order.Said
	// Scanned of Expected parcels are on the sheet.
	Scanned, Expected int
	// Missing are the parcels that were not scanned yet, those that can be looked for first.
	Missing []Parcel
	// TakeOut are the parcels that must not go: they lie in the cage, or may.
	TakeOut []Parcel
	// ToPack is how many more are due today and not packed yet; they keep no sheet open.
	ToPack int
	// Lit tells that what was scanned last belongs here.
	Lit bool
	// Busy says what is being done with the sheet; empty: nothing.
	Busy order.Said
}

// Complete tells that the sheet can be closed without asking anybody.
func (c Column) Complete() bool {
	return c.Scanned > 0 && len(c.Missing) == 0 && c.toTakeOff() == 0
}

// toTakeOff is how many parcels on the sheet must come off it before it can be closed.
func (c Column) toTakeOff() (count int) {
	for _, p := range c.TakeOut {
		if p.OnSheet {
			count++
		}
	}
	return count
}

// Parcel is a parcel by the number on its label.
type Parcel struct {
	Code string     // its last six are shown
	Said order.Said // where it was seen last, or why it must be taken out
	// OnSheet tells of one to take out that it was scanned, and keeps its sheet open.
	OnSheet bool
}

// Sheet is a sheet that was closed.
type Sheet struct {
	Code    string // what its barcode says
	Carrier string
	Parcels int
	Missing int // that were expected and did not go
	At      time.Time
	By      string
	Form    string // the number of the carrier's scan form; empty: none was entered
	Photo   bool   // the signed copy is attached
}

// Carrier is a carrier's card.
type Carrier struct {
	Name string
	// Facts are what is known of it, at most MostFacts.
	Facts []Fact
	// Note says what to do where nothing is known, or how it is changed.
	Note order.Said
}

// MostFacts is how many facts a card has.
const MostFacts = 7

// Fact is a line of a card.
type Fact struct {
	Word  order.Said
	Value string
}

// Form asks for something that is typed, scanned, or chosen.
type Form struct {
	Title, Text order.Said
}

// Hands are what a person can do on the page. All run on the main goroutine.
type Hands interface {
	// Press takes the key of an act that was pressed instead of typed.
	Press(key string)
	// Choose takes a column that was pressed, Close one whose sheet is to be closed.
	Choose(column int)
	Close(column int)
	// Open takes a closed sheet that was pressed.
	Open(sheet int)
}
