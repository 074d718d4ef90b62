package packing

import (
	"time"

	"packbench/internal/order"
)

// replaced refuses a label that another has taken the place of, and names that one.
func (m *move) replaced(old order.Known) { m.tellOf(old.Key, StaleLabel, ReplacedBy(old, m.now)) }

// ReplacedBy is what is said of a label that another of its parcel has taken the place of: the number that counts, and when and where its label went out, as far
// as this bench knows. The time is told in now's zone.
func ReplacedBy(old order.Known, now time.Time) order.Said {
	label := old.Work.Label
	if label.State == order.NoLabel || label.Matched == "" {
		return order.Say("refused.replaced_label", "parcel", old.Key)
	}
	said := order.Say("refused.replaced_by", "code", label.Matched)
	if where := wentOut(label, now); where.Key != "" {
		said = order.Say("refused.replaced_where", "said", said, "where", where)
	}
	return said
}

// wentOut is when, on which printer and in which print run a label went out; the empty sentence where nobody knows.
func wentOut(label order.LabelWork, now time.Time) order.Said {
	if label.State == order.Queued {
		return order.Say("replaced.waits")
	}
	if label.SentAt.IsZero() {
		return order.Said{}
	}
	at, form := label.SentAt.In(now.Location()), "15:04"
	if at.YearDay() != now.YearDay() || at.Year() != now.Year() {
		form = "2006-01-02 15:04"
	}
	when := at.Format(form)
	switch {
	case label.Printer == "":
		return order.Say("replaced.out", "time", when)
	case label.Run == "":
		return order.Say("replaced.on_printer", "time", when, "printer", label.Printer)
	}
	return order.Say("replaced.in_run", "time", when, "printer", label.Printer, "run", label.Run)
}
