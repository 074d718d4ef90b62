package window

import (
	"net"
	"strings"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/internal/station"
	"packbench/internal/virtual"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/printersetup"
	"packbench/ui/seen"
	screen "packbench/ui/settings"
)

// newMachine is a printer in the network, and what it printed.
func newMachine(t *testing.T, m virtual.Machine) (uri string, machine *virtual.Device) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	machine = virtual.NewDevice(m, virtual.Body{})
	ended := make(chan error, 1)
	go func() { ended <- machine.Serve(t.Context(), listener) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "tcp:" + listener.Addr().String(), machine
}

// lastCode is what a scanner reads on the label that came out last.
func lastCode(t *testing.T, machine *virtual.Device) string {
	t.Helper()
	for !(machine.Taken() > 0) {
		time.Sleep(time.Millisecond)
	}
	if err := machine.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	out := machine.Out()
	codes := label.Codes(out[len(out)-1].Page)
	if len(codes) == 0 {
		t.Fatal("nothing can be read on the label")
	}
	return codes[0].Text
}

// newSetup is a window on the set-up of a printer, on a computer that knows of none.
func newSetup(t *testing.T) *Window {
	t.Helper()
	t.Setenv("CUPS_SERVER", "127.0.0.1:1") // no queues
	w := newSettings(t)
	w.press(screen.SetUpKey)
	if !w.setupShown() {
		t.Fatal("F11 does not lead to the set-up")
	}
	work(w)
	return w
}

// is checks where the set-up stands.
func (w *Window) is(t *testing.T, want setup.Step) {
	t.Helper()
	if got := w.setup.state; got.Step != want {
		t.Fatalf("the set-up is %s with %q, want %s", got.Step, w.environment.Tongue.Say(got.Problem), want)
	}
}

// says checks what stands on the page.
func (w *Window) says(t *testing.T, want ...string) {
	t.Helper()
	w.draw()
	for _, text := range want {
		if shown := seen.Texts(w.setup.page.Object()); !strings.Contains(strings.ReplaceAll(shown, "\n", " "), text) {
			t.Errorf("%q is not on the page:\n%s", text, shown)
		}
	}
}

// scans is a scan of a label.
func (w *Window) scans(code string) {
	w.scan(order.Scan{Code: code, Device: "keyboard", At: now})
	work(w)
}

// digit is a digit that is pressed and not followed by another.
func (w *Window) digit(text string) {
	w.typing.forget = func() { w.typing.key("", now) }
	w.typing.key(text, now.Add(-time.Second))
	w.draw()
	work(w)
}

// A printer nobody knows is set up in the window with keys and scans: the label nobody expected is half a language off, the first scan is of another
// label, the print lies to the left.
func TestAPrinterIsSetUpInTheWindow(t *testing.T) {
	uri, machine := newMachine(t, virtual.TSPL{DPI: 203, Medium: page.Label})
	w := newSetup(t)
	w.says(t, "Which printer is it?", "F9")
	setupHands{w}.Type(printersetup.Address, " "+uri)
	w.press(printersetup.NextKey)
	w.says(t, "What does it speak?", "its language is not known yet", "203 dpi")
	w.press(printersetup.NextKey)
	w.is(t, setup.Printing)
	w.says(t, "A test label goes to "+uri)
	work(w)
	w.is(t, setup.Reading)
	w.scans("JMX1")
	w.says(t, "“JMX1” is not on the test label")
	if strip := w.strip(open()); strip.Family != kit.Refused || strip.Code != "JMX1" {
		t.Errorf("the strip says %+v", strip)
	}
	w.is(t, setup.Reading)
	w.scans(lastCode(t, machine))
	w.is(t, setup.Fitting)
	if strip := w.strip(open()); strip.Family != kit.Taken {
		t.Errorf("the strip says %+v", strip)
	}
	w.says(t, "How does the frame", "much too small")
	w.scans("JMX1")
	w.says(t, "Nothing is to be scanned at this step")
	w.digit("1")
	w.is(t, setup.Shading)
	w.digit("2") // darker: another label
	w.is(t, setup.Shading)
	w.press(printersetup.BackKey)
	w.is(t, setup.Shading)
	if w.setup.state.Profile.Darkness != 0 {
		t.Errorf("Back leaves a darkness of %d", w.setup.state.Profile.Darkness)
	}
	w.digit("2")
	w.digit("1")
	w.is(t, setup.Across)
	w.says(t, "mm")
	setupHands{w}.Type(printersetup.Number, "1,5")
	w.press(printersetup.NextKey)
	w.is(t, setup.Down)
	w.scan(order.Scan{Code: "-2", Typed: true}) // without the field
	w.is(t, setup.Done)
	w.says(t, "The printer is set up and proven", uri, "TSPL · 203 dpi", "1.5 mm to the right, -2 mm down", "yes, such as out of paper")
	before, err := settings.Load(w.environment.Dir)
	if err != nil || before.Printer.URI != "" {
		t.Errorf("stored before it was said: %+v, %v", before.Printer, err)
	}
	w.press(printersetup.NextKey)
	work(w)
	stored, err := settings.Load(w.environment.Dir)
	want := settings.Printer{URI: uri, Lang: "tspl", DPI: 203, Darkness: 10, RightMM: 1.5, DownMM: -2, Answers: true}
	if err != nil || stored.Printer != want {
		t.Errorf("stored %+v, want %+v, %v", stored.Printer, want, err)
	}
	if w.setup.open || w.form.saving.Said.Key != "set.saved.restart" || w.form.Bench().PrinterURI != uri {
		t.Errorf("the settings say %+v of %q", w.form.saving, w.form.Bench().PrinterURI)
	}
	if !strings.Contains(seen.Texts(w.frame.Object()), "This bench") || strings.Contains(seen.Texts(w.frame.Object()), "The printer is set up") {
		t.Error("the settings are not shown again")
	}
}

