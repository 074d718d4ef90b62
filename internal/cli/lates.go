package cli

import (
	"time"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// Late is a parcel of which a clock was missed.
type Late struct {
	Facts  *order.Facts
	Cause  order.Cause
	Clocks []order.DueClock // those that were missed, the one that is over longest first
}

// OverdueNow is what the supervisor sees: everything that is late, what is about to be, and the day.
type OverdueNow struct {
	At    time.Time
	Rules *rules.Rules
	// Late are the parcels that are late by their causes, in the order of order.Causes; those of a cause by how long they are late.
	Late []Late
	// Running are the clocks that run out within the time that was asked for, the next one first.
	Running []order.DueClock
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
	now.Late = latesOf(owed)
	for _, d := range owed {
		if d.State != order.Missed {
			now.Running = append(now.Running, d)
		}
	}
	answers, err := b.Store.AnswersOwed()
	now.Answers = len(answers)
	return now, err
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
