package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/report"
)

// packs journals a parcel of two pieces of one article, a wrong one and a label that jams.
func packs(at time.Time, key order.ParcelKey, bench, packer string) []order.Event {
	events := []order.Event{
		{Kind: order.Opened}, {Kind: order.Taken, Unit: "a", SKU: "TEE"}, {Kind: order.MistakeCaught, Mistake: order.WrongArticle, SKU: "CAP"},
		{Kind: order.Taken, Unit: "b", SKU: "TEE"}, {Kind: order.MistakeCaught, Mistake: order.OthersLabel}, {Kind: order.LabelQueued}, {Kind: order.LabelSending},
		{Kind: order.LabelSent}, {Kind: order.LabelSpoiled, Spoiling: order.Jammed, Supervisor: "B1", SupervisorName: "Chen"}, {Kind: order.LabelQueued},
		{Kind: order.LabelSending}, {Kind: order.LabelSent}, {Kind: order.Confirmed},
	}
	for i := range events {
		events[i].At, events[i].Parcel, events[i].Bench, events[i].Packer = at.Add(time.Duration(i)*10*time.Second), key, bench, packer
	}
	return events
}

// The tallies are what the events say, also where the journal is closed and opened in between.
func TestTallies(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	start := time.Date(2026, 11, 20, 8, 14, 0, 0, time.UTC) // the first parcel is confirmed at 8:16, in the second quarter of the hour
	for _, events := range [][]order.Event{packs(start, "P1", "1", "Mei"), packs(start.Add(4*time.Minute), "P2", "1", "Mei"), packs(start.Add(30*time.Minute), "P3", "2", "")} {
		if err := s.Append(events); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openIn(t, dir)
	}
	got, err := s.Tallies(start.Add(-time.Hour), start.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].At = got[i].At.UTC()
		got[i].Last, got[i].LastAllowed = time.Time{}, time.Time{}
	}
	// A parcel takes two minutes. Its first minute lies before 8:15, with its pieces and both mistakes; the gap of two minutes to the next parcel is work, that of 26 minutes is none.
	quarter := func(minute int) time.Time { return time.Date(2026, 11, 20, 8, minute, 0, 0, time.UTC) }
	want := []order.Tallied{
		{At: quarter(0), Bench: "1", Packer: "Mei", Tally: order.Tally{Caught: 1, Labels: 1, Worked: 40 * time.Second}},
		{At: quarter(15), Bench: "1", Packer: "Mei", Tally: order.Tally{Parcels: 2, Lines: 2, Pieces: 4, Caught: 1, Labels: 1, Overrides: 2, Reprints: 2,
			Out: order.Balance{Sent: 4, On: 2, Spoiled: 2}, Worked: 5*time.Minute + 20*time.Second}},
		{At: quarter(30), Bench: "2", Tally: order.Tally{Caught: 1, Labels: 1, Worked: 40 * time.Second}},
		{At: quarter(45), Bench: "2", Tally: order.Tally{Parcels: 1, Lines: 1, Pieces: 2, Overrides: 1, Reprints: 1, Out: order.Balance{Sent: 2, On: 1, Spoiled: 1}, Worked: 80 * time.Second}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// Half of them lies outside.
	if got, err := s.Tallies(quarter(15), quarter(30)); err != nil || len(got) != 1 || got[0].Parcels != 2 {
		t.Errorf("from 8:15 until 8:30: %+v, %v", got, err)
	}
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	all, err := s.Tallies(day, day.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	began, err := s.TalliedSince()
	if err != nil || !began.Equal(quarter(0)) {
		t.Errorf("counted since %v, %v", began, err)
	}
	shift := report.ShiftOf(all, day, "", 0, began)
	if balance, err := s.Balance(day); err != nil || shift.Balance != balance {
		t.Errorf("the balance of the tallies is %+v, that of the events %+v, %v", shift.Balance, balance, err)
	}
	if overrides, err := s.Overrides(day, day.AddDate(0, 0, 1)); err != nil || overrides[0].Times != shift.All.Overrides {
		t.Errorf("the tallies have %d overrides, the events %+v, %v", shift.All.Overrides, overrides, err)
	}
}

// Who did how much is forgotten after two years.
func TestTalliesArePurged(t *testing.T) {
	s := openIn(t, t.TempDir())
	old, lately := noon.AddDate(-2, 0, -2), noon.AddDate(-1, 0, 0)
	for packer, at := range map[string]time.Time{"Aleksandra Oldest": old, "Mei": lately} {
		if err := s.Append([]order.Event{{At: at, Kind: order.SignedIn, Bench: "1", Packer: packer}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Purge(noon, true); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Tallies(old.Add(-time.Hour), noon); err != nil || len(all) != 2 {
		t.Errorf("after only looking: %+v, %v", all, err)
	}
	if _, err := s.Purge(noon, false); err != nil {
		t.Fatal(err)
	}
	all, err := s.Tallies(old.Add(-time.Hour), noon)
	if err != nil || len(all) != 1 || all[0].Packer != "Mei" {
		t.Errorf("%+v, %v", all, err)
	}
}

func openIn(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestEventsSince(t *testing.T) {
	s := openIn(t, t.TempDir())
	start := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	if err := s.Append(packs(start, "P1", "1", "Mei")); err != nil {
		t.Fatal(err)
	}
	var events []order.Event
	err := s.EventsSince(start.Add(time.Minute), func(e *order.Event) { events = append(events, *e) })
	if err != nil || len(events) != 7 || events[0].Kind != order.LabelSending || events[6].Kind != order.Confirmed {
		t.Errorf("%d events, %v", len(events), err)
	}
	for from, want := range map[time.Duration]int{-time.Hour: 13, 0: 13, time.Second: 12, time.Hour: 0} {
		n := 0
		if err := s.EventsSince(start.Add(from), func(*order.Event) { n++ }); err != nil || n != want {
			t.Errorf("from %v on: %d events, %v, want %d", from, n, err, want)
		}
	}
	if err := openIn(t, t.TempDir()).EventsSince(start, func(*order.Event) { t.Error("an event of an empty journal") }); err != nil {
		t.Error(err)
	}
}