func TestAPrinterThatIsNotThere(t *testing.T) {
	w := newSetup(t)
	setupHands{w}.Type(printersetup.Address, "tcp:127.0.0.1:1")
	w.press(printersetup.NextKey)
	w.digit("1") // ZPL
	w.digit("5") // 300 dpi
	if want := (setup.Try{Lang: "zpl", DPI: 300}); w.setup.try != want {
		t.Errorf("chosen %+v, want %+v", w.setup.try, want)
	}
	w.press(printersetup.NextKey)
	work(w)
	w.is(t, setup.Stuck)
	w.says(t, "That did not work", "The label did not go out.", "take another printer")
	w.digit("1") // again
	w.is(t, setup.Stuck)
	w.digit("2")
	w.is(t, setup.Choosing)
	w.press(printersetup.BackKey)
	if w.setup.open || w.page != frame.PageSettings {
		t.Error("there is no way back to the settings")
	}
}

// While the set-up is shown nothing that is scanned reaches a parcel; a page on, it does. F8 and Escape lead back to the settings.
func TestLeavingTheSetUp(t *testing.T) {
	for _, key := range []string{"F8", "Escape"} {
		w := newSetup(t)
		w.scans("P1")
		if !w.setupShown() {
			t.Fatal("a scan leads away from the set-up")
		}
		w.press(key)
		if w.setup.open || w.page != frame.PageSettings {
			t.Errorf("%s: page %d, set-up %v", key, w.page, w.setup.open)
		}
	}
	w := newSetup(t)
	w.press("F1")
	if w.setupShown() || w.scanOnSetup(order.Scan{Code: "P1"}) {
		t.Error("the set-up takes the scans of another page")
	}
	w.press("F8")
	if !w.setupShown() {
		t.Error("the set-up is not where it was")
	}
}

// What was under way when somebody went back comes to nothing.
func TestALabelThatIsNotWaitedFor(t *testing.T) {
	uri, _ := newMachine(t, virtual.TSPL{DPI: 203, Medium: page.Label})
	w := newSetup(t)
	setupHands{w}.Type(printersetup.Address, uri)
	w.press(printersetup.NextKey)
	w.press(printersetup.NextKey)
	w.is(t, setup.Printing)
	w.press(printersetup.BackKey)
	work(w)
	w.is(t, setup.Choosing)
	if !w.setup.asking {
		t.Error("Back does not lead to the language")
	}
	w.says(t, "What does it speak?")
}

func TestATestLabelWaitsForParcels(t *testing.T) {
	s := open()
	if printing(s) {
		t.Error("a parcel is packed, nothing is printed")
	}
	s.Run = station.RunView{Run: order.Run{ID: "R1", State: order.RunGoing}}
	if !printing(s) {
		t.Error("a run goes on")
	}
	s.Run.State = order.RunPaused
	if printing(s) {
		t.Error("a run is paused")
	}
}
