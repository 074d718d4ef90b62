package window

import (
	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/ui/kit"
	screen "packbench/ui/settings"
)

// printerUse is what came of having the bench print as the settings say; problem tells why they do not count yet.
type printerUse struct {
	tried   bool
	problem *order.Problem
}

// usePrinter has the bench print as the settings say from now on, where that can be. It runs in the office.
func (w *Window) usePrinter(p settings.Printer) printerUse {
	if w.running == nil || p.URI == "" {
		return printerUse{true, order.Trouble(nil, "set.saved.restart")}
	}
	return printerUse{true, order.AsProblem(w.running.UsePrinter(p))}
}

// counts says from when on the settings of the printer count, which are stored.
func (w *Window) counts(p settings.Printer, use printerUse) screen.Report {
	switch {
	case use.problem == nil:
		w.printer, w.inUse = p.URI, p
		return screen.Report{Tone: kit.Calm, Said: order.Say("set.saved.now", "address", p.URI)}
	case use.problem.Key == "set.saved.restart":
		return screen.Report{Tone: kit.Calm, Said: use.problem.Said}
	}
	w.log.Warn("the printer was not changed", "problem", use.problem.Error())
	return screen.Report{Tone: kit.Loud, Said: use.problem.Said}
}
