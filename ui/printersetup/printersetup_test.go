package printersetup_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/printersetup"
	"packbench/ui/seen"
)

// pageSize is what the frame leaves of a window of 1280 × 720.
var pageSize = fyne.NewSize(1160, 576)

// heard notes what the page hands on.
type heard struct{ all []string }

func (h *heard) note(format string, values ...any) {
	h.all = append(h.all, fmt.Sprintf(format, values...))
}

func (h *heard) Choose(n int)                           { h.note("choose %d", n) }
func (h *heard) Answer(a printersetup.Answer)           { h.note("answer %d", a) }
func (h *heard) Type(f printersetup.Field, text string) { h.note("type %d %s", f, text) }
func (h *heard) Next()                                  { h.note("next") }
func (h *heard) Back()                                  { h.note("back") }
func (h *heard) is(t *testing.T, what string, want ...string) {
	t.Helper()
	if !slices.Equal(h.all, want) {
		t.Errorf("%s gave %q, want %q", what, h.all, want)
	}
	h.all = nil
}

func newScreen(t *testing.T, language words.Language) (*printersetup.Screen, *heard, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	h := &heard{}
	screen := printersetup.New(tongue, h)
	window := test.NewTempWindow(t, screen.Object())
	window.SetPadded(false)
	window.Resize(pageSize)
	return screen, h, window
}

func says(t *testing.T, screen *printersetup.Screen, want ...string) {
	t.Helper()
	got := "\n" + seen.Texts(screen.Object()) + "\n"
	for _, line := range want {
		if !strings.Contains(got, "\n"+line+"\n") {
			t.Errorf("%q is not on the page:%s", line, got)
		}
	}
}

func saysNot(t *testing.T, screen *printersetup.Screen, unwanted ...string) {
	t.Helper()
	for _, line := range unwanted {
		if got := "\n" + seen.Texts(screen.Object()) + "\n"; strings.Contains(got, "\n"+line+"\n") {
			t.Errorf("%q is on the page:%s", line, got)
		}
	}
}

func found(n int) []printersetup.Found {
	var all []printersetup.Found
	for i := range n {
		all = append(all, printersetup.Found{Name: fmt.Sprintf("Printer %c", 'A'+i), Address: fmt.Sprintf("tcp:10.0.0.%d:9100", i)})
	}
	return all
}

func TestAPrinterIsChosenByNumber(t *testing.T) {
	screen, h, _ := newScreen(t, words.English)
	saysNot(t, screen, "F10")
	if shown := seen.Texts(screen.Object()); !strings.Contains(shown, "No printer was found.") {
		t.Errorf("shown:\n%s", shown)
	}
	screen.Render(printersetup.Model{Found: found(12)})
	says(t, screen, "Printer A", "tcp:10.0.0.8:9100", "9")
	saysNot(t, screen, "Printer J")
	if !screen.Key("1") || !screen.Key("9") || !seen.Press(screen.Object(), "Printer C") {
		t.Error("a printer cannot be chosen")
	}
	if screen.Key("0") || screen.Key("F10") || screen.Key("F1") || screen.Key("x") {
		t.Error("a key did something that stands nowhere on the page")
	}
	if !screen.Key("F9") {
		t.Error("there is no way back")
	}
	h.is(t, "choosing", "choose 1", "choose 9", "choose 3", "back")
	screen.Render(printersetup.Model{Found: found(2), Ready: true})
	if screen.Key("3") || !screen.Key("F10") || !seen.Press(screen.Object(), "Next") {
		t.Error("two printers have two digits, and lead on")
	}
	h.is(t, "going on", "next", "next")
}

func TestLanguageAndResolutionShareTheDigits(t *testing.T) {
	screen, h, _ := newScreen(t, words.English)
	screen.Render(printersetup.Model{
		Step: printersetup.Language, Guess: order.Said{Key: "It says so"},
		Languages:   []printersetup.Offer{{Name: "ZPL", Chosen: true}, {Name: "TSPL"}, {Name: "ESC/POS"}},
		Resolutions: []printersetup.Offer{{Name: "203 dpi"}, {Name: "300 dpi", Chosen: true}},
	})
	says(t, screen, "It says so", "ZPL", "1", "300 dpi", "5", "F9")
	for _, word := range []string{"TSPL", "203 dpi", "300 dpi", "Back"} {
		if !seen.Press(screen.Object(), word) {
			t.Errorf("%q cannot be pressed", word)
		}
	}
	if !screen.Key("3") || screen.Key("6") || screen.Key("F10") {
		t.Error("there are five digits, and no way on")
	}
	h.is(t, "choosing", "choose 2", "choose 4", "choose 5", "back", "choose 3")
}

func TestWhatCameOutIsAnswered(t *testing.T) {
	screen, h, _ := newScreen(t, words.Chinese)
	screen.Render(printersetup.Model{Step: printersetup.Test, Busy: order.Said{Key: "正在发送"}})
	says(t, screen, "请扫测试标签上的码", "正在发送")
	if seen.Press(screen.Object(), "请扫测试标签上的码") {
		t.Error("a press stood for a scan")
	}
	for _, word := range []string{"什么都没有", "一堆字母符号", "只有半张"} {
		if !seen.Press(screen.Object(), word) {
			t.Errorf("%q cannot be pressed", word)
		}
	}
	if !screen.Key("3") || screen.Key("4") {
		t.Error("there are three answers")
	}
	h.is(t, "answering", "answer 0", "answer 1", "answer 2", "answer 2")
	screen.Render(printersetup.Model{Step: printersetup.Test, Busy: order.Said{Key: "正在发送"}, Trouble: order.Said{Key: "没有应答"}})
	says(t, screen, "没有应答")
	saysNot(t, screen, "正在发送")
}

