package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/virtual"
	"packbench/internal/words"
	"packbench/printer"
	"packbench/printer/medium"
	"packbench/printer/zpl"
)

// printed prints a file in a folder of settings and gives the one label that came out, if any.
func printed(t *testing.T, s settings.Settings, v *Print) (label []byte, says string, code int) {
	t.Helper()
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	e := &Environment{Context: t.Context(), Stdout: &stdout, Stderr: &stderr, Dir: t.TempDir(), Tongue: tongue}
	if err := settings.Save(e.Dir, s); err != nil {
		t.Fatal(err)
	}
	code = e.Finish(v.Run(e))
	files, err := filepath.Glob(filepath.Join(strings.TrimPrefix(s.Printer.URI, "file:"), "*."+v.Lang))
	if err != nil || len(files) > 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if len(files) == 1 {
		if label, err = os.ReadFile(files[0]); err != nil {
			t.Fatal(err)
		}
	}
	return label, stderr.String(), code
}

func TestPrintSpeaksEveryLanguage(t *testing.T) {
	document := filepath.Join("..", "label", "testdata", "100x150_cairo.pdf")
	for lang, machine := range map[string]interface {
		Decode([]byte) ([]*page.Page, error)
	}{
		"zpl":    virtual.ZPL{DPI: 300, Medium: page.Label},
		"escpos": virtual.ESCPOS{DPI: 300, Medium: page.Label},
		"tspl":   virtual.TSPL{DPI: 300, Medium: page.Label},
	} {
		s := settings.Default()
		s.Printer.URI = "file:" + t.TempDir()
		label, says, code := printed(t, s, &Print{Files: []string{document}, Lang: lang, DPI: 300, Size: "100x150"})
		if code != ExitDone {
			t.Fatalf("%s: exit code %d, %s", lang, code, says)
		}
		pages, err := machine.Decode(label)
		if w, h := page.Label.Dots(300); err != nil || len(pages) != 1 || pages[0].Width != w || pages[0].Height != h {
			t.Errorf("%s: %d labels, %v", lang, len(pages), err)
		}
	}
}

func TestAForeignZPLLabelNeedsAPrinterThatSpeaksIt(t *testing.T) {
	document := filepath.Join(t.TempDir(), "label.zpl")
	const foreign = "^XA^FO50,50^A0N,30,30^FDhello^FS^XZ"
	if err := os.WriteFile(document, []byte(foreign), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"zpl", "escpos", "tspl"} {
		s := settings.Default()
		s.Printer.URI = "file:" + t.TempDir()
		label, says, code := printed(t, s, &Print{Files: []string{document}, Lang: lang, Size: "100x150"})
		switch {
		case lang == "zpl" && (code != ExitDone || string(label) != foreign):
			t.Errorf("exit code %d, %q, %s", code, label, says)
		case lang != "zpl" && (code != ExitFailed || label != nil || !strings.Contains(says, "[print.other_language") || !strings.Contains(says, lang)):
			t.Errorf("%s: exit code %d, %q, %s", lang, code, label, says)
		}
	}
}

func TestHowToPrintIsOfTheConfiguredPrinterAlone(t *testing.T) {
	configured := settings.Printer{
		URI: "tcp:10.0.0.9:9100", Lang: "zpl", DPI: 203, Darkness: 4, Speed: 6, Tracking: "mark", GapMM: 0, Taking: "peel", RightMM: 1, DownMM: -1,
		HeadDots: 832, Encoding: "z64", Answers: true,
	}
	want := printer.Options{Lang: "zpl", DPI: 203, Medium: page.Label, Setup: printer.Setup{
		Darkness: 4, Speed: 6, Tracking: medium.Mark, Taking: medium.Peel, RightMM: 1, DownMM: -1, HeadDots: 832, Encoding: zpl.Z64, Answers: true,
	}}
	if got := PrinterOptions(configured, configured.URI, page.Label); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	want.Setup = printer.Setup{}
	if got := PrinterOptions(configured, "tcp:10.0.0.10:9100", page.Label); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}

	// Its steps of darkness mean nothing in another language; a setting that means nothing in its own is said.
	s := settings.Default()
	s.Printer.URI, s.Printer.Darkness = "file:"+t.TempDir(), -20
	if _, says, code := printed(t, s, &Print{Files: []string{filepath.Join("..", "label", "testdata", "100x150_cairo.pdf")}, Lang: "tspl", Size: "100x150"}); code != ExitDone {
		t.Errorf("exit code %d, %s", code, says)
	}
	s.Printer.Lang = "tspl"
	if _, says, code := printed(t, s, &Print{Files: []string{"x.pdf"}, Lang: "tspl", Size: "100x150"}); code != ExitFailed || !strings.Contains(says, "darkness = -20") {
		t.Errorf("exit code %d, %s", code, says)
	}
}
