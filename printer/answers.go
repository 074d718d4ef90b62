package printer

import (
	"context"
	"errors"
	"io"
	"time"

	"packbench/internal/order"
	"packbench/printer/escpos"
	"packbench/printer/link"
	"packbench/printer/state"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
)

// answerTime is how long a printer may take for an answer. The longest has 250 bytes, a quarter of a second at 9,600 baud.
const answerTime = 2 * time.Second

// State is how the printer is: what it answers in its language where Setup.Answers tells that it does, or else what the link itself knows of it. One
// that says nothing has the zero State; so has one that is not asked because a label is on its way, or has stopped in the middle. It fails as Reach
// does where the printer cannot be reached, and with printer.answer (blank lang) where what it says makes no sense. It takes some seconds at the most.
func (p *Printer) State(ctx context.Context) (state.State, error) {
	return p.state(ctx, p.options.Setup.Answers)
}

// Probe is State of a printer of which nobody knows whether it answers: it is asked whatever Setup says. Told of the state tells that something is known.
func (p *Printer) Probe(ctx context.Context) (state.State, error) { return p.state(ctx, true) }

func (p *Printer) state(ctx context.Context, asking bool) (state.State, error) {
	known, err := p.tell(ctx)
	switch {
	case errors.Is(err, link.ErrBusy):
		return state.State{}, nil
	case err != nil || !asking:
		return known, err
	}
	said, err := ask(ctx, p, p.status())
	if err != nil || !said.Told {
		return known, err // the port's bits count only here: many clones always say the same
	}
	return said, nil
}

// tell is what the link knows, once the printer has been reached.
func (p *Printer) tell(ctx context.Context) (state.State, error) {
	if teller, ok := p.link.(link.Teller); ok {
		return teller.Tell(ctx, answerTime)
	}
	return state.State{}, p.link.Reach(ctx)
}

// Identify asks the printer what it is, whatever Setup says. The zero Identity is that of a printer that says nothing. It fails as State does.
func (p *Printer) Identify(ctx context.Context) (state.Identity, error) {
	return ask(ctx, p, p.identity())
}

// question is one in the printer's language, and how what comes back is read: with io.ErrUnexpectedEOF and zpl.ErrNoAnswer where more must come, and
// whole where no more can.
type question[A any] struct {
	text string
	read func(answer []byte) (a A, whole bool, err error)
}

// always is for answers that tell their end.
func always[A any](read func([]byte) (A, error)) func([]byte) (A, bool, error) {
	return func(answer []byte) (A, bool, error) {
		a, err := read(answer)
		return a, true, err
	}
}

func (p *Printer) status() question[state.State] {
	switch p.options.Lang {
	case ESCPOS:
		return question[state.State]{escpos.Ask, always(escpos.Status)}
	case TSPL:
		return question[state.State]{tspl.Ask, always(tspl.Status)}
	}
	return question[state.State]{zpl.Ask, func(answer []byte) (state.State, bool, error) {
		s, err := zpl.Status(answer)
		return s, zpl.Whole(answer), err
	}}
}

func (p *Printer) identity() question[state.Identity] {
	switch p.options.Lang {
	case ESCPOS:
		return question[state.Identity]{escpos.AskIdentity, always(escpos.Identity)}
	case TSPL:
		return question[state.Identity]{tspl.AskIdentity, tspl.Identity}
	}
	return question[state.Identity]{zpl.AskIdentity, always(zpl.Identity)}
}

// unfinished tells of an answer that more may come of.
func unfinished(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zpl.ErrNoAnswer)
}

// ask puts a question. Nothing is what a silent printer, and one that cannot be asked now, answers.
func ask[A any](ctx context.Context, p *Printer, q question[A]) (nothing A, err error) {
	asker, ok := p.link.(link.Asker)
	if !ok {
		return nothing, nil
	}
	answer, err := asker.Ask(ctx, []byte(q.text), func(answer []byte) link.Heard {
		_, whole, err := q.read(answer)
		switch {
		case unfinished(err):
			return link.Part
		case err == nil && !whole:
			return link.Enough
		}
		return link.Whole // or nonsense, of which more makes no sense
	}, answerTime)
	switch {
	case errors.Is(err, link.ErrSilent) && len(answer) > 0: // but it said something
	case errors.Is(err, link.ErrSilent), errors.Is(err, link.ErrBusy), errors.Is(err, link.ErrHalf):
		return nothing, nil
	case err != nil:
		return nothing, err
	}
	said, _, err := q.read(answer)
	if err != nil {
		return nothing, order.Trouble(err, "printer.answer", "lang", p.options.Lang)
	}
	return said, nil
}
