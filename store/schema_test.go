package store

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// A cache of the first layout is thrown away whole, the shops' marks with it: a reading that began at a mark would not bring back what
// had not changed since. What happened at the bench stays.
func TestOlderCacheIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SaveShops([]order.Shop{{ID: "S"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveReading("S", noon, noon); err != nil {
		t.Fatal(err)
	}
	save(t, s, make1("O1", "P1", "tee"))
	if err := s.Append([]order.Event{{Kind: order.Opened, Parcel: "P1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	if err := s.cache.Update(func(tx *bolt.Tx) error { // as the first layout kept it
		if err := tx.Bucket(bucketOrders).Put([]byte("O1"), []byte(`{"Order":{"ID":"O1","UpdatedAt":"2026-11-20T12:00:00Z"}}`)); err != nil {
			return err
		}
		if _, err := tx.CreateBucket([]byte("members")); err != nil {
			return err
		}
		return tx.Bucket(bucketMeta).Put(keySchema, number(1))
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for again := range 2 { // the second time it is a cache like any other
		if s, err = Open(dir, clock); err != nil {
			t.Fatal(err)
		}
		_, found, err1 := s.Parcel("P1")
		seen, read, err2 := s.Reading("S")
		open, err3 := s.OpenParcel()
		if err1 != nil || err2 != nil || err3 != nil || found != (again == 1) || !seen.IsZero() || !read.IsZero() || open != "P1" {
			t.Errorf("opening %d: parcel %v, marks %v and %v, open %q, %v, %v, %v", again, found, seen, read, open, err1, err2, err3)
		}
		if err := s.cache.View(func(tx *bolt.Tx) error {
			if tx.Bucket([]byte("members")) != nil {
				t.Error("a bucket of the first layout is still there")
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
		save(t, s, make1("O1", "P1", "tee"))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.db*")); err != nil || len(left) != 2 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

// asSchema2 makes a folder's journal one as the second version kept it, which knew no print runs.
func asSchema2(t *testing.T, s *Store) {
	t.Helper()
	if err := s.journal.Update(func(tx *bolt.Tx) error {
		return errors.Join(tx.DeleteBucket(bucketRuns), tx.DeleteBucket(bucketPutBack), tx.DeleteBucket(bucketPrintable), tx.Bucket(bucketMeta).Put(keySchema, number(2)))
	}); err != nil {
		t.Fatal(err)
	}
}

// A journal of the second layout, opened or restored from a copy of that time: its parcels without a label can be printed in a run, and a label that
// waited when it was copied is in doubt.
func TestJournalOfTheSecondLayout(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	for key, kinds := range map[order.ParcelKey][]order.EventKind{
		"ARRANGED": {order.ShipTried, order.ShipArranged}, "QUEUED": {order.ShipTried, order.ShipArranged, order.LabelQueued},
		"SENT": {order.ShipTried, order.ShipArranged, order.LabelQueued, order.LabelSending, order.LabelSent}, "OPEN": {order.Opened},
	} {
		for _, kind := range kinds {
			if err := s.Append([]order.Event{{Kind: kind, Parcel: key, At: noon}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	asSchema2(t, s)
	copied := filepath.Join(dir, "mine.db")
	if err := errors.Join(s.Backup(copied), s.Close()); err != nil {
		t.Fatal(err)
	}
	for _, restored := range []bool{false, true} {
		name, queued, want := "opened", order.Queued, []order.ParcelKey{"ARRANGED"}
		if restored { // it may have been printed since
			name, queued, want = "restored", order.Sending, nil
			if _, err := Restore(dir, copied, noon); err != nil {
				t.Fatal(err)
			}
		}
		if s, err = Open(dir, clock); err != nil {
			t.Fatal(err)
		}
		printable, err := s.set(bucketPrintable)
		if err != nil || !slices.Equal(printable, want) {
			t.Errorf("%s: %v can be printed, %v", name, printable, err)
		}
		if run, err := s.OpenRun(); err != nil || run.ID != "" {
			t.Errorf("%s: run %+v, %v", name, run, err)
		}
		known, _, err := s.Parcel("QUEUED")
		if err != nil || known.Work.Label.State != queued {
			t.Errorf("%s: the label that waited is %q, %v", name, known.Work.Label.State, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
