package window

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/scanner"
	"packbench/ui/kit"
	"packbench/ui/scannersetup"
	"packbench/ui/seen"
	screen "packbench/ui/settings"
)

// newScannerTest is a window on the test of scanners, with the clock of its bench.
func newScannerTest(t *testing.T, configured ...settings.Scanner) (w *Window, clock *time.Time) {
	t.Helper()
	w = newSettings(t)
	at := now
	w.environment.Now = func() time.Time { return at }
	w.scanners = newScanners(configured)
	w.options.Scanners = configured
	w.digit(screen.ScannersKey)
	if w.innerShown() != &w.trial {
		t.Fatal("the digit does not lead to the test of scanners")
	}
	return w, &at
}

// types has the keyboard type keys at a pace, and then nothing.
func types(w *Window, clock *time.Time, keys string, pace time.Duration) {
	for _, r := range keys {
		*clock = clock.Add(pace)
		if !w.tapped(r, *clock) {
			panic("the test does not keep the keys")
		}
	}
	*clock = clock.Add(scanner.Over)
	w.draw()
	work(w)
}

func trialSays(t *testing.T, w *Window, want ...string) {
	t.Helper()
	shown := strings.ReplaceAll(seen.Texts(w.trial.page.Object()), "\n", " ")
	for _, text := range want {
		if !strings.Contains(shown, text) {
			t.Errorf("%q is not on the page:\n%s", text, shown)
		}
	}
}

// A scanner that types is tested in the window: what it types reaches no parcel, its pace and end are measured, and the layout is named.
func TestAScannerIsTestedInTheWindow(t *testing.T) {
	w, clock := newScannerTest(t)
	trialSays(t, w, "Scan code 1 of 3", "keyboard")
	types(w, clock, "PBß0123456789\r", 4*time.Millisecond)
	trialSays(t, w, "keyboard: now code 2 of 3", "German keyboard", "4 ms a key, ends with CR", "scan the manual's code for a German keyboard")
	types(w, clock, "yzYZaqwm-\"§\r", 4*time.Millisecond)
	types(w, clock, "10AB\x1d21cd\r", 4*time.Millisecond)
	trialSays(t, w, "keyboard is tested")
	m := w.trial.model()
	if len(m.Scans) != 3 || m.Verdict[0].Tone != kit.Bad || m.Verdict[0].Said.Key != "scanners.found.qwertz" || m.Keep {
		t.Errorf("%+v", m)
	}
	for i, text := range scanner.TestCodes { // it was set right: the test begins anew by itself
		types(w, clock, text+"\r", 2*time.Millisecond)
		if m := w.trial.model(); len(m.Scans) != i+1 || len(m.Verdict) != (i+1)/3 {
			t.Errorf("after code %d: %+v", i+1, m)
		}
	}
	trialSays(t, w, "This scanner can be worked with", "as printed", "2 ms a key")
	w.scan(order.Scan{Code: "690", Device: "left", At: now}) // as the bench would get it
	if w.innerShown() == nil {
		t.Error("a scan leaves the test")
	}
	w.press(scannersetup.BackKey)
	if w.innerShown() != nil || w.tapped('x', now) {
		t.Error("the test keeps keys after it was left")
	}
	if shown := seen.Texts(w.frame.Object()); !strings.Contains(shown, "Save") {
		t.Error("the settings are not back")
	}
}

