package store

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// The number that is kept count of is the number one finds by counting, whatever happens in whatever order.
func TestWaitingIsKeptCountOf(t *testing.T) {
	s := open1(t)
	random := rand.New(rand.NewPCG(1, 1))
	counted := func() int {
		t.Helper()
		keys := 0
		err := s.view(func(cache, journal *bolt.Tx) error {
			found, err := countWaiting(cache, journal)
			keys = len(found)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	for step := range 300 {
		n := random.IntN(20)
		key := order.ParcelKey(fmt.Sprint("P", n))
		switch random.IntN(4) {
		case 0:
			if err := s.Append([]order.Event{{Kind: order.Confirmed, Parcel: key, At: noon}}); err != nil {
				t.Fatal(err)
			}
		case 1: // the platform moves the order into another package
			o := make1(fmt.Sprint("O", n), fmt.Sprint("P", random.IntN(40)), "tee")
			o.UpdatedAt = noon.Add(time.Duration(step) * time.Second)
			save(t, s, o)
		default:
			o := make1(fmt.Sprint("O", n), string(key), "tee")
			o.Status = []order.Status{order.AwaitingShipment, order.AwaitingCollection, order.Cancelled, order.OnHold}[random.IntN(4)]
			o.UpdatedAt = noon.Add(time.Duration(step) * time.Second)
			save(t, s, o)
		}
		first, total, err := s.Waiting(3, "")
		if want := counted(); err != nil || total.Total() != want || len(first) != min(3, want) {
			t.Fatalf("step %d: %d of %v wait, counted %d, %v", step, len(first), total, want, err)
		}
	}
}

// A bench confirms while orders are taken in: neither makes the other miscount.
func TestWaitingIsKeptCountOfWhileBothFilesChange(t *testing.T) {
	s := open1(t)
	const parcels = 40
	for n := range parcels {
		save(t, s, make1(fmt.Sprint("O", n), fmt.Sprint("P", n), "tee"))
	}
	if _, total, err := s.Waiting(1, ""); err != nil || total.Total() != parcels {
		t.Fatalf("%v wait, %v", total, err)
	}
	var both sync.WaitGroup
	both.Go(func() {
		for n := range parcels {
			if err := s.Append([]order.Event{{Kind: order.Confirmed, Parcel: order.ParcelKey(fmt.Sprint("P", n)), At: noon}}); err != nil {
				t.Error(err)
			}
		}
	})
	both.Go(func() {
		for n := range parcels {
			o := make1(fmt.Sprint("O", n), fmt.Sprint("P", n), "tee")
			o.UpdatedAt = noon.Add(time.Minute)
			if err := s.SaveOrders([]order.Order{o}, noon); err != nil {
				t.Error(err)
			}
		}
	})
	both.Wait()
	if first, total, err := s.Waiting(1, ""); err != nil || total.Total() != 0 || len(first) != 0 {
		t.Errorf("%v wait, %v", total, err)
	}
}

// A shop the seller took back is never read again: it must not make all that was read look old.
func TestShopNoLongerAuthorizedIsForgotten(t *testing.T) {
	s := open1(t)
	both := []order.Shop{{ID: "A"}, {ID: "B"}, {ID: "C"}}
	if err := s.SaveShops(both); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"A", "C"} {
		if err := s.SaveReading(id, noon, noon); err != nil {
			t.Fatal(err)
		}
	}
	if last, err := s.LastReading(); err != nil || !last.IsZero() {
		t.Errorf("B was never read, but all are as of %v, %v", last, err)
	}
	if err := s.SaveShops([]order.Shop{{ID: "C"}, {ID: "A"}}); err != nil {
		t.Fatal(err)
	}
	if last, err := s.LastReading(); err != nil || !last.Equal(noon) {
		t.Errorf("%v, %v", last, err)
	}
	if seen, _, err := s.Reading("A"); err != nil || !seen.Equal(noon) {
		t.Errorf("A's mark is %v, %v", seen, err)
	}
}
