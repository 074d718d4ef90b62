package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// A copy carries the people of its bench. They come back where there are none, and elsewhere only if somebody says so.
func TestACopyKnowsThePeople(t *testing.T) {
	dir := t.TempDir()
	people := filepath.Join(dir, peopleName)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(people, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	restored := func(copied, want string, restore func(string, string, time.Time) (string, error), at time.Duration) {
		t.Helper()
		if _, err := restore(dir, copied, noon.Add(at)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(people); string(got) != want || (err != nil) != (want == "") {
			t.Errorf("the people are %q, %v, want %q", got, err, want)
		}
	}
	alone := copyOf(t, dir)
	write("first")
	first := copyOf(t, dir)
	for path, want := range map[string]bool{alone: false, first: true} {
		if has, err := HasPeople(path); err != nil || has != want {
			t.Errorf("%s: %v, %v", path, has, err)
		}
	}
	write("second")
	restored(first, "second", Restore, 0)
	restored(first, "first", RestoreWithPeople, time.Minute)
	kept, err := filepath.Glob(filepath.Join(dir, copyFolder, asidePrefix+"*"+peopleName))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v, %v", kept, err)
	}
	if data, err := os.ReadFile(kept[0]); err != nil || string(data) != "second" {
		t.Errorf("%q, %v", data, err)
	}
	if err := os.Remove(people); err != nil {
		t.Fatal(err)
	}
	restored(alone, "", RestoreWithPeople, 2*time.Minute)
	restored(first, "first", Restore, 3*time.Minute)
	if info, err := os.Stat(people); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if has, err := HasPeople(filepath.Join(dir, journalName)); err != nil || has {
		t.Errorf("the journal carries the people itself: %v, %v", has, err)
	}
	if _, err := HasPeople(filepath.Join(dir, "none.db")); keyOf(err) != "store.bad_copy" {
		t.Errorf("%v", err)
	}
	if err := changeCopy(first, func(tx *bolt.Tx) error { return tx.DeleteBucket(bucketEvents) }); err != nil {
		t.Fatal(err)
	}
	if _, err := HasPeople(first); keyOf(err) != "store.bad_copy" {
		t.Errorf("%v", err)
	}
}

// copyOf makes a copy of a bench's journal.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	s, err := Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(path); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	return path
}
