package goods_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/goods"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

// heard notes what the page hands on.
type heard struct{ all []string }

func (h *heard) Choose(digit int)   { h.all = append(h.all, strconv.Itoa(digit)) }
func (h *heard) Search(text string) { h.all = append(h.all, "search "+text) }
func (h *heard) Back()              { h.all = append(h.all, "back") }
func (h *heard) Save(cells map[string]string) {
	h.all = append(h.all, fmt.Sprintf("save %d %s", len(cells), cells["bin"]))
}

func newScreen(t *testing.T, language words.Language) (*goods.Screen, *heard) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	h := &heard{}
	s := goods.New(tongue, h)
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1160, 576))
	return s, h
}

func TestWhatIsHandedOn(t *testing.T) {
	s, h := newScreen(t, words.English)
	s.Render(goods.Model{Articles: []goods.Article{{SKU: "TEE", Name: "a tee"}, {SKU: "CUP", Name: "a cup"}}, Found: 2, Of: 2})
	if s.Key("3") || s.Key("9") || s.Key("F10") || s.Key("x") {
		t.Error("a key does something where there is nothing to do")
	}
	s.Key("2")
	if !seen.Press(s.Object(), "a tee") {
		t.Error("an article cannot be pressed")
	}
	s.Look("unheard")
	s.Render(goods.Model{More: true, Articles: []goods.Article{{SKU: "TEE"}}, Found: 7, Of: 9})
	if s.Digits() != 9 || s.Key("2") {
		t.Error("a digit without an article does something")
	}
	s.Key("9")
	seen.Press(s.Object(), "More")
	s.Render(goods.Model{View: goods.One, Article: goods.Article{SKU: "TEE"}})
	if s.Digits() != 0 {
		t.Error("digits lead away from what is being entered")
	}
	cells := map[string]string{"bin": "B-7"}
	s.Fill(cells)
	if got := slices.Sorted(maps.Keys(s.Cells())); !slices.Equal(got, slices.DeleteFunc(slices.Sorted(slices.Values(order.Columns())), func(c string) bool { return c == "seller_sku" })) {
		t.Errorf("the fields are %v", got)
	}
	seen.Press(s.Object(), "Save")
	s.Key("F9")
	if want := []string{"2", "1", "9", "9", "save 13 B-7", "back"}; !slices.Equal(h.all, want) {
		t.Errorf("handed on %q, want %q", h.all, want)
	}
}

// Everything that can be said at once fits in both languages, and can be pressed by a finger.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		article := goods.Article{SKU: strings.Repeat("TEE-", 20), Name: strings.Repeat("very ", 40), Variant: strings.Repeat("long ", 40), Bin: strings.Repeat("A", 40), Barcodes: strings.Repeat("6941057733007 ", 9), Stock: 1_000_000}
		m := goods.Model{Article: article, More: true, Found: 100_000, Of: 100_000, Report: goods.Report{Tone: kit.Bad, Said: order.Say("learn.names_else")}}
		for range goods.MostArticles + 3 {
			m.Articles = append(m.Articles, article)
		}
		for _, m.View = range []goods.View{goods.List, goods.One} {
			s.Render(m)
			for _, word := range seen.Words(s.Object()) {
				if far := word.At.Add(word.Size); word.At.X < 0 || word.At.Y < 0 || far.X > 1160 || far.Y > 576 {
					t.Errorf("%s, view %d: %q reaches from %v to %v", language, m.View, word.Text, word.At, far)
				}
			}
			for _, size := range seen.Targets(s.Object()) {
				if size.Width < 48 || size.Height < 48 {
					t.Errorf("%s, view %d: a target of %v", language, m.View, size)
				}
			}
		}
	}
}
