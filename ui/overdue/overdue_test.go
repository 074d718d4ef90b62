package overdue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/kit"
	"packbench/ui/overdue"
	"packbench/ui/seen"
)

var now = time.Date(2026, 11, 20, 14, 48, 6, 0, time.UTC)

// room is what the frame leaves a page in the smallest window, under a band.
var room = fyne.NewSize(1160, 544)

func newScreen(t *testing.T, language words.Language) (*overdue.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var heard []string
	numbered := func(word string) func(int) { return func(n int) { heard = append(heard, fmt.Sprint(word, " ", n)) } }
	s := overdue.New(tongue, overdue.Hands{Press: func(key string) { heard = append(heard, key) }, Open: numbered("open"), Act: numbered("act"), Cancel: numbered("cancel")})
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(room)
	return s, &heard
}

// full is everything at once, and long.
func full() overdue.Model {
	said := func(word string) order.Said { return order.Said{Key: strings.Repeat(word+" ", 8)} }
	m := overdue.Model{
		Now: now, AsOf: now.Add(-400 * time.Hour), Stale: true, Numbers: overdue.Numbers{Overdue: 15000, Due: 123456, CutOff: now.Add(30 * time.Hour), Miss: 15000, MissKnown: true, Owed: 15000},
		Curve: overdue.Curve{From: now.Add(-9 * time.Hour), To: now.Add(30 * time.Hour), Paces: []overdue.Pace{{At: now, Hour: 99999}}, Pace: 99999, Needed: 99999, Done: 1000000},
		Count: 15000, First: 14000, Chosen: 2, CancelsMore: 15000, More: true,
		Parcel: overdue.Parcel{Number: strings.Repeat("7", 19), Carrier: strings.Repeat("Ninja Van ", 9), Cause: said("cause"), Acts: []ask.Act{{Key: "F9", Word: said("act")}, {Key: "F11", Word: said("act")}}},
	}
	row := overdue.Row{Order: strings.Repeat("8", 19), Orders: 12, Market: "MY", Clock: said("clock"), Due: now.Add(-9999 * time.Hour), Known: said("known"), Owner: said("owner").Key, Act: said("act")}
	m.Parcel.Row = row
	for i := range 9 {
		m.Groups = append(m.Groups, overdue.Group{Cause: order.Say("overdue.none.fits"), Count: 15000, Rows: []overdue.Row{row, row}})
		m.Cancels = append(m.Cancels, overdue.Cancel{Order: row.Order, Due: now.Add(999 * time.Hour)})
		m.Chips = append(m.Chips, filter.Chip{Word: said("chip").Key, Count: 15000, On: i%2 == 0})
		m.Parcel.Clocks = append(m.Parcel.Clocks, overdue.Clock{Name: said("name"), State: overdue.State(i % 4), Due: now.Add(-9999 * time.Hour), Done: now, Source: order.Say("overdue.none.next", "time", "16:00"), Consequence: order.Say("overdue.none.fits")})
	}
	return m
}

// Everything that can be said at once stays within the page, in both languages, and can be pressed by a finger.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		m := full()
		for _, m.IsOpen = range []bool{false, true} {
			for _, m.Report = range []overdue.Report{{}, {Tone: kit.Bad, Said: order.Say("store.full")}} {
				s.Render(m)
				s.Render(m) // once the room is known
				all := seen.Words(s.Object())
				if len(all) < 30 {
					t.Errorf("%s, open %v: only %d words", language, m.IsOpen, len(all))
				}
				for _, word := range all {
					if far := word.At.Add(word.Size); word.At.X < 0 || word.At.Y < 0 || far.X > room.Width || far.Y > room.Height {
						t.Errorf("%s, open %v: %q reaches from %v to %v", language, m.IsOpen, word.Text, word.At, far)
					}
				}
				for _, size := range seen.Targets(s.Object()) {
					if size.Width < 48 || size.Height < 48 {
						t.Errorf("%s, open %v: a target of %v", language, m.IsOpen, size)
					}
				}
			}
		}
	}
}

