package cli_test

import (
	"fmt"
	"io"
	"testing"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/words"
)

// The overdue list over 100,000 orders, in process and as the window asks for it: it is to take at most 20 ms and to grow with the list, not with the store.
func BenchmarkOverdue(b *testing.B) {
	for _, listed := range []int{100, 1_000, 5_000} {
		for _, stored := range []int{25_000, 100_000} {
			b.Run(fmt.Sprintf("rows=%d/orders=%d", listed, stored), func(b *testing.B) { benchmarkOverdue(b, listed, stored) })
		}
	}
}

func benchmarkOverdue(b *testing.B, late, stored int) {
	now := time.Date(2026, 11, 20, 4, 0, 0, 0, time.UTC)
	tongue, err := words.In(words.English)
	if err != nil {
		b.Fatal(err)
	}
	bench, err := cli.OpenBench(&cli.Environment{Dir: b.TempDir(), Now: func() time.Time { return now }, Tongue: tongue, Stderr: io.Discard})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := bench.Close(); err != nil {
			b.Error(err)
		}
	}()
	var page []order.Order
	for n := range stored {
		o := order.Order{
			ID: fmt.Sprint(n), ShopID: "S", Market: "MY", Status: order.AwaitingShipment, ShippingType: order.ByPlatform, WentThroughHold: true, UpdatedAt: now,
			CreatedAt: now.Add(-2 * time.Hour), PaidAt: now.Add(-2 * time.Hour), PackageIDs: []string{fmt.Sprint("P", n)}, Lines: []order.Line{{ID: fmt.Sprint("L", n), SKUID: "A"}},
			Times: order.PlatformTimes{ArrangeBy: now.Add(48 * time.Hour)},
		}
		if n%(stored/late) == 0 {
			o.Times.ArrangeBy = now.Add(-time.Duration(n+1) * time.Second)
		}
		if page = append(page, o); len(page) == 1000 || n == stored-1 {
			if err := bench.Store.SaveOrders(page, now); err != nil {
				b.Fatal(err)
			}
			page = nil
		}
	}
	rows := 0
	ask := func() {
		owed, _, err := bench.Overdue(now, 0)
		if rows = len(owed); err != nil || rows != late {
			b.Fatalf("%d rows of %d, %v", rows, late, err)
		}
	}
	ask() // the first looks at all parcels
	for b.Loop() {
		ask()
	}
}
