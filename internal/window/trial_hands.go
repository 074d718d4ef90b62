package window

import (
	"context"
	"slices"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/scanner"
	"packbench/ui/kit"
	"packbench/ui/scannersetup"
)

// trialHands are what a person does on the page.
type trialHands struct{ *trial }

// Back goes back to the settings.
func (h trialHands) Back() { h.leaveInner() }

// Listen hears a scanner that is not set up, until the page is left.
func (h trialHands) Listen(digit int) {
	if digit < 1 || digit > len(h.found) || h.listened[h.found[digit-1].URI] != nil {
		return
	}
	f := h.found[digit-1]
	ctx, stop := context.WithCancel(h.environment.Context)
	h.listened[f.URI] = stop
	h.untilDone(ctx, stop)
	h.workers.Go(func() {
		cli.Listen(ctx, []settings.Scanner{{Name: f.Name, URI: f.URI}}, cli.Ears{
			Scan: func(s order.Scan) { h.post(func() { h.Window.scan(s) }) },
			Raw:  h.raw, Log: h.log, Now: h.environment.Now,
			Tell: func(name string, said order.Said) { h.post(func() { h.trial.tellOf(f.URI, name, said) }) },
		})
	})
	h.Window.draw()
}

// tellOf shows what became of a scanner that is tried, or was and is kept.
func (t *trial) tellOf(uri, name string, said order.Said) {
	if t.configured(uri) {
		t.scannerSaid(name, said)
		return
	}
	t.tell(name, said)
}

// tell shows what became of a scanner that is tried.
func (t *trial) tell(name string, said order.Said) {
	t.there[name] = said.Key == "scanner.ready"
	if t.done = (scannersetup.Line{}); !t.there[name] {
		t.done = scannersetup.Line{Tone: kit.Loud, Said: said}
	}
	t.Window.draw()
}

// Print prints the page of the codes.
func (h trialHands) Print() {
	t := h.trial
	if latest := t.latest.Load(); t.running != nil && latest != nil && printing(*latest) {
		t.done = scannersetup.Line{Tone: kit.Loud, Said: order.Say("setup.going")}
		return
	}
	taken := t.handFor(&t.busy, func() func() {
		err := (&cli.Scanners{Print: true}).Run(t.quietly(t.environment.Context))
		return func() {
			t.done = scannersetup.Line{Tone: kit.Calm, Said: order.Say("scannersetup.printed")}
			if err != nil {
				t.log.Warn("the scanners' page was not printed", "problem", order.AsProblem(err).Error())
				t.done = scannersetup.Line{Tone: kit.Bad, Said: order.AsProblem(err).Said}
			}
		}
	})
	if t.done = (scannersetup.Line{Tone: kit.Told, Said: order.Say("scannersetup.printing")}); !taken {
		t.done = scannersetup.Line{Tone: kit.Loud, Said: order.Say("set.busy")}
	}
	t.Window.draw()
}

// keepable is what of the test can be kept, and how the settings change for it: a scanner that is not set up, or that the keyboard's ends its codes with nothing.
func (t *trial) keepable() (said order.Said, change func(*settings.Settings)) {
	if !t.codes.Whole() {
		return order.Said{}, nil
	}
	report := t.codes.Report(t.kind())
	if f := t.tried(); f != nil && report.Well() {
		one := settings.Scanner{Name: f.Name, URI: f.URI}
		return order.Say("scannersetup.keep.what", "name", f.Name), func(s *settings.Settings) {
			if slices.ContainsFunc(s.Scanners, func(other settings.Scanner) bool { return other.Name == one.Name }) {
				one.Name = one.URI // several of one make
			}
			s.Scanners = append(s.Scanners, one)
		}
	}
	grave := slices.DeleteFunc(slices.Clone(report.Findings), func(f scanner.Finding) bool { return !f.Grave() })
	if t.kind() != scanner.Wedge || !slices.Equal(grave, []scanner.Finding{scanner.NoEnter}) || report.Ending() != "-" || t.settings.NoEnter() {
		return order.Said{}, nil
	}
	name := t.device
	return order.Say("scannersetup.keep.no_enter"), func(s *settings.Settings) {
		for i, one := range s.Scanners {
			if at, _ := scanner.ParseAddress(one.URI); at.Kind == scanner.Wedge {
				s.Scanners[i].NoEnter = true
				return
			}
		}
		s.Scanners = append(s.Scanners, settings.Scanner{Name: name, URI: string(scanner.Wedge), NoEnter: true})
	}
}

// Keep writes it into the settings. A scanner that was tried goes on being heard; what the keyboard's scanner does counts from the next start.
func (h trialHands) Keep() {
	t := h.trial
	_, change := t.keepable()
	if change == nil {
		return
	}
	tried := t.tried()
	var now settings.Settings
	taken := t.handFor(&t.busy, func() func() {
		err := settings.Update(t.environment.Dir, func(s *settings.Settings) error {
			change(s)
			now = *s
			return nil
		})
		return func() { t.kept(tried, now, err) }
	})
	if !taken {
		t.done = scannersetup.Line{Tone: kit.Loud, Said: order.Say("set.busy")}
	}
	t.Window.draw()
}

// kept says what came of it.
func (t *trial) kept(tried *cli.FoundScanner, now settings.Settings, err error) {
	if err != nil {
		t.log.Error("keeping a scanner", "problem", order.AsProblem(err).Error())
		t.done = scannersetup.Line{Tone: kit.Bad, Said: order.AsProblem(err).Said}
		return
	}
	t.settings = now
	t.done = scannersetup.Line{Tone: kit.Calm, Said: order.Say("set.saved.restart")}
	if tried != nil {
		delete(t.listened, tried.URI) // nobody ends it when the page is left
		one := now.Scanners[len(now.Scanners)-1]
		t.options.Scanners = append(slices.Clone(t.options.Scanners), settings.Scanner{Name: tried.Name, URI: one.URI})
		t.found = slices.DeleteFunc(slices.Clone(t.found), func(f cli.FoundScanner) bool { return f.URI == tried.URI })
		t.done = scannersetup.Line{Tone: kit.Calm, Said: order.Say("scannersetup.kept", "name", tried.Name)}
	}
}