// What the keyboard's scanner lacks can be kept in the settings; digits and Enter alone are no codes.
func TestAScannerWithoutEnterIsKept(t *testing.T) {
	w, clock := newScannerTest(t, settings.Scanner{Name: "till", URI: "wedge"})
	types(w, clock, "\r", 0)
	types(w, clock, "7", 0)
	if m := w.trial.model(); len(m.Scans) != 0 || len(m.Scanners) != 1 || m.Scanners[0].Name != "till" {
		t.Errorf("%+v", m)
	}
	if err := settings.Update(w.environment.Dir, func(s *settings.Settings) error { s.Scanners = w.options.Scanners; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, text := range scanner.TestCodes {
		types(w, clock, text, 3*time.Millisecond)
	}
	trialSays(t, w, "The scanner ends no code with Enter", "F10 keeps that this scanner sends no Enter")
	w.press(scannersetup.KeepKey)
	work(w)
	s, err := settings.Load(w.environment.Dir)
	if err != nil || len(s.Scanners) != 1 || !s.Scanners[0].NoEnter || s.Scanners[0].Name != "till" {
		t.Errorf("%+v, %v", s.Scanners, err)
	}
	if w.trial.done.Said.Key != "set.saved.restart" || w.trial.model().Keep {
		t.Errorf("%+v", w.trial.done)
	}
}

// Scanners that are devices of their own are told apart, shown with whether they are there, and tested by their own kind.
func TestScannersOfTheirOwnAreTested(t *testing.T) {
	w, clock := newScannerTest(t, settings.Scanner{Name: "left", URI: "serial:/dev/nothing"}, settings.Scanner{Name: "right", URI: "serial:/dev/nothing2"})
	w.scannerSaid("right", order.Say("scanner.absent", "name", "right", "address", "x"))
	m := w.trial.model()
	if len(m.Scanners) < 3 || m.Scanners[0].State.Tone != kit.Calm || m.Scanners[1].State.Said.Key != "scannersetup.absent" || m.Scanners[2].Name != "keyboard" {
		t.Errorf("%+v", m.Scanners)
	}
	types(w, clock, scanner.TestCodes[0]+"\r", 0)
	for _, text := range scanner.TestCodes {
		w.raw("left", []byte(text), *clock)
		*clock = clock.Add(scanner.Over)
		w.draw()
	}
	m = w.trial.model()
	if m.Device != "left" || len(m.Scans) != 3 || m.Scans[0].Ending != "-" || m.Verdict[0].Said.Key != "scanners.well" || m.Verdict[1].Said.Key != "scanners.found.no_suffix" {
		t.Errorf("%+v", m)
	}
}

// A scanner that is not set up is tried by its digit, and kept once it is known to be good. It goes on being heard after the page is left.
func TestAScannerThatIsNotSetUpIsKept(t *testing.T) {
	w, clock := newScannerTest(t)
	const uri = "serial:/dev/ttyACM7?baud=9600"
	ended := 0
	w.trial.found = []cli.FoundScanner{{Name: "Honeywell 1900", URI: uri, Kind: scanner.Serial, Likely: true}}
	w.trial.lookedAt = clock.Add(time.Hour) // what this computer has is nobody's business here
	if m := w.trial.model(); len(m.Scanners) != 2 || m.Scanners[1].Digit != 1 {
		t.Fatalf("%+v", m.Scanners)
	}
	w.trial.listened[uri] = func() { ended++ }
	w.trial.tell("Honeywell 1900", order.Say("scanner.busy", "name", "Honeywell 1900", "address", uri))
	if w.trial.done.Said.Key != "scanner.busy" {
		t.Errorf("%+v", w.trial.done)
	}
	w.trial.tell("Honeywell 1900", order.Say("scanner.ready", "name", "Honeywell 1900"))
	for _, text := range scanner.TestCodes {
		if w.trial.model().Keep {
			t.Error("it can be kept before the test is over")
		}
		w.raw("Honeywell 1900", []byte(text+"\r"), *clock)
		*clock = clock.Add(scanner.Over)
		w.draw()
	}
	trialSays(t, w, "F10 keeps Honeywell 1900", "is heard")
	w.press(scannersetup.KeepKey)
	work(w)
	s, err := settings.Load(w.environment.Dir)
	if err != nil || len(s.Scanners) != 1 || s.Scanners[0] != (settings.Scanner{Name: "Honeywell 1900", URI: uri}) {
		t.Errorf("%+v, %v", s.Scanners, err)
	}
	if m := w.trial.model(); m.Keep || m.Scanners[0].Name != "Honeywell 1900" || m.Scanners[0].State.Said.Key != "scannersetup.there" {
		t.Errorf("%+v", m)
	}
	if w.press(scannersetup.BackKey); ended != 0 {
		t.Error("it is heard no more")
	}
	w.trial.tellOf(uri, "Honeywell 1900", order.Say("scanner.gone", "name", "Honeywell 1900"))
	if name, _ := w.scannerGone(); name != "Honeywell 1900" {
		t.Error("that it was unplugged is not told")
	}
}

// The page of the codes comes out of the bench's printer.
func TestTheCodesArePrintedFromTheWindow(t *testing.T) {
	w, _ := newScannerTest(t)
	folder := t.TempDir()
	if err := settings.Update(w.environment.Dir, func(s *settings.Settings) error { s.Printer.URI = "file:" + folder; return nil }); err != nil {
		t.Fatal(err)
	}
	w.press(scannersetup.PrintKey)
	if w.trial.done.Said.Key != "scannersetup.printing" && w.trial.done.Said.Key != "set.busy" {
		t.Errorf("%+v", w.trial.done)
	}
	work(w)
	if w.trial.done.Said.Key != "scannersetup.printed" {
		t.Fatalf("%+v", w.trial.done)
	}
}
