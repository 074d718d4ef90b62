package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// cached is the number of orders the figures of design 5 are asked at.
const cached = 100_000

// fill puts so many orders of one to four pieces of 500 articles into the store; three of four wait to be packed.
func fill(b *testing.B, s *Store, orders int) {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var page []order.Order
	for n := range orders {
		var skus []string
		for range 1 + n%4 {
			skus = append(skus, fmt.Sprintf("SKU-%03d", random.IntN(500)))
		}
		o := make1(orderNumber(n), packageNumber(n), skus...)
		o.Times.ArrangeBy = noon.Add(time.Duration(random.IntN(72*3600)) * time.Second)
		if n%4 == 3 {
			o.Status = order.InTransit
		}
		page = append(page, o)
		if len(page) == 1000 {
			if err := s.SaveOrders(page, noon); err != nil {
				b.Fatal(err)
			}
			page = page[:0]
		}
	}
	var goods []order.Good
	for n := range 500 {
		goods = append(goods, order.Good{SKU: fmt.Sprintf("SKU-%03d", n), Barcodes: []string{fmt.Sprintf("69%011d", n)}})
	}
	if err := s.ImportGoods(goods); err != nil {
		b.Fatal(err)
	}
}

func orderNumber(n int) string { return fmt.Sprint(579200000000000000 + n*100_000_007) }

func packageNumber(n int) string { return fmt.Sprint(1153800000000000000 + n*100_000_007) }

// filled is an open folder with orders in it; again opens it once more.
func filled(b *testing.B, orders int) (s *Store, again func() *Store) {
	b.Helper()
	dir := b.TempDir()
	open := func() *Store {
		s, err := Open(dir, clock)
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	s = open()
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	fill(b, s, orders)
	return s, func() *Store {
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		s = open()
		return s
	}
}

// reportTail reports the 99th percentile and the longest of what was measured.
func reportTail(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e6, "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Nanoseconds())/1e6, "max-ms")
}

// A scan decided with 100,000 orders cached, the journal's commit apart: what it can mean and what follows. Each round opens a parcel,
// takes its first piece, scans a wrong article and a code nobody knows.
func BenchmarkScanDecided(b *testing.B) {
	s, _ := filled(b, cached)
	random := rand.New(rand.NewPCG(3, 4))
	var took []time.Duration
	state := packing.State{Phase: packing.Idle}
	now := noon
	decide := func(code string, want packing.Outcome) {
		now = now.Add(2 * time.Second)
		began := time.Now()
		candidates, err := s.Candidates(code)
		next, turn := packing.Next(state, packing.Scanned{Scan: order.Scan{Code: code, Device: "one", At: now}, Candidates: candidates}, now)
		took = append(took, time.Since(began))
		if err != nil || turn.Outcome != want {
			b.Fatalf("%s came to %q, want %q, %v", code, turn.Outcome, want, err)
		}
		state = next
	}
	for b.Loop() {
		state, now = packing.State{Phase: packing.Idle}, noon
		n := random.IntN(cached/4)*4 + 1 // two pieces, waiting
		decide(packageNumber(n), packing.OpenedOut)
		first, last := state.Parcel.Units[0].SKU(), state.Parcel.Units[1].SKU()
		decide(barcodeOf(first), packing.TakenOut)
		for other := range 3 {
			if sku := fmt.Sprintf("SKU-%03d", other); sku != first && sku != last {
				decide(barcodeOf(sku), packing.WrongItem)
				break
			}
		}
		decide("no such code", packing.UnknownCode)
	}
	reportTail(b, took)
}

func barcodeOf(sku string) string { return "69" + fmt.Sprintf("%011s", sku[4:]) }

// The five most urgent parcels and the number of all, which the station asks for whenever the bench becomes free.
func BenchmarkWaiting(b *testing.B) {
	s, _ := filled(b, cached)
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		first, total, err := s.Waiting(5, "")
		took = append(took, time.Since(began))
		if err != nil || len(first) != 5 || total.Total() != cached*3/4 {
			b.Fatalf("%d of %d, %v", len(first), total.Total(), err)
		}
	}
	reportTail(b, took)
}

// Opening a folder with 100,000 orders cached and asking for the first time what waits.
func BenchmarkOpenAndWaiting(b *testing.B) {
	_, again := filled(b, cached)
	for b.Loop() {
		if _, total, err := again().Waiting(5, ""); err != nil || total.Total() != cached*3/4 {
			b.Fatalf("%d, %v", total.Total(), err)
		}
	}
}

// A page of 100 changed orders taken in while 100,000 are cached.
func BenchmarkSavePage(b *testing.B) {
	s, _ := filled(b, cached)
	at := noon
	for b.Loop() {
		at = at.Add(time.Second)
		var page []order.Order
		for n := range 100 {
			o := make1(orderNumber(n*997), packageNumber(n*997), "SKU-001", "SKU-002")
			o.UpdatedAt = at
			page = append(page, o)
		}
		if err := s.SaveOrders(page, at); err != nil {
			b.Fatal(err)
		}
	}
}

// A night's purge with 100,000 orders cached of which a quarter lose their notes: nobody waits for it but the next reading.
func BenchmarkPurge(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s, _ := filled(b, 0)
		var page []order.Order
		for n := range cached {
			o := make1(orderNumber(n), packageNumber(n), "SKU-001", "SKU-002")
			if o.BuyerMessage = "leave it at the door"; n%4 == 0 {
				o.Status, o.DeliveredAt = order.Delivered, noon
			}
			if page = append(page, o); len(page) == 1000 {
				if err := s.SaveOrders(page, noon); err != nil {
					b.Fatal(err)
				}
				page = page[:0]
			}
		}
		b.StartTimer()
		if gone, err := s.Purge(noon.Add(keptAfterEnd), false); err != nil || gone.Orders != cached/4 {
			b.Fatal(gone, err)
		}
	}
}

// A night's copy of the journal of 100,000 parcels. The bench goes on meanwhile.
func BenchmarkNightlyCopy(b *testing.B) {
	s, again := filled(b, 0)
	var events []order.Event
	for n := range cached {
		for _, kind := range []order.EventKind{
			order.Opened, order.Taken, order.ShipTried, order.ShipArranged, order.DocumentKept, order.LabelQueued, order.LabelSent, order.Confirmed,
		} {
			events = append(events, order.Event{Kind: kind, Parcel: order.ParcelKey(packageNumber(n)), At: noon, Code: packageNumber(n), Device: "keyboard"})
		}
		if len(events) == 80_000 {
			if err := s.Append(events); err != nil {
				b.Fatal(err)
			}
			events = events[:0]
		}
	}
	info, err := os.Stat(s.journal.path)
	if err != nil {
		b.Fatal(err)
	}
	night := noon
	for b.Loop() {
		night = night.AddDate(0, 0, 1)
		if err := s.NightlyCopy(night); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	began := time.Now()
	again()
	b.ReportMetric(float64(time.Since(began).Milliseconds()), "open-ms")
	b.ReportMetric(float64(info.Size())/1e6, "MB")
}
