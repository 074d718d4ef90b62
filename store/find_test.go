package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"packbench/internal/order"
)

// Every field of a parcel's facts is kept, also one they gain one day.
func TestEveryFactIsKept(t *testing.T) {
	s := open1(t)
	var want order.Facts
	set := 0
	setAll(t, reflect.ValueOf(&want).Elem(), &set, 2)
	want.Here, want.Wave, want.WeightG = order.Here{}, "", 0 // these come from the journal
	w := &factsWriter{}
	facing(w, &want)
	err := s.cache.View(func(tx *bolt.Tx) error {
		got, err := readFacts(tx, want.Key, w.data, map[string]string{})
		if err != nil || !cmp.Equal(*got, want, sameOrder) {
			t.Errorf("%v, %s", err, cmp.Diff(&want, got, sameOrder))
		}
		for cut := range w.data {
			if _, err := readFacts(tx, want.Key, w.data[:cut], map[string]string{}); err == nil {
				t.Fatalf("cut at %d of %d it is read all the same", cut, len(w.data))
			}
		}
		if _, err := readFacts(tx, want.Key, append(w.data, 0), map[string]string{}); err == nil {
			t.Error("more than a record is read all the same")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever happens in whatever order, and whenever somebody looks: what is found is what reading each parcel whole says.
func TestWhatIsFoundIsWhatIsThere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		now := noon
		open := func() *Store {
			s, err := Open(dir, func() time.Time { return now })
			if err != nil {
				rt.Fatal(err)
			}
			return s
		}
		s := open()
		defer func() {
			if err := s.Close(); err != nil {
				rt.Error(err)
			}
		}()
		var last string // the wave made last
		for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			now = now.Add(10 * time.Minute)
			n := rapid.IntRange(0, 5).Draw(rt, "parcel")
			id, key := fmt.Sprint("O", n), order.ParcelKey(fmt.Sprint("P", n))
			if rapid.Bool().Draw(rt, "by order") {
				key = order.KeyOfOrder(id)
			}
			var err error
			switch rapid.IntRange(0, 10).Draw(rt, "what") {
			case 0, 1, 2:
				o := make1(id, rapid.SampledFrom([]string{"", fmt.Sprint("P", n), "P9"}).Draw(rt, "package"), "tee", "cap")
				o.UpdatedAt, o.Status = now, rapid.SampledFrom([]order.Status{order.AwaitingShipment, order.AwaitingShipment, order.InTransit, order.Cancelled}).Draw(rt, "status")
				o.CancelRequested = o.Status == order.AwaitingShipment && rapid.Bool().Draw(rt, "cancel?")
				o.BuyerMessage, o.Times.CollectBy = "mind the dog", noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "due"))*time.Hour)
				if o.WentThroughHold = rapid.Bool().Draw(rt, "held by them"); !o.WentThroughHold {
					o.PaidAt = now.Add(-time.Minute)
				}
				if o.PackageIDs[0] == "" {
					o.PackageIDs = nil
				}
				if rapid.Bool().Draw(rt, "two packages") {
					o.Lines[1].PackageID = fmt.Sprint("Q", n)
				}
				err = s.SaveOrders([]order.Order{o}, now)
			case 3:
				kind := rapid.SampledFrom([]order.EventKind{order.Opened, order.Taken, order.ShipArranged, order.LabelQueued, order.Confirmed, order.ParkedAway, order.DocumentKept}).Draw(rt, "kind")
				err = s.Append([]order.Event{{At: now, Kind: kind, Parcel: key, SKU: "tee", Tracking: "T"}})
			case 4:
				if key.HasPackage() {
					err = s.Append([]order.Event{{At: now, Kind: order.Renamed, Parcel: key, Was: order.KeyOfOrder(id)}})
				}
			case 5:
				last = order.WaveID(noon, step)
				err = s.Append([]order.Event{{At: now, Kind: order.WaveMade, Wave: last, Parcels: []order.ParcelKey{key}}})
			case 6:
				if last != "" {
					_, err = s.UndoWave(last, now)
					last = ""
				}
			case 9:
				err = s.SaveTracking(id, []order.TrackingEvent{{At: now, Text: "moves"}}, order.Transit{First: now, Last: now}, now)
			case 10:
				status := rapid.SampledFrom([]string{order.CancelRequestPending, order.CancelRequestClosed}).Draw(rt, "wish")
				err = s.SaveCancellations([]order.Cancellation{{OrderID: id, Type: order.CancelByBuyer, Status: status, CreatedAt: noon, UpdatedAt: now, AnswerBy: now.Add(time.Hour)}})
			case 7:
				err = s.ImportGoods([]order.Good{{SKU: "tee", WeightG: step}, {SKU: "cap", WeightG: n}})
			default:
				if rapid.Bool().Draw(rt, "again") {
					if err = s.Close(); err == nil {
						s = open()
					}
				} else {
					_, err = s.Purge(now.Add(keptAfterEnd), false)
				}
			}
			if err != nil {
				rt.Fatal(err)
			}
			if rapid.Bool().Draw(rt, "look") {
				foundAsRead(rt, s)
			}
		}
		foundAsRead(rt, s)
	})
}

