package scannersetup_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/paper"
	"packbench/internal/words"
	"packbench/scanner"
	"packbench/ui/kit"
	"packbench/ui/scannersetup"
	"packbench/ui/seen"
)

// heard notes what the page hands on.
type heard struct{ all []string }

func (h *heard) Listen(digit int) { h.all = append(h.all, strconv.Itoa(digit)) }
func (h *heard) Print()           { h.all = append(h.all, "print") }
func (h *heard) Keep()            { h.all = append(h.all, "keep") }
func (h *heard) Back()            { h.all = append(h.all, "back") }

func newScreen(t *testing.T, language words.Language) (*scannersetup.Screen, *heard) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var codes [scannersetup.Codes]scannersetup.Code
	for i, text := range scanner.TestCodes {
		bars, err := paper.ScannerBars(text)
		if err != nil {
			t.Fatal(err)
		}
		codes[i] = scannersetup.Code{Bars: bars, Text: text}
	}
	h := &heard{}
	s := scannersetup.New(tongue, codes, h)
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1160, 576))
	return s, h
}

func TestWhatIsHandedOn(t *testing.T) {
	s, h := newScreen(t, words.English)
	if s.Key("F10") || s.Key("1") || s.Key("F1") {
		t.Error("a key does something where there is nothing to do")
	}
	s.Render(scannersetup.Model{Keep: true, Scanners: []scannersetup.Scanner{{Name: "left"}, {Name: "new one", Digit: 1, State: scannersetup.Line{Said: order.Say("scannersetup.found")}}}})
	for _, key := range []string{"F9", "F10", "F11", "1"} {
		if !s.Key(key) {
			t.Errorf("%s does nothing", key)
		}
	}
	for _, word := range []string{"Back", "Keep it", "Print", "new one"} {
		if !seen.Press(s.Object(), word) {
			t.Errorf("%q cannot be pressed", word)
		}
	}
	if want := []string{"back", "keep", "print", "1", "back", "keep", "print", "1"}; !slices.Equal(h.all, want) {
		t.Errorf("handed on %q, want %q", h.all, want)
	}
	for _, size := range seen.Targets(s.Object()) {
		if size.Height < 48 || size.Width < 48 {
			t.Errorf("a target of %v", size)
		}
	}
}

// Everything that can be said at once fits in both languages.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		said := order.Say("scanners.found.qwertz")
		m := scannersetup.Model{Device: strings.Repeat("Honeywell ", 5), Keep: true, Done: scannersetup.Line{Tone: kit.Bad, Said: order.Say("scannersetup.keep.no_enter")}}
		for range scannersetup.Codes {
			m.Scans = append(m.Scans, scannersetup.Scan{GapMS: 123.45, Ending: "CR LF", Verdict: scannersetup.Line{Tone: kit.Bad, Said: order.Say("scannersetup.short.full_width")}})
		}
		for range scannersetup.MostVerdict + 2 {
			m.Verdict = append(m.Verdict, scannersetup.Line{Tone: kit.Bad, Said: said})
		}
		for i := range scannersetup.MostScanners + 2 {
			m.Scanners = append(m.Scanners, scannersetup.Scanner{Name: strings.Repeat("scanner ", 9), Digit: i + 1, State: scannersetup.Line{Tone: kit.Told, Said: said}})
		}
		s.Render(m)
		for _, word := range seen.Words(s.Object()) {
			if far := word.At.Add(word.Size); word.At.X < 0 || word.At.Y < 0 || far.X > 1160 || far.Y > 576 {
				t.Errorf("%s: %q reaches from %v to %v", language, word.Text, word.At, far)
			}
		}
	}
}

// The bars on the screen are those a reader reads: every module is the same number of whole pixels wide.
func TestTheBarsAreOfWholePixels(t *testing.T) {
	modules, err := paper.ScannerBars(scanner.TestCodes[0])
	if err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t)
	raster := test.WidgetRenderer(kit.NewBars(modules)).Objects()[0].(*canvas.Raster)
	const times = 2
	wide := times*len(modules) + 7
	picture := raster.Generator(wide, 5)
	left := (wide - times*len(modules)) / 2
	for x := range wide {
		black := x >= left && x < left+times*len(modules) && modules[(x-left)/times]
		if r, _, _, _ := picture.At(x, 3).RGBA(); (r == 0) != black {
			t.Fatalf("pixel %d is %v", x, r)
		}
	}
	if r, _, _, _ := raster.Generator(len(modules)-1, 5).At(20, 2).RGBA(); r == 0 {
		t.Error("a code that is cut off is drawn")
	}
}
