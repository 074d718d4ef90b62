package packing

import "packbench/internal/order"

// Input is something the bench learns: a scan, a person's answer, or how an effect ended.
type Input interface{ input() }

// Scanned is a scan and all it can mean.
type Scanned struct {
	order.Scan
	Candidates order.Candidates
	// Like are the weights of parcels like the open one, in grams, the oldest first; none where the bench has no scale.
	Like []int
	// Sorting is the wave at hand, or the one whose name was scanned; its Wave has no ID where there is none.
	Sorting order.Sorting
}

// OK is a person's yes to what the screen asks.
type OK struct{}

// Again is a person's wish to print the label once more that is to be scanned, and why. Without a reason they are asked for one.
type Again struct{ Why order.Spoiling }

// NewLabel is a person's wish for another label from the platform in the place of the one that is to be scanned, which dies.
type NewLabel struct{}

// Aside is a person's wish to put the open parcel aside, as when a piece of it is broken or missing.
type Aside struct{}

// Tick lets the bench look at the clock: the platform's word about an open parcel is kept fresh.
type Tick struct{}

// Resumed starts the bench with the parcel that was open when it stopped.
type Resumed struct{ order.Known }

// Recorded says that an event was journalled that this bench did not decide.
type Recorded struct{ order.Event }

// Read answers Refresh: the parcel as the platform describes it now, or why it could not be asked.
// Found is false when the platform no longer knows such a parcel. Where it gave the parcel a package id meanwhile, Parcel has that key.
type Read struct {
	Key     order.ParcelKey
	Parcel  order.Parcel
	Found   bool
	Problem *order.Problem
}

// ShipResult is how the request to arrange shipment ended.
type ShipResult int

// The ends of a request to arrange shipment.
const (
	ShipDone    ShipResult = iota // the platform arranged it
	ShipAlready                   // it says it had been arranged before
	ShipNo                        // it refused, or certainly never got the request
	ShipUnknown                   // no answer came: it may have happened
)

// ShipAnswered answers Ship.
type ShipAnswered struct {
	Key    order.ParcelKey
	Result ShipResult
	// Standing is set with ShipNo where the platform's reason says what has become of the parcel.
	Standing order.Standing
	// Package is the package id that arranging gave the parcel; empty where it had one.
	Package order.ParcelKey
	Problem *order.Problem // for ShipNo and ShipUnknown
}

// LabelMade answers MakeLabel: the document's SHA-256, the tracking number, what was read back from the page, and the parcel as it is
// now; or the Problem that came between. A Problem after the document was kept still names the document.
type LabelMade struct {
	Key      order.ParcelKey
	Document string
	// Version is the parcel's label version the document is of: the one it had before the document was asked for.
	Version  string
	Tracking string
	// Handover is how the platform says that the parcel is handed over; empty where nobody asked.
	Handover string
	Verdict  order.Verdict
	// Standing is set where the platform's reason for giving no label says what has become of the parcel.
	Standing order.Standing
	Problem  *order.Problem
}

// SendStarted says that a label's first byte is about to leave. The byte waits until that is journalled.
type SendStarted struct{ Key order.ParcelKey }

// SendEnd is how far a label's bytes came.
type SendEnd int

// The ends of sending a label.
const (
	SendDone SendEnd = iota // the device took all of them
	SendNot                 // certainly not all of them: nothing usable came out
)

// SendAnswered answers Send.
type SendAnswered struct {
	Key     order.ParcelKey
	End     SendEnd
	Problem *order.Problem
}

func (Scanned) input()      {}
func (OK) input()           {}
func (Again) input()        {}
func (NewLabel) input()     {}
func (Aside) input()        {}
func (Tick) input()         {}
func (Resumed) input()      {}
func (Recorded) input()     {}
func (Read) input()         {}
func (ShipAnswered) input() {}
func (LabelMade) input()    {}
func (SendStarted) input()  {}
func (SendAnswered) input() {}

// Effect is something the station has to do. Its end comes back as an Input.
type Effect interface{ effect() }

// Refresh reads the parcel's orders from the platform.
type Refresh struct{ Key order.ParcelKey }

// Ship asks the platform to arrange shipment.
type Ship struct{ Parcel order.Parcel }

// MakeLabel fetches the platform's label unless it is kept already, draws it and reads it back.
type MakeLabel struct {
	Parcel   order.Parcel
	Document string // SHA-256 of the kept document; empty: fetch it
}

// Send sends the parcel's label to the printer.
type Send struct {
	Parcel   order.Parcel
	Document string // SHA-256 of the kept document
}

func (Refresh) effect()   {}
func (Ship) effect()      {}
func (MakeLabel) effect() {}
func (Send) effect()      {}

// Turn is what follows from an input: events to journal before anything else, effects to start, and what to tell
// the packer. Outcome is empty where the input was no scan, and where the scan still waits for the platform.
type Turn struct {
	Outcome Outcome
	Code    string
	Parcel  order.ParcelKey // the parcel the outcome is about, if any
	SKU     string          // the article of a piece that was taken
	Said    order.Said
	Events  []order.Event
	Effects []Effect
}
