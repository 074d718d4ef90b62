package printrun_test

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
	"packbench/ui/kit"
	"packbench/ui/printrun"
	"packbench/ui/seen"
)

// pageSize is what the frame leaves of a window of 1280 × 720.
var pageSize = fyne.NewSize(1160, 576)

// newScreen makes a page in a window and hands over the keys that are pressed on it.
func newScreen(t *testing.T, language words.Language) (*printrun.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	screen := printrun.New(tongue, func(key string) { keys = append(keys, key) })
	window := test.NewTempWindow(t, screen.Object())
	window.SetPadded(false)
	window.Resize(pageSize)
	return screen, &keys
}

// shows renders a model and compares some of its lines: those after "not" are to be absent.
func shows(t *testing.T, screen *printrun.Screen, m printrun.Model, want ...string) {
	t.Helper()
	screen.Render(m)
	got, absent := "\n"+seen.Texts(screen.Object())+"\n", false
	for _, line := range want {
		if line == "not" {
			absent = true
			continue
		}
		if strings.Contains(got, "\n"+line+"\n") == absent {
			t.Errorf("%q: shown is %v in%s", line, !absent, got)
		}
	}
}

func run(states map[printrun.State]int) printrun.Model {
	m := printrun.Model{View: printrun.Run, Name: "W-1"}
	for s := printrun.Queued; s <= printrun.Held; s++ {
		m.Tiles = append(m.Tiles, slices.Repeat([]printrun.State{s}, states[s])...)
	}
	return m
}

func TestWhatCanBePrinted(t *testing.T) {
	screen, keys := newScreen(t, words.English)
	shows(t, screen, printrun.Model{}, "No label is ready to print", "No run yet in this shift", "not", "F10", "F9", "F11", "Stack: first parcel on top")
	m := printrun.Model{
		Ready: 137, Print: printrun.PrintAct(50), Turn: printrun.TurnAct,
		Choices: []printrun.Choice{{Name: "Malaysia", Count: 63, Ticked: true}, {Name: "Singapore", Count: 33}},
		Last:    printrun.Past{Name: "W-0411", Sent: 50, Seen: 47, Missing: 3, Again: printrun.MissingAct(3)},
	}
	shows(t, screen, m, "137 labels are ready", "Malaysia", "63", "Print 50 labels", "47", "Print those 3 again", "W-0411",
		"Stack: first parcel on top", "not", "No run yet in this shift", "Every label is accounted for")
	for _, word := range []string{"Singapore", "Print 50 labels", "Turn the stack", "Print those 3 again"} {
		if !seen.Press(screen.Object(), word) {
			t.Errorf("%q cannot be pressed", word)
		}
	}
	if want := []string{"2", "F10", "F11", "F9"}; !slices.Equal(*keys, want) {
		t.Errorf("the presses gave %q, want %q", *keys, want)
	}
	m.LastOnTop = true
	shows(t, screen, m, "Stack: last parcel on top")
	m.Choices = slices.Repeat(m.Choices, 6)
	shows(t, screen, m, "9", "+ 3 more", "not", "10")
}

func TestTheBalanceSaysWhatIsMissing(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	for _, c := range []struct {
		balance printrun.Balance
		unfound int
		want    string
	}{
		{printrun.Balance{}, 0, "They balance"},
		{printrun.Balance{Parcels: 141, Spoiled: 2, Bench: 7, Sent: 150}, 0, "They balance"},
		{printrun.Balance{Parcels: 141, Spoiled: 2, Bench: 3, Sent: 150}, 4, "4 labels are nowhere."},
		{printrun.Balance{Parcels: 5, Sent: 4}, -1, "1 more than was sent."},
	} {
		if got := c.balance.Unfound(); got != c.unfound {
			t.Errorf("%+v: %d are unfound", c.balance, got)
		}
		screen.Render(printrun.Model{Balance: c.balance})
		if got := strings.ReplaceAll(seen.Texts(screen.Object()), "\n", " "); !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q is not in %s", c.balance, c.want, got)
		}
	}
}

