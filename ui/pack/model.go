// Package pack is the packing page: what the packer's hands do next, large enough to read from two metres.
// It shows a Model and decides nothing; the bench decides.
package pack

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
	Idle      View = iota // no parcel is open
	Open                  // take a piece
	WrongItem             // the piece just scanned is not wanted
	Working               // the bench is busy, hands rest
	ToScan                // the label is out: stick it on, scan it
	Asked                 // a person must answer
	Stopped               // hands off: cancelled, on hold, packed elsewhere
)

// Model is all that the page shows. It is a value: the caller makes a new one for every change.
// Times are in the zone they shall be shown in. A sentence is an order.Said, a name or a code is the text itself.
type Model struct {
	View View
	// Now is the moment the model was made: what is left of a clock, and how old a reading is, are counted from it.
	Now time.Time
	// DoneAt is when the last parcel was confirmed. For DoneTime after it a green band lies over the page,
	// whatever the view: the next scan is already taken. The caller renders again when that time is over.
	DoneAt time.Time

	// Waiting are the next parcels by deadline, at most five are shown; WaitingTotal counts all, and WaitingIn those of each market where there are
	// several. For Idle.
	Waiting      []Waiting
	WaitingTotal int
	WaitingIn    []MarketCount

	// PutBack is how many pieces are to go back to their bins, and Bin the first of them; empty where the catalogue knows none. For Idle.
	PutBack    int
	PutBackBin string

	// Scale is what lies on the bench's scale; empty where there is none. ScaleLoud tells that it is no weight. For every view but Stopped.
	Scale     order.Said
	ScaleLoud bool

	// Parcel is the open parcel. For every view but Idle and Stopped.
	Parcel Parcel
	// Aside puts the parcel aside, Help says that something is wrong. For Open and WrongItem.
	Aside, Help Act
	// Take is the line to take now. For Open.
	Take Line
	// Lines are all lines of the parcel. The line with Current set is the one at hand. For Open and WrongItem.
	Lines []Line
	// Wrong is what was scanned and what is wanted. For WrongItem.
	Wrong Wrong
	// Work is what the bench is busy with. For Working.
	Work Work
	// Label is the label that lies at the printer. For ToScan.
	Label Label
	// Question is what a person must answer. For Asked.
	Question Question
	// Stop is why hands must rest and what has to go back. For Stopped.
	Stop Stop
}

// DoneTime is how long the green band of a confirmed parcel stays.
const DoneTime = 600 * time.Millisecond

// Waiting is a parcel in the queue.
type Waiting struct {
	Due      time.Time // zero: the platform sent no deadline
	Hot      bool      // so near its deadline that it is marked
	Code     string    // tracking number, package id or order id; its last six are shown
	Pieces   int
	Kinds    int    // different goods
	Carrier  string // as the platform names it
	Market   string // ISO code, MY
	Gift     bool
	Battery  bool   // or other dangerous goods
	Note     bool   // the buyer or a colleague wrote something
	Multiple bool   // one of several parcels of its order
	Slot     string // the slot or tote in which all its pieces lie; empty: none
}

// MarketCount is how many parcels wait in a market.
type MarketCount struct {
	Market string // ISO code, MY
	Count  int
}

// Parcel is the open parcel's head.
type Parcel struct {
	Code    string // as in Waiting
	Carrier string
	Market  string // ISO code; spoken as a country's name where the program knows one
	Number  int    // this parcel …
	Of      int    // … of so many of its order; 0 and 1 say nothing
	Due     time.Time
	// Collect tells that Due is when the carrier must have it: shipment is arranged.
	Collect bool
	// PlatformTime tells that Due came from the platform and not from a rule.
	PlatformTime bool
	// ReadAt is when the platform last confirmed the parcel's state; older than FreshFor it is shown. Zero: never.
	ReadAt    time.Time
	Gift      bool
	Sample    bool
	Battery   bool
	Fragile   bool
	PreOrder  bool
	Box       order.Said // the packing material it takes, or that is proposed
	BuyerNote string     // quoted
	ShopNote  string     // a colleague's
}

// FreshFor is how long a reading of the platform counts as fresh.
const FreshFor = 10 * time.Second

// Line is one kind of good in the parcel.
type Line struct {
	SKU     string
	Name    string // may be cut
	Variant string // size and colour; never cut
	Bin     string // where it lies; empty is not shown
	Taken   int
	Of      int
	Gift    bool
	Marks   []order.Mark // what hands have to know of it
	Lot     order.Said   // the lot its pieces count as of, and their last day of use
	Current bool
	Photo   *kit.Photo // nil shows the SKU
}

// Wrong is a piece that is not wanted.
type Wrong struct {
	// Title replaces the sentence the page makes from the two lines ("this is M, need L"). It is needed where
	// nothing is known of the code, or where the piece is wanted but there are enough of it.
	Title order.Said
	Got   Line // what was scanned; Bin is where it goes back to. An unknown code has no Name, its SKU is the code
	// Back replaces the sentence that says where the scanned piece goes.
	Back order.Said
	Want Line // what to take instead; Bin is where it lies. No Name and no SKU: nothing more is wanted
}

// Step is what the bench is doing between the last piece and the label, in this order.
type Step int

// The steps.
const (
	Checking  Step = iota // asking the platform whether the parcel may still go
	Arranging             // arranging shipment
	Fetching              // waiting for the platform's label
	Making                // making the page and reading its codes back
	Printing              // sending it to the printer
)

// Work is what the bench is busy with.
type Work struct {
	Step Step
	// Since is when the step began; after a few seconds the page counts.
	Since time.Time
	// Note says more, such as the platform's own reason for the delay. May be empty.
	Note order.Said
}

// Label is a label on its way to be seen.
type Label struct {
	Code     string     // the number on it that is scanned back; its last six stand large
	QueuedAt time.Time  // zero: not yet
	SentAt   time.Time  // zero: not yet
	Picture  *kit.Photo // the page as printed; nil leaves its place white
	Again    Act        // for a label that did not come out
	Wrong    string     // the code that was scanned in its place; empty: none
}

// Act is something a person can do, by key or by pressing it, and Question what a person must answer. They are the same on every page.
type (
	Act      = ask.Act
	Question = ask.Question
)

// Reason is why a parcel must not be packed.
type Reason int

// The reasons.
const (
	Cancelled       Reason = iota // by the buyer
	CancelRequested               // the buyer asked, nobody has answered
	OnHold                        // the buyer may still change their mind
	Elsewhere                     // arranged or packed somewhere else
	NotPackable                   // any other: Title says which
)

// Stop is a parcel that must not go on.
type Stop struct {
	Reason Reason
	// At is when it happened, for "40 s ago"; zero says nothing of time.
	At time.Time
	// Title replaces the sentence of the reason.
	Title order.Said
	Code  string
	// Back are the goods taken already, by the bin they go back to. Empty: nothing was taken.
	Back []Return
	// Label tells that a label of it is out, which must not end on another box.
	Label bool
	// Act ends the stop, F10 as a rule.
	Act Act
	// AnswerBy is until when the buyer waits for an answer; zero: none is owed. Answer gives one; empty where none can be given now. Note says how that went.
	AnswerBy time.Time
	Answer   Act
	Note     order.Said
}

// Return is a pile of goods that goes back.
type Return struct {
	Bin     string // empty shows the SKU
	Count   int
	SKU     string
	Name    string
	Variant string
	Photo   *kit.Photo
}
