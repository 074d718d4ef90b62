// Package printersetup is the page that sets a printer up: find it, guess its language, have a test label scanned back, measure, done.
// It shows a Model and hands on what a person does; it finds and prints nothing.
package printersetup

import "packbench/internal/order"

// Step is a step of the set-up.
type Step int

// The steps, in this order.
const (
	Choose   Step = iota // which printer
	Language             // what it speaks, and how fine it prints
	Test                 // a test label is out: scan its code
	Measure              // where the print lies on the paper, and how wide the paper is
	Done                 // the profile is kept
	steps                // how many there are
)

// Model is all that the page shows, but for what is being entered in its fields. It is a value.
type Model struct {
	Step Step
	// Busy says what is under way, Trouble what went wrong and what to do about it. Trouble goes before Busy; both may be empty.
	Busy, Trouble order.Said
	// Ready tells that the step is done as far as it must be: Next leads on.
	Ready bool

	// Found are the printers there are. At most MostFound are shown, each with a digit. For Choose.
	Found []Found

	// Languages and Resolutions are what can be chosen, with digits that run on from the one to the other, and Guess says why those that are
	// chosen were guessed. Together at most MostOffers. For Language.
	Languages, Resolutions []Offer
	Guess                  order.Said

	// Question stands in the place of what the step shows, unless it is empty. All of Measure are such.
	Question Question

	// Profile is what was found out. For Done.
	Profile Profile
}

// MostFound is how many printers there are digits for.
const MostFound = 9

// MostOffers is how many languages and resolutions have room.
const MostOffers = 6

// Found is a printer that can be chosen.
type Found struct {
	Name    string // as it calls itself
	Address string // usb:/dev/usb/lp0
	Chosen  bool
}

// Offer is a language or a resolution: ZPL, 203 dpi.
type Offer struct {
	Name   string
	Chosen bool
}

// Question is answered by a digit, or by a number that is entered.
type Question struct {
	Said order.Said
	// Choices are the answers, each with a digit; at most MostChoices.
	Choices []order.Said
	// Number tells that a number is entered, in Unit; it may have none.
	Number bool
	Unit   order.Said
	// Halt tells that something went wrong, of which the question is.
	Halt bool
}

// empty tells that nothing is asked.
func (q Question) empty() bool { return len(q.Choices) == 0 && !q.Number }

// MostChoices is how many answers have room.
const MostChoices = 4

// Profile is a printer as it is kept. Measures are in millimetres.
type Profile struct {
	Name, Address        string
	Language, Resolution string // as in Offer
	Right, Down          string
	// Answers tells that it says how it is when it is asked.
	Answers bool
	// Proven tells that a test label was scanned back.
	Proven bool
}

// Field is something to type into.
type Field int

// The fields.
const (
	Address Field = iota // of a printer that was not found
	Number               // that answers a question
	fields               // how many there are
)

// Answer is what came out instead of a label that can be scanned.
type Answer int

// The answers.
const (
	Nothing Answer = iota
	Garbage        // letters and signs, or blank paper without end
	Half           // a part of the label
	answers        // how many there are
)

// Hands are told what a person does on the page. Numbers begin at 1.
type Hands interface {
	// Choose is called with the number of a printer, of a language or a resolution, or of a question's answer.
	Choose(n int)
	// Answer is called when no label came out that can be scanned.
	Answer(Answer)
	// Type is called with every change of a field.
	Type(field Field, text string)
	// Next and Back go to another step; Back at the first leaves the page. Next is called only while the model is Ready.
	Next()
	Back()
}
