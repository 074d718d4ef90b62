package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// peopleName is the file of the people of a bench, with hashes of their PINs. The store understands nothing of it: a copy of the journal carries it, so that
// whoever restores a bench on another computer finds its people.
const peopleName = "people.toml"

// keyPeople is where a copy of the journal carries that file; the journal itself never does.
var keyPeople = []byte("people")

// takeAlong puts the people's file into a copy of the journal that is being written. A bench without people takes nothing along.
func (s *Store) takeAlong(copied string) error {
	people, err := os.ReadFile(s.path(peopleName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return changeCopy(copied, func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyPeople, people) })
}

func changeCopy(path string, change func(*bolt.Tx) error) error {
	copied, err := openFile(path, 0)
	if err != nil {
		return err
	}
	return errors.Join(copied.Update(change), copied.Close())
}

// HasPeople tells whether a copy of the journal carries the people of its bench. It fails as Restore does.
func HasPeople(from string) (bool, error) {
	if err := checkJournal(from); err != nil {
		return false, badCopy(from, err)
	}
	db, err := bolt.Open(from, 0o600, &bolt.Options{ReadOnly: true, Timeout: boltWait})
	if err != nil {
		return false, badCopy(from, err)
	}
	has := false
	err = db.View(func(tx *bolt.Tx) error {
		has = tx.Bucket(bucketMeta).Get(keyPeople) != nil
		return nil
	})
	return has, errors.Join(err, db.Close())
}

// takeOut takes the people's file out of a copy that is being put in the journal's place, and writes it where the bench has none, or in any case where replace is
// said: what was there is kept beside the journal that was replaced. A bench that has people keeps them otherwise: an old copy must not let in again whoever
// was removed since, or unlock who is locked.
func (s *Store) takeOut(copied string, replace bool, at string) error {
	var people []byte
	if err := changeCopy(copied, func(tx *bolt.Tx) error {
		meta := tx.Bucket(bucketMeta)
		people = append(people, meta.Get(keyPeople)...)
		return meta.Delete(keyPeople)
	}); err != nil {
		return err
	}
	there := isThere(s.path(peopleName))
	if len(people) == 0 || there && !replace {
		return nil
	}
	if there {
		kept := filepath.Join(copyFolder, asidePrefix+at+"-"+peopleName)
		if err := writeWhole(s.path(kept), func(to *os.File) error { return copyFile(to, s.path(peopleName)) }, nil); err != nil {
			return err
		}
	}
	return writeWhole(s.path(peopleName), func(to *os.File) error {
		_, err := to.Write(people)
		return err
	}, nil)
}
