package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/internal/virtual"
	"packbench/internal/words"
)

// sheetBench is a bench without a shop whose printer is a folder.
type sheetBench struct {
	t              *testing.T
	dir, labels    string
	stdout, stderr bytes.Buffer
}

func newSheetBench(t *testing.T, p settings.Printer) *sheetBench {
	t.Helper()
	b := &sheetBench{t: t, dir: t.TempDir(), labels: t.TempDir()}
	p.URI = "file:" + b.labels
	s := settings.Default()
	s.Printer = p
	if err := settings.Save(b.dir, s); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *sheetBench) environment(language words.Language) *Environment {
	b.t.Helper()
	tongue, err := words.In(language)
	if err != nil {
		b.t.Fatal(err)
	}
	return &Environment{Context: b.t.Context(), Stdin: strings.NewReader(""), Stdout: &b.stdout, Stderr: &b.stderr, Dir: b.dir, Now: time.Now, Tongue: tongue}
}

func (b *sheetBench) print(language words.Language, v *Print) (line sheetLine, code int) {
	b.t.Helper()
	b.stdout.Reset()
	b.stderr.Reset()
	if v.Size == "" {
		v.Size = "100x150"
	}
	if err := v.Validate(); err != nil {
		b.t.Fatal(err)
	}
	e := b.environment(language)
	if code = e.Finish(v.Run(e)); code != ExitDone {
		return line, code
	}
	lines := read[sheetLine](b.t, b.stdout.String())
	if len(lines) != 1 {
		b.t.Fatalf("said %q", b.stdout.String())
	}
	return lines[0], code
}

// machines draw what the labels in a folder are, by the names of their files.
func machines(dpi int) map[string]interface {
	Decode([]byte) ([]*page.Page, error)
} {
	return map[string]interface {
		Decode([]byte) ([]*page.Page, error)
	}{
		".zpl":    virtual.ZPL{DPI: dpi, Medium: page.Label},
		".escpos": virtual.ESCPOS{DPI: dpi, Medium: page.Label},
		".tspl":   virtual.TSPL{DPI: dpi, Medium: page.Label},
	}
}

// last is the label that came out last; nil where none has.
func (b *sheetBench) last(dpi int) *page.Page {
	b.t.Helper()
	files, err := os.ReadDir(b.labels)
	if err != nil {
		b.t.Fatal(err)
	}
	if len(files) == 0 {
		return nil
	}
	name := slices.MaxFunc(files, func(x, y os.DirEntry) int { return strings.Compare(x.Name(), y.Name()) }).Name() // numbered
	stream, err := os.ReadFile(filepath.Join(b.labels, name))
	if err != nil {
		b.t.Fatal(err)
	}
	pages, err := machines(dpi)[filepath.Ext(name)].Decode(stream)
	if err != nil || len(pages) != 1 {
		b.t.Fatalf("%s: %d labels, %v", name, len(pages), err)
	}
	return pages[0]
}

func TestATestPageReadsItsTokenInEveryLanguage(t *testing.T) {
	for _, tongue := range words.Languages {
		for _, lang := range []string{"zpl", "escpos", "tspl"} {
			for _, dpi := range []int{203, 300} {
				if tongue == words.Chinese && lang != "zpl" {
					continue
				}
				b := newSheetBench(t, settings.Printer{Lang: lang, DPI: dpi})
				line, code := b.print(tongue, &Print{Test: true})
				if code != ExitDone || line.State != order.Sent || line.Sheet != setup.TestPage || line.Token == "" {
					t.Fatalf("%s at %d dpi: %+v, exit code %d, %s", lang, dpi, line, code, b.stderr.String())
				}
				codes := label.Codes(b.last(dpi))
				if !slices.Contains(codes, label.Code{Text: line.Token, Format: label.QR}) || !slices.Contains(codes, label.Code{Text: line.Token, Format: label.Code128}) {
					t.Errorf("%s at %d dpi: %v on the label, want %s", lang, dpi, codes, line.Token)
				}
				for scan, want := range map[string]int{"]C0" + line.Token + "\r": ExitDone, "PB00000000": ExitFailed} {
					seen, code := b.print(tongue, &Print{Test: true, Token: line.Token, Scanned: scan})
					if code != want || code == ExitDone && seen != (sheetLine{setup.TestPage, order.Seen, line.Token}) {
						t.Errorf("a scan of %q: %+v, exit code %d", scan, seen, code)
					}
				}
				if again, code := b.print(tongue, &Print{Test: true, Token: line.Token}); code != ExitDone || again != line {
					t.Errorf("printed again: %+v, exit code %d", again, code)
				}
			}
		}
	}
}

func TestASheetSaysWhatToDoWithIt(t *testing.T) {
	for _, tongue := range words.Languages {
		b := newSheetBench(t, settings.Printer{Lang: "zpl", DPI: 203})
		line, _ := b.print(tongue, &Print{Test: true})
		if said := b.stderr.String(); !strings.Contains(said, "packbench print --test --token "+line.Token+" --scanned ") {
			t.Errorf("%s, of a test page: %q", tongue, said)
		}
		b.print(tongue, &Print{Calibrate: true})
		for _, setting := range []string{"[printer]", "right_mm", "down_mm", "head_dots"} {
			if said := b.stderr.String(); !strings.Contains(said, setting) {
				t.Errorf("%s, of a calibrating page: %q", tongue, said)
			}
		}
	}
}

func TestASheetGoesOutAtAHeadTooNarrowForLabels(t *testing.T) {
	b := newSheetBench(t, settings.Printer{Lang: "tspl", DPI: 203, HeadDots: 576, Darkness: 9})
	for _, v := range []*Print{{Calibrate: true}, {Test: true}} {
		line, code := b.print(words.English, v)
		if code != ExitDone || line.State != order.Sent {
			t.Errorf("%+v: exit code %d, %s", line, code, b.stderr.String())
		}
	}
	if p := b.last(203); p.Width != 800 || p.Height != 1200 {
		t.Errorf("a sheet of %d × %d dots", p.Width, p.Height)
	}
	if _, code := b.print(words.English, &Print{Files: []string{"label.pdf"}}); code != ExitFailed || !strings.Contains(b.stderr.String(), "[printer.too_wide") {
		t.Errorf("a label: exit code %d, %s", code, b.stderr.String())
	}
	if _, code := b.print(words.English, &Print{Test: true, Size: "30x20"}); code != ExitFailed || !strings.Contains(b.stderr.String(), "[paper.too_small") {
		t.Errorf("a small label: exit code %d, %s", code, b.stderr.String())
	}
}

func TestWhatPrintIsToPrintMustBeSaid(t *testing.T) {
	for _, v := range []Print{
		{}, {Files: []string{"x"}, Test: true}, {Files: []string{"x"}, Calibrate: true}, {Test: true, Calibrate: true},
		{Files: []string{"x"}, Token: "PB1"}, {Calibrate: true, Token: "PB1"}, {Test: true, Scanned: "PB1"}, {Scanned: "PB1"},
	} {
		if v.Validate() == nil {
			t.Errorf("%+v was taken", v)
		}
	}
	for _, v := range []Print{{Files: []string{"x"}}, {Test: true}, {Calibrate: true}, {Test: true, Token: "PB1"}, {Test: true, Token: "PB1", Scanned: "PB1"}} {
		if err := v.Validate(); err != nil {
			t.Errorf("%+v: %v", v, err)
		}
	}
}
