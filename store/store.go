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

	"github.com/gofrs/flock"
	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"packbench/internal/order"
)

// The versions of the two files' layouts. A file of a newer program is refused, so that nothing in it is lost.
const (
	cacheSchema   = 6 // 1 kept every parcel beside its orders, 2 knew no invoices, no places and no deliveries, 3 no facts, 4 kept them beside the parcels, 5 no moments
	journalSchema = 4 // see migrations
)

// The files in a bench's folder, and the folder of the journal's copies.
const (
	cacheName   = "cache.db"
	journalName = "journal.db"
	copyFolder  = "backups"
)

// Store is a bench's folder, open. It is safe for use by several goroutines.
type Store struct {
	dir     string
	now     func() time.Time
	lock    *flock.Flock
	cache   *file
	journal *file
	thrown  *order.Problem // what was wrong with a cache that was thrown away
	saving  sync.Mutex     // held while orders are taken in
	waiting waiting
	finding finding
	waving  sync.Mutex // held while waves are made or undone
	// sheeting is held while hand-over sheets are changed.
	sheeting sync.Mutex
}

// Open opens the files in a folder and makes what is missing, readable by this user alone. Its errors are Problems: store.in_use when
// another program has the folder open (known after a second), store.newer for files of a newer version, store.damaged_journal or
// store.damaged_journal_alone when what happened here cannot be read, store.full where there is no room to begin with, store.folder when the
// folder or a file cannot be opened. now tells when a parcel is read: one that is held for the buyer's hour is ready once the hour is over.
//
// A cache.db of an older version, or one that is damaged, is thrown away: the shops' marks go with it, so that the next reading brings every order
// back. A journal.db of an older version is copied and then changed to this one's.
func Open(dir string, now func() time.Time) (*Store, error) {
	s := &Store{dir: dir, now: now}
	if err := s.makeFolders(); err != nil {
		return nil, err
	}
	var err error
	if s.lock, err = lockFolder(dir); err != nil {
		return nil, err
	}
	if err := s.open(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) makeFolders() error {
	for _, folder := range []string{labelFolder, copyFolder, pictureFolder, photoFolder} {
		if err := os.MkdirAll(s.path(folder), 0o700); err != nil {
			return order.Trouble(err, "store.folder", "folder", s.dir)
		}
	}
	return nil
}

func (s *Store) open() error {
	if err := s.removeUnfinished(); err != nil {
		return s.opening(err)
	}
	if err := s.openJournal(); err != nil {
		return s.opening(err)
	}
	return s.opening(s.openCache())
}

// opening is the Problem with a file that could not be opened.
func (s *Store) opening(err error) error {
	var problem *order.Problem
	var d *damage
	if err == nil || errors.As(err, &problem) || errors.As(err, &d) || isFull(err) {
		return s.trouble("open the files", err)
	}
	key := "store.folder"
	if errors.Is(err, bolterrors.ErrTimeout) {
		key = "store.in_use" // by a program that knows of no lock but bbolt's
	}
	return order.Trouble(err, key, "folder", s.dir)
}

// Close closes both files. Everything a method of the store reported done is on the disk already.
func (s *Store) Close() error {
	var failed []error
	for _, f := range []*file{s.cache, s.journal} {
		if f != nil {
			failed = append(failed, f.Close())
		}
	}
	return errors.Join(append(failed, s.lock.Unlock())...)
}

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

var (
	bucketMeta = []byte("meta")
	keySchema  = []byte("schema")
)

// cacheStep is by how many bytes cache.db grows at a time. bbolt's own 16 MB would be half of the file at 15,000 orders.
const cacheStep = 2 << 20

// schemaOf is the version of a file's layout, 0 of a file that was just made.
func schemaOf(tx *bolt.Tx) (uint64, error) {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		return 0, nil
	}
	switch have := meta.Get(keySchema); len(have) {
	case 0:
		return 0, nil
	case 8:
		return binary.BigEndian.Uint64(have), nil
	default:
		return 0, &damage{tx.DB().Path(), errors.New("the schema is no number")}
	}
}

// prepare makes what a file of the version given has and this one lacks.
func prepare(tx *bolt.Tx, schema uint64, buckets [][]byte) error {
	meta, err := tx.CreateBucketIfNotExists(bucketMeta)
	if err != nil {
		return err
	}
	for _, bucket := range buckets {
		if _, err := tx.CreateBucketIfNotExists(bucket); err != nil {
			return err
		}
	}
	return meta.Put(keySchema, number(schema))
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
	var d *damage
	if errors.As(err, &d) {
		return s.damaged(doing, d)
	}
	key := "store.failed"
	if isFull(err) {
		key = "store.full"
	}
	return order.Trouble(fmt.Errorf("%s: %w", doing, err), key, "folder", s.dir)
}

func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
