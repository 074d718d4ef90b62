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

// Whatever is made, undone, joins, leaves, is packed, found short and cancelled in whatever order: no parcel is in two waves, and open waves never promise more than
// there is beside what left.
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
			n := rapid.IntRange(0, 15).Draw(rt, "parcel")
			key := order.ParcelKey(fmt.Sprint("P", n))
			at := noon.Add(time.Duration(step) * time.Minute)
			var err error
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0, 1, 2:
				err = s.MakeWaves("", at, nil, func(from Choosing) []order.Event {
					made, _ := wave.Wish{Size: 4, Waves: 1, Totes: 12}.Make(from.Unwaved, wave.Free(from.Goods, from.Packed, from.Promised), wave.Layout{}, nil, from.Last, at)
					return made
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
			case 4: // one that is in no wave is packed as well, from what is free
				if free(rt, s, key) {
					err = s.Append([]order.Event{{Kind: order.Taken, Parcel: key, SKU: []string{"tee", "cap", "mug"}[n%3], At: at}, {Kind: order.Confirmed, Parcel: key, At: at}})
				}
			case 5:
				err = s.Append([]order.Event{{Kind: rapid.SampledFrom([]order.EventKind{order.ParkedAway, order.WaitsShort}).Draw(rt, "short"), Parcel: key, SKU: "tee", Shortage: order.OutOfStock, At: at}})
			case 6, 7:
				waves, listed := s.OpenWaves()
				if err = listed; len(waves) > 0 && err == nil {
					w := waves[rapid.IntRange(0, len(waves)-1).Draw(rt, "wave")]
					joins := rapid.Bool().Draw(rt, "joins")
					err = s.ChangeWave(w.ID, []order.ParcelKey{key}, func(from Choosing, w KnownWave) (events []order.Event) {
						if joins {
							j := wave.Joining{Wave: w.Wave, Begun: w.Begun(), Free: wave.Free(from.Goods, from.Packed, from.Promised), Totes: 12}
							events, _ = j.Join([]order.ParcelKey{key}, from.Named, at)
						} else {
							events, _ = wave.Leave(w.Wave, []order.ParcelKey{key}, from.Named, at)
						}
						return events
					})
				}
			default:
				o := make1(fmt.Sprint("O", n), string(key), "tee")
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

// free tells whether a parcel can be packed without a piece that is another's: it is in a wave, or there is stock for it.
func free(rt *rapid.T, s *Store, key order.ParcelKey) bool {
	from, err := s.choosing("", nil, []order.ParcelKey{key})
	if err != nil {
		rt.Fatal(err)
	}
	if len(from.Named) == 0 || !from.Named[0].Standing.Packable() || from.Named[0].Here.Confirmed {
		return false
	}
	served, _ := wave.Promise(from.Named, wave.Free(from.Goods, from.Packed, from.Promised), 0)
	return from.Named[0].Wave != "" || len(served) == 1
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
	_, packed, err := s.Goods()
	if err != nil {
		rt.Fatal(err)
	}
	for sku, n := range stock {
		if promised[sku]+packed[sku] > n {
			rt.Fatalf("%d of %s are promised and %d left, there were %d", promised[sku], sku, packed[sku], n)
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

// What the buyer's hour or the platform holds, and a pre-order before its release, enters no wave; once its time has come it does, without a new reading.
func TestNothingEntersAWaveBeforeItsTime(t *testing.T) {
	now := noon
	s, err := Open(t.TempDir(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	remorse, held, early := make1("O1", "P1", "tee"), make1("O2", "P2", "tee"), make1("O3", "P3", "tee")
	remorse.WentThroughHold, remorse.PaidAt = false, noon
	held.Status = order.OnHold
	early.Type, early.ReleaseAt = order.PreOrder, noon.Add(2*time.Hour)
	save(t, s, remorse, held, early)
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{0, "[]"}, {59 * time.Minute, "[]"}, {time.Hour, "[P1]"}, {2 * time.Hour, "[P1 P3]"}, {100 * time.Hour, "[P1 P3]"}} {
		now = noon.Add(step.after)
		from, err := s.choosing("", nil, nil)
		keys := []order.ParcelKey{}
		for _, f := range from.Unwaved {
			keys = append(keys, f.Key)
		}
		if err != nil || fmt.Sprint(keys) != step.want {
			t.Errorf("after %s: %v, want %s, %v", step.after, keys, step.want, err)
		}
	}
}
