// Package setup leads a person from a printer nobody knows to one that is proven: a guess, a test label, a scan of it, and what the ruler on it shows.
// A State is a value and its changes are pure; Run is the thin driver around it, for a terminal and a window alike.
package setup

import (
	"cmp"
	"slices"

	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/printer/guess"
	"packbench/printer/state"
)

// Step is what the set-up waits for.
type Step string

// The steps. Printing and Asking are the driver's, Done and Failed are ends, all others are a person's to answer.
const (
	Choosing Step = "choosing" // which printer
	Printing Step = "printing" // the sheet is to go out
	Stuck    Step = "stuck"    // it did not go out
	Reading  Step = "reading"  // the test label is scanned, or it is said what came out instead
	Asking   Step = "asking"   // the printer is asked whether it answers
	Fitting  Step = "fitting"  // does the picture fill the label
	Counting Step = "counting" // the last step of the staircase on the calibrating page
	Faster   Step = "faster"   // shall the smaller encoding be tried
	Shading  Step = "shading"  // is it dark enough
	Across   Step = "across"   // what the ruler shows at the paper's left edge
	Down     Step = "down"     // and at its upper edge
	Done     Step = "done"
	Failed   Step = "failed"
)

// Sheet is one of our own sheets.
type Sheet string

// The sheets the set-up prints.
const (
	TestPage        Sheet = "test"
	CalibratingPage Sheet = "calibrate"
)

// Found is a printer that is offered.
type Found struct {
	Name, URI string
	Guess     guess.Guess
}

// Try is a way to print that a test label may prove.
type Try struct {
	Lang, Encoding string
	DPI            int
}

// State is where a set-up stands.
type State struct {
	Step  Step
	Found []Found
	// Profile is how the printer prints by now; of a State that is Done, proven.
	Profile settings.Printer
	// Sheet is what is printed, or was last, and Token what its codes hold.
	Sheet Sheet
	Token string
	// Problem is why it is Stuck or Failed.
	Problem order.Said

	guess guess.Guess
	was   settings.Printer // as configured before
	tried []Try
	after Step // comes when the sheet has gone out
}

// Begin starts a set-up with the printers that were found and the one that is configured. Those that print labels come first, those that cannot last.
func Begin(found []Found, configured settings.Printer) State {
	rank := map[guess.Kind]int{guess.Label: 0, "": 1, guess.Receipt: 2, guess.Office: 3}
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(a, b Found) int { return cmp.Compare(rank[a.Guess.Kind.Value], rank[b.Guess.Kind.Value]) })
	return State{Step: Choosing, Found: found, was: configured}
}

// At is the printer at an address: one that was found, or what its address alone tells; and in which language it has answered already.
func (s State) At(uri string) Found {
	f := Found{Name: uri, URI: uri, Guess: guess.Of(guess.Known{Name: uri})}
	if i := slices.IndexFunc(s.Found, func(f Found) bool { return f.URI == uri }); i >= 0 {
		f = s.Found[i]
	}
	if s.was.URI == uri && s.was.Answers {
		why := order.Say("setup.answered")
		f.Guess.Lang = guess.Told[string]{Value: s.was.Lang, Sure: guess.Certain, Why: why}
		f.Guess.DPI = guess.Told[int]{Value: s.was.DPI, Sure: guess.Certain, Why: why}
	}
	return f
}

// First is the way to print that is tried first: what was guessed, or else what most printers speak.
func (f Found) First() Try { return tries(f.Guess)[0] }

// Take takes a printer by its address, and prints the first try.
func (s State) Take(uri string, first Try) State {
	s.guess, s.tried, s.Profile = s.At(uri).Guess, nil, settings.Printer{URI: uri}
	return s.attempt(first)
}

// attempt prints a test label in another way. How else to print is kept of what was configured for the printer in the same language: its steps of
// darkness and speed mean nothing in another. The offset is measured anew.
func (s State) attempt(t Try) State {
	p := settings.Printer{URI: s.Profile.URI}
	if s.was.URI == p.URI && s.was.Lang == t.Lang {
		p = s.was
		p.RightMM, p.DownMM, p.HeadDots, p.Answers = 0, 0, 0, false
	}
	p.Lang, p.Encoding, p.DPI = t.Lang, t.Encoding, t.DPI
	s.Profile = p
	s.tried = append(slices.Clip(s.tried), t)
	return s.print(TestPage, Reading)
}

func (s State) print(sheet Sheet, after Step) State {
	s.Step, s.Sheet, s.after, s.Problem = Printing, sheet, after, order.Said{}
	return s
}

// Printed tells that the sheet has gone out, with a token on it.
func (s State) Printed(token string) State {
	s.Step, s.Token = s.after, token
	return s
}

// NotPrinted tells that it has not, and why.
func (s State) NotPrinted(err error) State {
	s.Step, s.Problem = Stuck, order.AsProblem(err).Said
	return s
}

// Asked tells whether the printer answers, and what it says that it is. Where that means another resolution, a label of it is printed.
func (s State) Asked(answers bool, id state.Identity) State {
	t := s.trying()
	if dpi := guess.Of(guess.Known{Answered: t.Lang, Identity: id}).DPI.Value; dpi != 0 && dpi != t.DPI {
		if t.DPI = dpi; !slices.Contains(s.tried, t) {
			return s.attempt(t)
		}
	}
	s.Profile.Answers, s.Step = answers, Fitting
	return s
}

// trying is how the label was printed last.
func (s State) trying() Try {
	return Try{s.Profile.Lang, s.Profile.Encoding, s.Profile.DPI}
}
