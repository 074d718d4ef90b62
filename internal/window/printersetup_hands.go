package window

import (
	"strings"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/setup"
	"packbench/ui/frame"
	"packbench/ui/printersetup"
)

// takeAddress takes the address of a printer that was not found.
func (w *Window) takeAddress(uri string) {
	s := &w.setup
	s.chosen, s.typed = strings.TrimSpace(uri), true
	w.fillSetup()
}

// pressOnSetup does what a function key does in the set-up.
func (w *Window) pressOnSetup(key string) {
	s := &w.setup
	switch {
	case key == string(fyne.KeyEscape) && w.window.Canvas().Focused() != nil:
		w.window.Canvas().Unfocus()
	case key == string(fyne.KeyEscape):
		w.leaveSetup()
	case key == demoKey && w.options.Demo != nil && s.state.Step == setup.Reading:
		w.scan(order.Scan{Code: s.state.Token, Device: "demo", Typed: true, At: w.environment.Now()})
	case !s.page.Key(key):
		w.frame.Key(key) // a key nobody knows does nothing
	}
}

// setupHands are what a person does on the page.
type setupHands struct{ *Window }

// Type takes what is entered.
func (h setupHands) Type(field printersetup.Field, text string) {
	s := &h.setup
	if field == printersetup.Number {
		s.number = strings.TrimSpace(text)
	} else {
		s.chosen = strings.TrimSpace(text)
		s.typed = s.chosen != ""
	}
	h.draw()
}

// Choose takes a printer, a language, a resolution, or the answer to a question.
func (h setupHands) Choose(n int) {
	s := &h.setup
	choices := s.state.Question().Choices
	switch {
	case s.asking && n <= len(offeredLangs):
		s.try.Lang = offeredLangs[n-1]
	case s.asking:
		s.try.DPI = offeredDPI[n-1-len(offeredLangs)]
	case s.state.Step == setup.Choosing:
		s.chosen, s.typed = s.state.Found[n-1].URI, false
		h.fillSetup()
	case s.state.Step == setup.Failed:
		h.anew()
	default:
		h.answer(choices[n-1].Word)
		return
	}
	h.draw()
}

// Answer says what came out instead of a label that can be scanned.
func (h setupHands) Answer(a printersetup.Answer) {
	if s := &h.setup; s.state.Step == setup.Reading {
		h.answer(s.state.Question().Choices[a].Word)
	}
}

// Next goes on.
func (h setupHands) Next() {
	s := &h.setup
	s.trouble, s.heard = order.Said{}, frame.Strip{}
	switch {
	case s.asking:
		s.asking = false
		s.state = s.state.Take(s.chosen, s.try)
		h.goOn()
	case s.state.Step == setup.Choosing:
		s.asking, s.try = true, s.state.At(s.chosen).First()
	case s.state.Step == setup.Done:
		h.keep()
	default:
		h.answer(s.number)
		return
	}
	h.window.Canvas().Unfocus()
	h.draw()
}

// Back takes the last answer back. A label that is on its way is waited for no longer.
func (h setupHands) Back() {
	s := &h.setup
	s.trouble = order.Said{}
	if s.storing {
		return
	}
	h.breakOff()
	switch n := len(s.past); {
	case n > 0:
		s.state, s.past = s.past[n-1], s.past[:n-1]
		h.entered()
	case s.state.Step == setup.Choosing && !s.asking:
		h.leaveSetup()
	case s.asking:
		s.asking = false
	default:
		try := s.try
		h.anew()
		s.asking, s.try = true, try
	}
	h.draw()
}

// anew goes back to the choice of a printer.
func (w *Window) anew() {
	s := &w.setup
	s.state, s.past, s.asking = setup.Begin(s.state.Found, w.settings.Printer), nil, false
	s.trouble = order.Said{}
}
