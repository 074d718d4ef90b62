// Package signin is the page of a bench that nobody works at: scan your badge, or give your PIN. It shows a Model and decides nothing.
package signin

import "packbench/internal/order"

// View is what the page asks for.
type View int

// The views of the page.
const (
	Badge View = iota // nobody is signed in
	Away              // whoever was has been away for too long
	PIN               // whose badge was scanned gives their PIN
)

// Model is all that the page shows. It is a value.
type Model struct {
	View View
	// Name is whose PIN is asked for. Override tells that they allow with it that a label is printed again.
	Name     string
	Override bool
	// Dots is how many digits were typed; the digits themselves are nobody's business.
	Dots int
	// Title and Text stand in place of the page's own words, for who asks for a badge or a PIN for other reasons; empty: those.
	Title, Text order.Said
	// Leave shows the button that leads out of the question for a badge too.
	Leave bool
	// Open is the code of the parcel that stays open; empty: none.
	Open string
}

// What the keypad and the button hand on beside the digits 0 to 9, and the key that leads out of the question for a PIN.
const (
	Rubout = "rubout" // takes the last digit back
	Done   = "done"   // that was the PIN
	Back   = "F11"
)
