package keyhook

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

var start = time.Date(2026, 11, 20, 14, 48, 0, 0, time.UTC)

// heard collects what a listener says, as short words.
func heard() (*listener, *[]string) {
	var said []string
	l := newListener(func(k Key) {
		switch {
		case k.Scan != nil && k.Scan.Typed:
			said = append(said, "typed "+k.Scan.Code)
		case k.Scan != nil:
			said = append(said, "scan "+k.Scan.Code)
		case k.Name != "":
			said = append(said, k.Name)
		default:
			said = append(said, "pending "+k.Typed)
		}
	})
	return l, &said
}

// last is the last thing said.
func last(said *[]string) string {
	if len(*said) == 0 {
		return ""
	}
	return (*said)[len(*said)-1]
}

func TestABurstIsTakenFromTheFieldThatHasTheFocus(t *testing.T) {
	l, said := heard()
	field := ""
	for _, r := range "6936580142207" {
		if !l.rune(r, true, start) {
			field += string(r)
		}
	}
	if field != "69" {
		t.Errorf("the field got %q before the burst was known", field)
	}
	if !l.hot(start) {
		t.Error("a space in the burst would press a button")
	}
	ours, undo := l.enter(true, start)
	if !ours || undo != len(field) {
		t.Errorf("Enter is ours: %v; %d of %d keys are taken back", ours, undo, len(field))
	}
	if last(said) != "scan 6936580142207" || len(*said) != 1 {
		t.Errorf("heard %q", *said)
	}
}

func TestAFieldKeepsWhatAPersonTypes(t *testing.T) {
	l, said := heard()
	at := start
	for _, r := range "Mei Li" {
		at = at.Add(180 * time.Millisecond)
		if l.rune(r, true, at) {
			t.Errorf("%q was taken from the field", r)
		}
	}
	if l.edit('\b', true, at) {
		t.Error("Backspace was taken from the field")
	}
	if ours, undo := l.enter(true, at.Add(time.Second)); ours || undo != 0 {
		t.Errorf("Enter is ours: %v, undo %d", ours, undo)
	}
	if len(*said) != 0 {
		t.Errorf("heard %q", *said)
	}
}

func TestTypingWithoutAField(t *testing.T) {
	l, said := heard()
	at := start
	for _, r := range "4829" {
		at = at.Add(180 * time.Millisecond)
		l.rune(r, false, at)
	}
	if last(said) != "pending 4829" {
		t.Errorf("heard %q", *said)
	}
	if !l.edit('\b', false, at) || last(said) != "pending 482" {
		t.Errorf("after Backspace heard %q", last(said))
	}
	if ours, _ := l.enter(false, at.Add(time.Second)); !ours || last(said) != "typed 482" {
		t.Errorf("after Enter heard %q", last(said))
	}
	l.rune('7', false, at.Add(2*time.Second))
	if !l.edit('\x1b', false, at.Add(2*time.Second)) || last(said) != "pending " {
		t.Errorf("after Escape heard %q", last(said))
	}
	if l.edit('\x1b', false, at.Add(3*time.Second)) || last(said) != "Escape" {
		t.Errorf("Escape with nothing typed: heard %q", last(said))
	}
	if ours, _ := l.enter(false, at.Add(4*time.Second)); ours {
		t.Error("Enter with nothing typed was taken")
	}
}

func TestFunctionKeys(t *testing.T) {
	l, said := heard()
	if !l.function(10) || !l.function(1) || l.function(0) || l.function(13) {
		t.Error("F1 to F12 are ours, no other key")
	}
	if got := strings.Join(*said, " "); got != "F10 F1" {
		t.Errorf("heard %q", got)
	}
}

func TestCanvasFallback(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, &canvas.Rectangle{})
	var scans, names []string
	if err := Install(w, func(k Key) {
		if k.Scan != nil {
			scans = append(scans, k.Scan.Code)
		}
		if k.Name != "" {
			names = append(names, k.Name)
		}
	}); err != nil {
		t.Fatal(err)
	}
	test.TypeOnCanvas(w.Canvas(), "6936580142207")
	press := w.Canvas().OnTypedKey()
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyF10, fyne.KeyF, fyne.KeyEscape} {
		press(&fyne.KeyEvent{Name: name})
	}
	if len(scans) != 1 || scans[0] != "6936580142207" {
		t.Errorf("scans %q", scans)
	}
	if strings.Join(names, " ") != "F10 Escape" {
		t.Errorf("names %q", names)
	}
}
