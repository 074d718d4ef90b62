package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

// handOver puts parcels onto the day's next sheet, which it opens.
func handOver(t *testing.T, s *Store, keys ...order.ParcelKey) (id string) {
	t.Helper()
	err := s.ChangeSheets(noon, func(_ []order.Sheet, last int) ([]order.Event, error) {
		id = order.SheetID(noon, last+1)
		events := []order.Event{{At: noon, Kind: order.SheetOpened, Packer: "An", Handover: order.Handover{Sheet: id, Carrier: "J&T", Mode: order.PickedUp}}}
		for _, key := range keys {
			events = append(events, order.Event{At: noon, Kind: order.HandedOver, Parcel: key, Code: "SCAN" + string(key), Packer: "An",
				Handover: order.Handover{Sheet: id, Mode: order.PickedUp, Tracking: "TRACK" + string(key), WeightG: 250, Weighed: true}})
		}
		return events, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// A sheet is there again after a restart as it was, under the keys its parcels have by then; one that is closed is not among the open ones.
func TestSheetsAreFoldsOfTheJournal(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	first, second := handOver(t, s, "P1", "o:O2"), handOver(t, s, "P3")
	if first == second {
		t.Fatalf("two sheets are called %s", first)
	}
	if err := s.Append([]order.Event{
		{At: noon, Kind: order.Renamed, Parcel: "P2", Was: "o:O2"}, {At: noon, Kind: order.HandoverTakenBack, Parcel: "P1", Handover: order.Handover{Sheet: first}},
		{At: noon, Kind: order.SheetClosed, Packer: "An", Supervisor: "BOSS", Handover: order.Handover{Sheet: second, Reason: "full", Missing: []order.Absent{{Parcel: "P4", Tracking: "TRACKP4"}}}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, func() time.Time { return noon }); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // the test is over
	open, err := s.OpenSheets()
	if err != nil || len(open) != 1 || open[0].ID != first || len(open[0].Parcels) != 1 || open[0].Parcels[0].Parcel != "P2" {
		t.Errorf("%+v, %v", open, err)
	}
	closed, err := s.Sheet(second)
	if err != nil || closed.Open() || closed.Supervisor != "BOSS" || len(closed.Missing) != 1 || closed.ClosedBy != "An" || closed.Carrier != "J&T" {
		t.Errorf("%+v, %v", closed, err)
	}
	for key, want := range map[order.ParcelKey]string{"P1": "", "P2": first, "P3": second} {
		known, _, err := s.Parcel(key)
		if w := known.Work; err != nil || w.Sheet != want || w.HandedOverAt.IsZero() != (want == "") {
			t.Errorf("%s: %+v, %v", key, w, err)
		}
	}
	if all, err := s.Sheets(noon); err != nil || len(all) != 2 || cmp.Diff(all[0], open[0]) != "" {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := s.Sheet("H0"); order.AsProblem(err).Key != "handover.unknown_sheet" {
		t.Error(err)
	}
	refused := errors.New("no")
	if err := s.ChangeSheets(noon, func([]order.Sheet, int) ([]order.Event, error) {
		return []order.Event{{Kind: order.SheetClosed, Handover: order.Handover{Sheet: first}}}, refused
	}); !errors.Is(err, refused) {
		t.Error(err)
	}
	if open, err := s.OpenSheets(); err != nil || len(open) != 1 {
		t.Errorf("what was refused is in the journal: %+v, %v", open, err)
	}
}

// Two years after it was closed a sheet goes, with its photos and all numbers of parcels; one that is open stays.
func TestSheetsGoAfterTwoYears(t *testing.T) {
	s := open1(t)
	closed, open := handOver(t, s, "P1"), handOver(t, s, "P2")
	photo, err := s.KeepPhoto([]byte("a signature"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Append([]order.Event{
		{At: noon, Kind: order.PhotoAttached, Document: photo, Handover: order.Handover{Sheet: closed}},
		{At: noon, Kind: order.SheetClosed, Handover: order.Handover{Sheet: closed, Missing: []order.Absent{{Parcel: "P9", Tracking: "TRACKP9"}}}},
	}); err != nil {
		t.Fatal(err)
	}
	if gone, err := s.Purge(noon.Add(keptEvents-time.Second), false); err != nil || gone.Sheets != 0 {
		t.Fatalf("%+v, %v", gone, err)
	}
	if gone, err := s.Purge(noon.Add(keptEvents), false); err != nil || gone.Sheets != 1 {
		t.Fatalf("%+v, %v", gone, err)
	}
	if _, err := s.Sheet(closed); order.AsProblem(err).Key != "handover.unknown_sheet" {
		t.Error(err)
	}
	if _, err := s.Sheet(open); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, photoFolder, photo)); !os.IsNotExist(err) {
		t.Error(err)
	}
	if found := holding(t, s.dir, "TRACKP9"); len(found) > 0 {
		t.Errorf("a missing parcel's number stands in %v", found)
	}
}

// A day of ten sheets with a hundred parcels each.
func BenchmarkOpenSheets(b *testing.B) {
	s, err := Open(b.TempDir(), func() time.Time { return noon })
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }() // the benchmark is over
	var events []order.Event
	for sheet := range 10 {
		id := order.SheetID(noon, sheet+1)
		events = append(events, order.Event{Kind: order.SheetOpened, Handover: order.Handover{Sheet: id, Carrier: fmt.Sprint(sheet)}})
		for n := range 100 {
			events = append(events, order.Event{Kind: order.HandedOver, Parcel: order.ParcelKey(fmt.Sprint(sheet, "-", n)), Handover: order.Handover{Sheet: id, Tracking: fmt.Sprint("JX", n)}})
		}
	}
	if err := s.Append(events); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if open, err := s.OpenSheets(); err != nil || len(open) != 10 {
			b.Fatal(len(open), err)
		}
	}
}
