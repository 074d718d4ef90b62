package store

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// Restore puts a copy of the journal in the place of a bench's journal, which is kept: aside is where, empty where there was none. The copy is checked first.
// After a crash at any moment the old journal is in place, or the new one. Errors are Problems: store.in_use while a program has the folder open,
// store.bad_copy for a file that is no good copy, store.newer for one of a newer program, store.full, store.folder.
//
// What happened between the copy and now is not in the journal any more. That is safe, because the platform is asked before anything goes out: a parcel
// whose shipment was arranged since is found arranged without a word of it here, and stops as shipped elsewhere. Of a label that waited to be printed when
// the copy was made, or could have been printed since because shipment was arranged, nobody knows whether it came out; it is restored as one that was
// being sent, which a person decides about.
//
// A copy carries the people of its bench: they come back where the bench has none (takeOut).
func Restore(dir, from string, now time.Time) (aside string, err error) {
	return restore(dir, from, now, false)
}

// RestoreWithPeople is Restore that puts the people of the copy in the place of those that the bench has.
func RestoreWithPeople(dir, from string, now time.Time) (aside string, err error) {
	return restore(dir, from, now, true)
}

func restore(dir, from string, now time.Time, people bool) (aside string, err error) {
	s := &Store{dir: dir, now: func() time.Time { return now }}
	if err := s.makeFolders(); err != nil {
		return "", err
	}
	if s.lock, err = lockFolder(dir); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.lock.Unlock()) }()
	if err := s.removeUnfinished(); err != nil {
		return "", s.opening(err)
	}
	if err := checkJournal(from); err != nil {
		return "", badCopy(from, err)
	}
	if aside, err = s.setAside(now); err != nil {
		return "", s.opening(err)
	}
	err = writeWhole(s.path(journalName), func(to *os.File) error { return copyFile(to, from) }, func(written string) error {
		if err := doubtLabels(written, now); err != nil {
			return err
		}
		return s.takeOut(written, people, stamp(now))
	})
	return aside, s.opening(err)
}

// badCopy is the Problem with a file that cannot be restored.
func badCopy(path string, err error) error {
	var problem *order.Problem
	if errors.As(err, &problem) {
		return err
	}
	return order.Trouble(err, "store.bad_copy", "file", path)
}

// removeUnfinished removes what a crash left of files that were being written, and of a restore that set the journal aside and came no further. Nobody else
// may be writing.
func (s *Store) removeUnfinished() error {
	for _, folder := range []string{"", labelFolder, copyFolder} {
		if err := removeNamed(s.path(folder), newPrefix, nil); err != nil {
			return err
		}
	}
	return removeNamed(s.path(copyFolder), asidePrefix, func(aside string) bool { return sameFile(aside, s.path(journalName)) })
}

// The names of journals that a restore took the place of begin with this.
const asidePrefix = "replaced-"

// setAside gives the present journal a second name. It stays in its place until another one takes it.
func (s *Store) setAside(now time.Time) (string, error) {
	path := s.path(journalName)
	if _, err := os.Stat(path); isMissing(err) {
		return "", nil
	}
	aside := s.path(filepath.Join(copyFolder, asidePrefix+stamp(now)))
	for isThere(aside + ".db") { // restored twice in a second
		aside += "+"
	}
	aside += ".db"
	if err := os.Link(path, aside); err != nil { // not every file system has second names
		if err := writeWhole(aside, func(to *os.File) error { return copyFile(to, path) }, nil); err != nil {
			return "", err
		}
	}
	return aside, syncFolder(filepath.Dir(aside))
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return !isMissing(err)
}

func copyFile(to *os.File, path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, from.Close())
}

// doubtLabels notes in a copied journal, of each label that waits to be printed or can be, that nobody knows whether it came out.
func doubtLabels(path string, now time.Time) error {
	if err := checkJournal(path); err != nil {
		return err
	}
	journal, err := openFile(path, 0)
	if err != nil {
		return err
	}
	err = journal.Update(func(tx *bolt.Tx) error {
		schema, err := schemaOf(tx)
		if err != nil {
			return err
		}
		if err := prepare(tx, schema, journalBuckets); err != nil { // a copy of an older program lacks some; it is changed when it is opened
			return err
		}
		var run order.Run
		if id := tx.Bucket(bucketMeta).Get(keyRun); id != nil {
			if run, err = get[order.Run](tx, bucketRuns, id); err != nil {
				return err
			}
		}
		var doubted []order.Event
		if err := tx.Bucket(bucketWork).ForEach(func(key, _ []byte) error {
			work, err := get[order.Work](tx, bucketWork, key)
			if err == nil && (work.Label.State == order.Queued || work.Printable()) {
				doubted = append(doubted, order.Event{
					Kind: order.LabelSending, Parcel: order.ParcelKey(key), Run: work.Label.Run, Version: work.DocumentVersion, At: now,
				})
			}
			return err
		}); err != nil {
			return err
		}
		slices.SortStableFunc(doubted, func(a, b order.Event) int { // as they would have gone out
			return slices.Index(run.Parcels, a.Parcel) - slices.Index(run.Parcels, b.Parcel)
		})
		for i := range doubted {
			if err := appendEvent(tx, &doubted[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, journal.Close())
}
