package window

import (
	"testing"

	gokeyring "github.com/zalando/go-keyring"

	"packbench/internal/cli"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/ui/kit"
	screen "packbench/ui/settings"
)

// newAtWork is a window on its settings page whose bench is at work on a folder.
func newAtWork(t *testing.T) *Window {
	t.Helper()
	gokeyring.MockInit()
	w := newWindow(t)
	shop, err := sandbox.New(sandbox.Options{Orders: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := cli.ConnectSandbox(w.environment.Dir, shop, "http://127.0.0.1:1"); err != nil { // nobody is asked
		t.Fatal(err)
	}
	if err := settings.Update(w.environment.Dir, func(s *settings.Settings) error {
		s.Printer.URI = "file:" + t.TempDir()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if w.bench, err = cli.OpenBench(w.environment); err != nil {
		t.Fatal(err)
	}
	if w.running, err = w.bench.Start(t.Context(), "", 0, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.running.Stop(t.Context()); err != nil {
			t.Error(err)
		}
		if err := w.bench.Close(); err != nil {
			t.Error(err)
		}
	})
	w.settings, w.inUse, w.printer = w.bench.Settings, w.bench.Settings.Printer, w.bench.Settings.Printer.URI
	w.press("F8")
	work(w)
	return w
}

// A printer that was set up is the bench's from then on.
func TestAPrinterThatWasSetUpCountsAtOnce(t *testing.T) {
	t.Setenv("CUPS_SERVER", "127.0.0.1:1") // no queues
	w := newAtWork(t)
	w.press(screen.SetUpKey)
	work(w)
	profile := settings.Printer{URI: "file:" + t.TempDir(), Lang: "tspl", DPI: 300}
	w.setup.state = setup.State{Step: setup.Done, Profile: profile}
	setupHands{w}.Next()
	work(w)
	if got := w.form.saving; got.Tone != kit.Calm || got.Said.Key != "set.saved.now" || w.printer != profile.URI || w.inUse.Lang != "tspl" {
		t.Errorf("said %+v, the bench prints on %s", got, w.printer)
	}
	if err := w.running.UsePrinter(profile); err != nil { // nothing hangs on the printer before
		t.Error(err)
	}
}

// So is one whose address was entered on the settings page. Where it could not be used when it was stored, saving once more tries again.
func TestAPrinterThatWasEnteredCountsAtOnce(t *testing.T) {
	w := newAtWork(t)
	login, bench := w.entries()
	bench.PrinterURI = "file:" + t.TempDir()
	w.form.Fill(login, bench)
	w.press(screen.SaveKey)
	work(w)
	if got := w.form.saving; got.Said.Key != "set.saved.now" || w.printer != bench.PrinterURI {
		t.Errorf("said %+v, the bench prints on %s", got, w.printer)
	}
	w.press(screen.SaveKey)
	work(w)
	if got := w.form.saving.Said.Key; got != "set.saved" {
		t.Errorf("nothing was changed, and it said %s", got)
	}
	w.inUse = settings.Printer{URI: "file:before"} // as if a label had been under way
	w.press(screen.SaveKey)
	work(w)
	if got := w.form.saving.Said.Key; got != "set.saved.now" || w.inUse != w.settings.Printer {
		t.Errorf("it said %s, %+v counts", got, w.inUse)
	}
	bench.Packer = "An"
	w.form.Fill(login, bench)
	w.press(screen.SaveKey)
	work(w)
	if got := w.form.saving.Said.Key; got != "set.saved.bench" {
		t.Errorf("of the bench alone it said %s", got)
	}
}
