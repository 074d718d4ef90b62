package ask_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

// cardSize is what the packing page leaves of a window of 1280 × 720.
var cardSize = fyne.NewSize(1112, 424)

func newCard(t *testing.T, language words.Language) (*ask.Card, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	card := ask.NewCard(tongue, func(key string) { keys = append(keys, key) })
	window := test.NewTempWindow(t, card.Object)
	window.SetPadded(false)
	window.Resize(cardSize)
	return card, &keys
}

func show(card *ask.Card, q ask.Question) string {
	card.Render(q)
	kit.Arrange(card.Object)
	return seen.Texts(card.Object)
}

func TestEveryReasonHasItsDigit(t *testing.T) {
	card, keys := newCard(t, words.English)
	show(card, ask.Why("F11"))
	for _, word := range []string{"Jammed or torn", "Cannot be read", "Lost", "Test only", "Do not print"} {
		if !seen.Press(card.Object, word) {
			t.Errorf("%q cannot be pressed in\n%s", word, seen.Texts(card.Object))
		}
	}
	if want := []string{"1", "2", "3", "4", "F11"}; !slices.Equal(*keys, want) {
		t.Errorf("the presses gave %q, want %q", *keys, want)
	}
}

func TestABadgeIsScannedAndNotPressed(t *testing.T) {
	card, keys := newCard(t, words.English)
	shown := show(card, ask.Supervisor(1, "F11"))
	if !strings.Contains(shown, "Scan the supervisor's badge") || !strings.Contains(shown, "once already") {
		t.Errorf("shown:\n%s", shown)
	}
	if seen.Press(card.Object, "Scan the supervisor's badge") || len(*keys) != 0 {
		t.Errorf("a press stood for a badge: %q", *keys)
	}
}

func TestWithoutARegisteredBadgeNoneIsAskedFor(t *testing.T) {
	for language, want := range map[words.Language]string{words.English: "No supervisor's badge", words.Chinese: "还没有登记主管工牌"} {
		card, _ := newCard(t, language)
		shown := show(card, ask.NoSupervisor("F11"))
		if !strings.Contains(shown, want) || !strings.Contains(shown, "supervisors =") || !strings.Contains(shown, "packbench.toml") {
			t.Errorf("%s: shown:\n%s", language, shown)
		}
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(shown, tongue.Text("reprint.badge")) {
			t.Errorf("%s: a badge is asked for:\n%s", language, shown)
		}
	}
}

func TestNothingOfTheLastQuestionStays(t *testing.T) {
	card, _ := newCard(t, words.English)
	show(card, ask.Why("F11"))
	show(card, ask.Supervisor(3, "F11"))
	shown := show(card, ask.Question{Title: order.Said{Key: "No printer"}, Acts: []ask.Act{{Key: "F10", Word: order.Said{Key: "Try again"}}}})
	if shown != "No printer\nF10\nTry again" {
		t.Errorf("shown:\n%s", shown)
	}
}

// wrong has as many choices as there may be.
var wrong = ask.Question{
	Title: order.Say("question.what_is_wrong"), Text: order.Say("wrong.text"), Acts: []ask.Act{{Key: "F11", Word: order.Say("question.back")}},
	Choices: []ask.Act{
		{Key: "1", Word: order.Say("wrong.short")}, {Key: "2", Word: order.Say("wrong.damaged")}, {Key: "3", Word: order.Say("wrong.extra")},
		{Key: "4", Word: order.Say("wrong.park")}, {Key: "5", Word: order.Say("wrong.undo")}, {Key: "6", Word: order.Say("wrong.start_over")},
	},
}

// TestAnswersStandApart holds the answers inside the card, none over another, in both languages.
func TestAnswersStandApart(t *testing.T) {
	const pad = 40 // large words are set in a box a little higher than their line
	for _, language := range words.Languages {
		card, _ := newCard(t, language)
		for _, q := range []ask.Question{ask.Why("F11"), ask.Supervisor(2, "F11"), ask.NoSupervisor("F11"), wrong} {
			show(card, q)
			all := seen.Words(card.Object)
			for i, a := range all {
				if far := a.At.Add(a.Size); a.At.X < pad || a.At.Y < pad-8 || far.X > cardSize.Width-pad || far.Y > cardSize.Height-pad {
					t.Errorf("%s: %q stands at %v, %v large", language, a.Text, a.At, a.Size)
				}
				for _, b := range all[:i] {
					if min(a.At.X+a.Size.Width, b.At.X+b.Size.Width)-max(a.At.X, b.At.X) > 1 && (a.At.Y+a.Size.Height/2)-(b.At.Y+b.Size.Height/2) < 16 && a.At.Y >= b.At.Y {
						t.Errorf("%s: %q lies over %q", language, a.Text, b.Text)
					}
				}
			}
		}
	}
}
