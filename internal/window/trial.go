package window

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/paper"
	"packbench/internal/settings"
	"packbench/scanner"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/scannersetup"
)

// trial is the page that tests scanners. What scanners send reaches it as it comes, with its times. It belongs to the main goroutine, but for on.
type trial struct {
	*Window
	page *scannersetup.Screen
	on   atomic.Bool // it is open: what scanners send is wanted
	// pending tells that a code is on its way, whose end is a silence.
	pending atomic.Bool

	device  string // whose trial it is: its name
	codes   scanner.Trial
	heardAt time.Time // the last bytes
	done    scannersetup.Line

	found    []cli.FoundScanner // that could be scanners and are not set up
	listened map[string]context.CancelFunc
	there    map[string]bool // of those, who is there
	lookedAt time.Time
	busy     bool
}

// newTrial makes the page. It fails only where its codes cannot be drawn.
func (w *Window) newTrial() error {
	var codes [scannersetup.Codes]scannersetup.Code
	for i, text := range scanner.TestCodes {
		bars, err := paper.ScannerBars(text)
		if err != nil {
			return err
		}
		codes[i] = scannersetup.Code{Bars: bars, Text: strings.ReplaceAll(text, "\x1d", "<GS>")}
	}
	w.trial.Window = w
	w.trial.page = scannersetup.New(w.environment.Tongue, codes, trialHands{&w.trial})
	return nil
}

// openTrial turns to the test of scanners.
func (w *Window) openTrial() {
	if w.bench == nil {
		return
	}
	t := &w.trial
	t.codes, t.device, t.done = scanner.Trial{}, "", scannersetup.Line{}
	t.listened, t.there, t.lookedAt = map[string]context.CancelFunc{}, map[string]bool{}, time.Time{}
	t.on.Store(true)
	w.window.Canvas().Unfocus()
	w.draw()
}

func (t *trial) content() fyne.CanvasObject { return t.page.Object() }
func (t *trial) opened() bool               { return t.on.Load() }
func (t *trial) hides() bool                { return false }
func (t *trial) press(key string) bool      { return t.page.Key(key) }

// scan takes a code as the bench would get it: what came of it is told by its bytes.
func (t *trial) scan(order.Scan) {}

// leave ends the hearing of scanners that were only tried.
func (t *trial) leave() {
	t.on.Store(false)
	t.pending.Store(false)
	for _, stop := range t.listened {
		stop()
	}
	t.codes = scanner.Trial{}
}

// tapped hears the keyboard before anybody else, and keeps to itself what belongs to the test.
func (w *Window) tapped(r rune, at time.Time) bool {
	if w.innerShown() != &w.trial || w.nowSigning() != nil {
		return false
	}
	name := w.scanners.keyboard
	if name == "" {
		name = w.environment.Tongue.Text("scannersetup.keyboard")
	}
	w.trial.take(name, utf8.AppendRune(nil, r), at)
	return true
}

// raw hears the other scanners, on their goroutines.
func (w *Window) raw(name string, b []byte, at time.Time) {
	if w.trial.on.Load() {
		b = bytes.Clone(b)
		w.post(func() {
			if w.innerShown() == &w.trial {
				w.trial.take(name, b, at)
			}
		})
	}
}

// take takes bytes of a scanner. A scanner that comes in between begins its own test, and so does whoever scans on after the last code.
func (t *trial) take(device string, b []byte, at time.Time) {
	if device != t.device || t.codes.Whole() && !t.codes.Pending() {
		t.codes, t.device = scanner.Trial{}, device
	}
	t.codes.Take(b, at)
	t.heardAt = t.environment.Now()
	t.pending.Store(true)
}

// lapse ends a code after a silence. A digit alone is no code: it is pressed.
func (t *trial) lapse(now time.Time) {
	if !t.codes.Pending() || now.Sub(t.heardAt) < scanner.Over {
		return
	}
	t.pending.Store(false)
	heard, none := t.codes.End()
	if none {
		return
	}
	if utf8.RuneCountInString(heard.Text) == 1 { // no test code is as short
		t.codes.Drop()
		t.page.Key(heard.Text)
		return
	}
	t.done = scannersetup.Line{}
}

func (t *trial) draw(now time.Time) {
	t.lapse(now)
	if !t.busy && now.Sub(t.lookedAt) >= lookAgain {
		t.lookedAt = now
		t.look()
	}
	t.page.Render(t.model())
}

// look lists what could be scanners of this computer.
func (t *trial) look() {
	t.handFor(&t.busy, func() func() {
		found, err := cli.FindScanners()
		return func() {
			if err != nil {
				t.log.Error("looking for scanners", "problem", order.AsProblem(err).Error())
				t.done = scannersetup.Line{Tone: kit.Loud, Said: order.AsProblem(err).Said}
				return
			}
			t.found = slices.DeleteFunc(found, func(f cli.FoundScanner) bool { return !f.Likely || t.configured(f.URI) })
		}
	})
}

// configured tells whether a scanner of that address is set up.
func (w *Window) configured(uri string) bool {
	at, _ := scanner.ParseAddress(uri)
	return slices.ContainsFunc(w.options.Scanners, func(s settings.Scanner) bool {
		known, _ := scanner.ParseAddress(s.URI)
		return known == at
	})
}

// kind is how the scanner under test comes to this computer.
func (t *trial) kind() scanner.Kind {
	for _, s := range t.options.Scanners {
		if at, ok := scanner.ParseAddress(s.URI); ok && s.Name == t.device {
			return at.Kind
		}
	}
	if f := t.tried(); f != nil {
		return f.Kind
	}
	return scanner.Wedge
}

