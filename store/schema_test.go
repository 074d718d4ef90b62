package store

import (
	"path/filepath"
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
