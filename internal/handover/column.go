package handover

import (
	"cmp"
	"slices"
	"time"

	"packbench/internal/order"
)

// Row is a parcel that is not as a sheet wants it.
type Row struct {
	Parcel   order.ParcelKey
	Tracking string // the number on its label; its key where nobody knows one
	Orders   []string
	Standing order.Standing // the platform's word
	Mode     order.HandoverMode
	Due      time.Time // when the carrier must have it, else its next deadline; zero: it has none
}

// Column is a carrier's part of the shelf: its sheet, and what is to come onto it.
type Column struct {
	Place
	Market order.Market // of its parcels; empty: nobody knows it
	Sheet  order.Sheet  // its ID is empty where none is open
	Card   Card         // the zero Card: there is none
	// Missing were packed here and are not on a sheet. One of which nobody has told how it is handed over is missing in every column of its carrier.
	Missing []Row
	// ToPack are due until the end of the day and not packed yet.
	ToPack []Row
	// TakeOut were packed here and must not go: they may stand at the shelf.
	TakeOut []Row
	// Recall are on the sheet, and must not go by the platform's newest word.
	Recall []Row
}

// Scanned is how many parcels are on its sheet, Expected how many it waits for in all.
func (c Column) Scanned() int  { return len(c.Sheet.Parcels) }
func (c Column) Expected() int { return c.Scanned() + len(c.Missing) }

// Done tells that all that was packed is on the sheet, and may go.
func (c Column) Done() bool {
	return c.Scanned() > 0 && len(c.Missing)+len(c.Recall) == 0
}

// Wanted tells whether Columns needs a parcel's facts, for a day that ends at a moment.
func Wanted(f *order.Facts, endOfDay time.Time) bool {
	switch {
	case !f.Here.HandedOverAt.IsZero():
		return stops[f.Standing]
	case f.Here.Confirmed:
		return f.Standing != order.Collected
	}
	return dueBy(f, endOfDay)
}

// dueBy tells whether a parcel that is still to be packed has its deadline before a moment.
func dueBy(f *order.Facts, endOfDay time.Time) bool {
	due := leavesBy(f)
	return f.Left() && !due.IsZero() && due.Before(endOfDay)
}

// leavesBy is when the carrier must have a parcel, as far as the platform tells it, else its next deadline; zero: it has none.
func leavesBy(f *order.Facts) time.Time {
	if !f.CollectBy.IsZero() {
		return f.CollectBy
	}
	return f.Due
}

// begun tells whether something of the column stands at the shelf: its sheet is open, or a parcel of it was packed.
func (c Column) begun() bool {
	return c.Sheet.ID != "" || len(c.Missing)+len(c.TakeOut)+len(c.Recall) > 0
}

// leavesFirst is when the first parcel must leave that is to be packed for the column; zero: none has a deadline.
func (c Column) leavesFirst() (first time.Time) {
	for _, row := range c.ToPack {
		if first.IsZero() || !row.Due.IsZero() && row.Due.Before(first) {
			first = row.Due
		}
	}
	return first
}

// before sorts columns: those of which something stands at the shelf first, by their names, so that none changes its place under a hand that scans; of the others
// the one whose parcels must leave first comes first, and what waits for no deadline last.
func (c Column) before(other Column) int {
	switch {
	case c.begun() != other.begun():
		if c.begun() {
			return -1
		}
		return 1
	case c.begun():
		return c.Compare(other.Place)
	}
	first, then := c.leavesFirst(), other.leavesFirst()
	if first.IsZero() != then.IsZero() {
		return then.Compare(first)
	}
	return cmp.Or(first.Compare(then), c.Compare(other.Place))
}

// Columns are the parts of the shelf, by carrier, of the sheets that are open and of parcels that Wanted let pass: first those of which something stands at the shelf,
// by name. Parcels that are not packed, and whose carrier nobody knows, make none.
func (r Rules) Columns(open []order.Sheet, facts []order.Facts, now, endOfDay time.Time) []Column {
	var columns []Column
	for _, sheet := range open {
		columns = append(columns, Column{Place: PlaceOf(sheet), Sheet: sheet})
	}
	for _, f := range facts {
		if r.ours(f) && f.Here.HandedOverAt.IsZero() {
			columns = withColumn(columns, r.placeOf(f, now))
		}
	}
	for i := range columns {
		r.fill(&columns[i], facts, now, endOfDay)
	}
	columns = slices.DeleteFunc(columns, func(c Column) bool { return c.Carrier == "" && !c.begun() })
	slices.SortFunc(columns, Column.before)
	return columns
}

func (r Rules) ours(f order.Facts) bool {
	return r.Warehouse == "" || f.WarehouseID == "" || f.WarehouseID == r.Warehouse
}

func (r Rules) placeOf(f order.Facts, now time.Time) Place {
	return Place{r.Carrier(f.Provider, f.Tracking, now), f.Here.Handover, f.WarehouseID}
}

// withColumn are columns with one that takes parcels of a place. A column for parcels of which nobody has told how they are handed over makes way for one that knows.
func withColumn(columns []Column, p Place) []Column {
	if slices.ContainsFunc(columns, func(c Column) bool { return c.Place == p || p.Mode == "" && c.takes(p) }) {
		return columns
	}
	if at := slices.IndexFunc(columns, func(c Column) bool { return c.Mode == "" && c.Sheet.ID == "" && c.takes(p) }); at >= 0 {
		columns[at].Place = p
		return columns
	}
	return append(columns, Column{Place: p})
}

func (r Rules) fill(c *Column, facts []order.Facts, now, endOfDay time.Time) {
	c.Card = r.Card(c.Place)
	for _, f := range facts {
		row := Row{Parcel: f.Key, Tracking: f.Tracking, Orders: f.OrderIDs, Standing: f.Standing, Mode: f.Here.Handover, Due: leavesBy(&f)}
		if row.Tracking == "" {
			row.Tracking = string(f.Key)
		}
		if !f.Here.HandedOverAt.IsZero() {
			if c.Sheet.Has(f.Key) && stops[f.Standing] {
				c.Recall = append(c.Recall, row)
			}
			continue
		}
		if !r.ours(f) || !c.takes(r.placeOf(f, now)) {
			continue
		}
		if f.WarehouseID == c.Warehouse {
			c.Market = cmp.Or(c.Market, f.Market)
		}
		switch {
		case f.Here.Confirmed && stops[f.Standing]:
			c.TakeOut = append(c.TakeOut, row)
		case f.Here.Confirmed:
			if f.Standing != order.Collected {
				c.Missing = append(c.Missing, row)
			}
		case dueBy(&f, endOfDay):
			c.ToPack = append(c.ToPack, row)
		}
	}
}
