package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

func init() {
	childJobs["backup"] = backUpForEver
	childJobs["compact"] = compactForEver
	childJobs["purge"] = purgeForEver
	childJobs["migrate"] = migrateForEver
	childJobs["restore"] = restoreForEver
}

// kills is how often each kind of work is killed.
func kills(t *testing.T) int {
	switch {
	case os.Getenv("PACKBENCH_SOAK") != "":
		return 150
	case testing.Short():
		return 4
	}
	return 12
}

// longest is the longest time until a kill; each kind of work is done several times in it.
const longest = 120 * time.Millisecond

// forEver does a job over and over in an open folder, an event more each time.
func forEver(dir string, job func(s *Store, n uint64) error) error {
	s, err := Open(dir, clock)
	if err != nil {
		return err
	}
	n, err := eventCount(s)
	for err == nil {
		n++
		if err = appendNumbered(s, n); err == nil {
			err = job(s, n)
		}
	}
	return errors.Join(err, s.Close())
}

func backUpForEver(dir string) error {
	return forEver(dir, func(s *Store, n uint64) error {
		return errors.Join(s.Backup(filepath.Join(dir, "own.db")), s.NightlyCopy(noon.AddDate(0, 0, int(n))))
	})
}

func compactForEver(dir string) error {
	return forEver(dir, func(s *Store, n uint64) error {
		o := make1(fmt.Sprint("O", n), fmt.Sprint("P", n), "tee")
		return errors.Join(s.SaveOrders([]order.Order{o}, noon), s.journal.compact(), s.cache.compact())
	})
}

// secret are what a purge has to take away.
const secret = "leave it with Mrs Tan"

func purgeForEver(dir string) error {
	return forEver(dir, func(s *Store, n uint64) error {
		name, err := s.KeepDocument(fmt.Append(nil, "label ", n, " ", secret))
		if err != nil {
			return err
		}
		o := make1(fmt.Sprint("O", n), fmt.Sprint("P", n%50), "tee")
		o.BuyerMessage, o.Status, o.DeliveredAt = secret, order.Delivered, noon
		if err := s.SaveOrders([]order.Order{o}, noon); err != nil {
			return err
		}
		if err := s.journal.Update(func(tx *bolt.Tx) error { // as DocumentKept and LabelQueued leave it, without further events
			return put(tx, bucketWork, []byte(o.PackageIDs[0]), order.Work{Parcel: order.ParcelKey(o.PackageIDs[0]), Document: name, Label: order.LabelWork{Codes: []string{"T1", secret}}})
		}); err != nil {
			return err
		}
		_, err = s.Purge(noon.Add(keptAfterEnd), false)
		return err
	})
}

func migrateForEver(dir string) error {
	for {
		s, err := Open(dir, clock)
		if err != nil {
			return err
		}
		n, err := eventCount(s)
		if err == nil {
			err = appendNumbered(s, n+1)
		}
		if err == nil {
			err = s.journal.Update(asSchema1)
		}
		if err := errors.Join(err, s.Close()); err != nil {
			return err
		}
	}
}

// asSchema1 makes a journal as the first version kept it.
func asSchema1(tx *bolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	return errors.Join(meta.Delete(keyInstallation), meta.Put(keySchema, number(1)))
}

func restoreForEver(dir string) error {
	for n := 0; ; n++ {
		if _, err := Restore(dir, filepath.Join(dir, fmt.Sprintf("copy%d.db", n%2)), noon.Add(time.Duration(n)*time.Second)); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// A folder in which work was killed opens again, and every event that was said to be journalled is there, in its place.
func TestKilledWorkLosesNothing(t *testing.T) {
	for _, job := range []string{"backup", "compact", "purge", "migrate"} {
		t.Run(job, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(1, uint64(len(job))))
			dir := t.TempDir()
			s, err := Open(dir, clock)
			if err != nil {
				t.Fatal(err)
			}
			var begin []order.Event
			for n := range uint64(2000) { // so that there is something to copy
				begin = append(begin, numbered(n+1))
			}
			if err := errors.Join(s.Append(begin), s.Close()); err != nil {
				t.Fatal(err)
			}
			for kill := range kills(t) {
				last := killed(t, job, dir, time.Duration(random.Int64N(int64(longest))))
				t.Run(fmt.Sprint("kill ", kill), func(t *testing.T) {
					s := checked(t, dir)
					if have := journalled(t, s); have < last || have > last+1 {
						t.Errorf("%d events were journalled, %d are there", last, have)
					}
					if name, err := s.Installation(); err != nil || len(name) != 16 {
						t.Errorf("the installation is %q, %v", name, err)
					}
					goodCopies(t, dir)
				})
			}
			if job == "purge" {
				documents, err := filepath.Glob(filepath.Join(dir, labelFolder, "*"))
				if err != nil {
					t.Fatal(err)
				}
				for _, path := range documents { // one that was kept when the kill came has no parcel: its age counts
					if err := os.Chtimes(path, noon, noon); err != nil {
						t.Fatal(err)
					}
				}
				s := checked(t, dir)
				if _, err := s.Purge(noon.Add(keptAfterEnd), false); err != nil {
					t.Fatal(err)
				}
				if found := holding(t, dir, secret); len(found) > 0 {
					t.Errorf("%q is still in %v", secret, found)
				}
			}
		})
	}
}

// goodCopies checks that every copy is a good one, and that nothing half written is left.
func goodCopies(t *testing.T, dir string) {
	t.Helper()
	for _, pattern := range []string{"own.db", "backups/*.db"} {
		copies, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range copies {
			if err := checkJournal(path); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	for _, folder := range []string{".", copyFolder, labelFolder} {
		if left, err := filepath.Glob(filepath.Join(dir, folder, newPrefix+"*")); err != nil || len(left) > 0 {
			t.Errorf("left: %v, %v", left, err)
		}
	}
}

// A restore that was killed leaves the old journal or the new one, whole, and what was there before lies aside.
func TestKilledRestoreLeavesOneOfTheTwo(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[uint64]bool{}
	var n uint64
	for i, more := range []uint64{1500, 800} {
		for range more {
			n++
			if err := s.journal.Update(func(tx *bolt.Tx) error { e := numbered(n); return appendEvent(tx, &e) }); err != nil {
				t.Fatal(err)
			}
			s.journal.db.NoSync = true
		}
		counts[n] = true
		if err := s.Backup(filepath.Join(dir, fmt.Sprintf("copy%d.db", i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for kill := range kills(t) {
		killed(t, "restore", dir, time.Duration(random.Int64N(int64(longest))))
		t.Run(fmt.Sprint("kill ", kill), func(t *testing.T) {
			if have := journalled(t, checked(t, dir)); !counts[have] {
				t.Errorf("%d events are there: neither copy", have)
			}
			goodCopies(t, dir)
		})
		old, err := filepath.Glob(filepath.Join(dir, copyFolder, "*.db"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range old {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
}
