// Package clock puts spans and moments into words short enough for a screen read in passing.
package clock

import (
	"time"

	"packbench/internal/words"
)

// Span says how long something takes, in at most two units: 40 s, 32 min, 1 h 12 min, 3 d 4 h. A negative span counts as none.
func Span(tongue words.Tongue, d time.Duration) string {
	d = max(d, 0)
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	switch {
	case d < time.Minute:
		return tongue.Text("unit.seconds", "s", int(d.Seconds()))
	case d < time.Hour:
		return tongue.Text("unit.minutes", "m", minutes)
	case d < 24*time.Hour && minutes == 0:
		return tongue.Text("unit.hours", "h", hours)
	case d < 24*time.Hour:
		return tongue.Text("unit.hours.minutes", "h", hours, "m", minutes)
	}
	return tongue.Text("unit.days", "d", hours/24, "h", hours%24)
}

// Moment says a time of day, with its date where that is not today's. Both times are in the zone to be shown.
func Moment(tongue words.Tongue, at, now time.Time) string {
	clock := at.Format("15:04")
	if SameDay(at, now) {
		return clock
	}
	return tongue.Text("unit.date", "day", at.Format("01-02"), "time", clock)
}

// Due says how long it is to a deadline, or how long it is over; empty where there is none. late tells that it is over.
func Due(tongue words.Tongue, due, now time.Time) (said string, late bool) {
	switch {
	case due.IsZero():
		return "", false
	case due.Before(now):
		return tongue.Text("pack.clock.late", "time", Span(tongue, now.Sub(due))), true
	}
	return tongue.Text("pack.clock.left", "time", Span(tongue, due.Sub(now))), false
}

// SameDay tells whether two times of one zone are of the same date.
func SameDay(a, b time.Time) bool { return a.YearDay() == b.YearDay() && a.Year() == b.Year() }
