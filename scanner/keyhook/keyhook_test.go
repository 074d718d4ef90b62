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
		case k.InputMethod:
			said = append(said, "method")
		case k.Name != "":
			said = append(said, k.Name)
		default:
			said = append(said, "pending "+k.Typed)
		}
	}, nil)
	return l, &said
}

// last is the last thing said.
func last(said *[]string) string {
	if len(*said) == 0 {
		return ""
	}
	return (*said)[len(*said)-1]
}

// back counts what is taken back from a field.
func back(field *string, said *[]string) func(int) {
	return func(n int) {
		if len(*said) > 0 {
			*field += "!" // somebody heard of the scan already
		}
		*field = (*field)[:len(*field)-n]
	}
}

func TestABurstIsTakenBackFromTheFieldThatHasTheFocus(t *testing.T) {
	l, said := heard()
	field := ""
	at := start
	for _, r := range "10.0." { // a hand
		at = at.Add(200 * time.Millisecond)
		if !l.rune(r, true, at) {
			field += string(r)
		}
	}
	at = at.Add(2 * time.Second)
	for _, r := range "6936580142207" {
		at = at.Add(2 * time.Millisecond)
		if !l.rune(r, true, at) {
			field += string(r)
		}
	}
	if field != "10.0.6936580142207" {
		t.Errorf("the field has %q before Enter", field)
	}
	if !l.hot(at) {
		t.Error("a space in the burst would press a button")
	}
	if !l.enter(true, at, back(&field, said)) || field != "10.0." {
		t.Errorf("the field has %q after Enter", field)
	}
	if last(said) != "scan 6936580142207" || len(*said) != 1 {
		t.Errorf("heard %q", *said)
	}
}

// What types quickly and is no scanner, such as a program that fills fields in, loses nothing.
func TestAFieldKeepsWhatComesQuickly(t *testing.T) {
	l, said := heard()
	for _, r := range "s3cr3t-that-was-filled-in" {
		if l.rune(r, true, start) {
			t.Errorf("%q was taken from the field", r)
		}
	}
	if l.enter(true, start.Add(time.Second), func(int) { t.Error("it was taken back") }) || len(*said) != 0 {
		t.Errorf("heard %q", *said)
	}
}

func TestAFieldKeepsWhatAnInputMethodGives(t *testing.T) {
	l, said := heard()
	for _, r := range "三号打包台左边" {
		if l.rune(r, true, start) {
			t.Errorf("%q was taken from the field", r)
		}
	}
	if l.enter(true, start.Add(20*time.Millisecond), func(int) { t.Error("it was taken back") }) || len(*said) != 0 {
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
	if l.enter(true, at.Add(time.Second), func(int) { t.Error("it was taken back") }) {
		t.Error("Enter was taken from the field")
	}
	if len(*said) != 0 {
		t.Errorf("heard %q", *said)
	}
}

// Tab leads from field to field, however quickly one types, and a code does not reach over two of them.
func TestTab(t *testing.T) {
	l, said := heard()
	type3 := func(focused bool) {
		for _, r := range "abc" {
			l.rune(r, focused, start)
		}
	}
	type3(true)
	if l.tab(true, start) {
		t.Error("a field keeps Tab from itself")
	}
	type3(true)
	if l.enter(true, start, func(int) { t.Error("it was taken back") }); len(*said) != 0 {
		t.Errorf("heard %q", *said)
	}
	type3(false)
	if !l.tab(false, start) {
		t.Error("a Tab in a burst finds a field")
	}
	if l.tab(false, start.Add(time.Second)) {
		t.Error("a Tab by itself finds no field")
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
	if !l.enter(false, at.Add(time.Second), nil) || last(said) != "typed 482" {
		t.Errorf("after Enter heard %q", last(said))
	}
	l.rune('7', false, at.Add(2*time.Second))
	if !l.edit('\x1b', false, at.Add(2*time.Second)) || last(said) != "pending " {
		t.Errorf("after Escape heard %q", last(said))
	}
	if l.edit('\x1b', false, at.Add(3*time.Second)) || last(said) != "Escape" {
		t.Errorf("Escape with nothing typed: heard %q", last(said))
	}
	if l.enter(false, at.Add(4*time.Second), nil) {
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
	}, nil, false); err != nil {
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

// A scanner without Enter: the silence after its code ends it, and takes it back from the field that has the focus.
func TestASilenceEndsACode(t *testing.T) {
	for _, focused := range []bool{false, true} {
		l, said := heard()
		field := ""
		at := start
		for _, r := range "6936580142207" {
			at = at.Add(2 * time.Millisecond)
			if !l.rune(r, focused, at) {
				field += string(r)
			}
			l.silent(focused, at, back(&field, said))
		}
		l.silent(focused, at.Add(100*time.Millisecond), back(&field, said))
		if strings.HasPrefix(last(said), "scan ") {
			t.Errorf("focused %v: ended too early: %q", focused, *said)
		}
		l.silent(focused, at.Add(300*time.Millisecond), back(&field, said))
		if last(said) != "scan 6936580142207" || field != "" {
			t.Errorf("focused %v: heard %q, the field has %q", focused, *said, field)
		}
		heardOf := len(*said)
		if l.silent(focused, at.Add(time.Second), back(&field, said)); len(*said) != heardOf {
			t.Errorf("focused %v: once more: %q", focused, *said)
		}
	}
}

// A keyboard scanner types the separator of GS1 fields as control and ], which is no character.
func TestTheSeparatorOfGS1IsPartOfACode(t *testing.T) {
	for _, focused := range []bool{false, true} {
		l, said := heard()
		at, field := start, ""
		if l.separator(focused, at) {
			t.Error("outside of a code it is the window's")
		}
		for _, r := range "10LOT1|21SER" {
			at = at.Add(3 * time.Millisecond)
			if r == '|' {
				if !l.separator(focused, at) {
					t.Error("within a code it is not taken")
				}
				continue
			}
			if !l.rune(r, focused, at) {
				field += string(r)
			}
		}
		l.enter(focused, at.Add(3*time.Millisecond), back(&field, said))
		if last(said) != "scan 10LOT1\x1d21SER" || field != "" {
			t.Errorf("focused %v: %q, %q left in the field", focused, *said, field)
		}
	}
}

func TestKeysThatMoveInAList(t *testing.T) {
	l, said := heard()
	if !l.move(fyne.KeyDown, false) || last(said) != string(fyne.KeyDown) {
		t.Errorf("heard %q", *said)
	}
	if l.move(fyne.KeyUp, true) || len(*said) != 1 {
		t.Errorf("a field loses its key: %q", *said)
	}
	if l.enter(false, start, nil); last(said) != string(fyne.KeyReturn) {
		t.Errorf("Return alone is not heard: %q", *said)
	}
	l.rune('5', false, start)
	l.enter(false, start.Add(time.Second), nil)
	if last(said) != "typed 5" {
		t.Errorf("Return that ends something is heard twice: %q", *said)
	}
	heardSoFar := len(*said)
	if l.enter(true, start.Add(2*time.Second), nil); len(*said) != heardSoFar {
		t.Errorf("Return in a field is heard: %q", *said)
	}
}
