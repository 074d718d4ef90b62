package signin_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/seen"
	"packbench/ui/signin"
)

// pageSize is what the frame leaves of a window of 1280 × 720.
var pageSize = fyne.NewSize(1160, 576)

func newScreen(t *testing.T, language words.Language) (*signin.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	s := signin.New(tongue, func(key string) { keys = append(keys, key) })
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(pageSize)
	return s, &keys
}

func show(s *signin.Screen, m signin.Model) string {
	s.Render(m)
	return seen.Texts(s.Object())
}

func TestWhatEachViewAsks(t *testing.T) {
	s, _ := newScreen(t, words.English)
	if got := show(s, signin.Model{}); !strings.HasPrefix(got, "Scan your badge\n") || strings.Contains(got, "PIN") {
		t.Error(got)
	}
	if got := show(s, signin.Model{View: signin.Away, Open: "JMX730054482913"}); !strings.Contains(got, "482 913") || !strings.Contains(got, "stays open") {
		t.Error(got)
	}
	if got := show(s, signin.Model{View: signin.PIN, Name: "Mei Li", Dots: 3}); !strings.HasPrefix(got, "Mei Li\nType your PIN") {
		t.Error(got)
	}
	override := show(s, signin.Model{View: signin.PIN, Name: "Mei Li", Override: true})
	if !strings.Contains(override, "allow") || !strings.Contains(override, "F11") {
		t.Error(override)
	}
}

func TestTheKeypadHandsOnItsKeys(t *testing.T) {
	s, keys := newScreen(t, words.English)
	show(s, signin.Model{View: signin.PIN, Name: "Mei"})
	for _, digit := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		if !seen.Press(s.Object(), digit) {
			t.Errorf("%s cannot be pressed", digit)
		}
	}
	if !seen.Press(s.Object(), "F11") {
		t.Error("there is no way out")
	}
	if want := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", signin.Back}; !slices.Equal(*keys, want) {
		t.Errorf("the presses gave %q", *keys)
	}
	show(s, signin.Model{})
	if *keys = nil; seen.Press(s.Object(), "1") {
		t.Error("a keypad where no PIN is asked for")
	}
}

// TestNothingLeavesThePage holds every word inside it, in both languages, whatever a name is like.
func TestNothingLeavesThePage(t *testing.T) {
	for _, language := range words.Languages {
		s, _ := newScreen(t, language)
		for _, m := range []signin.Model{
			{}, {View: signin.Away, Open: "JMX730054482913"},
			{View: signin.PIN, Name: "Maximiliane Theodora von und zu Hohenstein-Ardeck", Override: true, Dots: 8},
		} {
			show(s, m)
			for _, word := range seen.Words(s.Object()) {
				if far := word.At.Add(word.Size); word.At.X < 0 || word.At.Y < 0 || far.X > pageSize.Width || far.Y > pageSize.Height {
					t.Errorf("%s: %q stands at %v, %v large", language, word.Text, word.At, word.Size)
				}
			}
		}
	}
}
