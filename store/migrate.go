package store

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// migrations change the journal's layout, each to the next version, the first of them from version 1 to 2. All that are due run in one transaction: after
// a crash the journal is of the old version or of the new one.
var migrations = [journalSchema - 1]func(*bolt.Tx) error{giveInstallation, markPrintable, beginPutBacks}

// openJournal opens journal.db. One of an older version is copied beforehand and then changed. One that is damaged is left as it is.
func (s *Store) openJournal() error {
	path := s.path(journalName)
	blank, err := isBlank(path)
	if err != nil {
		return err
	}
	if blank {
		if newestCopy(s.dir) != "" { // a bench that has copies had a journal
			return &damage{path, errors.New("there is nothing in it")}
		}
		if err := os.Remove(path); err != nil && !isMissing(err) {
			return err
		}
	} else if err := sound(path); err != nil {
		return asDamage(path, err)
	}
	if s.journal, err = openFile(path, 0); err != nil {
		return asDamage(path, err)
	}
	return s.migrate()
}

func asDamage(path string, err error) error {
	if isDamage(err) {
		return &damage{path, err}
	}
	return err
}

// migrate brings the journal to this program's version.
func (s *Store) migrate() error {
	var have uint64
	if err := s.journal.View(func(tx *bolt.Tx) (err error) {
		have, err = schemaOf(tx)
		return err
	}); err != nil {
		return err
	}
	switch {
	case have > journalSchema:
		return order.Trouble(nil, "store.newer", "file", s.journal.path)
	case have != 0 && have < journalSchema:
		if err := s.journal.copyTo(s.path(filepath.Join(copyFolder, schemaCopyName(have, s.now()))), nil); err != nil {
			return err
		}
	}
	return s.journal.Update(func(tx *bolt.Tx) error {
		if err := prepare(tx, journalSchema, journalBuckets); err != nil {
			return err
		}
		for version := max(have, 1); version < journalSchema; version++ {
			if err := migrations[version-1](tx); err != nil {
				return fmt.Errorf("migrate from schema %d: %w", version, err)
			}
		}
		return nil
	})
}

var keyInstallation = []byte("installation") // in meta

// giveInstallation gives the journal the name of its installation: 64 random bits in hex.
func giveInstallation(tx *bolt.Tx) error {
	var name [8]byte
	if _, err := rand.Read(name[:]); err != nil {
		return err
	}
	return tx.Bucket(bucketMeta).Put(keyInstallation, hex.AppendEncode(nil, name[:]))
}

// markPrintable finds the parcels whose labels could be printed in a run: schema 2 knew no runs.
func markPrintable(tx *bolt.Tx) error {
	return tx.Bucket(bucketWork).ForEach(func(key, _ []byte) error {
		work, err := get[order.Work](tx, bucketWork, key)
		if err != nil {
			return err
		}
		return mark(tx, bucketPrintable, order.ParcelKey(key), work.Printable())
	})
}

// beginPutBacks has nothing to carry over: in schema 3 a person's ok said that goods were back in their bins, so that the put-back list begins empty. The
// step is there so that a program of that schema, which would lose entries of the list, refuses the journal.
func beginPutBacks(*bolt.Tx) error { return nil }

// Installation is the name of this bench's installation: 16 hexadecimal digits, made by chance with the journal and never changed. A copy of the journal
// that is restored elsewhere brings it along.
func (s *Store) Installation() (string, error) {
	var name string
	err := s.journal.View(func(tx *bolt.Tx) error {
		name = string(tx.Bucket(bucketMeta).Get(keyInstallation))
		return nil
	})
	return name, s.trouble("read the installation's name", err)
}
