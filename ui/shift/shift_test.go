package shift_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/seen"
	"packbench/ui/shift"
)

var now = time.Date(2026, 11, 20, 14, 48, 6, 0, time.UTC)

// room is what the frame leaves a page in the smallest window, under the band of a training bench.
var room = fyne.NewSize(1160, 544)

func newScreen(t *testing.T, language words.Language) (*shift.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var heard []string
	s := shift.New(tongue, func(key string) { heard = append(heard, key) })
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(room)
	return s, &heard
}

// full says all that can be said, as long as it can be.
func full(language words.Language) shift.Model {
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	figures := shift.Figures{Parcels: 123456, Pieces: 1234567, LinesAnHour: 1234, Caught: 12345, WrongLabels: 12345, Overrides: 12345, Reprints: 12345, Picked: 123456, Sorted: 123456,
		HandedOver: 123456, Worked: 999 * time.Hour}
	m := shift.Model{Now: now, AsOf: now.Add(-time.Hour), Date: day, Figures: figures, Usual: figures, UsualOf: 13,
		Labels: shift.Labels{Sent: 123456, OnParcels: 123456, Spoiled: 12345, Whole: true, Carried: 12345, Bench: 12345}}
	for i := range 14 {
		m.Trend = append(m.Trend, shift.Bar{Date: day.AddDate(0, 0, i-13), Known: i > 0, Parcels: i * 700, LinesAnHour: float64(i * 9)})
	}
	for i := range 30 {
		m.Rows = append(m.Rows, shift.Row{Name: strings.Repeat("Name ", 1+i*3), Figures: figures})
		rate := shift.Rate{Market: "MY", Name: order.Say("rates.late_acknowledgement"), Limit: 0.85, AtLeast: true, Full: 1}
		for w := range 5 {
			rate.Weeks = append(rate.Weeks, shift.Share{Known: true, Share: float64(w) * 0.2499, Beyond: w%2 == 0, NotTold: 12345 * (w % 2), Open: 345})
		}
		m.Rates = append(m.Rates, rate)
	}
	for w := range 5 {
		m.Weeks = append(m.Weeks, day.AddDate(0, 0, 7*(w-4)))
	}
	return m
}

// Everything that can be said at once stays within the page, in both languages, and can be pressed by a finger.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		m := full(language)
		for _, m.Own = range []string{"", strings.Repeat("Aleksandra ", 20)} {
			for _, m.Section = range []shift.Section{shift.Day, shift.Everybody, shift.Rates} {
				for _, m.Report = range []shift.Report{{}, {Tone: kit.Bad, Said: order.Say("store.full")}} {
					s.Render(m)
					s.Render(m) // once the room is known
					for _, word := range seen.Words(s.Object()) {
						if far := word.At.Add(word.Size); word.At.X < 0 || word.At.Y < 0 || far.X > room.Width || far.Y > room.Height {
							t.Errorf("%s, section %d, own %v: %q reaches from %v to %v", language, m.Section, m.Own != "", word.Text, word.At, far)
						}
					}
					for _, size := range seen.Targets(s.Object()) {
						if size.Width < 48 || size.Height < 48 {
							t.Errorf("%s, section %d: a target of %v", language, m.Section, size)
						}
					}
				}
			}
		}
	}
}

func TestWhatIsShownAndHandedOn(t *testing.T) {
	s, heard := newScreen(t, words.English)
	m := full(words.English)
	m.Rows[0].Name = "Mei"
	for _, c := range []struct {
		section     shift.Section
		has, hasNot []string
	}{
		{shift.Day, []string{"123456", "Labels not on a parcel yet", "usual day 12345", "2026-11-20"}, []string{"Mei", "limit: at least 85 %"}},
		{shift.Everybody, []string{"Mei", "Worked"}, []string{"Labels sent"}},
		{shift.Rates, []string{"limit: at least 85 %", "late acknowledgement", "345 open", "75 %"}, []string{"Labels sent", "Mei", "Earlier"}},
	} {
		m.Section = c.section
		s.Render(m)
		s.Render(m)
		said := seen.Texts(s.Object())
		for _, text := range c.has {
			if !strings.Contains(said, text) {
				t.Errorf("section %d does not say %q", c.section, text)
			}
		}
		for _, text := range c.hasNot {
			if strings.Contains(said, text) {
				t.Errorf("section %d says %q", c.section, text)
			}
		}
	}
	for _, word := range []string{"The day", "Packers and benches"} {
		if !seen.Press(s.Object(), word) {
			t.Errorf("%q cannot be pressed", word)
		}
	}
	m.Section = shift.Day
	s.Render(m)
	s.Render(m)
	seen.Press(s.Object(), "Earlier")
	seen.Press(s.Object(), "Later")
	if want := []string{"1", "2", shift.EarlierKey, shift.LaterKey}; !slices.Equal(*heard, want) {
		t.Errorf("handed on %q, want %q", *heard, want)
	}
	m.Own = "Mei"
	s.Render(m)
	if said := seen.Texts(s.Object()); strings.Contains(said, "Packers and benches") || !strings.Contains(said, "Your shift, Mei") {
		t.Errorf("a packer is shown %s", said)
	}
	if rows, lines := s.Room(), s.RateRoom(); rows < 7 || lines < 4 {
		t.Errorf("room for %d rows and %d lines", rows, lines)
	}
}

// Markets begin their Monday at other moments: around it two weeks are not over yet. Every week is told by its days, and no two alike.
func TestEveryWeekIsHeadedByItsDays(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		m := full(language)
		m.Section, m.Now = shift.Rates, time.Date(2026, 11, 22, 22, 0, 0, 0, time.UTC)
		m.Weeks = nil
		for w := range 5 {
			m.Weeks = append(m.Weeks, time.Date(2026, 11, 23+7*(w-4), 0, 0, 0, 0, time.UTC))
		}
		s.Render(m)
		s.Render(m)
		said := seen.Texts(s.Object())
		for _, days := range [][2]string{{"10-26", "11-01"}, {"11-16", "11-22"}, {"11-23", "11-29"}} {
			head := map[words.Language]string{words.English: days[0] + " to " + days[1], words.Chinese: days[0] + " 至 " + days[1]}[language]
			if strings.Count(said, head) != 1 {
				t.Errorf("%s: %q is not said once in\n%s", language, head, said)
			}
		}
	}
}

// The foot of the trend says of what stands over the days and under them where it stands, and has room.
func TestTheFootOfTheTrend(t *testing.T) {
	s, _ := newScreen(t, words.English)
	s.Render(full(words.English))
	said := seen.Texts(s.Object())
	if !strings.Contains(said, "Over a day: parcels, – not counted yet. Under it: lines an hour") {
		t.Errorf("the foot is not in\n%s", said)
	}
}
