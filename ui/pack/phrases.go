package pack

import (
	"time"

	"packbench/internal/words"
	"packbench/ui/clock"
)

// pair joins two words by a dot where there are two.
func pair(tongue words.Tongue, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return tongue.Text("unit.pair", "a", a, "b", b)
}

// country is a market's name, or its code where the program knows no name.
func country(tongue words.Tongue, market string) string {
	if market == "" {
		return ""
	}
	key := "market." + market
	if name := tongue.Text(key); name != key {
		return name
	}
	return market
}

// remaining says what is left of a clock and whether it has run out.
func remaining(tongue words.Tongue, due, now time.Time) (text string, late bool) {
	if due.IsZero() {
		return tongue.Text("pack.clock.none"), false
	}
	return clock.Due(tongue, due, now)
}
