package cli

import (
	"cmp"
	"path/filepath"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/report"
	"packbench/internal/setup"
	"packbench/ui/clock"
)

// overdueList names the sheet that is the list of what is late.
const overdueList setup.Sheet = "overdue"

// overduePaper is the list of what is late on paper: by cause, those that are due first before the others, with the code that opens each parcel.
func (b *Bench) overduePaper(e *Environment, at time.Time, owed []order.DueClock) drawing {
	late := ByCause(owed)
	list := paper.Lates{
		Title: e.Tongue.Text("overdue.paper.title", "time", at.Local().Format("01-02 15:04")),
		Sum:   e.Tongue.Text("overdue.paper.sum", "count", len(late)),
	}
	var was order.Cause
	for _, l := range late {
		if l.Cause != was {
			was = l.Cause
			count := 0
			for _, other := range late {
				if other.Cause == was {
					count++
				}
			}
			list.Groups = append(list.Groups, paper.LateGroup{Cause: e.Tongue.Text("overdue.paper.cause", "cause", order.Said{Key: "cause." + string(was)}, "count", count)})
		}
		group := &list.Groups[len(list.Groups)-1]
		group.Parcels = append(group.Parcels, e.latePaper(l, at))
	}
	return drawing{paperLine{Sheet: overdueList}, func(size page.Size, dpi int) ([]*page.Page, error) { return paper.LateList(size, dpi, list) }}
}

// latePaper is a parcel of the list.
func (e *Environment) latePaper(l Late, at time.Time) paper.LateParcel {
	owner, next := l.Cause.ToDo()
	name := strings.Join(l.Facts.OrderIDs, " ")
	if name == "" {
		name = string(l.Facts.Key)
	}
	late, _ := clock.Due(e.Tongue, l.Clocks[0].Due, at)
	return paper.LateParcel{
		Order: strings.TrimSpace(name + " " + string(l.Facts.Market)),
		Late:  e.Tongue.Text("unit.pair", "a", late, "b", order.Said{Key: "clock." + string(l.Clocks[0].ID)}),
		About: e.Tongue.Text("overdue.paper.next", "owner", order.Said{Key: "owner." + string(owner)}, "next", order.Said{Key: "act." + string(next)}),
		Code:  string(l.Facts.Key),
	}
}

// file writes the list into the spreadsheet that was asked for, and says where it is.
func (v *Overdue) file(e *Environment, owed []order.DueClock, at time.Time) error {
	name, format := cmp.Or(v.File, "overdue-"+at.Local().Format(time.DateOnly)+".xlsx"), report.XLSX
	if v.CSV {
		format = report.CSV
	}
	path, err := e.Path(name)
	if err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return order.Trouble(err, "export.unwritable", "file", name)
	}
	if err := report.WriteFile(path, format, e.overdueTable(owed, at)); err != nil {
		return order.Trouble(err, "export.unwritable", "file", path)
	}
	return e.tell(order.Say("overdue.written", "file", path, "count", len(owed)))
}

// overdueTable are the lines of the list for a spreadsheet.
func (e *Environment) overdueTable(owed []order.DueClock, at time.Time) report.Table {
	table := report.Table{Columns: report.OverdueColumns, Zone: at.Local().Location()}
	for _, c := range table.Columns {
		table.Headings = append(table.Headings, e.Tongue.Say(c.Heading))
	}
	table.Rows = func(row func([]report.Cell) error) error {
		for _, d := range owed {
			if err := row(report.OverdueRow(d, at, e.Tongue.Say)); err != nil {
				return err
			}
		}
		return nil
	}
	return table
}
