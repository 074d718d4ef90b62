// Package store keeps two bbolt files in a bench's folder: cache.db, the platform's orders as last read, which can be read again, and
// journal.db, what happened here, which cannot. Its methods say what is wanted; transactions stay inside.
package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"packbench/internal/order"
)

// The versions of the two files' layouts. A file of a newer program is refused, so that nothing in it is lost.
const (
	cacheSchema   = 3 // 1 kept every parcel beside its orders, 2 knew no invoices, no places and no deliveries
	journalSchema = 1
)

// lockWait is how long another program on the same folder is waited for before it is reported.
const lockWait = time.Second

// Store is a bench's folder, open. It is safe for use by several goroutines.
type Store struct {
	dir     string
	now     func() time.Time
	cache   *bolt.DB
	journal *bolt.DB
	saving  sync.Mutex // held while orders are taken in
	waiting waiting
}

// Open opens the files in a folder and makes what is missing, readable by this user alone. Its errors are Problems: store.in_use when
// another program has the folder open (known after a second), store.newer for files of a newer version, store.folder when the folder or
// a file cannot be opened. now tells when a parcel is read: one that is held for the buyer's hour is ready once the hour is over.
//
// A cache.db of an older version is thrown away: the shops' marks go with it, so that the next reading brings every order back.
func Open(dir string, now func() time.Time) (*Store, error) {
	if err := os.MkdirAll(filepath.Join(dir, labelFolder), 0o700); err != nil {
		return nil, order.Trouble(err, "store.folder", "folder", dir)
	}
	s := &Store{dir: dir, now: now}
	var err error
	if s.journal, err = open(dir, "journal.db", journalSchema, journalBuckets); err != nil {
		return nil, err
	}
	if s.cache, err = openCache(dir); err != nil {
		return nil, errors.Join(err, s.journal.Close())
	}
	return s, nil
}

// Close closes both files. Everything a method of the store reported done is on the disk already.
func (s *Store) Close() error { return errors.Join(s.cache.Close(), s.journal.Close()) }

var (
	bucketMeta = []byte("meta")
	keySchema  = []byte("schema")
)

// cacheStep is by how many bytes cache.db grows at a time. bbolt's own 16 MB would be half of the file at 15,000 orders.
const cacheStep = 2 << 20

// errOlder tells that a file is of an older version.
var errOlder = errors.New("an older version's file")

// openCache opens cache.db; one of an older version is made anew. The journal is open already and keeps every other program out.
func openCache(dir string) (*bolt.DB, error) {
	db, err := open(dir, "cache.db", cacheSchema, cacheBuckets)
	if errors.Is(err, errOlder) {
		if err := os.Remove(filepath.Join(dir, "cache.db")); err != nil {
			return nil, order.Trouble(err, "store.folder", "folder", dir)
		}
		db, err = open(dir, "cache.db", cacheSchema, cacheBuckets)
	}
	if err != nil {
		return nil, err
	}
	db.AllocSize = cacheStep
	return db, nil
}

func open(dir, name string, schema uint64, buckets [][]byte) (*bolt.DB, error) {
	path := filepath.Join(dir, name)
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait, FreelistType: bolt.FreelistMapType})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, order.Trouble(err, "store.in_use", "folder", dir)
	case isDamage(err):
		return nil, order.Trouble(err, "store.damaged", "file", path)
	case err != nil:
		return nil, order.Trouble(err, "store.folder", "folder", dir)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		meta, err := tx.CreateBucketIfNotExists(bucketMeta)
		if err != nil {
			return err
		}
		switch have := meta.Get(keySchema); {
		case have == nil:
			if err := meta.Put(keySchema, number(schema)); err != nil {
				return err
			}
		case binary.BigEndian.Uint64(have) > schema:
			return order.Trouble(nil, "store.newer", "file", path)
		case binary.BigEndian.Uint64(have) < schema:
			return errOlder
		}
		for _, bucket := range buckets {
			if _, err := tx.CreateBucketIfNotExists(bucket); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// isDamage tells whether bbolt refused a file for what is in it.
func isDamage(err error) bool {
	return errors.Is(err, bolterrors.ErrInvalid) || errors.Is(err, bolterrors.ErrChecksum) || errors.Is(err, bolterrors.ErrVersionMismatch)
}

// number is a key that sorts as the number does.
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// pair is a key of two parts; the first never holds a zero byte.
func pair(first string, second string) []byte { return []byte(first + "\x00" + second) }

// trouble wraps a failure of the files in a Problem a person can act on.
func (s *Store) trouble(doing string, err error) error {
	if err == nil {
		return nil
	}
	var problem *order.Problem
	if errors.As(err, &problem) {
		return err
	}
	key := "store.failed"
	if isFull(err) {
		key = "store.full"
	}
	return order.Trouble(fmt.Errorf("%s: %w", doing, err), key, "folder", s.dir)
}

func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