// TestEveryStateCountsOnce: what the printer took is sent whatever became of it, and what is on its way is not.
func TestEveryStateCountsOnce(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	m := run(map[printrun.State]int{printrun.Queued: 7, printrun.Making: 2, printrun.Sending: 1, printrun.Sent: 3, printrun.Seen: 20, printrun.Spoiled: 5, printrun.Held: 4})
	m.Pace, m.Left = 1500*time.Millisecond, 36*time.Second
	m.Acts = []printrun.Act{printrun.PauseAct, printrun.CancelAct}
	shows(t, screen, m, "28 of 42 sent, 20 seen", "about 36 s left", "Printing, 1.5 s a label", "F9", "Pause", "42", "not", "43", "0")
	legend := []string{"20", "Seen", "3", "Sent", "10", "Queued", "4", "Held", "5", "Spoiled"}
	shows(t, screen, m, legend...)
	m.Stand = printrun.Paused
	shows(t, screen, m, "about 36 s left once it runs", "The run is paused", "10 labels are still to be sent.", "not", "Printing, 1.5 s a label")
	m.Stand, m.Pace, m.Left = printrun.Going, 0, 0
	shows(t, screen, m, "Printing", "not", "about 36 s left", "The run is paused")
}

func TestTheStandsSayWhatToDo(t *testing.T) {
	screen, keys := newScreen(t, words.Chinese)
	m := run(map[printrun.State]int{printrun.Sent: 24, printrun.Queued: 26})
	for stand, want := range map[printrun.Stand]string{
		printrun.Paused: "这批已暂停", printrun.NoPaper: "打印机缺纸，请装一卷纸", printrun.LastGood: "请扫这批最后一张好的面单",
		printrun.Unproven: "请扫最后打出来的那张面单", printrun.Cancelling: "要取消这批吗？",
	} {
		m.Stand, m.Ahead = stand, 10
		shows(t, screen, m, want)
	}
	m.Stand = printrun.Unproven
	shows(t, screen, m, "这台打印机从不应答：还有 26 张没发，扫了再打 10 张。")
	m.Stand, m.Why, m.Next = printrun.Faulty, order.Said{Key: "打印头没合上"}, order.Said{Key: "合上"}
	m.Acts = []printrun.Act{printrun.GoOnAct, printrun.NoneGoodAct, printrun.CancelAct}
	shows(t, screen, m, "打印头没合上", "合上", "继续打", "not", "要取消这批吗？")
	for _, word := range []string{"继续打", "一张好的都没有", "取消这批"} {
		if !seen.Press(screen.Object(), word) {
			t.Errorf("%q cannot be pressed", word)
		}
	}
	if want := []string{"F9", "F11", "F12"}; !slices.Equal(*keys, want) {
		t.Errorf("the presses gave %q, want %q", *keys, want)
	}
}

func TestHeldLabelsAreNeverHiddenWithoutANumber(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	for _, view := range []printrun.View{printrun.Run, printrun.Ended} {
		m := run(map[printrun.State]int{printrun.Held: 12})
		m.View, m.Stand = view, printrun.LastGood
		for i := range 12 {
			m.Held = append(m.Held, printrun.Kept{Number: i + 1, Code: fmt.Sprintf("JMX730054%06d", i), Why: order.Said{Key: "The buyer asked to cancel: answer that first"}})
		}
		screen.Render(m)
		got := seen.Texts(screen.Object())
		shown := strings.Count(got, "…000 ")
		if shown == 0 || shown == 12 || !strings.Contains(got, fmt.Sprintf("+ %d more", 12-shown)) {
			t.Errorf("view %d: %d are shown of 12 in\n%s", view, shown, got)
		}
		m.Held = m.Held[:1]
		shows(t, screen, m, "…000 000", "not", "+ 0 more")
	}
}

func TestEnded(t *testing.T) {
	screen, keys := newScreen(t, words.English)
	m := run(map[printrun.State]int{printrun.Sent: 27, printrun.Seen: 20, printrun.Spoiled: 1, printrun.Held: 1})
	m.View, m.Acts = printrun.Ended, []printrun.Act{printrun.DoneAct}
	m.Held = []printrun.Kept{{Number: 49, Code: "JMX730054480377", Why: order.Said{Key: "The buyer asks"}, Next: order.Said{Key: "Answer"}}}
	shows(t, screen, m, "All are sent: 48 of 49, 20 seen", "Scan 27 more labels on their parcels", "1 label was kept back:", "49", "…480 377", "The buyer asks", "Answer")
	if !seen.Press(screen.Object(), "Done") || !slices.Equal(*keys, []string{"F10"}) {
		t.Errorf("the press gave %q", *keys)
	}
	m.Held, m.Cancelled = nil, true
	shows(t, screen, m, "Cancelled: 48 of 49 sent, 20 seen", "Only a scan completes a parcel.", "not", "The buyer asks", "All are sent: 48 of 49, 20 seen")
	seenAll := run(map[printrun.State]int{printrun.Seen: 2})
	seenAll.View = printrun.Ended
	shows(t, screen, seenAll, "Every label that was sent is seen", "not", "Scan 0 more labels on their parcels")
	spoiled := run(map[printrun.State]int{printrun.Seen: 2, printrun.Spoiled: 1})
	spoiled.View = printrun.Ended
	shows(t, screen, spoiled, "All are seen but 1 that is spoiled", "not", "Every label that was sent is seen")
	nothing := run(map[printrun.State]int{printrun.Queued: 2})
	nothing.View, nothing.Cancelled = printrun.Ended, true
	shows(t, screen, nothing, "Nothing was sent", "Cancelled: 0 of 2 sent, 0 seen", "not", "Every label that was sent is seen")
}

