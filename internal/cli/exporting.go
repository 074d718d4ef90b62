package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/words"
	"packbench/store"
)

// ExportWish is an export that is wanted.
type ExportWish struct {
	What   report.What
	Span   report.Span // of the moments its orders were placed; its zone is that of the times in the file
	Filter string
	File   string // its name without parts
	Format report.Format
}

// exportColumns are the columns of the exports.
var exportColumns = map[report.What][]report.Column{
	report.Orders: report.OrderColumns, report.Lines: report.LineColumns, report.Labels: report.LabelColumns, report.Buyers: report.BuyerColumns,
}

// ExportPart is one file of an export.
type ExportPart struct {
	Span   report.Span
	Orders int
	File   string
	Rows   int // once it is written

	ids []string
}

// ExportPlan is an export before it begins: how many orders in how many files.
type ExportPlan struct {
	ExportWish
	Orders int
	Parts  []ExportPart
}

// PlanExport looks how many orders an export has, before anything is written, and parts it where they are more than a file may hold. It fails with export.too_long where it spans more
// than 90 days, and with those of Filter.
func (b *Bench) PlanExport(wish ExportWish) (ExportPlan, error) {
	plan := ExportPlan{ExportWish: wish}
	if wish.Span.TooLong() {
		return plan, order.Trouble(nil, "export.too_long", "most", report.MostDays, "ranges", spansSaid(inMostDays(wish.Span)))
	}
	wanted, err := b.wanted(wish.Filter)
	if err != nil {
		return plan, err
	}
	var ids []string
	var times []time.Time
	err = b.Store.OrdersPlaced(func(id string, at time.Time) {
		if wish.Span.Holds(at) && (wanted == nil || wanted[id]) {
			ids, times = append(ids, id), append(times, at)
		}
	})
	if err != nil {
		return plan, err
	}
	plan.Orders = len(ids)
	for _, span := range report.Split(wish.Span, slices.Clone(times), report.MostOrders) {
		part := ExportPart{Span: span, File: wish.File}
		for i, at := range times {
			if span.Holds(at) {
				part.ids = append(part.ids, ids[i])
			}
		}
		part.Orders = len(part.ids)
		plan.Parts = append(plan.Parts, part)
	}
	if len(plan.Parts) > 1 {
		for i := range plan.Parts {
			plan.Parts[i].File = partOf(wish.File, i+1)
		}
	}
	return plan, nil
}

// TooMany says that a file does not hold all orders, and in which spans they go; no sentence where one does.
func (p ExportPlan) TooMany() order.Said {
	if len(p.Parts) < 2 {
		return order.Said{}
	}
	var spans []report.Span
	for _, part := range p.Parts {
		spans = append(spans, part.Span)
	}
	return order.Say("export.too_many", "orders", p.Orders, "most", report.MostOrders, "ranges", spansSaid(spans))
}

// partOf is the name of a part of a file that is too large.
func partOf(file string, n int) string {
	ending := filepath.Ext(file)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(file, ending), n, ending)
}

// inMostDays parts a span into those that are as long as one may be.
func inMostDays(span report.Span) (parts []report.Span) {
	for span.TooLong() {
		end := span.From.AddDate(0, 0, report.MostDays)
		parts = append(parts, report.Span{From: span.From, To: end})
		span.From = end
	}
	return append(parts, span)
}

// mostSpansSaid bounds how many spans a sentence names.
const mostSpansSaid = 8

// spansSaid are spans as the verb takes them.
func spansSaid(spans []report.Span) string {
	var said []string
	for i, span := range spans {
		if i == mostSpansSaid {
			said = append(said, "…")
			break
		}
		from, to := span.From.Format(time.RFC3339), span.To.Format(time.RFC3339)
		if span.Days() {
			from, to = span.From.Format(time.DateOnly), span.To.AddDate(0, 0, -1).Format(time.DateOnly)
		}
		said = append(said, fmt.Sprintf("--from %s --to %s", from, to))
	}
	return strings.Join(said, "; ")
}

// wanted are the orders with a parcel that fits; nil: all.
func (b *Bench) wanted(filter string) (map[string]bool, error) {
	if strings.TrimSpace(filter) == "" {
		return nil, nil
	}
	chosen, _, err := b.Filter(filter)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	_, err = b.Store.Find(func(f *order.Facts) bool {
		if chosen.Fits(f) {
			for _, id := range f.OrderIDs {
				ids[id] = true
			}
		}
		return false
	}, 0, 0)
	return ids, err
}

// exportedAtOnce is how many orders are read in one transaction: whoever writes waits that long, and as many are in memory.
const exportedAtOnce = 200

// Export writes the files of a plan and fills in how many rows each has. progress is told how many orders are written. What was there stays as it was until a file is whole;
// it fails with export.full, export.unwritable, or as ctx does.
func (b *Bench) Export(ctx context.Context, tongue words.Tongue, plan *ExportPlan, progress func(done, of int)) error {
	names, err := b.shopNames()
	if err != nil {
		return err
	}
	columns := exportColumns[plan.What]
	done := 0
	for i := range plan.Parts {
		part := &plan.Parts[i]
		table := report.Table{Columns: columns, Headings: headings(tongue, columns), Zone: plan.Span.From.Location(), Rows: func(row func([]report.Cell) error) error {
			for ids := range slices.Chunk(part.ids, exportedAtOnce) {
				if err := ctx.Err(); err != nil {
					return err
				}
				rows, err := b.exportRows(plan.What, ids, names)
				if err != nil {
					return err
				}
				for _, one := range rows {
					if err := row(one); err != nil {
						return err
					}
				}
				part.Rows += len(rows)
				done += len(ids)
				progress(done, plan.Orders)
			}
			return nil
		}}
		if err := report.WriteFile(part.File, plan.Format, table); err != nil {
			return notWritten(err, part.File)
		}
	}
	return nil
}

// notWritten says why a file was not written.
func notWritten(err error, file string) error {
	var problem *order.Problem
	if errors.As(err, &problem) {
		return problem
	}
	if errors.Is(err, context.Canceled) {
		return order.Trouble(err, "bench.closing")
	}
	folder := filepath.Dir(file)
	if _, missing := os.Stat(folder); missing != nil {
		return order.Trouble(err, "export.no_folder", "folder", folder)
	}
	if store.IsFull(err) {
		return order.Trouble(err, "export.full", "file", file)
	}
	return order.Trouble(err, "export.unwritable", "file", file)
}

// exportRows are the rows of some orders.
func (b *Bench) exportRows(what report.What, ids []string, shops map[string]string) (rows [][]report.Cell, err error) {
	var read []store.OrderParcels
	if err := b.Store.OrdersOf(ids, func(row store.OrderParcels) error {
		read = append(read, row)
		return nil
	}); err != nil {
		return nil, err
	}
	now := b.now().Local()
	for _, o := range read {
		shop := shops[o.Order.ShopID]
		switch what {
		case report.Orders:
			rows = append(rows, report.OrderRow(o.Order, o.Parcels, shop))
		case report.Lines:
			rows = append(rows, report.LineRows(o.Order, o.Parcels, shop)...)
		case report.Buyers:
			if row, is := report.BuyerRow(o.Order, o.Parcels, shop, now.Location(), now); is {
				rows = append(rows, row)
			}
		case report.Labels:
			for _, known := range o.Parcels {
				events, err := b.Store.History(journalKey(known))
				if err != nil {
					return nil, err
				}
				rows = append(rows, report.LabelRows(known, o.Order.ID, shop, events)...)
			}
		}
	}
	return rows, nil
}
