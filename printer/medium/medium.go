// Package medium is how the labels hang together in a printer and how they come out of it, the same words for every language.
package medium

// Tracking is how the printer finds where a label begins.
type Tracking string

// The ways; the empty one leaves what the printer is set to, where its language can.
const (
	Gap        Tracking = "gap"        // light through the gap between two labels
	Mark       Tracking = "mark"       // a black mark on the back
	Continuous Tracking = "continuous" // a roll without either: a label is as long as it is drawn
)

// Valid tells whether it is one of the ways, or empty.
func (t Tracking) Valid() bool { return t == "" || t == Gap || t == Mark || t == Continuous }

// Taking is how labels leave the printer.
type Taking string

// The ways; the empty one leaves what the printer is set to.
const (
	Tear Taking = "tear" // they hang out, to be torn off
	Peel Taking = "peel" // the liner is pulled off, and the next one waits until the label is taken
)

// Valid tells whether it is one of the ways, or empty.
func (t Taking) Valid() bool { return t == "" || t == Tear || t == Peel }
