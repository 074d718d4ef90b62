package station

import (
	"context"
	"time"

	"packbench/internal/order"
	"packbench/printer/state"
)

// askIdle is the pause between two questions to a printer that has nothing to do: as long as a person may take it for ready when it is not.
const askIdle = 3 * time.Second

// PrinterHealth is what the printer said last.
type PrinterHealth struct {
	Answers bool // it is known to answer
	State   state.State
	Trouble order.Said // why it could not be asked
}

// idleHealth is what a printer without a run said.
type idleHealth struct{ PrinterHealth }

// lookAtPrinter asks the printer now and then, so that a person hears of an empty roll before the next label.
func (s *Station) lookAtPrinter() {
	now := s.Now()
	runs := s.run != nil && s.run.State == order.RunGoing
	if !s.Printer.Answers() || s.asking || runs || now.Sub(s.askedAt) < askIdle {
		return
	}
	s.asking, s.askedAt = true, now
	ctx := s.ctx
	s.working.Go(func() {
		health := PrinterHealth{Answers: true}
		said, err := s.Printer.State(ctx)
		if err != nil {
			health.Trouble = order.AsProblem(err).Said
		}
		health.State = said
		if ctx.Err() == nil {
			s.inbox.post(idleHealth{health})
		}
	})
}

// heardIdle takes in what the printer said.
func (s *Station) heardIdle(h idleHealth) {
	s.asking = false
	changed := s.view.Printer.State != h.State || s.view.Printer.Trouble.Key != h.Trouble.Key || !s.view.Printer.Answers
	s.view.Printer = h.PrinterHealth
	if changed {
		s.publish(false)
	}
}

// mayComeOut tells whether a label would come out now, as far as the printer says: nothing is asked of the platform, and no label sent, for a printer
// without paper.
func (s *Station) mayComeOut(ctx context.Context) error {
	if err := s.Printer.Reach(ctx); err != nil || !s.Printer.Answers() {
		return err
	}
	said, err := s.Printer.State(ctx)
	switch {
	case err != nil:
		return err
	case !said.Told:
		return order.Trouble(nil, "printer.silent")
	case said.Has(state.PaperOut | state.RibbonOut):
		return order.Trouble(nil, "printer.paper_out")
	case said.Has(state.HeadOpen):
		return order.Trouble(nil, "printer.head_open")
	case said.NeedsPerson():
		return order.Trouble(nil, "printer.stopped", "state", said.String())
	}
	return nil
}
