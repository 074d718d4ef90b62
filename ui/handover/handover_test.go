package handover_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/assets"
	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/handover"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

var now = time.Date(2026, 11, 20, 15, 18, 22, 0, time.UTC)

// room is what the frame leaves a page in the smallest window, under the band of a training bench.
var room = fyne.NewSize(1160, 544)

// hands writes down what the page hands on.
type hands struct{ heard []string }

func (h *hands) Press(key string) { h.heard = append(h.heard, key) }
func (h *hands) Choose(n int)     { h.heard = append(h.heard, fmt.Sprint("choose ", n)) }
func (h *hands) Close(n int)      { h.heard = append(h.heard, fmt.Sprint("close ", n)) }
func (h *hands) Open(n int)       { h.heard = append(h.heard, fmt.Sprint("open ", n)) }

func newScreen(t *testing.T, language words.Language) (*handover.Screen, *hands) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	h := &hands{}
	s := handover.New(tongue, h)
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(room)
	return s, h
}

func show(s *handover.Screen, m handover.Model) string {
	s.Render(m)
	s.Render(m) // once the room is known
	return seen.Texts(s.Object())
}

func missing(n int) (all []handover.Parcel) {
	for i := range n {
		all = append(all, handover.Parcel{Code: fmt.Sprintf("JMX7300540%05d", i), Said: order.Said{Key: "Mezzanine east, the bench at the far end of the hall, 14:49"}})
	}
	return all
}

func carriers(n int) (m handover.Model) {
	m = handover.Model{Now: now, Sheet: -1}
	for i := range n {
		m.Columns = append(m.Columns, handover.Column{Carrier: fmt.Sprint("Carrier ", i+1), Note: order.Said{Key: "15:30"}, Scanned: i, Expected: i + 2, Missing: missing(2)})
	}
	return m
}

// full says everything at once.
func full() handover.Model {
	m := carriers(12)
	for i := range m.Columns {
		c := &m.Columns[i]
		c.Where = order.Say("shelfpage.where", "market", "Philippines", "warehouse", "000101")
		c.Carrier, c.Note = strings.Repeat("International Express ", 3), order.Said{Key: strings.Repeat("to the hub at the far end ", 2)}
		c.Scanned, c.Expected, c.Missing, c.ToPack = 12345, 12445, missing(100), 1234
		c.TakeOut = []handover.Parcel{{Code: "JMX730054478206", Said: order.Say("shelfpage.out.cancelled"), OnSheet: true}, {Code: "JMX730054478207", Said: order.Say("shelfpage.out.cancelled")}}
	}
	m.Columns[1].Missing, m.Columns[1].TakeOut, m.Bag, m.InBag = nil, nil, "BAG-2026-0107", 123
	for i := range 12 {
		m.Closed = append(m.Closed, handover.Sheet{Code: fmt.Sprintf("H261120-%02d", i), Carrier: strings.Repeat("International Express ", 5), Parcels: 12345, Missing: 1234, At: now.Add(-48 * time.Hour),
			By: strings.Repeat("a name ", 4), Form: strings.Repeat("9", 34)})
	}
	for range handover.MostFacts {
		m.Carrier.Facts = append(m.Carrier.Facts, handover.Fact{Word: order.Say("shelfpage.card.comes"), Value: strings.Repeat("16:00 every day but Sunday, ", 4)})
	}
	m.Carrier.Name, m.Carrier.Note = strings.Repeat("International Express ", 3), order.Say("shelfpage.card.note")
	m.Form = handover.Form{Title: order.Say("shelfpage.photo.title", "code", "H261120-01", "carrier", strings.Repeat("International Express ", 3)), Text: order.Say("shelfpage.photo.text")}
	m.Acts = []ask.Act{{Key: "Enter", Word: order.Say("shelfpage.act.only")}, {Key: "F9", Word: order.Say("shelfpage.act.card")}, {Key: "F10", Word: order.Say("shelfpage.act.take_off")}, {Key: "F11", Word: order.Say("shelfpage.act.sheets")}}
	return m
}

