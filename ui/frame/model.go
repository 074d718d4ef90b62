// Package frame is what stands around every page: the rail of pages, the status bar, and the strip that says what the last scan meant.
package frame

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/kit"
)

// Model is all that the frame shows. It is a value; times are in the zone they shall be shown in.
type Model struct {
	// Page is the page that is shown. It must be one the frame was given.
	Page Page
	// Now is shown as the clock, and ages are counted from it.
	Now time.Time
	// Training tells that nothing of this bench is real: a band on every page says so.
	Training bool
	// Notice is what to mend without haste; a band over the page says it. An empty one says nothing.
	Notice order.Said
	// Stopped turns the frame amber: hands off the open parcel.
	Stopped bool
	// Overdue is the number beside its page; 0 shows none.
	Overdue int

	Platform PlatformState
	// HeardAt is when the platform last answered; zero means never.
	HeardAt time.Time
	// Consent is what is left of the seller's consent, Withdrawn that the platform no longer accepts it. They stand in the platform's place:
	// an end that has come before everything, one to come where the platform is live.
	Consent   order.Consent
	Withdrawn bool

	// Read and Of tell how far a reading of many orders has come; Of is 0 while there is none.
	Read, Of int
	// ClockOff is how far this computer's clock is off; small errors are nobody's business and are left out.
	ClockOff time.Duration

	Printer PrinterState
	// PrinterName is spoken in the advice on the printer.
	PrinterName string
	// LabelsSent are sent and not scanned back yet; shown while the printer is ready.
	LabelsSent int

	// ScannerSeen tells that a scanner was heard since the start, or its device is there.
	ScannerSeen bool
	// ScannerGone names a scanner that is not there, ScannerTrouble says why and what to do. They stand before all else about scanners.
	ScannerGone    string
	ScannerTrouble order.Said
	// Unsent are the notes that wait to go to the platform. They are amber while it is offline.
	Unsent int
	// Parked are those about which a person must do something.
	Parked int

	// Packer and Bench say who packs where; either may be empty.
	Packer, Bench string

	Strip Strip
	// Typed is what is being typed by hand and not ended with Enter yet.
	Typed string
}

// Strip is the last scan and what it meant. The zero value is the quiet strip of a start.
type Strip struct {
	Family kit.Family
	// Word is the outcome in a word or two; empty takes the family's own: Taken, Repeat, Refused, Your answer, Stop.
	Word order.Said
	// Meaning says what was understood, Next what to do.
	Meaning, Next order.Said
	Code          string
	Typed         bool // the code was typed, not scanned
	At            time.Time
}

// PlatformState is how fresh the platform's word is.
type PlatformState int

// The states of the platform. The zero value has never been heard.
const (
	PlatformNever PlatformState = iota
	PlatformLive
	PlatformStale   // answers late
	PlatformOffline // does not answer
)

// PrinterState is what is known of the printer.
type PrinterState int

// The states of the printer. The zero value is none.
const (
	PrinterAbsent   PrinterState = iota
	PrinterReady                 // answers
	PrinterUnproven              // takes bytes, never answered
	PrinterNoPaper
	PrinterHeadOpen
	PrinterSilent // answered before, does not now
)
