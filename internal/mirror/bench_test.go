package mirror

import (
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/platform/sandbox"
)

// 15,000 orders read from an unthrottled sandbox into an empty folder, and what a run straight after it costs.
func BenchmarkMirror15000Orders(b *testing.B) {
	const orders = 15_000
	var calls, bytes int64
	for b.Loop() {
		b.StopTimer()
		m := newMirrored(b, sandbox.Options{Orders: orders, Seed: 1})
		b.StartTimer()
		m.sync()
		b.StopTimer()
		if n := len(m.orders()); n != orders {
			b.Fatalf("%d orders", n)
		}
		info, err := os.Stat(filepath.Join(m.dir, "cache.db"))
		if err != nil {
			b.Fatal(err)
		}
		bytes = info.Size()
		before := m.sandbox.Calls(callShops) + m.sandbox.Calls(callSearch)
		m.sync()
		calls = int64(m.sandbox.Calls(callShops) + m.sandbox.Calls(callSearch) - before)
		b.StartTimer()
	}
	b.ReportMetric(float64(calls), "calls-second-run")
	b.ReportMetric(float64(bytes)/orders, "cache-B/order")
}
