package report

import (
	"strconv"
	"time"

	"packbench/internal/order"
)

// ShiftColumns are those of the export of shifts: the keys of shift --json.
var ShiftColumns = []Column{
	{"day", order.Say("export.day"), Text, 12},
	{"of", order.Say("export.of"), Text, 10},
	{"name", order.Say("export.name"), Text, 16},
	{"parcels", order.Say("export.parcels"), Number, 10},
	{"pieces", order.Say("export.pieces"), Number, 10},
	{"lines", order.Say("export.lines"), Number, 10},
	{"worked_s", order.Say("export.worked_s"), Number, 12},
	{"lines_an_hour", order.Say("export.lines_an_hour"), Number, 12},
	{"caught", order.Say("export.caught"), Number, 12},
	{"wrong_labels", order.Say("export.wrong_labels"), Number, 12},
	{"overrides", order.Say("export.overrides"), Number, 12},
	{"reprints", order.Say("export.reprints"), Number, 12},
	{"picked_pieces", order.Say("export.picked_pieces"), Number, 12},
	{"sorted_pieces", order.Say("export.sorted_pieces"), Number, 12},
	{"labels_sent", order.Say("export.labels_sent"), Number, 12},
	{"labels_on_parcels", order.Say("export.labels_on_parcels"), Number, 12},
	{"labels_spoiled", order.Say("export.labels_spoiled"), Number, 12},
}

// ShiftRows are a day of a shift: all, then packers and benches by name; none where nothing was done.
func ShiftRows(s Shift) (rows [][]Cell) {
	row := func(of, name string, t order.Tally) {
		rows = append(rows, []Cell{
			text(s.Day.Format(time.DateOnly)), text(of), text(name), number(t.Parcels), number(t.Pieces), number(t.Lines), number(int(t.Worked.Seconds())),
			{Text: strconv.FormatFloat(t.LinesAnHour(), 'f', 1, 64)}, number(t.Caught), number(t.Labels), number(t.Overrides), number(t.Reprints), number(t.Picked), number(t.Sorted),
			number(t.Out.Sent), number(t.Out.On), number(t.Out.Spoiled),
		})
	}
	if len(s.Packers)+len(s.Benches) == 0 {
		return nil
	}
	row("all", "", s.All)
	for _, p := range s.Packers {
		row("packer", p.Name, p.Tally)
	}
	for _, b := range s.Benches {
		row("bench", b.Name, b.Tally)
	}
	return rows
}
