package report

import (
	"slices"
	"time"
)

// An export is bounded as the platform's own are (spec/fulfilment-rules.md 3, export; S0, S1).
const (
	MostOrders = 15_000
	MostDays   = 90
)

// Span is a stretch of time: from a moment up to, and without, another.
type Span struct{ From, To time.Time }

// Holds tells whether a moment lies in it.
func (s Span) Holds(at time.Time) bool { return !at.Before(s.From) && at.Before(s.To) }

// Days tells whether both its ends are midnights where its times are.
func (s Span) Days() bool { return s.From.Equal(midnight(s.From)) && s.To.Equal(midnight(s.To)) }

// TooLong tells whether it is longer than an export may be. Days are counted by the calendar: one that is 25 hours long is one.
func (s Span) TooLong() bool { return s.To.After(s.From.AddDate(0, 0, MostDays)) }

// LastDays are the 90 days that end with the day of a moment, where its clock hangs.
func LastDays(now time.Time) Span {
	end := midnight(now).AddDate(0, 0, 1)
	return Span{end.AddDate(0, 0, -MostDays), end}
}

func midnight(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
}

// Split parts a span into as few as it can that follow each other and hold at most most of the times given, each as long as it can be. They end at midnight unless a day alone
// holds more, and at a whole second then; those that share one second stay together. times are put in order.
func Split(span Span, times []time.Time, most int) (parts []Span) {
	slices.SortFunc(times, time.Time.Compare)
	from := span.From
	for len(times) > most {
		over := times[most].In(span.From.Location()) // the first that is too many
		cut := midnight(over)
		if !times[0].Before(cut) { // its day alone holds more
			cut = over.Truncate(time.Second)
		}
		if !times[0].Before(cut) { // so does its second
			cut = cut.Add(time.Second)
		}
		kept := slices.IndexFunc(times, func(at time.Time) bool { return !at.Before(cut) })
		if kept < 0 {
			break
		}
		parts = append(parts, Span{from, cut})
		from, times = cut, times[kept:]
	}
	return append(parts, Span{from, span.To})
}