// tried is the scanner under test where it is not set up and not the keyboard.
func (t *trial) tried() *cli.FoundScanner {
	for i, f := range t.found {
		if f.Name == t.device && t.listened[f.URI] != nil {
			return &t.found[i]
		}
	}
	return nil
}

// model is the page.
func (t *trial) model() scannersetup.Model {
	m := scannersetup.Model{Device: t.device, Done: t.done}
	kind := t.kind()
	for _, r := range t.codes.Each(kind) {
		m.Scans = append(m.Scans, scannersetup.Scan{GapMS: scanner.Milliseconds(r.Gap), Ending: r.Ending(), Verdict: inShort(r)})
	}
	if len(m.Scans) > 0 {
		m.Verdict = verdict(t.codes.Report(kind), t.codes.Whole())
	}
	for _, s := range t.options.Scanners {
		m.Scanners = append(m.Scanners, t.configuredScanner(s))
	}
	if t.scanners.keyboard == "" {
		m.Scanners = append(m.Scanners, scannersetup.Scanner{
			Name: t.environment.Tongue.Text("scannersetup.keyboard"), State: scannersetup.Line{Tone: kit.Calm, Said: order.Say("scannersetup.heard")},
		})
	}
	for i, f := range t.found[:min(len(t.found), max(0, scannersetup.MostScanners-len(m.Scanners)))] {
		one := scannersetup.Scanner{Name: f.Name, Digit: i + 1, State: scannersetup.Line{Tone: kit.Told, Said: order.Say("scannersetup.found")}}
		if t.listened[f.URI] != nil {
			one.Digit, one.State.Said = 0, order.Say("scannersetup.waiting")
			if t.there[f.Name] {
				one.State = scannersetup.Line{Tone: kit.Calm, Said: order.Say("scannersetup.heard")}
			}
		}
		m.Scanners = append(m.Scanners, one)
	}
	if what, change := t.keepable(); change != nil {
		if m.Keep = true; m.Done.Said.Key == "" {
			m.Done = scannersetup.Line{Tone: kit.Told, Said: what}
		}
	}
	return m
}

// configuredScanner is one that is set up, with whether it is there.
func (t *trial) configuredScanner(s settings.Scanner) scannersetup.Scanner {
	line := scannersetup.Line{Tone: kit.Calm, Said: order.Say("scannersetup.there")}
	if _, gone := t.scanners.gone[s.Name]; gone {
		line = scannersetup.Line{Tone: kit.Bad, Said: order.Say("scannersetup.absent")}
	}
	if at, _ := scanner.ParseAddress(s.URI); at.Kind == scanner.Wedge {
		line.Said = order.Say("scannersetup.heard")
	}
	return scannersetup.Scanner{Name: s.Name, State: line}
}

// verdict says what the codes tell so far. That a scanner is good is said of the whole test alone.
func verdict(r scanner.Report, whole bool) (lines []scannersetup.Line) {
	for i, said := range cli.Verdict(r) {
		switch {
		case i >= len(r.Findings) && whole:
			lines = append([]scannersetup.Line{{Tone: kit.Calm, Said: said}}, lines...)
		case i >= len(r.Findings):
		case r.Findings[i].Grave():
			lines = append(lines, scannersetup.Line{Tone: kit.Bad, Said: said})
		default:
			lines = append(lines, scannersetup.Line{Tone: kit.Loud, Said: said})
		}
	}
	return lines
}

// short are the findings in a few words.
var short = map[scanner.Finding]order.Said{
	scanner.Qwertz: order.Say("scannersetup.short.qwertz"), scanner.Azerty: order.Say("scannersetup.short.azerty"),
	scanner.British: order.Say("scannersetup.short.british"), scanner.CapsLock: order.Say("scannersetup.short.caps_lock"),
	scanner.Composed: order.Say("scannersetup.short.composed"), scanner.Unread: order.Say("scannersetup.short.unread"),
	scanner.Cutoff: order.Say("scannersetup.short.cut_off"), scanner.Slow: order.Say("scannersetup.short.slow"),
	scanner.NoEnter: order.Say("scannersetup.short.no_enter"), scanner.NoSuffix: order.Say("scannersetup.short.no_suffix"),
	scanner.FullWidth: order.Say("scannersetup.short.full_width"), scanner.Separators: order.Say("scannersetup.short.separators"),
	scanner.Identifier: order.Say("scannersetup.short.identifiers"),
}

// inShort is what one code looked like: the gravest of what is to be said of it.
func inShort(r scanner.Report) scannersetup.Line {
	if len(r.Findings) == 0 {
		return scannersetup.Line{Tone: kit.Calm, Said: order.Say("scannersetup.short.well")}
	}
	line := scannersetup.Line{Tone: kit.Loud, Said: short[r.Findings[0]]}
	if r.Findings[0].Grave() {
		line.Tone = kit.Bad
	}
	return line
}

// strip leaves the word to the page.
func (t *trial) strip() frame.Strip {
	return frame.Strip{Meaning: order.Say("scannersetup.strip"), Next: order.Say("scannersetup.strip.next")}
}

// quietly is the environment of a verb whose words nobody reads.
func (w *Window) quietly(ctx context.Context) *cli.Environment {
	own := *w.environment
	own.Context, own.Bench, own.Stdout, own.Stderr = ctx, w.bench, io.Discard, io.Discard
	return &own
}