func TestWhatIsHandedOn(t *testing.T) {
	s, heard := newScreen(t, words.English)
	m := full()
	m.Chips[1] = filter.Chip{Word: "Malaysia", Count: 4}
	m.Groups[0].Rows[1].Order, m.Groups[0].Rows[1].Orders, m.Groups[0].Rows[1].Act = "123456", 1, order.Said{Key: "Hand over"}
	m.Cancels[1].Order = "654321"
	s.Render(m)
	s.Render(m)
	for _, word := range []string{"Malaysia", "More", "Print", "xlsx", "123 456", "Hand over", "654 321"} {
		if !seen.Press(s.Object(), word) {
			t.Errorf("%q cannot be pressed in\n%s", word, seen.Texts(s.Object()))
		}
	}
	m.IsOpen = true
	m.Parcel.Act, m.Parcel.Acts[0].Word = order.Said{Key: "Hand it over"}, order.Said{Key: "The order"}
	s.Render(m)
	s.Render(m)
	for _, word := range []string{"Hand it over", "The order", "Back"} {
		if !seen.Press(s.Object(), word) {
			t.Errorf("%q cannot be pressed in\n%s", word, seen.Texts(s.Object()))
		}
	}
	if want := []string{"2", "9", "F9", "F11", "open 1", "act 1", "cancel 1", "F10", "F9", "Esc"}; !slices.Equal(*heard, want) {
		t.Errorf("handed on %q, want %q", *heard, want)
	}
	if rows, clocks := s.Room(), s.ClockRoom(); rows < 4 || clocks < 4 {
		t.Errorf("room for %d rows and %d clocks", rows, clocks)
	}
}

// What is not known is not shown as nought, and what is old says so.
func TestWhatIsNotKnown(t *testing.T) {
	s, _ := newScreen(t, words.English)
	for name, c := range map[string]struct {
		m         overdue.Model
		has, lack string
	}{
		"not read yet":    {overdue.Model{Now: now}, "The list is being read", "Nothing is late"},
		"nothing late":    {overdue.Model{Now: now, AsOf: now, NextDue: now.Add(time.Hour)}, "Nothing is late\nThe next clock runs out at 15:48.", "being read"},
		"nothing chosen":  {overdue.Model{Now: now, AsOf: now, Numbers: overdue.Numbers{Overdue: 3}}, "Nothing fits", "Nothing is late"},
		"no pace":         {overdue.Model{Now: now, AsOf: now, Numbers: overdue.Numbers{Miss: 7}}, "packed yet", "7"},
		"a pace too thin": {overdue.Model{Now: now, AsOf: now, Curve: overdue.Curve{From: now.Add(-time.Hour), To: now.Add(time.Hour), Pace: 52, Needed: 6, Done: 3}}, "52 an hour: too few yet", "6 needed"},
		"fresh":           {overdue.Model{Now: now, AsOf: now.Add(-4 * time.Second)}, "As of 14:48:02, 4 s ago", "not read again"},
		"old":             {overdue.Model{Now: now, AsOf: now.Add(-11 * time.Minute), Stale: true}, "Of 14:37:06, 11 min ago: not read again since", "As of"},
	} {
		c.m.Chosen = -1
		s.Render(c.m)
		shown := seen.Texts(s.Object())
		if !strings.Contains(shown, c.has) || strings.Contains(shown, c.lack) {
			t.Errorf("%s: shown\n%s\nwant %q and not %q", name, shown, c.has, c.lack)
		}
	}
}

// A parcel with more clocks than have room says by which keys the others come.
func TestAParcelTellsHowToScroll(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		m := full()
		m.IsOpen, m.Parcel.Acts, m.Parcel.Act = true, nil, order.Said{}
		s.Render(m)
		s.Render(m)
		if said := seen.Texts(s.Object()); !strings.Contains(said, "↑ ↓") {
			t.Errorf("%s: no arrows in\n%s", language, said)
		}
		m.Parcel.Clocks = m.Parcel.Clocks[:2]
		s.Render(m)
		if said := seen.Texts(s.Object()); strings.Contains(said, "↑ ↓") {
			t.Errorf("%s: arrows where all is shown:\n%s", language, said)
		}
	}
}
