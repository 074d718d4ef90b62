package cli

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// Late is a parcel with clocks that call for somebody: they were missed, or run out soon.
type Late struct {
	Facts  *order.Facts
	Cause  order.Cause
	Clocks []order.DueClock // the one due first before the others
}

// OverdueNow is what the supervisor sees: everything that is late, what is about to be, and the day.
type OverdueNow struct {
	At    time.Time
	Rules *rules.Rules
	// Late are the parcels that are late by their causes, in the order of order.Causes; those of a cause by how long they are late.
	Late []Late
	// Running are the clocks that run out within the time that was asked for, the next one first.
	Running []order.DueClock
	// CutOff is the next daily cut-off of a shop; zero: no shop has one.
	CutOff time.Time
	// Answers is how many answers are owed to buyers.
	Answers int
}

// OverdueNow reads what is late, and which clocks run out within so long.
func (b *Bench) OverdueNow(within time.Duration) (now OverdueNow, err error) {
	now.At = b.now()
	owed, r, err := b.Overdue(now.At, within)
	if err != nil {
		return now, err
	}
	now.Rules = r
	var missed []order.DueClock
	for _, d := range owed {
		if d.State == order.Missed {
			missed = append(missed, d)
		} else {
			now.Running = append(now.Running, d)
		}
	}
	now.Late = ByCause(missed)
	if now.CutOff, err = b.nextCutOff(r, now.At); err != nil {
		return now, err
	}
	answers, err := b.Store.AnswersOwed()
	now.Answers = len(answers)
	return now, err
}

// nextCutOff is the next daily cut-off of a shop, each in the zone of its market; the zero time where no shop has one.
func (b *Bench) nextCutOff(r *rules.Rules, now time.Time) (next time.Time, err error) {
	if len(r.CutOffs) == 0 {
		return next, nil
	}
	shops, err := b.Store.Shops()
	for _, shop := range shops {
		if hour, has := r.CutOffs[shop.ID]; has {
			if at := nextAt(hour, r.Calendar.Zone(shop.Market, ""), now); next.IsZero() || at.Before(next) {
				next = at
			}
		}
	}
	return next, err
}

// nextAt is the next moment at which a time of day comes in a zone.
func nextAt(hour order.TimeOfDay, zone *time.Location, now time.Time) time.Time {
	day := now.In(zone)
	next := time.Date(day.Year(), day.Month(), day.Day(), 0, int(hour), 0, 0, zone)
	if !next.After(now) {
		next = time.Date(day.Year(), day.Month(), day.Day()+1, 0, int(hour), 0, 0, zone)
	}
	return next
}

// ByCause are the parcels of clocks that call for somebody, by their causes in the order of order.Causes; those of a cause by which is due first. Of clocks due at the same
// moment the platform's own comes first.
func ByCause(owed []order.DueClock) (late []Late) {
	at := map[order.ParcelKey]int{}
	for _, d := range owed {
		n, known := at[d.Facts.Key]
		if !known {
			n = len(late)
			at[d.Facts.Key] = n
			late = append(late, Late{Facts: d.Facts, Cause: d.Cause})
		}
		late[n].Clocks = append(late[n].Clocks, d)
	}
	for _, l := range late {
		slices.SortStableFunc(l.Clocks, func(a, b order.DueClock) int {
			return cmp.Or(a.Due.Compare(b.Due), strings.Compare(notPlatform(a), notPlatform(b)))
		})
	}
	slices.SortStableFunc(late, func(a, b Late) int { return slices.Index(order.Causes, a.Cause) - slices.Index(order.Causes, b.Cause) })
	return late
}

// notPlatform is whose rule a clock is of; empty of the platform's own times.
func notPlatform(d order.DueClock) string {
	if d.Source == order.PlatformSource {
		return ""
	}
	return d.Source
}

// ClocksOf are all clocks of a parcel as they stand, the one due first before the others, and why it has not come further. found is false where the platform has not
// told of it.
func (b *Bench) ClocksOf(key order.ParcelKey) (facts order.Facts, clocks []order.Clock, cause order.Cause, found bool, err error) {
	r, err := b.Rules()
	if err != nil {
		return facts, nil, "", false, err
	}
	is, err := b.Store.Find(func(f *order.Facts) bool { return f.Key == key }, 0, 1)
	if err != nil || len(is.Facts) == 0 {
		return facts, nil, "", false, err
	}
	now := b.now()
	facts = *is.Facts[0].At(now)
	course := facts.Course()
	clocks = r.Clocks(&course, facts.SKUs, r.Calendar, now)
	return facts, clocks, facts.Cause(clocks, now), true, nil
}
