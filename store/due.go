package store

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"packbench/internal/order"
)

// Due visits the parcels one of whose clocks is due by a moment and not met, the one due first before the others, under the rules given: what a parcel has become by
// now, on the platform's side as last read and here, is told. It takes as long as there are such parcels, however many others there are; other rules than the last
// time have all parcels looked at once. visit must not ask the store for more.
func (s *Store) Due(rules *order.Rules, calendar order.Calendar, by time.Time, visit func(*order.Facts)) error {
	return s.trouble("look for what is due", s.due(rules, calendar, by, visit))
}

func (s *Store) due(rules *order.Rules, calendar order.Calendar, by time.Time, visit func(*order.Facts)) error {
	x := &s.finding
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.upToDate(s); err != nil {
		x.rows = nil
		return err
	}
	if x.due.rules != rules {
		x.due = dueIndex{rules: rules, calendar: calendar}
		x.due.change(nil, x.sorted)
	}
	now := s.now()
	for _, o := range x.due.sorted {
		if o.at.After(by) {
			break
		}
		visit(o.row.At(now))
	}
	return nil
}

// dueIndex holds the parcels with a clock that runs, by the moment the next of them is due. It is kept in step with the rows of finding.
type dueIndex struct {
	rules    *order.Rules
	calendar order.Calendar
	sorted   []owing
}

// owing is a parcel that owes something by a moment.
type owing struct {
	at  time.Time
	row *order.Facts
}

func (a owing) compare(b owing) int {
	return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.row.Key, b.row.Key))
}

// change takes rows out and others in.
func (d *dueIndex) change(gone map[*order.Facts]bool, come []*order.Facts) {
	if d.rules == nil {
		return
	}
	if len(gone) > 0 {
		d.sorted = slices.DeleteFunc(d.sorted, func(o owing) bool { return gone[o.row] })
	}
	var late []owing
	for _, row := range come {
		course := row.Course()
		if at := d.rules.NextDue(&course, row.SKUs, d.calendar); !at.IsZero() {
			late = append(late, owing{at, row})
		}
	}
	if len(late) > len(d.sorted)/8 {
		d.sorted = append(d.sorted, late...)
		slices.SortFunc(d.sorted, owing.compare)
		return
	}
	for _, o := range late {
		i := sort.Search(len(d.sorted), func(i int) bool { return d.sorted[i].compare(o) >= 0 })
		d.sorted = slices.Insert(d.sorted, i, o)
	}
}

// follow has it hold other rows of the same parcels.
func (d *dueIndex) follow(rows map[order.ParcelKey]*order.Facts) {
	for i := range d.sorted {
		d.sorted[i].row = rows[d.sorted[i].row.Key]
	}
}

// mark notes in a row what its clocks need and its orders do not say: by when the platform answers a buyer itself, and what happened here.
func (r reading) mark(row *order.Facts) error {
	if at := row.Here.HandedOverAt; !at.IsZero() {
		row.Pass(order.Departed, order.MomentOf(at))
	}
	if row.Passed(order.Answered) {
		return nil
	}
	for _, id := range row.OrderIDs {
		asked, err := get[order.Cancellation](r.cache, bucketCancels, []byte(id))
		if err != nil {
			return err
		}
		if asked.Answers(row.Mark(order.CancelAsked).Time()) {
			row.Deadlines[order.AnswerSLA] = order.MomentOf(asked.AnswerBy)
			row.Pass(order.CancelAsked, order.MomentOf(asked.CreatedAt))
		}
	}
	return nil
}