// foundAsRead compares what is found with what reading each parcel says.
func foundAsRead(rt *rapid.T, s *Store) {
	found, err := s.Find(nil, 0, 100)
	if err != nil {
		rt.Fatal(err)
	}
	var want []*order.Facts
	err = s.view(func(cache, journal *bolt.Tx) error {
		goods := map[string]int{}
		if err := journal.Bucket(bucketGoods).ForEach(func(sku, _ []byte) error {
			good, err := get[order.Good](journal, bucketGoods, sku)
			goods[string(sku)] = good.WeightG
			return err
		}); err != nil {
			return err
		}
		if parcels, states := cache.Bucket(bucketParcels).Stats().KeyN, cache.Bucket(bucketStates).Stats().KeyN; parcels != states {
			rt.Fatalf("%d parcels, %d by standing", parcels, states)
		}
		return cache.Bucket(bucketParcels).ForEach(func(key, _ []byte) error {
			record, err := recordAt(cache, order.ParcelKey(key))
			if err != nil {
				return err
			}
			if at, _ := cache.Bucket(bucketStates).Cursor().Seek(record.stateKey(order.ParcelKey(key))); string(at) != string(record.stateKey(order.ParcelKey(key))) {
				rt.Fatalf("%s is not among those that are %s", key, record.Standing)
			}
			known, ok, err := s.knownIn(cache, journal, order.ParcelKey(key))
			if err != nil || !ok {
				return err
			}
			f := known.Facts()
			f.HeldUntil, f.AfterHold, f.Here = time.Time{}, "", known.Work.Here()
			f.Wave = string(journal.Bucket(bucketInWave).Get(key))
			if byOrder := journal.Bucket(bucketInWave).Get([]byte("o:" + f.OrderIDs[0])); f.Wave == "" && f.Of == 1 && len(f.OrderIDs) == 1 && f.Key.HasPackage() {
				f.Wave = string(byOrder)
			}
			for _, sku := range f.SKUs {
				if goods[sku] == 0 {
					f.WeightG = 0
					break
				}
				f.WeightG += goods[sku]
			}
			if err := (reading{store: s, cache: cache, journal: journal}).mark(&f); err != nil {
				return err
			}
			if f.State() != known.State() {
				rt.Fatalf("%s stands as %s and %s", key, f.State(), known.State())
			}
			want = append(want, &f)
			return nil
		})
	})
	if err != nil {
		rt.Fatal(err)
	}
	slices.SortFunc(want, order.MoreUrgent)
	var got []*order.Facts
	for _, f := range found.Facts {
		f.HeldUntil, f.AfterHold = time.Time{}, ""
		got = append(got, &f)
	}
	if found.Count != len(want) || !cmp.Equal(got, want, sameOrder) {
		rt.Fatal(cmp.Diff(want, got, sameOrder))
	}
	dueAsComputed(rt, s)
}

func TestFindGivesPages(t *testing.T) {
	s := open1(t)
	for n := range 10 {
		o := make1(fmt.Sprint("O", n), fmt.Sprint("P", n), "tee")
		o.Times.CollectBy = noon.Add(time.Duration(n) * time.Minute)
		save(t, s, o)
	}
	odd := func(f *order.Facts) bool { return f.Key[1]%2 == 1 }
	found, err := s.Find(odd, 1, 3)
	if err != nil || found.Count != 5 || len(found.Facts) != 3 || found.Facts[0].Key != "P3" || found.Facts[2].Key != "P7" {
		t.Errorf("%+v, %v", found, err)
	}
	if found, err := s.Find(odd, 9, 3); err != nil || found.Count != 5 || len(found.Facts) != 0 {
		t.Errorf("beyond the end: %+v, %v", found, err)
	}
}
