package setup

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/printer/state"
)

// Device is the printer that is set up.
type Device interface {
	// Print prints a sheet at a printer; token is what the codes of a test page hold.
	Print(ctx context.Context, p settings.Printer, sheet Sheet, token string) error
	// Probe asks the printer how and what it is, in the language that was proven. No answer is one too; an error is that it could not be asked.
	Probe(ctx context.Context, p settings.Printer) (answers bool, id state.Identity, err error)
}

// Bench is where a set-up takes place.
type Bench interface {
	Device
	// Ask has a person answer a question; its error ends the set-up.
	Ask(ctx context.Context, q Question) (answer string, err error)
	// Tell says what was wrong with an answer, or that something could not be done.
	Tell(said order.Said)
}

// Run leads through a set-up and gives what is to be stored. It fails with the State's Problem where no way to print was proven, and with Ask's error.
func Run(ctx context.Context, s State, b Bench, token func() string) (settings.Printer, error) {
	for {
		switch s.Step {
		case Done:
			return s.Profile, nil
		case Failed:
			return settings.Printer{}, &order.Problem{Said: s.Problem}
		case Printing, Asking:
			var err error
			if s, err = s.Do(ctx, b, token); err != nil {
				b.Tell(order.AsProblem(err).Said)
			}
		default:
			text, err := b.Ask(ctx, s.Question())
			if err != nil {
				return settings.Printer{}, err
			}
			next, err := s.Answer(text)
			if err != nil {
				b.Tell(order.AsProblem(err).Said)
			}
			s = next
		}
		if err := ctx.Err(); err != nil {
			return settings.Printer{}, err
		}
	}
}

// Do does a step that is no person's: it prints the sheet, with a new token, or asks the printer. Its error is that the printer, which has printed, could
// not be asked: it only counts as one that does not answer.
func (s State) Do(ctx context.Context, d Device, token func() string) (State, error) {
	if s.Step == Printing {
		t := token()
		if err := d.Print(ctx, s.Profile, s.Sheet, t); err != nil {
			return s.NotPrinted(err), nil
		}
		return s.Printed(t), nil
	}
	answers, id, err := d.Probe(ctx, s.Profile)
	return s.Asked(answers, id), err
}
