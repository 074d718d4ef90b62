// Package scannersetup is the page that tests scanners: three codes are scanned, and it says what lies between the scanner and the program.
// It shows a Model and hands on what a person does; it hears and prints nothing.
package scannersetup

import (
	"packbench/internal/order"
	"packbench/ui/kit"
)

// Codes is how many codes a test takes.
const Codes = 3

// Code is a code to scan: its modules with quiet zones, true for black, and what it holds.
type Code struct {
	Bars []bool
	Text string
}

// Model is all that the page shows, but for the codes. It is a value.
type Model struct {
	// Device is whose scans they are; empty before the first.
	Device string
	// Scans are those that came, in their order.
	Scans []Scan
	// Verdict says what the codes so far tell of the scanner and what to change, the gravest first; at most MostVerdict are shown.
	Verdict []Line
	// Scanners are those that are set up, and those that could be; at most MostScanners are shown.
	Scanners []Scanner
	// Keep tells that F10 keeps something of what was found out.
	Keep bool
	// Done is what came of the last press of a button; empty says nothing.
	Done Line
}

// MostVerdict is how many findings have room: who mended those sees the others next time.
const MostVerdict = 2

// MostScanners is how many scanners have room.
const MostScanners = 6

// Line is a sentence and how it is meant: Calm is well, Loud works but could be better, Bad must be changed.
type Line struct {
	Tone kit.Tone
	Said order.Said
}

// Scan is a test code as it came.
type Scan struct {
	// GapMS is the mean time between two keys in milliseconds.
	GapMS float64
	// Ending is what ended it: CR, TAB; - is nothing.
	Ending string
	// Verdict is what the code looked like, in a few words.
	Verdict Line
}

// Scanner is one that is set up, or could be.
type Scanner struct {
	Name string
	// State says how it is in a few words, with its tone.
	State Line
	// Digit hears it for the test; 0: it is heard anyway.
	Digit int
}

// Hands are told what a person does on the page.
type Hands interface {
	// Listen is called with the digit of a scanner that is not set up.
	Listen(digit int)
	// Print prints the codes, Keep keeps what was found out, Back leaves the page.
	Print()
	Keep()
	Back()
}
