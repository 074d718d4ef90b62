package wall_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/assets"
	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/kit"
	"packbench/ui/seen"
	"packbench/ui/wall"
)

// newScreen makes a page of a size in a window and hands over the keys that are pressed on it.
func newScreen(t *testing.T, language words.Language, size fyne.Size) (*wall.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	screen := wall.New(tongue, func(key string) { keys = append(keys, key) })
	window := test.NewTempWindow(t, screen.Object())
	window.SetPadded(false)
	window.Resize(size)
	return screen, &keys
}

// pageSize is what the frame leaves of a window of 1280 × 720.
var pageSize = fyne.NewSize(1160, 576)

// slots is a wall whose slots lack a piece each; the one given is lit.
func slots(rows, columns, lit int) (places []wall.Place) {
	for n := range rows * columns {
		places = append(places, wall.Place{Name: strconv.Itoa(n + 1), Row: n/columns + 1, Column: n%columns + 1, State: wall.Lacking, Of: 1, Lit: n+1 == lit})
	}
	return places
}

// word is where a word stands; false where it is not to be seen.
func word(screen *wall.Screen, text string) (seen.Word, bool) {
	all := seen.Words(screen.Object())
	at := slices.IndexFunc(all, func(w seen.Word) bool { return w.Text == text })
	if at < 0 {
		return seen.Word{}, false
	}
	return all[at], true
}

// Every slot of a wall of 8 × 12 can be read, stands where it hangs, and is 18 high at least.
func TestALargeWallCanBeRead(t *testing.T) {
	for _, c := range []struct{ rows, columns int }{{4, 6}, {8, 12}, {1, 12}, {8, 1}} {
		screen, _ := newScreen(t, words.English, pageSize)
		screen.Render(wall.Model{View: wall.Sort, Wall: "A", Places: slots(c.rows, c.columns, 0)})
		var before seen.Word
		stand := map[string]seen.Word{}
		for _, w := range seen.Words(screen.Object()) {
			stand[w.Text] = w
		}
		for n := range c.rows * c.columns {
			w, found := stand[strconv.Itoa(n+1)]
			if !found || w.Size.Height < 18 {
				t.Fatalf("%d × %d: slot %d: found %v, %v", c.rows, c.columns, n+1, found, w)
			}
			if n > 0 && n%c.columns != 0 && w.At.X <= before.At.X || n > 0 && n%c.columns == 0 && w.At.Y <= before.At.Y {
				t.Errorf("%d × %d: slot %d stands at %v, the one before at %v", c.rows, c.columns, n+1, w.At, before.At)
			}
			before = w
		}
	}
}

// Of a wall that is larger still, the part around the slot that matters is shown, and said.
func TestAHugeWallShowsWhatMatters(t *testing.T) {
	screen, _ := newScreen(t, words.English, pageSize)
	screen.Render(wall.Model{View: wall.Sort, Wall: "A", Places: slots(20, 20, 399), Hero: wall.Hero{Title: order.Say("wall.put", "slot", "A 399"), Big: "399"}})
	texts := seen.Texts(screen.Object())
	if strings.Count(texts, "399") != 3 || strings.Contains(texts, "\n1\n") || !strings.Contains(texts, "to 20 of rows") {
		t.Errorf("shown: %s", texts)
	}
}

// The number of the slot for the piece in the hand is 160 pt high, which is 216 of Fyne's units.
func TestTheSlotIsHuge(t *testing.T) {
	for _, number := range []string{"7", "17", "400"} {
		screen, _ := newScreen(t, words.Chinese, pageSize)
		screen.Render(wall.Model{View: wall.Sort, Wall: "A", Places: slots(2, 2, 0), Hero: wall.Hero{
			Title: order.Say("wall.put", "slot", "A "+number), Big: number, Note: order.Say("wall.at", "row", 3, "column", 5), Item: wall.Article{SKU: "TEE", Name: "T", Variant: "L"},
		}})
		if w, found := word(screen, number); !found || w.Size.Height < 216 {
			t.Errorf("%s: found %v, %v", number, found, w)
		}
	}
}

// What was scanned in the place of the right slot stands over it; both can be read.
func TestAWrongSlotIsLoud(t *testing.T) {
	screen, _ := newScreen(t, words.English, pageSize)
	screen.Render(wall.Model{View: wall.Sort, Wall: "A", Places: slots(2, 2, 1), Hero: wall.Hero{
		Mood: wall.Refused, Title: order.Say("refused.wrong_slot", "got", "A 12", "sku", "TEE", "want", "A 17"), Big: "17", Got: "12", Item: wall.Article{SKU: "TEE", Name: "T"},
	}})
	got, foundGot := word(screen, "12")
	want, foundWant := word(screen, "17")
	if !foundGot || !foundWant || got.At.Y >= want.At.Y || got.Size.Height < 64 || want.Size.Height < 96 {
		t.Errorf("%v %v", got, want)
	}
}

