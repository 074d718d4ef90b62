package tspl_test

import (
	"strings"
	"testing"

	"packbench/printer/tspl"
)

func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		answer, model string
		whole         bool
	}{
		{"TTP-244 Pro\r\n", "TTP-244 Pro", true},
		{"\r\nTTP-244 Pro\r\nmore", "TTP-244 Pro", true},
		{"BY-480BT", "BY-480BT", false},
		{"\x00BY-480BT\x00\n", "BY-480BT", true},
		{strings.Repeat("X", 300) + "\n", strings.Repeat("X", 64), true},
		{"", "", false},
		{"\r\n\r\n", "", false},
		{"\xff\xfe\n", "", false},
	} {
		id, whole, err := tspl.Identity([]byte(c.answer))
		if id.Model != c.model || whole != c.whole || (err == nil) != (c.model != "") {
			t.Errorf("%q: %+v, %v, %v", c.answer, id, whole, err)
		}
	}
}

func TestResync(t *testing.T) {
	for picture, want := range map[int]string{0: "?\r\nCLS\r\n", 1: "?\r\n\r\nCLS\r\n", 4: "?\r\n\r\n\r\nCLS\r\n"} {
		if got := tspl.Resync(picture); string(got) != want {
			t.Errorf("%d: %q", picture, got)
		}
	}
}

func FuzzIdentity(f *testing.F) {
	f.Add([]byte("TTP-244 Pro\r\n"))
	f.Add([]byte("\x00BY-480BT"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		id, _, err := tspl.Identity(answer)
		if (err == nil) != id.Told() || len(id.Model) > 64 || strings.ContainsFunc(id.Model, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Fatalf("%q: %+v, %v", answer, id, err)
		}
	})
}
