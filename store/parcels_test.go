package store

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"packbench/internal/order"
)

// A parcel held for the buyer's hour is ready when the hour is over, although nobody read its order again.
func TestBuyersHourEndsByItself(t *testing.T) {
	s := open1(t)
	now := noon
	s.now = func() time.Time { return now }
	o := make1("O1", "P1", "tee")
	o.WentThroughHold, o.PaidAt = false, noon.Add(-59*time.Minute)
	save(t, s, o)
	for _, c := range []struct {
		after time.Duration
		want  order.Standing
	}{{0, order.Held}, {time.Minute - time.Second, order.Held}, {time.Minute, order.Ready}} {
		now = noon.Add(c.after)
		known, found, err := s.Parcel("P1")
		if err != nil || !found || known.Standing != c.want {
			t.Errorf("after %v: %q, %v, %v", c.after, known.Standing, found, err)
		}
		scanned, err := s.Candidates("O1")
		if err != nil || len(scanned.Parcels) != 1 || scanned.Parcels[0].Standing != c.want {
			t.Errorf("after %v a scan finds %+v, %v", c.after, scanned.Parcels, err)
		}
	}
}

func TestParcelIsAsOldAsItsOldestReading(t *testing.T) {
	s := open1(t)
	early, late := noon.Add(123456789), noon.Add(time.Minute+time.Nanosecond)
	for at, orders := range map[time.Time][]order.Order{early: {make1("O1", "P1", "tee"), make1("O2", "P1", "cap")}, late: {make1("O3", "P3", "mug")}} {
		if err := s.SaveOrders(orders, at); err != nil {
			t.Fatal(err)
		}
	}
	read := func(key order.ParcelKey) time.Time {
		known, found, err := s.Parcel(key)
		if err != nil || !found {
			t.Fatalf("%v, %v", found, err)
		}
		return known.ReadAt
	}
	if err := s.SaveOrders([]order.Order{make1("O2", "P1", "cap")}, late); err != nil {
		t.Fatal(err)
	}
	if got := read("P1"); !got.Equal(early) {
		t.Errorf("one of two orders was read again: %v", got)
	}
	if err := s.SaveOrders([]order.Order{make1("O1", "P1", "tee")}, late.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if got := read("P1"); !got.Equal(late) {
		t.Errorf("both orders were read again: %v", got)
	}
}

// entries are all that lies in the buckets parcels are found by.
func entries(t *rapid.T, s *Store) map[string]string {
	all := map[string]string{}
	if err := s.cache.View(func(tx *bolt.Tx) error {
		for _, bucket := range [][]byte{bucketParcels, bucketCodes, bucketStates} {
			if err := tx.Bucket(bucket).ForEach(func(k, v []byte) error {
				all[string(bucket)+" "+string(k)] = string(bytes.Clone(v))
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// However orders wander between packages, states and tracking numbers, and in whatever pages they are read, parcels are found afterwards as
// if only the last word on each order had ever been read.
func TestNothingOldStaysBehind(t *testing.T) {
	opened := 0
	fresh := func(r *rapid.T) *Store {
		opened++
		s, err := Open(fmt.Sprint(t.TempDir(), opened), clock)
		if err != nil {
			r.Fatal(err)
		}
		r.Cleanup(func() {
			if err := s.Close(); err != nil {
				r.Error(err)
			}
		})
		s.cache.db.NoSync, s.journal.db.NoSync = true, true // what is asked here has nothing to do with power cuts
		return s
	}
	rapid.Check(t, func(t *rapid.T) {
		wandered := fresh(t)
		last := map[string]order.Order{}
		packages := rapid.SampledFrom([]string{"", "P1", "P2", "P3"})
		for step := range rapid.IntRange(1, 6).Draw(t, "pages") {
			var page []order.Order
			for range rapid.IntRange(1, 4).Draw(t, "orders") {
				o := make1(rapid.SampledFrom([]string{"O1", "O2", "O3"}).Draw(t, "order"), packages.Draw(t, "package"), "tee", "cap")
				o.Lines[1].PackageID = packages.Draw(t, "second package")
				o.PackageIDs = slices.DeleteFunc([]string{o.Lines[0].PackageID, o.Lines[1].PackageID}, func(id string) bool { return id == "" })
				o.Lines[0].Tracking = rapid.SampledFrom([]string{"", "T1", "T2"}).Draw(t, "tracking")
				o.Status = rapid.SampledFrom([]order.Status{order.AwaitingShipment, order.AwaitingCollection, order.Cancelled}).Draw(t, "status")
				o.Times.ArrangeBy = noon.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "hours")) * time.Hour)
				o.UpdatedAt = noon.Add(time.Duration(step) * time.Second)
				page, last[o.ID] = append(page, o), o
			}
			if err := wandered.SaveOrders(page, noon); err != nil {
				t.Fatal(err)
			}
		}
		straight := fresh(t)
		for _, o := range last {
			if err := straight.SaveOrders([]order.Order{o}, noon); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := entries(t, wandered), entries(t, straight); len(got) == 0 || !cmp.Equal(got, want) {
			t.Fatal(cmp.Diff(want, got))
		}
	})
}

// What happened to a parcel is in the journal, whether or not the platform's orders are there.
func TestWhatHappenedToAParcelWithoutOrders(t *testing.T) {
	s := open1(t)
	for _, kind := range []order.EventKind{order.ShipTried, order.ShipArranged} {
		if err := s.Append([]order.Event{{Kind: kind, Parcel: "P"}}); err != nil {
			t.Fatal(err)
		}
	}
	known, found, err := s.Parcel("P")
	if err != nil || found || !known.Work.Arranged {
		t.Errorf("%+v, %v, %v", known, found, err)
	}
	if err := s.journal.Update(func(tx *bolt.Tx) error { return forget(tx, "P") }); err != nil {
		t.Fatal(err)
	}
	printable, err := s.set(bucketPrintable)
	if err != nil || len(printable) != 0 {
		t.Errorf("printable once it is forgotten: %v, %v", printable, err)
	}
}
