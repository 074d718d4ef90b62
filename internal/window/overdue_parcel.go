package window

import (
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/clock"
	"packbench/ui/overdue"
)

// lateRow is a parcel without its clock.
func (w *Window) lateRow(f *order.Facts, cause order.Cause, now time.Time) overdue.Row {
	owner, next := cause.ToDo()
	row := overdue.Row{
		Order: number(f), Orders: len(f.OrderIDs), Market: string(f.Market), Known: w.lastKnown(f, cause, now),
		Owner: w.environment.Tongue.Text("owner." + string(owner)),
	}
	if next != order.ActWait {
		row.Act = order.Said{Key: "act." + string(next)}
	}
	return row
}

// lastKnown is the last thing that is known of a parcel's way, by what keeps it.
func (w *Window) lastKnown(f *order.Facts, cause order.Cause, now time.Time) order.Said {
	ago := func(at order.Moment) string { return clock.Span(w.environment.Tongue, now.Sub(at.Time())) }
	switch h := f.Here; {
	case cause == order.AnswerOwed && f.Mark(order.CancelAsked) != 0:
		return order.Say("overdue.known.asked", "age", ago(f.Mark(order.CancelAsked)))
	case cause == order.ShortOfStock:
		return order.Say("overdue.known.lacks", "sku", h.Lacks)
	case cause == order.NotPicked && f.Wave != "":
		return order.Say("overdue.known.wave", "wave", f.Wave)
	case cause == order.NotPicked:
		return order.Say("overdue.known.no_wave")
	case cause == order.NotPacked && h.Taken == 0:
		return order.Say("overdue.known.sorted", "in", h.Sorted, "of", len(f.SKUs))
	case cause == order.NotPacked:
		return order.Say("overdue.known.taken", "in", h.Taken, "of", len(f.SKUs))
	case cause == order.NoCarrierScan && f.Mark(order.Departed) != 0:
		return order.Say("overdue.known.handed", "age", ago(f.Mark(order.Departed)))
	case f.Passed(order.InCarriage):
		if last := max(f.Mark(order.LastTracked), f.Mark(order.InCarriage)); last != 0 {
			return order.Say("overdue.known.tracked", "age", ago(last))
		}
		return order.Say("overdue.known.never_tracked")
	}
	return stateOf(f.State()).Said
}

// openedModel is everything about the parcel that is seen.
func (w *Window) openedModel(now time.Time) overdue.Parcel {
	o := &w.overdue.opened
	shown := overdue.Parcel{Row: overdue.Row{Order: string(o.key)}, First: o.first}
	if !o.isRead {
		return shown
	}
	shown.Row = w.lateRow(&o.facts, o.cause, now)
	shown.Number, shown.Carrier, shown.Cause = string(o.key), o.facts.Provider, order.Said{Key: "cause." + string(o.cause)}
	shown.How = o.how
	shown.Acts = []ask.Act{{Key: overdue.PrintKey, Word: order.Say("overdue.act.order")}, {Key: overdue.RulesKey, Word: order.Say("rulespage.open")}}
	clocks := slices.Clone(o.clocks) // the worst first, those that were met behind them
	rank := map[order.ClockState]int{order.Missed: 0, order.Near: 1, order.Running: 1, order.Met: 2}
	slices.SortStableFunc(clocks, func(a, b order.Clock) int { return rank[a.State] - rank[b.State] })
	for _, c := range clocks {
		shown.Clocks = append(shown.Clocks, shownClock(c))
	}
	if len(clocks) > 0 && clocks[0].State != order.Met {
		shown.Clock, shown.Due = shown.Clocks[0].Name, shown.Clocks[0].Due
	}
	return shown
}

var clockStates = map[order.ClockState]overdue.State{order.Missed: overdue.Missed, order.Near: overdue.Near, order.Running: overdue.Running, order.Met: overdue.Met}

// shownClock is a clock with whose time it is, and what follows.
func shownClock(c order.Clock) overdue.Clock {
	shown := overdue.Clock{
		Name: order.Said{Key: "clock." + string(c.ID)}, State: clockStates[c.State], Due: local(c.Due), Done: local(c.Ended),
		Source: order.Say("overdue.source.platform"), Consequence: order.Said{Key: "consequence." + string(c.Consequence)},
	}
	if c.Source != order.PlatformSource {
		shown.Source = order.Say("overdue.source.rule", "rule", string(c.ID), "source", c.Source)
	}
	return shown
}
