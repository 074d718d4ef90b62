package window

import (
	"strconv"

	"packbench/internal/order"
	"packbench/internal/setup"
	"packbench/ui/printersetup"
)

// setupModel is the page of the set-up.
func (w *Window) setupModel() printersetup.Model {
	s := &w.setup
	m := printersetup.Model{Step: w.setupStep(), Trouble: s.trouble, Busy: w.setupBusy()}
	q := s.state.Question()
	switch m.Step {
	case printersetup.Choose:
		m.Ready = s.chosen != ""
		for _, f := range s.state.Found[:min(len(s.state.Found), printersetup.MostFound)] {
			m.Found = append(m.Found, printersetup.Found{Name: f.Name, Address: f.URI, Chosen: !s.typed && f.URI == s.chosen})
		}
	case printersetup.Language:
		m.Ready, m.Guess = true, s.state.At(s.chosen).Guessed()
		for _, lang := range offeredLangs {
			m.Languages = append(m.Languages, printersetup.Offer{Name: langNames[lang], Chosen: lang == s.try.Lang})
		}
		for _, dpi := range offeredDPI {
			m.Resolutions = append(m.Resolutions, printersetup.Offer{Name: resolution(dpi), Chosen: dpi == s.try.DPI})
		}
	case printersetup.Test:
		switch s.state.Step {
		case setup.Stuck:
			m.Question = printersetup.Question{Said: q.Said, Choices: said(q), Halt: true}
		case setup.Failed: // there is nothing left but to begin again
			m.Question = printersetup.Question{Said: s.state.Problem, Choices: []order.Said{order.Say("setup.anew")}, Halt: true}
		}
	case printersetup.Measure:
		m.Question = printersetup.Question{Said: q.Said, Choices: said(q), Number: q.Free, Halt: s.state.Step == setup.Stuck}
		if s.state.Step == setup.Across || s.state.Step == setup.Down {
			m.Question.Unit = order.Say("setup.unit.mm")
		}
		m.Ready = q.Free && s.number != ""
	case printersetup.Done:
		m.Ready, m.Profile = !s.busy, w.profile()
	}
	return m
}

func said(q setup.Question) (all []order.Said) {
	for _, choice := range q.Choices {
		all = append(all, choice.Said)
	}
	return all
}

func resolution(dpi int) string { return strconv.Itoa(dpi) + " dpi" }

// setupStep is where the page stands.
func (w *Window) setupStep() printersetup.Step {
	s := &w.setup
	switch s.state.Step {
	case setup.Choosing:
		if s.asking {
			return printersetup.Language
		}
		return printersetup.Choose
	case setup.Printing, setup.Stuck: // of a label that is only to be looked at, the page stays where it was
		if n := len(s.past); n > 0 && s.past[n-1].Step == setup.Shading {
			return printersetup.Measure
		}
		return printersetup.Test
	case setup.Reading, setup.Asking, setup.Failed:
		return printersetup.Test
	case setup.Done:
		return printersetup.Done
	}
	return printersetup.Measure
}

// setupBusy says what the office does for the set-up.
func (w *Window) setupBusy() order.Said {
	s := &w.setup
	switch {
	case s.storing:
		return order.Say("setup.keeping")
	case s.state.Step == setup.Printing:
		return order.Say("setup.sending", "address", s.state.Profile.URI)
	case s.state.Step == setup.Asking:
		return order.Say("setup.asking")
	case s.busy && s.state.Step == setup.Choosing && len(s.state.Found) == 0:
		return order.Say("setup.looking")
	}
	return order.Said{}
}

// profile is what was found out. Only the scan of a test label leads to it.
func (w *Window) profile() printersetup.Profile {
	p := w.setup.state.Profile
	mm := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	return printersetup.Profile{
		Name: w.setup.state.At(p.URI).Name, Address: p.URI, Language: langNames[p.Lang], Resolution: resolution(p.DPI),
		Right: mm(p.RightMM), Down: mm(p.DownMM), Answers: p.Answers, Proven: true,
	}
}