func TestAsked(t *testing.T) {
	screen, keys := newScreen(t, words.English)
	shows(t, screen, printrun.Model{View: printrun.Asked, Question: ask.Why("F11")}, "Why print this label again?", "not", "No label is ready to print")
	if !seen.Press(screen.Object(), "Lost") || !slices.Equal(*keys, []string{"3"}) {
		t.Errorf("the press gave %q", *keys)
	}
}

// TestNothingLeavesThePage renders every view with nothing and with too much, in both languages.
func TestNothingLeavesThePage(t *testing.T) {
	long := strings.Repeat("深海军蓝 Deep-navy ", 9)
	said := order.Said{Key: long}
	full := run(map[printrun.State]int{printrun.Queued: 60, printrun.Held: 40})
	full.Name, full.Ready, full.Print, full.Turn = "W-0412-LONG", 1<<20, printrun.PrintAct(50), printrun.TurnAct
	full.Choices = slices.Repeat([]printrun.Choice{{Name: long, Count: 1 << 20, Ticked: true}}, 20)
	full.Last = printrun.Past{Name: long, Sent: 9999, Seen: 9999, Missing: 9999, Again: printrun.MissingAct(9999)}
	full.Balance = printrun.Balance{Parcels: 9999, Spoiled: 9999, Bench: 9999, Sent: 1}
	full.Held = slices.Repeat([]printrun.Kept{{Number: 100, Code: long, Why: said, Next: said}}, 40)
	full.Pace, full.Left, full.Ahead = time.Hour, 99*time.Hour, 9999
	full.Why, full.Next = said, order.Said{Key: "Only the labels after it go out."}
	full.Acts = []printrun.Act{printrun.GoOnAct, printrun.NoneGoodAct, printrun.CancelAct, printrun.DoneAct}
	full.Question = ask.Why("F11")
	for _, language := range words.Languages {
		screen, _ := newScreen(t, language)
		for view := printrun.None; view <= printrun.Asked; view++ {
			for stand := printrun.Going; stand <= printrun.Cancelling; stand++ {
				full.View, full.Stand = view, stand
				screen.Render(printrun.Model{View: view, Stand: stand})
				screen.Render(full)
				for _, word := range seen.Words(screen.Object()) {
					if word.At.X < 0 || word.At.X+word.Size.Width > pageSize.Width+1 || word.At.Y < 0 || word.At.Y+word.Size.Height > pageSize.Height {
						t.Errorf("%s, view %d, stand %d: %q stands at %v, %v large", language, view, stand, word.Text, word.At, word.Size)
					}
				}
			}
		}
	}
}

// TestTargetsAreLargeEnough holds everything that can be pressed to the size a glove needs.
func TestTargetsAreLargeEnough(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	m := run(map[printrun.State]int{printrun.Sent: 2})
	m.Choices = slices.Repeat([]printrun.Choice{{Name: "Malaysia", Count: 1}}, printrun.MostChoices)
	m.Print, m.Turn, m.Last = printrun.PrintAct(50), printrun.TurnAct, printrun.Past{Sent: 3, Again: printrun.MissingAct(3)}
	m.Acts, m.Question = []printrun.Act{printrun.GoOnAct, printrun.NoneGoodAct, printrun.CancelAct}, ask.Why("F11")
	for m.View = printrun.None; m.View <= printrun.Asked; m.View++ {
		for m.Stand = printrun.Going; m.Stand <= printrun.Cancelling; m.Stand++ {
			screen.Render(m)
			sizes := seen.Targets(screen.Object())
			if len(sizes) == 0 {
				t.Errorf("view %d, stand %d: nothing can be pressed", m.View, m.Stand)
			}
			for _, size := range sizes {
				if size.Width < 48 || size.Height < 48 {
					t.Errorf("view %d, stand %d: a target of %v", m.View, m.Stand, size)
				}
			}
		}
	}
}
