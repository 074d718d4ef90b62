package station

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/store"
)

// filledFolder is a bench's folder with so many orders cached, three of four waiting to be packed.
func filledFolder(b *testing.B, orders int) string {
	b.Helper()
	dir := b.TempDir()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	var page []order.Order
	for n := range orders {
		o := order.Order{
			ID: fmt.Sprint("O", n), ShopID: "S", Market: "MY", Status: order.AwaitingShipment, ShippingType: order.ByPlatform,
			WentThroughHold: true, UpdatedAt: time.Unix(1_800_000_000, 0), PackageIDs: []string{fmt.Sprint("P", n)},
			Times: order.PlatformTimes{ArrangeBy: time.Unix(1_800_000_000+int64(n*7919%200_000), 0)},
		}
		if n%4 == 3 {
			o.Status = order.InTransit
		}
		for i := range 1 + n%4 {
			o.Lines = append(o.Lines, order.Line{ID: fmt.Sprint(o.ID, "-", i), SellerSKU: fmt.Sprint("SKU", (n+i)%500), PackageID: o.PackageIDs[0]})
		}
		if page = append(page, o); len(page) == 1000 {
			if err := files.SaveOrders(page, time.Now()); err != nil {
				b.Fatal(err)
			}
			page = page[:0]
		}
	}
	if err := files.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}

// From opening the folder with 100,000 orders cached to the first snapshot: what the window waits for at its start, apart from itself.
func BenchmarkStartToFirstSnapshot(b *testing.B) {
	dir := filledFolder(b, 100_000)
	for b.Loop() {
		files, err := store.Open(dir, time.Now)
		if err != nil {
			b.Fatal(err)
		}
		first := make(chan Snapshot, 1)
		s := New(Config{
			Store: files, Now: time.Now, Log: slog.New(slog.DiscardHandler), Changed: func(shot Snapshot) { first <- shot },
		})
		ctx, stop := context.WithCancel(b.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		shot := <-first
		b.StopTimer()
		if shot.Places.Total() != 75_000 || len(shot.Waiting) != waitingShown || shot.State.Phase != packing.Idle {
			b.Fatalf("%d wait", shot.Places.Total())
		}
		stop()
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
		if err := files.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
