package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
)

// Export writes lists into files for spreadsheets.
type Export struct {
	What   string `enum:"orders,lines,overdue,shift,labels,buyers" default:"orders" help:"What is listed: orders; lines, a piece each; overdue, what is late now; shift, what was done each day; labels and what became of them; buyers who are to be told of dispatch, delay or delivery, with a text in their language."`
	From   string `placeholder:"DAY" help:"Orders placed, of shift what was done, from this day or moment on, such as 2026-11-01 or 2026-11-01T08:00:00Z (default: 90 days to the end)."`
	To     string `placeholder:"DAY" help:"Orders placed up to the end of this day, or before this moment (default: today)."`
	Filter string `placeholder:"WORDS" help:"Only orders with a parcel that fits, such as: market:MY state:confirmed. Not with shift."`
	Out    string `placeholder:"FILE" help:"Where to: its ending, .xlsx or .csv, says how (default: a .xlsx in the working folder, named by what it holds)."`
	XLSX   string `name:"xlsx" placeholder:"FILE" help:"Write a spreadsheet, whatever the file's ending."`
	CSV    string `name:"csv" placeholder:"FILE" help:"Write CSV as Excel opens it, whatever the file's ending."`
	Plain  bool   `help:"CSV for programs: without a byte order mark, and long numbers as they are."`
	Split  bool   `help:"Where a file does not hold all orders, write as many as it takes: FILE-1, FILE-2 …"`
	JSON   bool   `name:"json" help:"One object a file."`
}

// exportLine is a file that was written.
type exportLine struct {
	What   report.What `json:"what"`
	File   string      `json:"file"`
	From   string      `json:"from"`
	To     string      `json:"to"` // the first moment that is not in it
	Orders int         `json:"orders,omitempty"`
	Rows   int         `json:"rows"`
}

// Served tells that a program that has the folder open does it.
func (v *Export) Served() bool { return true }

// progressEvery is the pause between two lines of progress.
const progressEvery = time.Second

// Run writes the files and says which. What is wrong with the wish is said before it begins.
func (v *Export) Run(e *Environment) (err error) {
	wish, err := v.wish(e)
	if err != nil {
		return err
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	switch wish.What {
	case report.Overdue:
		rows, err := e.overdueFile(bench, wish)
		return v.tellList(e, wish, rows, err)
	case report.Shifts:
		rows, err := bench.ShiftFile(e.Tongue, wish.Span, wish.File, wish.Format)
		return v.tellList(e, wish, rows, err)
	}
	plan, err := bench.PlanExport(wish)
	if err != nil {
		return err
	}
	if many := plan.TooMany(); many.Key != "" && !v.Split {
		return &order.Problem{Said: many}
	}
	said := time.Now()
	err = bench.Export(e.Context, e.Tongue, &plan, func(done, of int) {
		if time.Since(said) >= progressEvery {
			said = time.Now()
			fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Text("export.progress", "done", done, "of", of))
		}
	})
	if err != nil {
		return err
	}
	for _, part := range plan.Parts {
		if v.JSON {
			err = e.Line(exportLine{plan.What, part.File, moment(part.Span.From), moment(part.Span.To), part.Orders, part.Rows})
		} else {
			err = e.tell(order.Say("export.written", "file", part.File, "orders", part.Orders, "rows", part.Rows))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tellList says which list that is of no orders was written.
func (v *Export) tellList(e *Environment, wish ExportWish, rows int, err error) error {
	if err != nil {
		return err
	}
	if v.JSON {
		return e.Line(exportLine{What: wish.What, File: wish.File, From: moment(wish.Span.From), To: moment(wish.Span.To), Rows: rows})
	}
	return e.tell(order.Say("export.written_list", "file", wish.File, "rows", rows))
}

// wish is what is asked for. It fails with usage.export, usage.export_file and usage.time.
func (v *Export) wish(e *Environment) (wish ExportWish, err error) {
	wish.What = report.What(v.What)
	if wish.Span, err = v.span(e.Now().Local()); err != nil {
		return wish, err
	}
	if wish.Filter = v.Filter; wish.What == report.Shifts && v.Filter != "" || wish.What == report.Overdue && v.From+v.To != "" {
		return wish, order.Trouble(nil, "usage.export_list")
	}
	named := 0
	for _, file := range []string{v.Out, v.XLSX, v.CSV} {
		if file != "" {
			named++
		}
	}
	if named > 1 {
		return wish, order.Trouble(nil, "usage.export")
	}
	file := cmp.Or(v.Out, v.XLSX, v.CSV, fmt.Sprintf("%s-%s-%s.xlsx", v.What, wish.Span.From.Format(time.DateOnly), wish.Span.To.Add(-1).Format(time.DateOnly)))
	known := false
	switch wish.Format, known = report.FormatOf(file); {
	case v.XLSX != "":
		wish.Format, known = report.XLSX, true
	case v.CSV != "":
		wish.Format, known = report.CSV, true
	}
	if !known {
		return wish, order.Trouble(nil, "usage.export_file", "file", file)
	}
	if v.Plain {
		if wish.Format != report.CSV {
			return wish, order.Trouble(nil, "usage.export_plain")
		}
		wish.Format = report.PlainCSV
	}
	path, err := e.Path(file)
	if err != nil {
		return wish, err
	}
	if wish.File, err = filepath.Abs(path); err != nil {
		return wish, order.Trouble(err, "export.unwritable", "file", file)
	}
	return wish, nil
}

// span is when the orders were placed: the 90 days that end today, unless something else was said.
func (v *Export) span(now time.Time) (report.Span, error) {
	span := report.LastDays(now)
	if v.To != "" {
		to, isDay, err := dayOrMoment(v.To, now)
		if err != nil {
			return span, err
		}
		if isDay {
			to = to.AddDate(0, 0, 1)
		}
		span = report.Span{From: to.AddDate(0, 0, -report.MostDays), To: to}
	}
	if v.From != "" {
		from, _, err := dayOrMoment(v.From, now)
		if err != nil {
			return span, err
		}
		span.From = from
	}
	if !span.To.After(span.From) {
		return span, order.Trouble(nil, "usage.export_backwards")
	}
	return span, nil
}

// dayOrMoment reads a day, which stands for its beginning where the bench stands, or a moment.
func dayOrMoment(text string, now time.Time) (at time.Time, isDay bool, err error) {
	if day, err := time.ParseInLocation(time.DateOnly, text, now.Location()); err == nil {
		return day, true, nil
	}
	at, err = time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, false, order.Trouble(err, "usage.time", "time", text)
	}
	return at.In(now.Location()), false, nil
}
