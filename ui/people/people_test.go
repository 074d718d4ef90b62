package people_test

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
	"packbench/ui/people"
	"packbench/ui/seen"
)

// heard notes what the page hands on.
type heard struct{ all []string }

func (h *heard) Choose(digit int) { h.all = append(h.all, strconv.Itoa(digit)) }
func (h *heard) Type(name string) { h.all = append(h.all, "type "+name) }
func (h *heard) Next()            { h.all = append(h.all, "next") }
func (h *heard) Back()            { h.all = append(h.all, "back") }

func newScreen(t *testing.T, language words.Language) (*people.Screen, *heard) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	h := &heard{}
	s := people.New(tongue, h)
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1160, 576))
	return s, h
}

func TestWhatIsHandedOn(t *testing.T) {
	s, h := newScreen(t, words.English)
	packer := order.Say("people.role.packer")
	s.Render(people.Model{People: []people.Person{{Name: "Mei", Role: packer}, {Name: "Li", Role: packer}}})
	if s.Key("3") || s.Key("9") || s.Key("F10") || s.Key("x") {
		t.Error("a key does something where there is nothing to do")
	}
	s.Key("2")
	if !seen.Press(s.Object(), "Mei") {
		t.Error("a person cannot be pressed")
	}
	s.Render(people.Model{More: true, Next: order.Say("peoplepage.add"), People: []people.Person{{Name: "Mei", Role: packer}}})
	if s.Key("2") || s.Digits() != 9 {
		t.Error("a digit without a person does something")
	}
	s.Key("9")
	seen.Press(s.Object(), "More")
	seen.Press(s.Object(), "Add somebody")
	s.Render(people.Model{View: people.One, Choices: []order.Said{order.Say("peoplepage.set_pin"), order.Say("peoplepage.remove")}})
	seen.Press(s.Object(), "Remove")
	s.Render(people.Model{View: people.Name})
	s.Fill("unheard")
	s.Field().TypedRune('!')
	s.Key("F9")
	if want := []string{"2", "1", "9", "9", "next", "2", "type !unheard", "back"}; !slices.Equal(h.all, want) {
		t.Errorf("handed on %q, want %q", h.all, want)
	}
}

// Everything that can be said at once fits in both languages, and can be pressed by a finger.
func TestTheFullestPage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		person := people.Person{Name: strings.Repeat("Maximiliana ", 6), Role: order.Say("people.role.supervisor"), Badge: strings.Repeat("B", 40), Wrong: 5, Locked: true, Overrides: 1234}
		m := people.Model{
			Person: person, Title: order.Say("peoplepage.title"), Next: order.Say("peoplepage.add"), More: true,
			Report: people.Report{Tone: kit.Bad, Said: order.Say("people.badge")},
		}
		for range people.MostPeople + 3 {
			m.People = append(m.People, person)
		}
		for range people.MostChoices + 1 {
			m.Choices = append(m.Choices, order.Say("peoplepage.make_supervisor"))
		}
		for _, m.View = range []people.View{people.List, people.One, people.Name} {
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
