package demoprinter_test

import (
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/words"
	"packbench/ui/demoprinter"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

// hands note what was done to the printer.
type hands struct{ done []string }

func (h *hands) Pull()  { h.done = append(h.done, "pull") }
func (h *hands) Paper() { h.done = append(h.done, "paper") }
func (h *hands) Head()  { h.done = append(h.done, "head") }
func (h *hands) Power() { h.done = append(h.done, "power") }

// paneSize is the least the pane is made for: its height is that of a page of 1280 × 720.
var paneSize = fyne.NewSize(340, 576)

func newPane(t *testing.T, language words.Language) (*demoprinter.Pane, *hands, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	h := &hands{}
	pane := demoprinter.New(tongue, h)
	window := test.NewTempWindow(t, pane.Object())
	window.SetPadded(false)
	window.Resize(paneSize)
	return pane, h, window
}

func TestThePaneSaysHowThePrinterIs(t *testing.T) {
	pane, _, _ := newPane(t, words.English)
	label := kit.NewPhoto(image.NewGray(image.Rect(0, 0, 812, 1218)))
	ready := demoprinter.Model{Paper: true, Closed: true, Power: true, Out: 1, Last: label}
	change := func(f func(*demoprinter.Model)) demoprinter.Model { m := ready; f(&m); return m }
	for _, c := range []struct {
		model demoprinter.Model
		want  string
	}{
		{ready, "Ready"},
		{change(func(m *demoprinter.Model) { m.Half = true }), "It stopped within this label"},
		{change(func(m *demoprinter.Model) { m.Paper = false }), "Out of paper"},
		{change(func(m *demoprinter.Model) { m.Closed, m.Paper = false, false }), "The head is open:"},
		{demoprinter.Model{}, "Switched off:"},
	} {
		pane.Render(c.model)
		if got := seen.Texts(pane.Object()); !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q is not in\n%s", c.model, c.want, got)
		}
	}
	pane.Render(ready)
	if got := seen.Texts(pane.Object()); !strings.Contains(got, "1 label came out") || strings.Contains(got, "No label hangs out") {
		t.Errorf("with a label:\n%s", got)
	}
	ready.Last = nil
	pane.Render(ready)
	if got := seen.Texts(pane.Object()); !strings.Contains(got, "No label hangs out") {
		t.Errorf("without a label:\n%s", got)
	}
}

func TestSwitchesSayWhatTheyWouldDo(t *testing.T) {
	pane, h, window := newPane(t, words.English)
	keys := demoprinter.Keys{Pull: "L", Paper: "P", Head: "H", Power: "O"}
	for _, c := range []struct {
		model demoprinter.Model
		words []string
	}{
		{demoprinter.Model{Paper: true, Closed: true, Power: true, Keys: keys}, []string{"L", "Take the label", "Pull the paper", "Open the head", "Switch off"}},
		{demoprinter.Model{Keys: keys}, []string{"O", "Take the label", "Put a roll in", "Close the head", "Switch on"}},
	} {
		h.done = nil
		pane.Render(c.model)
		for _, word := range c.words {
			if !seen.Press(pane.Object(), word) {
				t.Errorf("%q cannot be pressed in\n%s", word, seen.Texts(pane.Object()))
			}
		}
		want := []string{"pull", "pull", "paper", "head", "power"}
		if c.words[0] == "O" {
			want[0] = "power"
		}
		if !slices.Equal(h.done, want) {
			t.Errorf("the presses did %q, want %q", h.done, want)
		}
	}
	if window.Canvas().Focused() != nil {
		t.Error("a switch took the focus")
	}
}

func TestNothingLeavesThePane(t *testing.T) {
	for _, language := range words.Languages {
		pane, _, _ := newPane(t, language)
		for _, m := range []demoprinter.Model{{}, {Paper: true, Closed: true, Power: true, Half: true, Out: 99999, Keys: demoprinter.Keys{Pull: "L", Paper: "P", Head: "H", Power: "O"}}} {
			pane.Render(m)
			for _, word := range seen.Words(pane.Object()) {
				if word.At.X < 0 || word.At.X+word.Size.Width > paneSize.Width || word.At.Y < 0 || word.At.Y+word.Size.Height > paneSize.Height || strings.HasSuffix(word.Text, "…") {
					t.Errorf("%s: %q stands at %v, %v large", language, word.Text, word.At, word.Size)
				}
			}
			for _, size := range seen.Targets(pane.Object()) {
				if size.Width < 48 || size.Height < 48 {
					t.Errorf("a target of %v", size)
				}
			}
		}
	}
}
