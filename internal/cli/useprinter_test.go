package cli

import (
	"os"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/setup"
)

// labelsIn is how many labels lie in a folder.
func labelsIn(t *testing.T, folder string) int {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

func TestTheBenchPrintsOnAnotherPrinterFromNowOn(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 3, Seed: 1})
	before, after := t.TempDir(), t.TempDir()
	p.with(func(s *settings.Settings) { s.Printer.URI = "file:" + before })
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	running, err := bench.Start(t.Context(), "", 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Stop(t.Context()); err != nil {
			t.Error(err)
		}
		if err := bench.Close(); err != nil {
			t.Error(err)
		}
	})
	fine := settings.Printer{URI: "file:" + after, Lang: "tspl", DPI: 300}
	use := func(s settings.Printer, want string) {
		t.Helper()
		key := ""
		if err := running.UsePrinter(s); err != nil {
			key = order.AsProblem(err).Key
		}
		if key != want {
			t.Fatalf("%+v came to %q, want %q", s, key, want)
		}
	}
	use(settings.Printer{URI: "pigeon:grey", DPI: 203}, "printer.address")
	_, leave, err := bench.printerFor("file:"+before, PrinterOptions(bench.Settings.Printer, "file:"+before, page.Label))
	if err != nil {
		t.Fatal(err)
	}
	use(fine, "printer.in_use") // somebody else prints through it
	if err := leave(); err != nil {
		t.Fatal(err)
	}
	if at := bench.printsOn(); at != "file:"+before {
		t.Errorf("it prints on %s", at)
	}
	use(fine, "")
	if at := bench.printsOn(); at != fine.URI {
		t.Errorf("it prints on %s", at)
	}
	if bench.device.printer.DPI() != 300 || bench.device.printer.Lang() != "tspl" {
		t.Errorf("it speaks %s at %d dpi", bench.device.printer.Lang(), bench.device.printer.DPI())
	}
	if err := bench.Device(p.environment()).Print(t.Context(), fine, setup.TestPage, "PB1"); err != nil {
		t.Error(err)
	}
	if labelsIn(t, before) != 0 || labelsIn(t, after) != 1 {
		t.Errorf("%d labels before, %d after", labelsIn(t, before), labelsIn(t, after))
	}
	running.named = true
	use(fine, "printer.named")
}
