package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

func init() { childJobs["weigh"] = weighForEver }

// weighForEver confirms a parcel of 100 g and its number after the other, all alike.
func weighForEver(dir string) error {
	s, err := Open(dir, clock)
	if err != nil {
		return err
	}
	n, err := eventCount(s)
	for err == nil {
		n++
		if err = s.Append([]order.Event{confirmedAt(noon, order.ParcelKey(fmt.Sprint("P", n)), order.Weighing{Grams: 100 + int(n), Likeness: "all"})}); err == nil {
			fmt.Println(n)
		}
	}
	return errors.Join(err, s.Close())
}

// The power may fail at any moment: each parcel that is in the journal as confirmed has taught its weight once, and no other has.
func TestAKillNeitherLosesNorDoublesAWeight(t *testing.T) {
	t.Parallel() // most of it is waiting for the moment of the kill
	dir := t.TempDir()
	for i := range kills(t) {
		said := killed(t, "weigh", dir, rand.N(longest))
		s := checked(t, dir)
		n, err := eventCount(s)
		if err != nil || n < said {
			t.Fatalf("%d events, %d were said, %v", n, said, err)
		}
		var want []int
		for of := max(1, int(n)-order.WeightsKept+1); of <= int(n); of++ {
			want = append(want, 100+of)
		}
		if got, err := s.Weights("all"); err != nil || !slices.Equal(got, want) {
			t.Fatalf("after kill %d: %v, %v; want %v", i, got, err, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func confirmedAt(at time.Time, key order.ParcelKey, w order.Weighing) order.Event {
	return order.Event{At: at, Kind: order.Confirmed, Parcel: key, Weight: w}
}

func TestWeightsAreLearntOncePerConfirmedParcel(t *testing.T) {
	s := open1(t)
	knows := func(likeness string, want ...int) {
		t.Helper()
		if got, err := s.Weights(likeness); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s weighs %v, %v; want %v", likeness, got, err, want)
		}
	}
	appended := func(events ...order.Event) {
		t.Helper()
		if err := s.Append(events); err != nil {
			t.Fatal(err)
		}
	}
	knows("tees")
	appended(order.Event{At: noon, Kind: order.WeightOff, Parcel: "P1", Weight: order.Weighing{Grams: 380, Expected: 500}})
	knows("tees") // nothing is learnt of what was not confirmed
	appended(confirmedAt(noon, "P1", order.Weighing{Grams: 500, Likeness: "tees"}))
	appended(confirmedAt(noon, "P1", order.Weighing{Grams: 900, Likeness: "tees"})) // it is confirmed already
	appended(confirmedAt(noon, "P2", order.Weighing{Grams: 501, Likeness: "tees"}), confirmedAt(noon, "P3", order.Weighing{Grams: 80, Likeness: "caps"}))
	appended(confirmedAt(noon, "P4", order.Weighing{Unweighed: order.ScaleGone}))
	knows("tees", 500, 501)
	knows("caps", 80)
	for i := range 2 * order.WeightsKept {
		appended(confirmedAt(noon, order.ParcelKey(fmt.Sprint("Q", i)), order.Weighing{Grams: 600 + i, Likeness: "tees"}))
	}
	if got, err := s.Weights("tees"); err != nil || len(got) != order.WeightsKept || got[len(got)-1] != 600+2*order.WeightsKept-1 {
		t.Errorf("%v, %v", got, err)
	}
}

// What is learnt goes with the last parcel that taught it, so that goods nobody sells any more are forgotten.
func TestWeightsGoWithTheirLastParcel(t *testing.T) {
	s := open1(t)
	now := noon
	s.now = func() time.Time { return now }
	year := 365 * 24 * time.Hour
	if err := s.Append([]order.Event{
		confirmedAt(noon, "P1", order.Weighing{Grams: 500, Likeness: "tees"}), confirmedAt(noon, "P2", order.Weighing{Grams: 80, Likeness: "caps"}),
		confirmedAt(noon.Add(year), "P3", order.Weighing{Grams: 501, Likeness: "tees"}),
	}); err != nil {
		t.Fatal(err)
	}
	now = noon.Add(keptEvents)
	if gone, err := s.Purge(now, false); err != nil || gone.Parcels != 2 {
		t.Fatalf("%+v, %v", gone, err)
	}
	tees, err := s.Weights("tees")
	if err != nil || !slices.Equal(tees, []int{500, 501}) {
		t.Errorf("%v, %v", tees, err)
	}
	if caps, err := s.Weights("caps"); err != nil || caps != nil {
		t.Errorf("%v, %v", caps, err)
	}
}
