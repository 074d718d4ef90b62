package window

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/ui/filter"
	"packbench/ui/kit"
	"packbench/ui/orders"
)

// exportKey asks what of the filter's orders is to be written into a spreadsheet.
const exportKey = "F10"

// exportFolder is where in the bench's folder spreadsheets go.
const exportFolder = "exports"

// exportPause is the pause between two words about how far a file is.
const exportPause = 250 * time.Millisecond

// exporting is the spreadsheet that is asked for or written.
type exporting struct {
	asked  bool        // which one is to be said
	many   report.What // it needs several files: pressed once more it is written all the same
	writes bool        // for the clerks
}

// exportsOffered are the spreadsheets, in the order of their digits.
var exportsOffered = []struct {
	what report.What
	word order.Said
}{
	{report.Orders, order.Say("export.act.orders")}, {report.Lines, order.Say("export.act.lines")}, {report.Labels, order.Say("export.act.labels")}, {report.Buyers, order.Say("export.act.buyers")},
}

// exportChips are what can be written, in the places of the filter's chips.
func (w *Window) exportChips() (chips []filter.Chip) {
	for _, one := range exportsOffered {
		chips = append(chips, filter.Chip{Word: w.environment.Tongue.Say(one.word), Plain: true})
	}
	return chips
}

// askExport asks what is to be written.
func (w *Window) askExport() {
	o := &w.orders
	if o.export.writes {
		return
	}
	o.export.asked, o.report = true, orders.Report{Tone: kit.Told, Said: order.Say("export.which", "days", report.MostDays)}
}

// pressOnExport does what a key does while it is asked what is to be written, and tells whether the key was an answer.
func (w *Window) pressOnExport(key string) bool {
	o := &w.orders
	if !o.export.asked {
		return false
	}
	digit, err := strconv.Atoi(key)
	switch {
	case err == nil && digit >= 1 && digit <= len(exportsOffered):
		w.writeExport(exportsOffered[digit-1].what)
	case key == orders.BackKey || key == exportKey:
		o.export, o.report = exporting{}, orders.Report{}
	default:
		o.export.asked, o.export.many, o.report = false, "", orders.Report{}
		return false
	}
	return true
}

// writeExport writes what the filter finds of the last 90 days. What does not go into one file is said first, and written as several when it is asked for again.
func (w *Window) writeExport(what report.What) {
	o := &w.orders
	now := w.environment.Now().Local()
	folder := filepath.Join(w.environment.Dir, exportFolder)
	wish := cli.ExportWish{
		What: what, Span: report.LastDays(now), Filter: o.text, Format: report.XLSX,
		File: filepath.Join(folder, string(what)+now.Format("-2006-01-02-150405")+".xlsx"),
	}
	again := o.export.many == what
	tongue := w.environment.Tongue
	said := now
	if !w.beside(&o.export.writes, func(ctx context.Context) func() {
		plan, err := w.bench.PlanExport(wish)
		if many := plan.TooMany(); err == nil && many.Key != "" && !again {
			return func() {
				o.export.asked, o.export.many = true, what
				o.report = orders.Report{Tone: kit.Loud, Said: order.Say("export.many_files", "orders", plan.Orders, "most", report.MostOrders, "files", len(plan.Parts))}
			}
		}
		if err == nil {
			if err = os.MkdirAll(folder, 0o700); err != nil {
				err = order.Trouble(err, "export.no_folder", "folder", folder)
			}
		}
		if err == nil {
			err = w.bench.Export(ctx, tongue, &plan, func(done, of int) {
				if at := w.environment.Now(); at.Sub(said) >= exportPause {
					said = at
					w.post(func() {
						o.report = orders.Report{Tone: kit.Told, Said: order.Say("export.progress", "done", done, "of", of)}
						w.draw()
					})
				}
			})
		}
		return func() {
			if err != nil {
				w.ordersFailed(err)
				return
			}
			rows := 0
			for _, part := range plan.Parts {
				rows += part.Rows
			}
			done := order.Say("export.done", "file", plan.Parts[0].File, "orders", plan.Orders, "rows", rows, "days", report.MostDays)
			if len(plan.Parts) > 1 {
				done = order.Say("export.done_files", "folder", folder, "files", len(plan.Parts), "orders", plan.Orders, "rows", rows, "days", report.MostDays)
			}
			o.report = orders.Report{Tone: kit.Calm, Said: done}
		}
	}) {
		return
	}
	o.export.asked, o.export.many = false, ""
	o.report = orders.Report{Tone: kit.Told, Said: order.Say("export.counting")}
}