// Everything that can be said at once stays within the page, in both languages, and can be pressed by a finger.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		m := full()
		for _, m.View = range []handover.View{handover.Shelf, handover.Sheets, handover.Card, handover.Field} {
			for _, m.Report = range []handover.Report{{}, {Tone: kit.Loud, Said: order.Say("shelfpage.short.text", "parcels", "913 277, 912 840, 912 511")}} {
				show(s, m)
				for _, word := range seen.Words(s.Object()) {
					if far := word.At.Add(word.Size); word.At.X < 0 || word.At.Y < 0 || far.X > room.Width || far.Y > room.Height {
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
}

// The head counts carriers, not their columns, and nothing of it is cut.
func TestTheHeadCountsCarriers(t *testing.T) {
	for language, want := range map[words.Language][]string{words.English: {"11 carriers, ", "2 carriers, "}, words.Chinese: {"11 家承运商", "2 家承运商"}} {
		s, _ := newScreen(t, language)
		for i, named := range []func(int) string{func(i int) string { return fmt.Sprint("Carrier ", i%11) }, func(i int) string { return fmt.Sprint("Carrier ", i%2) }} {
			m := carriers(22)
			m.Acts = full().Acts
			for at := range m.Columns {
				m.Columns[at].Carrier, m.Columns[at].Scanned, m.Columns[at].Expected = named(at), 12, 123
			}
			texts := strings.Split(show(s, m), "\n")
			head := slices.IndexFunc(texts, func(text string) bool { return strings.HasPrefix(text, want[i]) })
			if head < 0 || !strings.Contains(texts[head], "264") || !strings.Contains(texts[head], "2706") || strings.Contains(texts[head], "…") {
				t.Errorf("%s: %q is not whole among:\n%s", language, want[i], strings.Join(texts, "\n"))
			}
		}
	}
}

// The chosen carrier is seen, and the one that a scan belongs to before it; the page says that there are more.
func TestEveryCarrierCanBeSeen(t *testing.T) {
	s, _ := newScreen(t, words.English)
	for chosen := range 12 {
		m := carriers(12)
		m.Chosen = chosen
		texts := show(s, m)
		if !strings.Contains(texts, fmt.Sprint("Carrier ", chosen+1)) || !strings.Contains(texts, " of 12") || strings.Count(texts, handover.CloseKey) != 1 {
			t.Errorf("carrier %d is not among:\n%s", chosen+1, texts)
		}
	}
	m := carriers(12)
	m.Columns[10].Lit = true
	if texts := show(s, m); !strings.Contains(texts, "Carrier 11") || strings.Count(texts, "The last one goes here") != 1 {
		t.Errorf("the lit carrier is not among:\n%s", texts)
	}
}

// Missing parcels are seen by name, all of them by and by; one to take out is never pushed away by them.
func TestEveryMissingParcelCanBeSeen(t *testing.T) {
	s, _ := newScreen(t, words.English)
	m := carriers(3)
	m.Chosen, m.Columns[1].Missing, m.Columns[1].TakeOut = 1, missing(100), []handover.Parcel{{Code: "JMX730054478206", Said: order.Say("shelfpage.out.cancelled")}}
	found := map[string]bool{}
	for m.First = 0; m.First < 100; m.First += s.MissingRoom() {
		texts := show(s, m)
		if !strings.Contains(texts, "478 206") || s.MissingRoom() < 1 {
			t.Fatalf("nothing to take out, or no room, in:\n%s", texts)
		}
		for _, p := range m.Columns[1].Missing {
			first, second := kit.LastSix(p.Code)
			found[p.Code] = found[p.Code] || strings.Contains(texts, first+" "+second)
		}
	}
	for _, p := range m.Columns[1].Missing {
		if !found[p.Code] {
			t.Errorf("%s was never seen", p.Code)
		}
	}
}

// The button says what closing comes to; it is the filled main one only where the column is chosen and complete.
func TestWhatTheButtonSays(t *testing.T) {
	s, h := newScreen(t, words.English)
	m := carriers(3)
	m.Chosen = 1
	m.Columns[0] = handover.Column{Carrier: "A", Expected: 2, Missing: missing(2)}
	m.Columns[1] = handover.Column{Carrier: "B", Scanned: 2, Expected: 2, TakeOut: []handover.Parcel{{Code: "JMX730054478206"}}, ToPack: 3}
	m.Columns[2] = handover.Column{Carrier: "C", Scanned: 2, Expected: 2, TakeOut: []handover.Parcel{{Code: "JMX730054478207", OnSheet: true}}}
	texts := show(s, m)
	for _, want := range []string{"Nothing scanned yet", "Hand over, print", "Take it out first", "3 more due today are not packed", "1 to take out"} {
		if !strings.Contains(texts, want) {
			t.Errorf("%q is not among:\n%s", want, texts)
		}
	}
	seen.Press(s.Object(), "C")
	seen.Press(s.Object(), "Hand over, print")
	if want := []string{"choose 2", "close 1"}; !slices.Equal(h.heard, want) {
		t.Errorf("handed on %q, want %q", h.heard, want)
	}
	h.heard, m.Columns[1].Busy = nil, order.Say("shelfpage.closing")
	if show(s, m); seen.Press(s.Object(), "Closing the sheet…") || len(h.heard) > 0 {
		t.Errorf("a sheet that is being closed was closed again: %q", h.heard)
	}
}

func TestSheetsAndFieldsHandOn(t *testing.T) {
	s, h := newScreen(t, words.English)
	m := full()
	m.View, m.Sheet = handover.Sheets, 11
	m.Closed[11].Carrier = "The last carrier"
	show(s, m)
	seen.Press(s.Object(), "The last carrier")
	seen.Press(s.Object(), "Sheets")
	m.View = handover.Field
	show(s, m)
	s.Fill("/photos/signed.jpg")
	if want := []string{"open 11", "F11"}; !slices.Equal(h.heard, want) || s.Typed() != "/photos/signed.jpg" {
		t.Errorf("handed on %q, want %q; typed %q", h.heard, want, s.Typed())
	}
}

func TestNobodyExpectedSaysSo(t *testing.T) {
	s, _ := newScreen(t, words.Chinese)
	if texts := show(s, handover.Model{Chosen: -1, Sheet: -1}); !strings.Contains(texts, "没有等交接的包裹") {
		t.Errorf("shown:\n%s", texts)
	}
	if texts := show(s, handover.Model{View: handover.Sheets, Sheet: -1}); !strings.Contains(texts, "还没有交接过") {
		t.Errorf("shown:\n%s", texts)
	}
}

// TestEveryKeyIsSpoken compares the sentences of the page with their translations, both ways.
func TestEveryKeyIsSpoken(t *testing.T) {
	known := map[words.Language]map[string]any{}
	for _, language := range words.Languages {
		data, err := assets.Translations.ReadFile("translations/shelf." + string(language) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]any{}
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		known[language] = all
	}
	used := map[string]bool{}
	for _, sources := range []string{"*.go", "../../internal/window/*.go", "../shots/handover.go"} {
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
			for _, match := range regexp.MustCompile(`"(shelfpage\.[a-z_.]+)"`).FindAllStringSubmatch(string(source), -1) {
				used[match[1]] = true
				for _, language := range words.Languages {
					if known[language][match[1]] == nil {
						t.Errorf("%s says %s, which has no translation into %s", file, match[1], language)
					}
				}
			}
		}
	}
	for _, all := range known {
		for key := range all {
			if !used[key] {
				t.Errorf("%s is translated and never said", key)
			}
		}
	}
}
