package pick_test

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
	"packbench/ui/pick"
	"packbench/ui/seen"
)

var now = time.Date(2026, 11, 20, 14, 48, 6, 0, time.UTC)

// room is what the frame leaves a page in the smallest window, under the band of a training bench.
var room = fyne.NewSize(1160, 544)

func newScreen(t *testing.T, language words.Language) (*pick.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var heard []string
	s := pick.New(tongue, func(key string) { heard = append(heard, key) }, func(n int) { heard = append(heard, fmt.Sprint("wave ", n)) },
		func(text string) { heard = append(heard, "typed "+text) })
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(room)
	return s, &heard
}

func full() pick.Model {
	m := pick.Model{
		Now: now, Fits: 100000, Counting: true, Chosen: 7, Filter: filter.Model{More: true},
		Proposal: pick.Proposal{Waves: 2000, Shape: order.Say("wave.shape.fast_lane"), Parcels: 50, Pieces: 1234, Metres: 99999, Saved: 11111,
			Short: order.Say("pick.short", "count", 1234, "parcel", strings.Repeat("9", 19), "skus", strings.Repeat("A-LONG-SKU-OF-A-SELLER ", 3))},
		Acts: []ask.Act{{Key: "F10", Word: order.Say("pick.act.take", "count", 50)}, {Key: "F11", Word: order.Say("pick.act.all", "count", 2000)}},
		Wave: pick.Wave{Code: "W261120-103", Shape: order.Say("wave.shape.put_wall"), Parcels: 50, Packed: 12, Out: 30, Pieces: 1234, Due: now.Add(-100 * time.Hour), Metres: 12345},
	}
	for i := range 12 {
		m.Waves = append(m.Waves, pick.Wave{Code: fmt.Sprint("W261120-", 100+i), Shape: order.Say("wave.shape.fast_lane"), Parcels: 50, Packed: i, Pieces: 1234, Due: now.Add(-100 * time.Hour)})
		m.Filter.Chips = append(m.Filter.Chips, filter.Chip{Word: strings.Repeat("Ninja Van Express ", 3), Count: 100000, On: i%2 == 0})
		m.Stops = append(m.Stops, pick.Stop{Bin: "MEZZANINE-2-D-14-20-3", SKU: "SKU", Name: strings.Repeat("name ", 40), Variant: strings.Repeat("variant ", 20), Pieces: 12345, Parcels: 50})
	}
	return m
}

// Everything that can be said at once stays within the page, in both languages, and can be pressed by a finger.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		m := full()
		for _, m.View = range []pick.View{pick.Choosing, pick.Opened} {
			for _, m.Report = range []pick.Report{{}, {Tone: kit.Loud, Said: order.Say("pick.arranged.some", "arranged", 9, "left", 41, "why", order.Say("refused.cancelled"))}} {
				s.Render(m)
				s.Render(m) // once the room is known
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

func TestWhatIsHandedOn(t *testing.T) {
	s, heard := newScreen(t, words.English)
	m := full()
	m.Filter.Chips[1].Word, m.Chosen = "Malaysia", 0
	s.Render(m)
	s.Render(m)
	seen.Press(s.Object(), "Malaysia")
	seen.Press(s.Object(), "More")
	seen.Press(s.Object(), "Take 50")
	seen.Press(s.Object(), "W261120-101")
	s.Filter().Fill("unheard")
	s.Filter().Field().TypedRune('!')
	if want := []string{"2", "9", "F10", "wave 1", "typed unheard!"}; !slices.Equal(*heard, want) {
		t.Errorf("handed on %q, want %q", *heard, want)
	}
}

// The open waves are shown by whole pages, the chosen one among them.
func TestTheChosenWaveIsSeen(t *testing.T) {
	s, _ := newScreen(t, words.English)
	m := full()
	for m.Chosen = range m.Waves {
		s.Render(m)
		s.Render(m)
		if texts := seen.Texts(s.Object()); !strings.Contains(texts, m.Waves[m.Chosen].Code) {
			t.Errorf("wave %d is not among:\n%s", m.Chosen, texts)
		}
	}
}
