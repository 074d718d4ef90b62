package rules

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// BenchmarkMove holds two sets of rules against 100,000 open parcels, as a supervisor waits for who changes one.
func BenchmarkMove(b *testing.B) {
	was, is := brought(b), with(b, "[[extension]]\nclock = \"ready\"\ncreated_from = \"2026-11-01\"\ncreated_to = \"2026-11-30\"\nadd = \"2 wd\"\nwhy = \"storm\"\n")
	markets := []order.Market{"US", "GB", "MY", "TH", "BR"}
	rows := make([]order.Facts, 100_000)
	for i := range rows {
		row := &rows[i]
		row.Market, row.Shipping, row.OrderIDs = markets[i%len(markets)], order.ByPlatform, []string{string(rune(i))}
		row.Pass(order.Placed, order.MomentOf(time.Date(2026, 11, 1+i%20, i%24, 0, 0, 0, time.UTC)))
		row.Pass(order.Paid, row.Mark(order.Placed))
	}
	var moved Moved
	for b.Loop() {
		var err error
		moved, err = is.Move(was, func(visit func(*order.Facts)) error {
			for i := range rows {
				visit(&rows[i])
			}
			return nil
		})
		if err != nil || moved.Of != len(rows) || moved.Parcels == 0 || moved.Parcels == len(rows) {
			b.Fatalf("%+v, %v", moved, err)
		}
	}
	b.ReportMetric(float64(moved.Parcels), "moved")
}
