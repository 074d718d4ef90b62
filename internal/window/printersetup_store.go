package window

import (
	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/ui/kit"
	screen "packbench/ui/settings"
)

// keep stores the printer. The settings say what came of it.
func (w *Window) keep() {
	s := &w.setup
	dir, profile := w.environment.Dir, s.state.Profile
	s.storing = w.handFor(&s.busy, func() func() {
		set, err := cli.StorePrinter(dir, profile)
		var use printerUse
		if err == nil {
			use = w.usePrinter(set.Printer)
		}
		return func() {
			if s.storing = false; err != nil {
				w.log.Error("storing a printer", "problem", order.AsProblem(err).Error())
				s.trouble = order.AsProblem(err).Said
				return
			}
			w.kept(set, use)
		}
	})
}

// kept shows the settings with the printer that was set up.
func (w *Window) kept(set settings.Settings, use printerUse) {
	w.settings = set
	login, bench := w.entries()
	bench.PrinterURI, bench.DPI = set.Printer.URI, set.Printer.DPI
	w.form.Fill(login, bench)
	w.form.saving = w.counts(set.Printer, use)
	if said := cli.TooNarrow(set.Printer); said.Key != "" {
		w.form.saving = screen.Report{Tone: kit.Loud, Said: said}
	}
	w.leaveSetup()
}