func TestStatesAreWords(t *testing.T) {
	screen, _ := newScreen(t, words.English, pageSize)
	m := wall.Model{View: wall.Sort, Wall: "A", Places: slots(2, 4, 0)}
	for i, state := range []wall.State{wall.Empty, wall.Complete, wall.Complete, wall.Packing, wall.Waiting, wall.Stopped, wall.Foreign} {
		m.Places[i].State = state
	}
	m.Places[2].Next, m.Places[5].Why = 1, order.Say("wall.stopped.cancelled")
	for _, size := range []fyne.Size{pageSize, fyne.NewSize(700, 300)} { // small places have a legend
		screen, _ = newScreen(t, words.English, size)
		screen.Render(m)
		for _, want := range []string{"Empty", "All in", "Next", "Packing", "Parked", "In use"} {
			if _, found := word(screen, want); !found {
				t.Errorf("%v: nothing says %q in %s", size, want, seen.Texts(screen.Object()))
			}
		}
	}
	for _, m := range []wall.Model{{View: wall.None}, {View: wall.Asked, Question: ask.Question{Title: order.Say("question.why_short")}}} {
		if screen.Render(m); strings.Contains(seen.Texts(screen.Object()), "All in") {
			t.Errorf("view %d shows slots", m.View)
		}
	}
}

func TestTotesAndLanesSayWhatDoesNotFit(t *testing.T) {
	screen, _ := newScreen(t, words.English, pageSize)
	m := wall.Model{View: wall.Sort}
	for n := range 90 {
		m.Places = append(m.Places, wall.Place{Name: fmt.Sprintf("TOTE-2026-%03d", n), State: wall.Lacking, Of: 2})
	}
	screen.Render(m)
	texts := seen.Texts(screen.Object())
	left, _, _ := strings.Cut(texts[strings.Index(texts, "and ")+len("and "):], " ")
	if n, err := strconv.Atoi(left); err != nil || n != 90-strings.Count(texts, "-2026-") || n < 1 {
		t.Errorf("%q more than %d of 90", left, strings.Count(texts, "-2026-"))
	}
	if !strings.Contains(texts, "-000\n") {
		t.Errorf("the end of a code is cut: %s", texts)
	}
	m = wall.Model{View: wall.Lane}
	for n := range 9 {
		m.Left = append(m.Left, wall.Article{SKU: fmt.Sprint("SKU-", n), Of: n + 1})
	}
	screen.Render(m)
	if texts = seen.Texts(screen.Object()); !strings.Contains(texts, "SKU-0") || !strings.Contains(texts, "more article") {
		t.Errorf("shown: %s", texts)
	}
}

func TestActsArePressed(t *testing.T) {
	screen, keys := newScreen(t, words.English, pageSize)
	screen.Render(wall.Model{View: wall.Walk, Take: wall.Article{SKU: "TEE", Of: 2}, Acts: []ask.Act{{Key: "F9", Word: order.Say("wall.act.short")}, {Key: "F11", Word: order.Say("wall.act.leave_bin")}}})
	if !seen.Press(screen.Object(), "Stop picking") || !slices.Equal(*keys, []string{"F11"}) {
		t.Errorf("pressed %q", *keys)
	}
}

// TestEveryKeyIsSpoken compares the sentences of the page with their translations, both ways.
func TestEveryKeyIsSpoken(t *testing.T) {
	data, err := assets.Translations.ReadFile("translations/wall.en.json")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]any{}
	if err := json.Unmarshal(data, &known); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, sources := range []string{"*.go", "../pack/*.go", "../../internal/window/*.go"} {
		files, err := filepath.Glob(sources)
		if err != nil || len(files) == 0 {
			t.Fatal("no source of", sources, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range regexp.MustCompile(`"(wall\.[a-z_.]+)"`).FindAllStringSubmatch(string(source), -1) {
				used[match[1]] = true
				if known[match[1]] == nil {
					t.Errorf("%s says %s, which has no translation", file, match[1])
				}
			}
		}
	}
	source, err := os.ReadFile("../../internal/packing/sort.go")
	if err != nil {
		t.Fatal(err)
	}
	for key := range known {
		outcome, isWord := strings.CutPrefix(key, "word.")
		if isWord && !strings.Contains(string(source), strconv.Quote(outcome)) || !isWord && !used[key] {
			t.Errorf("%s is translated and never said", key)
		}
	}
}
