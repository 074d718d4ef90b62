package store

import (
	"fmt"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
	"packbench/internal/report"
)

// yearOfTallies is a store that three packers have worked in for a year, ten hours a day.
func yearOfTallies(b *testing.B) *Store {
	b.Helper()
	s, err := Open(b.TempDir(), clock)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	for back := range 365 {
		err := s.journal.Update(func(tx *bolt.Tx) error {
			for quarter := range 40 {
				for packer := range 3 {
					at := noon.AddDate(0, 0, -back).Add(time.Duration(quarter)*tallied - 4*time.Hour).Truncate(tallied)
					tally := order.Tally{Parcels: 9, Lines: 14, Pieces: 22, Caught: 1, Out: order.Balance{Sent: 10, On: 9, Spoiled: 1}, Worked: 14 * time.Minute, Last: at.Add(14 * time.Minute)}
					if err := put(tx, bucketShift, shiftKey(at, "3", fmt.Sprint("Packer ", packer)), tally); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return s
}

// The page of the shift with a year behind it: the day and its trend of 14.
func BenchmarkShiftAfterAYear(b *testing.B) {
	s := yearOfTallies(b)
	day := time.Date(noon.Year(), noon.Month(), noon.Day(), 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		since, err := s.TalliedSince()
		if err != nil {
			b.Fatal(err)
		}
		tallies, err := s.Tallies(report.From(day), day.AddDate(0, 0, 1))
		if err != nil {
			b.Fatal(err)
		}
		if shift := report.ShiftOf(tallies, day, "", 0, since); shift.All.Parcels != 40*3*9 || shift.Days[0].Parcels == 0 {
			b.Fatalf("%+v", shift.All)
		}
	}
}

// The end of a journal of a year: a day of 3,000 parcels, as the forecast reads it.
func BenchmarkEventsOfADay(b *testing.B) {
	s, err := Open(b.TempDir(), clock)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	kinds := []order.EventKind{order.Opened, order.Taken, order.Taken, order.ShipTried, order.ShipArranged, order.DocumentKept, order.LabelQueued, order.LabelSending, order.LabelSent, order.Confirmed}
	for n := range 3000 {
		var events []order.Event
		for _, kind := range kinds {
			events = append(events, order.Event{At: noon.Add(time.Duration(n) * 10 * time.Second), Kind: kind, Parcel: order.ParcelKey(fmt.Sprint("P", n)), Code: "6936580142207", Unit: string(kind), SKU: "TEE-BK-L", Bench: "3", Packer: "Mei"})
		}
		if err := s.Append(events); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		var passages report.Passages
		if err := s.EventsSince(noon, passages.Add); err != nil || len(passages.Steps()) != 9000 {
			b.Fatal(len(passages.Steps()), err)
		}
	}
}
