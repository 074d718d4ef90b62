package evdev

import (
	"strings"
	"testing"
)

// press is the events of keys pressed one after the other, each with the scan code and report that come with it.
func press(codes ...uint16) []Event {
	var events []Event
	for _, code := range codes {
		events = append(events, Event{4, 4, 458756}, Event{typeKey, code, 1}, Event{}, Event{typeKey, code, 0}, Event{})
	}
	return events
}

// with holds a key while others are pressed.
func with(held uint16, events []Event) []Event {
	return append(append([]Event{{typeKey, held, 1}, {}}, events...), Event{typeKey, held, 0}, Event{})
}

func join(parts ...[]Event) []Event {
	var all []Event
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func decoded(events []Event) string {
	var d Decoder
	var text strings.Builder
	for _, e := range events {
		if c, ok := d.Take(e); ok {
			text.WriteByte(c)
		}
	}
	return text.String()
}

func TestKeysBecomeCharacters(t *testing.T) {
	for name, c := range map[string]struct {
		events []Event
		want   string
	}{
		"digits and Enter":      {press(2, 3, 11, 28), "120\r"},
		"number pad":            {press(79, 80, 82, 96), "120\r"},
		"with shift":            {join(with(42, press(36, 45)), press(2, 28)), "JX1\r"},
		"with the other shift":  {join(with(54, press(36)), press(45)), "Jx"},
		"Caps Lock":             {join(press(58), press(36, 45, 2, 12), with(42, press(36)), press(58, 45)), "JX1-jx"},
		"signs":                 {join(press(12, 52, 53), with(42, press(12, 53, 3))), "-./_?@"},
		"backslash":             {join(press(43), with(42, press(43))), `\|`},
		"GS by control":         {join(press(11), with(29, press(27)), press(2)), "0\x1d1"},
		"control, other letter": {with(97, press(50)), "\r"},
		"tab, space":            {press(2, 15, 57, 2), "1\t 1"},
		"held down":             {[]Event{{typeKey, 2, 1}, {typeKey, 2, 2}, {typeKey, 2, 2}, {typeKey, 2, 0}}, "1"},
		"keys that say nothing": {press(59, 125, 1, 500), ""},
		"all letters":           {join(press(16, 17, 18, 19, 20, 21, 22, 23, 24, 25), press(30, 31, 32, 33, 34, 35, 36, 37, 38), press(44, 45, 46, 47, 48, 49, 50)), "qwertyuiopasdfghjklzxcvbnm"},
	} {
		if got := decoded(c.events); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
