package cli

import (
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/words"
)

// ShiftFile writes what was done on the days of a span into a file: of each day all, packers and benches.
func (b *Bench) ShiftFile(tongue words.Tongue, span report.Span, file string, format report.Format) (rows int, err error) {
	if span.TooLong() {
		return 0, order.Trouble(nil, "export.too_long", "most", report.MostDays, "ranges", spansSaid(inMostDays(span)))
	}
	began, err := b.Store.TalliedSince()
	if err != nil {
		return 0, err
	}
	var table [][]report.Cell
	for day := today(span.From); day.Before(span.To); day = day.AddDate(0, 0, 1) {
		tallies, err := b.Store.Tallies(day, day.AddDate(0, 0, 1))
		if err != nil {
			return 0, err
		}
		table = append(table, report.ShiftRows(report.ShiftOf(tallies, day, "", 0, began))...)
	}
	return len(table), b.writeTable(tongue, report.ShiftColumns, span.From.Location(), table, file, format)
}

// overdueFile writes what is late now, of parcels that fit the filter, into a file and tells how many clocks there are. It fails with export.too_many_late where the parcels are of more orders
// than a file may hold.
func (e *Environment) overdueFile(bench *Bench, wish ExportWish) (rows int, err error) {
	chosen, _, err := bench.Filter(wish.Filter)
	if err != nil {
		return 0, err
	}
	now := e.Now()
	owed, _, err := bench.Overdue(now, 0)
	if err != nil {
		return 0, err
	}
	owed = slices.DeleteFunc(owed, func(d order.DueClock) bool { return !chosen.Fits(d.Facts) })
	late := map[string]bool{}
	for _, d := range owed {
		for _, id := range d.Facts.OrderIDs {
			late[id] = true
		}
	}
	if len(late) > report.MostOrders {
		return 0, order.Trouble(nil, "export.too_many_late", "orders", len(late), "most", report.MostOrders)
	}
	if err := report.WriteFile(wish.File, wish.Format, e.overdueTable(owed, now)); err != nil {
		return 0, notWritten(err, wish.File)
	}
	return len(owed), nil
}

// writeTable writes rows that are all there already.
func (b *Bench) writeTable(tongue words.Tongue, columns []report.Column, zone *time.Location, rows [][]report.Cell, file string, format report.Format) error {
	table := report.Table{Columns: columns, Headings: headings(tongue, columns), Zone: zone, Rows: func(row func([]report.Cell) error) error {
		for _, one := range rows {
			if err := row(one); err != nil {
				return err
			}
		}
		return nil
	}}
	if err := report.WriteFile(file, format, table); err != nil {
		return notWritten(err, file)
	}
	return nil
}

// headings are what people call columns.
func headings(tongue words.Tongue, columns []report.Column) (said []string) {
	for _, c := range columns {
		said = append(said, tongue.Say(c.Heading))
	}
	return said
}

// shopNames are the shops' names by their ids.
func (b *Bench) shopNames() (map[string]string, error) {
	shops, err := b.Store.Shops()
	names := map[string]string{}
	for _, shop := range shops {
		names[shop.ID] = shop.Name
	}
	return names, err
}
