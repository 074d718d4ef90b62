package cli

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/words"
	"packbench/store"
)

// shelf is a bench with so many orders of one to four pieces, placed within the last 80 days.
func shelf(b *testing.B, orders int) *Bench {
	b.Helper()
	dir := b.TempDir()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := files.Close(); err != nil {
			b.Error(err)
		}
	})
	random := rand.New(rand.NewPCG(1, 2))
	now := time.Now().Truncate(time.Second)
	var page []order.Order
	for n := range orders {
		placed := now.Add(-time.Duration(random.IntN(80*24*3600)) * time.Second)
		o := order.Order{
			ID: fmt.Sprint(579200000000000000 + n*100_000_007), ShopID: "7495000000000000001", Market: "MY", Status: order.AwaitingCollection, Type: "NORMAL", FulfillmentType: "FULFILLMENT_BY_SELLER",
			ShippingType: order.ByPlatform, WarehouseID: "7068517275539719942", Provider: "J&T Express", Currency: "MYR", CreatedAt: placed, PaidAt: placed.Add(time.Minute), UpdatedAt: placed.Add(time.Hour),
			Times: order.PlatformTimes{ArrangeBy: placed.Add(72 * time.Hour), CollectBy: placed.Add(120 * time.Hour), DeliverBy: placed.Add(240 * time.Hour)},
		}
		pack := fmt.Sprint(1153800000000000000 + n*100_000_007)
		o.PackageIDs = []string{pack}
		for piece := range 1 + n%4 {
			sku := random.IntN(500)
			o.Lines = append(o.Lines, order.Line{
				ID: fmt.Sprint(577000000000000000 + n*10 + piece), SKUID: fmt.Sprint(1729300000000000000 + sku), SellerSKU: fmt.Sprintf("SKU-%03d", sku), ProductName: fmt.Sprintf("Sports bottle with straw, number %d 运动水杯", sku),
				VariantName: "blue, 750 ml", Status: o.Status, PackageID: pack, Tracking: fmt.Sprintf("MYTT%010d", n), Price: int64(1000 + sku),
			})
		}
		if page = append(page, o); len(page) == 1000 || n == orders-1 {
			if err := files.SaveOrders(page, now); err != nil {
				b.Fatal(err)
			}
			page = page[:0]
		}
	}
	return &Bench{Store: files, dir: dir, now: time.Now}
}

// heapPeak is the most memory the program's values took until stop is called, in MB. The garbage collector runs as it does in the program.
func heapPeak() (stop func() float64) {
	runtime.GC()
	done, peak := make(chan struct{}), make(chan uint64)
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	go func() {
		most := uint64(0)
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64()+sample[1].Value.Uint64())
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	return func() float64 { close(done); return float64(<-peak) / (1 << 20) }
}

// An export planned and written whole, its sync to the disk included (design 5: 15,000 orders to xlsx in at most 3 s, memory flat). peak-MB is that of all heap, of which the figure of
// 5,000 orders is to be that of 15,000.
func BenchmarkExport(b *testing.B) {
	tongue, err := words.In(words.Chinese)
	if err != nil {
		b.Fatal(err)
	}
	for _, orders := range []int{5_000, 15_000} {
		bench := shelf(b, orders)
		for _, what := range []report.What{report.Orders, report.Lines, report.Labels, report.Buyers} {
			for _, format := range []report.Format{report.XLSX, report.CSV} {
				b.Run(fmt.Sprintf("%s/%s/%d", what, format, orders), func(b *testing.B) {
					file := filepath.Join(b.TempDir(), "export")
					peak := heapPeak()
					for b.Loop() {
						plan, err := bench.PlanExport(ExportWish{What: what, Span: report.LastDays(time.Now()), File: file, Format: format})
						if err != nil || plan.Orders != orders {
							b.Fatal(plan.Orders, err)
						}
						if err := bench.Export(b.Context(), tongue, &plan, func(int, int) {}); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(peak(), "peak-MB")
				})
			}
		}
	}
}
