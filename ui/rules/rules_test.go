package rules_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/rules"
	"packbench/ui/seen"
)

// heard notes what the page hands on.
type heard struct{ all []string }

func (h *heard) Turn(to rules.Tab) { h.all = append(h.all, "tab "+strconv.Itoa(int(to))) }
func (h *heard) Choose(digit int)  { h.all = append(h.all, strconv.Itoa(digit)) }
func (h *heard) Next(values []string) {
	h.all = append(h.all, "next "+strings.TrimSpace(strings.Join(values, " ")))
}
func (h *heard) Back() { h.all = append(h.all, "back") }

func newScreen(t *testing.T) (*rules.Screen, *heard) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	h := &heard{}
	s := rules.New(tongue, h)
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1160, 576))
	return s, h
}

func TestWhatIsHandedOn(t *testing.T) {
	s, h := newScreen(t)
	s.Render(rules.Model{Rows: []rules.Row{{Name: "arrange shipment"}, {Name: "carrier collects"}}})
	for _, key := range []string{"3", "7", "8", "9", "F10", "x", "0"} {
		if s.Key(key) {
			t.Errorf("%s does something where there is nothing to do", key)
		}
	}
	s.Key("2")
	if !seen.Press(s.Object(), "arrange shipment") || !seen.Press(s.Object(), "Holidays") {
		t.Error("a row or a tab cannot be pressed")
	}
	s.Key(rules.TabKey)
	s.Render(rules.Model{Tab: rules.Holidays, More: true, Rows: []rules.Row{{Name: "Labor Day"}}, Sides: [2]order.Said{order.Say("rulespage.market_is", "market", "MY"), order.Say("rulespage.year_is", "year", 2026)},
		Next: order.Say("rulespage.new_holiday")})
	for _, key := range []string{"7", "8", "9", rules.TabKey, rules.NextKey} {
		s.Key(key)
	}
	s.Fill([]string{"ready", "3 d"})
	s.Render(rules.Model{Tab: rules.Extensions, Form: true, Acts: []order.Said{order.Say("rulespage.drop")}, Fields: make([]rules.Field, 8), Next: order.Say("set.save")})
	for _, key := range []string{"1", "2", "9", rules.NextKey, rules.BackKey} {
		s.Key(key)
	}
	want := []string{"2", "1", "tab 3", "tab 1", "7", "8", "9", "tab 0", "next", "1", "next ready 3 d", "back"}
	for i := range h.all {
		h.all[i] = strings.TrimSpace(h.all[i])
	}
	if !slices.Equal(h.all, want) {
		t.Errorf("heard %q, not %q", h.all, want)
	}
}

func TestWhatStandsOnThePage(t *testing.T) {
	s, _ := newScreen(t)
	s.Render(rules.Model{Rows: []rules.Row{{Name: "arrange shipment", Under: "ID MY", Cells: [4]string{"72 h", "counts as late", "S0", "from 2024-01-01"}}},
		Report: rules.Report{Tone: kit.Bad, Said: order.Say("rules.why.hour", "value", "noon")}})
	text := seen.Texts(s.Object())
	for _, want := range []string{"Clocks", "Within", "If missed", "Source", "Valid", "arrange shipment", "ID MY", "72 h", "counts as late", "S0", "from 2024-01-01", "noon is no hour"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page:\n%s", want, text)
		}
	}
	s.Render(rules.Model{Form: true, Title: order.Say("rulespage.near"), Fields: []rules.Field{{Word: order.Say("rulespage.percent")}}, Next: order.Say("rulespage.try")})
	text = seen.Texts(s.Object())
	if !strings.Contains(text, "Per cent of the limit") || !strings.Contains(text, "See what it moves") || strings.Contains(text, "arrange shipment") {
		t.Errorf("the form shows\n%s", text)
	}
}

// Notes below a list, a band over the page: no words stand on others, and a row that has no room has no digit.
func TestNotesHaveRoomOfTheirOwn(t *testing.T) {
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		newScreen(t)
		s := rules.New(tongue, &heard{})
		for _, high := range []float32{544, 576} {
			window := test.NewTempWindow(t, s.Object())
			window.SetPadded(false)
			window.Resize(fyne.NewSize(1160, high))
			for _, notes := range [][]order.Said{nil, {order.Say("rules.expected_holidays", "market", "MY", "year", 2027), order.Say("rules.no_holidays", "market", "VN", "year", 2027)}} {
				m := rules.Model{Tab: rules.Holidays, Notes: notes}
				for range rules.MostRows {
					m.Rows = append(m.Rows, rules.Row{Name: "Labor Day", Under: "gov", Cells: [4]string{"2027-05-01", "Sat"}})
				}
				s.Render(m)
				if room := s.Room(); room < 4 || s.Digits() != room {
					t.Errorf("%s, %v high: room for %d rows, %d digits", language, high, room, s.Digits())
				}
				standApart(t, s.Object())
			}
		}
	}
}

// standApart complains of words that stand on others.
func standApart(t *testing.T, o fyne.CanvasObject) {
	t.Helper()
	all := seen.Words(o)
	for i, a := range all {
		for _, b := range all[:i] {
			const touch = 4 // letters have some air of their own
			over := min(a.At.Y+a.Size.Height, b.At.Y+b.Size.Height)-max(a.At.Y, b.At.Y) > touch
			if over && min(a.At.X+a.Size.Width, b.At.X+b.Size.Width)-max(a.At.X, b.At.X) > touch {
				t.Errorf("%q at %v stands on %q at %v", a.Text, a.At, b.Text, b.At)
			}
		}
	}
}