// A question stands in the place of what its step shows, and its digits are its answers'.
func TestAQuestionIsAnswered(t *testing.T) {
	screen, h, _ := newScreen(t, words.English)
	choices := []order.Said{{Key: "it fits"}, {Key: "too small"}}
	screen.Render(printersetup.Model{Step: printersetup.Measure, Question: printersetup.Question{Said: order.Said{Key: "How does it lie?"}, Choices: choices}})
	says(t, screen, "Compare the last test label", "How does it lie?", "1", "it fits", "2", "too small")
	if !screen.Key("2") || screen.Key("3") || screen.Key("F10") || !seen.Press(screen.Object(), "it fits") {
		t.Error("there are two answers")
	}
	screen.Render(printersetup.Model{Step: printersetup.Test, Question: printersetup.Question{Said: order.Said{Key: "It did not go out"}, Choices: choices, Halt: true}})
	says(t, screen, "That did not work", "It did not go out")
	saysNot(t, screen, "Scan the code on the test label")
	if screen.Digits() != 2 || !screen.Key("1") {
		t.Error("the question cannot be answered")
	}
	h.is(t, "answering", "choose 2", "choose 1", "choose 1")
}

// TestFieldsTellOnlyWhatIsTyped: what the program fills in is no news, and Render leaves alone what is being typed.
func TestFieldsTellOnlyWhatIsTyped(t *testing.T) {
	screen, h, window := newScreen(t, words.English)
	m := printersetup.Model{Step: printersetup.Measure, Question: printersetup.Question{Number: true, Unit: order.Said{Key: "mm"}}}
	screen.Fill(printersetup.Number, "0")
	screen.Render(m)
	says(t, screen, "mm")
	h.is(t, "filling")
	window.Canvas().FocusNext()
	at := window.Canvas().Focused()
	test.Type(at, "7")
	m.Ready = true
	screen.Render(m)
	if window.Canvas().FocusNext(); window.Canvas().Focused() != at {
		t.Error("there is a second field")
	}
	h.is(t, "typing", "type 1 70")
	says(t, screen, "70")
}

func TestOnlyAScanMakesItProven(t *testing.T) {
	screen, _, _ := newScreen(t, words.English)
	m := printersetup.Model{Step: printersetup.Done, Ready: true, Profile: printersetup.Profile{
		Name: "Zebra", Address: "usb:/dev/usb/lp0", Language: "ZPL", Resolution: "203 dpi", Right: "1.5", Down: "-2", Answers: true,
	}}
	screen.Render(m)
	says(t, screen, "The printer is set up, not proven", "Zebra", "usb:/dev/usb/lp0", "ZPL · 203 dpi", "1.5 mm to the right, -2 mm down", "yes, such as out of paper", "Keep it")
	m.Profile.Proven, m.Profile.Answers = true, false
	screen.Render(m)
	says(t, screen, "The printer is set up and proven", "no: only scans prove its labels")
	saysNot(t, screen, "The printer is set up, not proven")
}

// TestNothingLeavesThePage renders every step with nothing and with too much, in both languages, and measures what can be pressed.
func TestNothingLeavesThePage(t *testing.T) {
	long := strings.Repeat("深海军蓝 Deep-navy ", 6)
	said := order.Said{Key: long}
	full := printersetup.Model{
		Ready: true, Trouble: order.Said{Key: "打印机 serial:/dev/ttyUSB0?baud=115200&flow=rtscts 没有应答。Is it switched on and plugged in? Then try again"}, Guess: said,
		Languages:   []printersetup.Offer{{Name: "ZPL"}, {Name: "TSPL"}, {Name: "ESC/POS"}},
		Resolutions: []printersetup.Offer{{Name: "203 dpi"}, {Name: "300 dpi"}, {Name: "600 dpi"}},
		Profile:     printersetup.Profile{Name: long, Address: long, Language: long, Resolution: long, Right: long, Down: long},
	}
	for range 12 {
		full.Found = append(full.Found, printersetup.Found{Name: long, Address: long, Chosen: true})
	}
	for _, language := range words.Languages {
		screen, _, _ := newScreen(t, language)
		for step := printersetup.Choose; step <= printersetup.Done; step++ {
			full.Step = step
			screen.Render(printersetup.Model{Step: step})
			full.Question = printersetup.Question{}
			screen.Render(full)
			if step == printersetup.Measure {
				full.Question = printersetup.Question{Said: said, Choices: []order.Said{said, said, said, said}}
				screen.Render(full)
			}
			for _, word := range seen.Words(screen.Object()) {
				if word.At.X < 0 || word.At.X+word.Size.Width > pageSize.Width || word.At.Y < 0 || word.At.Y+word.Size.Height > pageSize.Height {
					t.Errorf("%s, step %d: %q stands at %v, %v large", language, step, word.Text, word.At, word.Size)
				}
			}
			for _, size := range seen.Targets(screen.Object()) {
				if size.Width < 48 || size.Height < 48 {
					t.Errorf("%s, step %d: a target of %v", language, step, size)
				}
			}
		}
	}
}
