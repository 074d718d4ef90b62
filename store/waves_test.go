package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
	"packbench/internal/wave"
)

// Whatever is made, undone, packed, cancelled and renamed in whatever order: no parcel is in two waves, and open waves never promise more than there is.
func TestNoUnitIsPromisedTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open1(t)
		defer s.Close()
		stock := map[string]int{"tee": rapid.IntRange(0, 12).Draw(rt, "tees"), "cap": rapid.IntRange(0, 6).Draw(rt, "caps")}
		var goods []order.Good
		for sku, n := range stock {
			goods = append(goods, order.Good{SKU: sku, Bin: "A-01", Stock: n})
		}
		if err := s.ImportGoods(goods); err != nil {
			rt.Fatal(err)
		}
		for n := range 16 {
			save(t, s, make1(fmt.Sprint("O", n), fmt.Sprint("P", n), []string{"tee", "cap", "mug"}[n%3]))
		}
		for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			key := fmt.Sprint(rapid.IntRange(0, 15).Draw(rt, "parcel"))
			at := noon.Add(time.Duration(step) * time.Minute)
			var err error
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0, 1, 2:
				err = s.MakeWaves("", at, nil, func(from Choosing) []order.Event {
					served, _ := wave.Promise(from.Unwaved, wave.Free(from.Goods, from.Packed, from.Promised), 0)
					event := order.Event{At: at, Kind: order.WaveMade, Wave: order.WaveID(at, from.Last+1)}
					for _, known := range served[:min(len(served), 4)] {
						event.Parcels = append(event.Parcels, known.Key)
					}
					return []order.Event{event}
				})
			case 3:
				waves, listed := s.Waves(time.Time{})
				if err = listed; len(waves) > 0 && err == nil {
					w := waves[rapid.IntRange(0, len(waves)-1).Draw(rt, "wave")]
					undone, tried := s.UndoWave(w.ID, at)
					if w.Undone != (tried != nil) || tried == nil && undone == w.Begun() {
						rt.Fatalf("undone %v, %v: %+v", undone, tried, w)
					}
				}
			case 4:
				err = s.Append([]order.Event{{Kind: order.Confirmed, Parcel: order.ParcelKey("P" + key), At: at}})
			default:
				o := make1("O"+key, "P"+key, "tee")
				o.Status, o.UpdatedAt = order.Cancelled, at
				err = s.SaveOrders([]order.Order{o}, at)
			}
			if err != nil {
				rt.Fatal(err)
			}
			promisedOnce(rt, s, stock)
		}
	})
}

func promisedOnce(rt *rapid.T, s *Store, stock map[string]int) {
	waves, err := s.Waves(time.Time{})
	if err != nil {
		rt.Fatal(err)
	}
	var in []order.ParcelKey
	promised := map[string]int{}
	for _, w := range waves {
		if w.Undone {
			continue
		}
		in = append(in, w.Parcels...)
		for _, known := range w.Left() {
			for _, u := range known.Units {
				promised[u.SKU()]++
			}
		}
	}
	slices.Sort(in)
	if len(slices.Compact(slices.Clone(in))) != len(in) {
		rt.Fatalf("a parcel is in two waves: %v", in)
	}
	for sku, n := range stock {
		if promised[sku] > n {
			rt.Fatalf("%d of %s are promised, there are %d", promised[sku], sku, n)
		}
	}
	from, err := s.choosing("", nil, nil)
	if err != nil {
		rt.Fatal(err)
	}
	for _, known := range from.Unwaved {
		if slices.Contains(in, known.Key) || !known.Standing.Packable() {
			rt.Fatalf("%s is offered", known.Key)
		}
	}
}

// A parcel that gets its package id stays in its wave.
func TestAWaveKnowsItsParcelsByTheirNewNames(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "tee"))
	events := []order.Event{
		{At: noon, Kind: order.WaveMade, Wave: order.WaveID(noon, 1), Parcels: []order.ParcelKey{"o:O1"}, Shape: order.FastLane},
		{At: noon, Kind: order.Renamed, Parcel: "P1", Was: "o:O1"},
	}
	if err := s.Append(events); err != nil {
		t.Fatal(err)
	}
	waves, err := s.Waves(noon)
	if err != nil || len(waves) != 1 || len(waves[0].Known) != 1 || waves[0].Known[0].Key != "P1" || waves[0].Shape != order.FastLane {
		t.Fatalf("%+v, %v", waves, err)
	}
	if from, err := s.choosing("", nil, nil); err != nil || len(from.Unwaved) != 0 || len(from.Promised) != 1 {
		t.Errorf("%+v, %v", from, err)
	}
	if _, err := s.UndoWave("W9", noon); err == nil || order.AsProblem(err).Key != "wave.unknown" {
		t.Error(err)
	}
}
