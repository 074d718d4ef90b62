package station

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// changePrinter asks the loop to print elsewhere, or in another way, from now on.
type changePrinter struct {
	printer  Printer
	name     string
	unproven int
	done     chan error
}

// UsePrinter has the bench print on another printer from now on, or on the same one in another way. name and unproven are as in Config. It fails with the
// problem printer.in_use, and changes nothing, while a label is under way or a run open: part of them would lie at the one printer, and part at the other.
// What else is being done it waits for. The printer before is the caller's to close.
func (s *Station) UsePrinter(printer Printer, name string, unproven int) error {
	m := changePrinter{printer, name, unproven, make(chan error, 1)}
	s.inbox.post(m)
	return s.waitFor(context.Background(), m.done) // who gave up waiting would close a printer that the bench may have taken
}

// tryChange changes the printer, if that is wanted and nothing beside the loop uses the one before.
func (s *Station) tryChange() {
	m := s.change
	switch {
	case m == nil:
		return
	case s.labelsUnderWay():
		m.done <- order.Trouble(nil, "printer.in_use")
	case s.outstanding > 0 || s.asking:
		return
	default:
		s.takePrinter(*m)
		m.done <- nil
	}
	s.change = nil
}

// labelsUnderWay tells whether a label is under way or a run open.
func (s *Station) labelsUnderWay() bool {
	if s.run != nil && s.run.State != order.RunOver || s.state.Busy() {
		return true
	}
	label := s.state.Work.Label.State
	return s.state.Phase != packing.Idle && (label == order.Queued || label == order.Sending)
}

func (s *Station) takePrinter(m changePrinter) {
	if m.name != s.PrinterName {
		s.view.LabelSeen = false
		if s.run != nil {
			s.run.doubted = false // it was of the printer before
		}
	}
	s.Printer, s.PrinterName, s.Unproven = m.printer, m.name, m.unproven
	s.view.Printer, s.askedAt = PrinterHealth{}, s.Now()
	s.lanePages = nil
	if s.label != nil { // it was drawn for the printer before
		s.label = nil
		if s.state.Work.Label.State != order.NoLabel {
			s.drawKept() // for the screen
		}
	}
	s.publish(false)
}
