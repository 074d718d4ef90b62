package keyhook

import (
	"strings"
	"testing"
	"time"
)

// burst is a scan at 2 ms a key with its Enter. field is what a focused widget gets of it.
func burst(l *listener, said *[]string, text string, focused bool, at time.Time) (field string) {
	for _, r := range text {
		at = at.Add(2 * time.Millisecond)
		if !l.rune(r, focused, at) {
			field += string(r)
		}
	}
	l.enter(focused, at, func(n int) {
		runes := []rune(field)
		field = string(runes[:len(runes)-n])
	})
	return field
}

// A Chinese input method in front of a scanner is told once a code, and the code is there all the same: clean where its signs are only wide.
func TestAnInputMethodBeforeAScanner(t *testing.T) {
	for _, c := range []struct {
		text, want string
		focused    bool
	}{
		{"６９３６５８０１４２２０７", "method|scan 6936580142207", false},
		{"ＰＢ－０１２３。【４】", "method|scan PB-0123.[4]", false},
		{"6936580142207", "scan 6936580142207", false},
		{"这样ZY01234", "method|scan 这样ZY01234", false},
		{"６９３６５８０１４２２０７", "method|scan 6936580142207", true},
		{"6936580142207", "scan 6936580142207", true},
		{"三号打包台左边", "", true}, // a person's, who may compose in a field
	} {
		l, said := heard()
		field := burst(l, said, c.text, c.focused, start)
		var got []string
		for _, one := range *said {
			if !strings.HasPrefix(one, "pending") {
				got = append(got, one)
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q, focused %v: heard %q", c.text, c.focused, got)
		}
		if c.focused && (field == "") != (c.want != "") {
			t.Errorf("%q leaves %q in the field", c.text, field)
		}
	}
}

// It is told with every code anew, and not with every key.
func TestAnInputMethodIsToldOnceACode(t *testing.T) {
	l, said := heard()
	told := func() (n int) {
		for _, one := range *said {
			if one == "method" {
				n++
			}
		}
		return n
	}
	for i := range 3 {
		burst(l, said, "６９３６５８０１", false, start.Add(time.Duration(i)*time.Second))
		if told() != i+1 {
			t.Errorf("after %d codes it was told %d times", i+1, told())
		}
	}
	at := start.Add(10 * time.Second)
	for range 5 { // a method that keeps Enter
		at = at.Add(time.Second)
		l.rune('中', false, at)
	}
	if told() != 4 {
		t.Errorf("without Enter it was told %d times", told()-3)
	}
	l.rune('文', false, at.Add(11*time.Second))
	if told() != 5 {
		t.Errorf("later it was told %d times", told()-4)
	}
}
