package pack

import (
	"time"

	"packbench/internal/words"
	"packbench/ui/clock"
)

// tailLength is how much of a number people compare: the rest is the same for a whole day's parcels.
const tailLength = 6

// lastSix gives the last six of a number as two groups, 482 and 913; a shorter one stays whole.
func lastSix(code string) (first, second string) {
	runes := []rune(code)
	if len(runes) < tailLength {
		return code, ""
	}
	end := runes[len(runes)-tailLength:]
	return string(end[:tailLength/2]), string(end[tailLength/2:])
}

// tail is a number as it stands in a line: …482 913.
func tail(code string) string {
	first, second := lastSix(code)
	if second == "" {
		return first
	}
	if len([]rune(code)) > tailLength {
		first = "…" + first
	}
	return first + " " + second
}

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
	if left := due.Sub(now); left >= 0 {
		return tongue.Text("pack.clock.left", "time", clock.Span(tongue, left)), false
	}
	return tongue.Text("pack.clock.late", "time", clock.Span(tongue, now.Sub(due))), true
}
