package store

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

// A number that was scanned for a parcel is known from then on, before the platform tells of it: under the package id where that comes later, and also where
// the parcel is no more. It goes with the parcel's history.
func TestNumbersOfOwnCarriersAreKnown(t *testing.T) {
	s := open1(t)
	now := noon
	s.now = func() time.Time { return now }
	upload := func(key order.ParcelKey, number string) order.Event {
		return order.Event{At: noon, Kind: order.RequestMade, Parcel: key,
			Request: order.Request{ID: "r" + number, Kind: order.UploadTracking, Tracking: number, Provider: "1"}}
	}
	find := func(number string, parcels int, want ...order.ParcelKey) {
		t.Helper()
		found, err := s.Candidates(number)
		if err != nil || !slices.Equal(found.Waybills, want) || len(found.Parcels) != parcels {
			t.Errorf("%s is of %v and finds %d parcels, %v; want %v and %d", number, found.Waybills, len(found.Parcels), err, want, parcels)
		}
	}
	paid := make1("O1", "", "tee")
	paid.PackageIDs = nil
	save(t, s, paid)
	if err := s.Append([]order.Event{upload("o:O1", "OWN0000001"), upload("GONE", "OWN0000002")}); err != nil {
		t.Fatal(err)
	}
	find("OWN0000001", 1, "o:O1")
	find("OWN0000002", 0, "GONE")
	find("OWN0000003", 0)

	marked := make1("O1", "P1", "tee")
	marked.UpdatedAt = marked.UpdatedAt.Add(time.Minute)
	save(t, s, marked)
	if err := s.Append([]order.Event{{At: noon, Kind: order.Renamed, Parcel: "P1", Was: "o:O1"}, {At: noon, Kind: order.Confirmed, Parcel: "P1", Tracking: "OWN0000001"}}); err != nil {
		t.Fatal(err)
	}
	find("OWN0000001", 1, "P1")

	now = noon.Add(keptEvents)
	if gone, err := s.Purge(now, false); err != nil || gone.Parcels != 1 {
		t.Fatalf("%+v, %v", gone, err)
	}
	find("OWN0000001", 0)
	find("OWN0000002", 0, "GONE") // nothing was confirmed of it
}
