package store

import (
	"fmt"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/wave"
)

// The first page of a filter over 100,000 orders, and the number of those that fit, as a list asks for both.
func BenchmarkFindPage(b *testing.B) { benchmarkFind(b, "market:MY pieces:2- sku:SKU-1*", 50) }

// The number alone, by a text that may stand in any number.
func BenchmarkFindCount(b *testing.B) { benchmarkFind(b, "text:0700", 0) }

func benchmarkFind(b *testing.B, words string, most int) {
	s, _ := filled(b, cached)
	filter, err := wave.ParseFilter(words, noon)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.Find(nil, 0, 1); err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		found, err := s.Find(filter.Fits, 0, most)
		took = append(took, time.Since(began))
		if err != nil || len(found.Facts) != most || found.Count == 0 {
			b.Fatalf("%d of %d, %v", len(found.Facts), found.Count, err)
		}
	}
	reportTail(b, took)
}

// A page after a reading of 100 orders changed.
func BenchmarkFindAfterAReading(b *testing.B) {
	s, _ := filled(b, cached)
	at := noon
	var took []time.Duration
	for b.Loop() {
		at = at.Add(time.Second)
		var page []order.Order
		for n := range 100 {
			o := make1(orderNumber(n*997), packageNumber(n*997), "SKU-001")
			o.UpdatedAt = at
			page = append(page, o)
		}
		if err := s.SaveOrders(page, at); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if found, err := s.Find(nil, 0, 50); err != nil || found.Count != cached {
			b.Fatal(found.Count, err)
		}
		took = append(took, time.Since(began))
	}
	reportTail(b, took[1:]) // the first reads all
}

// The first look of a program that has just opened 100,000 orders of which a quarter was packed here: it happens beside the start.
func BenchmarkFirstFind(b *testing.B) {
	s, again := filled(b, cached)
	var events []order.Event
	for n := 3; n < cached; n += 4 {
		for _, kind := range []order.EventKind{order.Opened, order.Taken, order.ShipArranged, order.LabelQueued, order.LabelSent, order.Confirmed} {
			events = append(events, order.Event{Kind: kind, Parcel: order.ParcelKey(packageNumber(n)), At: noon, SKU: "SKU-001"})
		}
	}
	if err := s.Append(events); err != nil {
		b.Fatal(err)
	}
	var opening, looking time.Duration
	for b.Loop() {
		began := time.Now()
		s := again()
		opening += time.Since(began)
		began = time.Now()
		if found, err := s.Find(nil, 0, 50); err != nil || found.Count != cached {
			b.Fatal(found.Count, err)
		}
		looking += time.Since(began)
	}
	b.ReportMetric(float64(opening.Milliseconds())/float64(b.N), "open-ms")
	b.ReportMetric(float64(looking.Milliseconds())/float64(b.N), "look-ms")
}

// A hundred waves of fifty parcels out of 75,000 that wait, with short walks and by the stock.
func BenchmarkMakeWaves(b *testing.B) {
	warehouse := wave.Layout{Bays: 20, BayM: 1.2, AisleM: 3, FloorM: 40}
	var aisles []string
	for n := range 12 {
		aisles = append(aisles, string(rune('A'+n)))
	}
	warehouse.Floors = [][]string{aisles}
	for name, layout := range map[string]wave.Layout{"as-they-come": {}, "short-walks": warehouse} {
		b.Run(name, func(b *testing.B) {
			s, _ := filled(b, cached)
			var goods []order.Good
			bins := map[string]string{}
			for n := range 500 {
				sku := fmt.Sprintf("SKU-%03d", n)
				bins[sku] = fmt.Sprintf("%c-%02d", 'A'+n%12, 1+n/12%20)
				goods = append(goods, order.Good{SKU: sku, Bin: bins[sku], Stock: 1000})
			}
			if err := s.ImportGoods(goods); err != nil {
				b.Fatal(err)
			}
			var took []time.Duration
			for day := noon; b.Loop(); day = day.AddDate(0, 0, 1) {
				var made []order.Event
				began := time.Now()
				err := s.MakeWaves("", day, nil, func(from Choosing) []order.Event {
					wish := wave.Wish{Size: 50, Waves: 100, Totes: 12}
					made, _ = wish.Make(from.Unwaved, wave.Free(from.Goods, from.Packed, from.Promised), layout, bins, from.Last, day)
					return made
				})
				took = append(took, time.Since(began))
				if err != nil || len(made) != 100 || len(made[99].Parcels) != 50 {
					b.Fatal(len(made), err)
				}
				for _, event := range made {
					if _, err := s.UndoWave(event.Wave, day); err != nil {
						b.Fatal(err)
					}
				}
			}
			reportTail(b, took)
		})
	}
}
