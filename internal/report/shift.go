package report

import (
	"cmp"
	"slices"
	"time"

	"packbench/internal/order"
)

// Shift is what was done on a day, and on the days before it.
type Shift struct {
	Day     time.Time // midnight, in the zone of the bench
	All     order.Tally
	Packers []Who  // by name: it is no race
	Benches []Who  // by name
	Days    []Done // TrendDays of them, the last one Day
	Balance order.Balance
}

// Who is a packer or a bench. Name is empty where nobody was signed in.
type Who struct {
	Name string
	order.Tally
}

// Done is what was done on a day. Known tells that the program counted already: there were tallies on it or before it.
type Done struct {
	Day   time.Time
	Known bool
	order.Tally
}

// TrendDays is how many days a trend shows.
const TrendDays = 14

// From is the moment a shift's tallies are read from: the first day of its trend.
func From(day time.Time) time.Time { return day.AddDate(0, 0, 1-TrendDays) }

// ShiftOf sums up a day and its trend from tallies since From(day), the oldest first. With a packer it is that packer's alone, and no bench's. out is how many labels went out
// and are not on their parcels now; it is part of the balance where day is today and all of the bench is looked at. began is when the program began to count.
func ShiftOf(tallies []order.Tallied, day time.Time, packer string, out int, began time.Time) Shift {
	s := Shift{Day: day}
	for back := TrendDays - 1; back >= 0; back-- {
		from := day.AddDate(0, 0, -back)
		s.Days = append(s.Days, Done{Day: from, Known: !began.IsZero() && began.Before(from.AddDate(0, 0, 1))})
	}
	packers, benches := map[string]*Who{}, map[string]*Who{}
	for _, t := range tallies {
		if packer != "" && t.Packer != packer {
			continue
		}
		at := slices.IndexFunc(s.Days, func(d Done) bool { return !t.At.Before(d.Day) && t.At.Before(d.Day.AddDate(0, 0, 1)) })
		if at < 0 {
			continue
		}
		s.Days[at].Add(t.Tally)
		if at < TrendDays-1 {
			continue
		}
		s.All.Add(t.Tally)
		add(packers, t.Packer, t.Tally)
		add(benches, t.Bench, t.Tally)
	}
	s.Packers, s.Benches = named(packers), named(benches)
	s.Balance = s.All.Out
	s.Balance.Bench = out
	s.Balance.Carried = s.Balance.On + s.Balance.Spoiled + out - s.Balance.Sent
	return s
}

func add(to map[string]*Who, name string, t order.Tally) {
	if to[name] == nil {
		to[name] = &Who{Name: name}
	}
	to[name].Add(t)
}

// named are people or benches by name. Who did nothing that a tally shows is left out.
func named(all map[string]*Who) (sorted []Who) {
	for _, w := range all {
		if w.Worked > 0 || w.Parcels+w.Picked+w.Sorted+w.Handed+w.Caught+w.Labels+w.Overrides+w.Reprints > 0 || w.Out != (order.Balance{}) {
			sorted = append(sorted, *w)
		}
	}
	slices.SortFunc(sorted, func(a, b Who) int { return cmp.Compare(a.Name, b.Name) })
	return sorted
}

// Middle is what a usual day came to: the middle of each figure over the days before on which a parcel was packed; Days is how many those are.
type Middle struct {
	Days                            int
	Parcels, Pieces, Caught, Labels int
	LinesAnHour                     float64 // of the days of which it is known
}

// Usual is what a usual day of the trend came to, the last one left out.
func (s Shift) Usual() (m Middle) {
	var parcels, pieces, caught, labels []int
	var paces []float64
	for _, d := range s.Days[:max(0, len(s.Days)-1)] {
		if d.Parcels == 0 {
			continue
		}
		m.Days++
		parcels, pieces, caught, labels = append(parcels, d.Parcels), append(pieces, d.Pieces), append(caught, d.Caught), append(labels, d.Labels)
		if pace := d.LinesAnHour(); pace > 0 {
			paces = append(paces, pace)
		}
	}
	m.Parcels, m.Pieces, m.Caught, m.Labels, m.LinesAnHour = middle(parcels), middle(pieces), middle(caught), middle(labels), middle(paces)
	return m
}

// middle is the median, the lower one of two; 0 of nothing.
func middle[T cmp.Ordered](all []T) (m T) {
	if len(all) == 0 {
		return m
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}
