package orders_test

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
	"packbench/ui/orders"
	"packbench/ui/seen"
)

var now = time.Date(2026, 11, 20, 14, 48, 6, 0, time.UTC)

// room is what the frame leaves a page in the smallest window, under the band of a training bench.
var room = fyne.NewSize(1160, 544)

func newScreen(t *testing.T, language words.Language) (*orders.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var heard []string
	s := orders.New(tongue, func(key string) { heard = append(heard, key) }, func(n int) { heard = append(heard, fmt.Sprint("row ", n)) },
		func(text string) { heard = append(heard, "typed "+text) })
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(room)
	return s, &heard
}

func full() orders.Model {
	m := orders.Model{
		Now: now, Count: 100000, Chosen: 3, Filter: filter.Model{More: true}, Acts: []ask.Act{{Key: "F11", Word: order.Say("orders.act.drop")}},
		Order: orders.Order{Number: strings.Repeat("8", 19), Market: "MY", Status: strings.Repeat("AWAITING_", 9), Due: now.Add(-500 * time.Hour), ReadAt: now.Add(-500 * time.Hour)},
	}
	for i := range 30 {
		m.Rows = append(m.Rows, orders.Row{Order: fmt.Sprintf("57921846335028%04d", i), Orders: 12, Market: "MY", State: orders.State{Tone: kit.Bad, Said: order.Say("parcel.state.cancel_requested")},
			Due: now.Add(-500 * time.Hour), Pieces: 12345, Carrier: strings.Repeat("Ninja Van ", 9), Wave: "W261120-103"})
		m.Filter.Chips = append(m.Filter.Chips, filter.Chip{Word: strings.Repeat("to be packed ", 3), Count: 100000, On: i%2 == 0})
		m.Order.Lines = append(m.Order.Lines, orders.Line{Title: strings.Repeat("title ", 40), Text: strings.Repeat("text ", 40), Value: strings.Repeat("9", 30*(i%3)), Tone: kit.Tone(i % 4), SKU: strings.Repeat("S", i%2)})
	}
	return m
}

// Everything that can be said at once stays within the page, in both languages, and can be pressed by a finger.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		m := full()
		for _, m.IsOpen = range []bool{false, true} {
			for _, m.Report = range []orders.Report{{}, {Tone: kit.Bad, Said: order.Say("store.full")}} {
				s.Render(m)
				s.Render(m) // once the room is known
				for _, word := range seen.Words(s.Object()) {
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
	m.Filter.Chips[0].Word = "Malaysia"
	m.Rows[1].Order, m.Rows[1].Orders = "42", 1
	s.Render(m)
	s.Render(m)
	for _, word := range []string{"Malaysia", "More", "Forget", "42"} {
		if !seen.Press(s.Object(), word) {
			t.Errorf("%q cannot be pressed", word)
		}
	}
	m.IsOpen = true
	s.Render(m)
	seen.Press(s.Object(), "History")
	seen.Press(s.Object(), "Back")
	if want := []string{"1", "9", "F11", "row 1", "3", orders.BackKey}; !slices.Equal(*heard, want) {
		t.Errorf("handed on %q, want %q", *heard, want)
	}
	if table, lines := s.Room(), s.LineRoom(); table < 7 || lines < 5 {
		t.Errorf("room for %d rows and %d lines", table, lines)
	}
}
