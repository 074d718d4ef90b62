package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

// Pieces that leave a parcel stand on the put-back list, with the bin the catalogue names today, until each of them is back.
func TestPutBackList(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ImportGoods([]order.Good{{SKU: "tee", Name: "Tee", Bin: "A-01"}}); err != nil {
		t.Fatal(err)
	}
	left := func(sku string, parcel order.ParcelKey, why order.Leaving, after time.Duration) order.Event {
		return order.Event{Kind: order.LeftBox, Parcel: parcel, SKU: sku, Unit: sku, Leaving: why, At: noon.Add(after)}
	}
	append1 := func(events ...order.Event) {
		t.Helper()
		if err := s.Append(events); err != nil {
			t.Fatal(err)
		}
	}
	append1(order.Event{Kind: order.Taken, Parcel: "o:O1", Unit: "tee", SKU: "tee", At: noon},
		left("tee", "o:O1", order.OfStopped, 2), left("tee", "o:O1", order.OfStopped, 3), left("cap", "", order.OfExtra, 1), left("tee", "P2", order.OfAside, 4))
	append1(order.Event{Kind: order.Renamed, Was: "o:O1", Parcel: "P1", At: noon})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, clock); err != nil { // it lies in the journal
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	entry := func(sku string, parcel order.ParcelKey, why order.Leaving, pieces int, after time.Duration) order.PutBackEntry {
		return order.PutBackEntry{SKU: sku, Parcel: parcel, Why: why, Pieces: pieces, Since: noon.Add(after)}
	}
	want := []order.ToPutBack{
		{PutBackEntry: entry("cap", "", order.OfExtra, 1, 1)},
		{PutBackEntry: entry("tee", "P1", order.OfStopped, 2, 2), Name: "Tee", Bin: "A-01"},
		{PutBackEntry: entry("tee", "P2", order.OfAside, 1, 4), Name: "Tee", Bin: "A-01"},
	}
	list, err := s.PutBacks()
	if diff := cmp.Diff(want, list); diff != "" || err != nil {
		t.Fatalf("%v\n%s", err, diff)
	}
	for code, listed := range map[string]bool{"A-01": true, "tee": true, "cap": false, "nothing": false} { // the catalogue knows no cap
		if found, err := s.Candidates(code); err != nil || (len(found.PutBack) == len(want)) != listed {
			t.Errorf("a scan of %s: %+v, %v", code, found.PutBack, err)
		}
	}
	if known, _, err := s.Parcel("P1"); err != nil || len(known.Work.Taken) != 0 {
		t.Errorf("%+v, %v", known.Work, err)
	}
	back := order.Event{Kind: order.Returned, SKU: "tee", Parcel: "P1", Leaving: order.OfStopped, At: noon}
	append1(back)
	if list, err = s.PutBacks(); err != nil || len(list) != 3 || list[1].Pieces != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	append1(back, back) // the second of them was back already
	if list, err = s.PutBacks(); err != nil || len(list) != 2 || list[1].Parcel != "P2" {
		t.Errorf("%+v, %v", list, err)
	}
	if lies, err := s.Bin("A-01"); err != nil || !cmp.Equal(lies, []string{"tee"}) {
		t.Errorf("%v, %v", lies, err)
	}
	if lies, err := s.Bin(""); err != nil || lies != nil {
		t.Errorf("%v, %v", lies, err)
	}
}

// A parcel that waits for a supervisor is not offered to the packer until it was opened again.
func TestParkedParcelIsNotOffered(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "tee"), make1("O2", "P2", "cap"))
	for _, step := range []struct {
		kind order.EventKind
		want int
	}{{order.Opened, 2}, {order.ParkedAway, 1}, {order.Opened, 2}} {
		if err := s.Append([]order.Event{{Kind: step.kind, Parcel: "P1", At: noon}}); err != nil {
			t.Fatal(err)
		}
		first, places, err := s.Waiting(5, "")
		if err != nil || len(first) != step.want || places.Total() != 2 {
			t.Errorf("%s: %d of %d, %v", step.kind, len(first), places.Total(), err)
		}
	}
}
