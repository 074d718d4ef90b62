package store

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// The names of the journal's copies begin with this. What is not a copy by name is never offered for restoring, and never removed.
const copyPrefix = "journal-"

// stamp is a moment in the name of a file.
func stamp(at time.Time) string { return at.Format("2006-01-02T150405") }

// CopyName is the name of a copy that a person had made at a moment. Nightly copies have another, so that a person's stay.
func CopyName(at time.Time) string { return copyPrefix + stamp(at) + ".db" }

func schemaCopyName(schema uint64, at time.Time) string {
	return fmt.Sprintf("%sschema%d-%s.db", copyPrefix, schema, stamp(at))
}

// CopyFolder is the folder in a bench's folder where the journal's copies lie.
func CopyFolder(dir string) string { return filepath.Join(dir, copyFolder) }

// Backup writes a copy of the journal as it is now, with the people of the bench, to a path, in a folder that is made where it is missing. The copy is on the disk and was opened and
// checked before it takes the place of what was there. The bench goes on meanwhile. Errors are Problems: store.copy_here for the bench's own files,
// store.copy_failed where the copy cannot be written, store.full, and store.damaged_journal when the journal itself is.
func (s *Store) Backup(path string) error {
	for _, own := range []string{journalName, cacheName, lockName} {
		if sameFile(path, s.path(own)) {
			return order.Trouble(nil, "store.copy_here", "file", path)
		}
	}
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = s.journal.copyTo(path, s.takeAlong)
	}
	var d *damage
	if err == nil || isFull(err) || errors.As(err, &d) {
		return s.trouble("copy the journal", err)
	}
	return order.Trouble(err, "store.copy_failed", "file", path)
}

func sameFile(a, b string) bool {
	one, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, other)
}

// copyTo copies the file as the last transaction left it. It is a copy page by page: what is wrong in the file is wrong in the copy too, and is found there.
// more, if not nil, puts more into the copy before it is checked.
func (f *file) copyTo(path string, more func(copied string) error) error {
	return writeWhole(path, func(to *os.File) error {
		heard := &heardWriter{Writer: to}
		err := f.View(func(tx *bolt.Tx) error {
			_, err := tx.WriteTo(heard)
			return err
		})
		return errors.Join(err, heard.err)
	}, func(written string) error {
		if err := checkJournal(written); err != nil {
			return asDamage(f.path, err)
		}
		if more == nil {
			return nil
		}
		if err := more(written); err != nil {
			return err
		}
		return checkJournal(written)
	})
}

// heardWriter keeps the error that bbolt only quotes.
type heardWriter struct {
	io.Writer
	err error
}

func (w *heardWriter) Write(data []byte) (int, error) {
	n, err := w.Writer.Write(data)
	w.err = errors.Join(w.err, err)
	return n, err
}

// checkJournal tells whether a file that nobody writes is a journal this program can go on with: whole, by bbolt's own check too, and not of a newer version.
func checkJournal(path string) error {
	if err := sound(path); err != nil {
		return err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: boltWait})
	if err != nil {
		return err
	}
	err = db.View(func(tx *bolt.Tx) error {
		var wrong []error
		for err := range tx.Check() {
			wrong = append(wrong, unsound{err.Error()})
		}
		if len(wrong) > 0 {
			return wrong[0]
		}
		switch have, err := schemaOf(tx); {
		case err != nil:
			return err
		case have == 0 || tx.Bucket(bucketEvents) == nil:
			return unsoundf("it holds no journal")
		case have > journalSchema:
			return order.Trouble(nil, "store.newer", "file", path)
		}
		return nil
	})
	return errors.Join(err, db.Close())
}

// newestCopy is the path of the newest good copy of a bench's journal, empty where there is none.
func newestCopy(dir string) string {
	events := map[string]uint64{} // by path; files lose their dates when they are copied about
	for _, c := range copiesIn(dir) {
		path := filepath.Join(dir, copyFolder, c.Name())
		if n, err := eventsIn(path); err == nil {
			events[path] = n
		}
	}
	paths := slices.SortedFunc(maps.Keys(events), func(a, b string) int {
		return cmp.Or(cmp.Compare(events[b], events[a]), cmp.Compare(b, a))
	})
	for _, path := range paths {
		if checkJournal(path) == nil {
			return path
		}
	}
	return ""
}

// eventsIn is how many events were ever written to a journal that nobody writes.
func eventsIn(path string) (n uint64, err error) {
	if err := sound(path); err != nil {
		return 0, err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: boltWait})
	if err != nil {
		return 0, err
	}
	err = db.View(func(tx *bolt.Tx) error {
		log := tx.Bucket(bucketEvents)
		if log == nil {
			return unsoundf("it holds no journal")
		}
		n = log.Sequence()
		return nil
	})
	return n, errors.Join(err, db.Close())
}

// copiesIn are the journal's copies in a bench's folder, those of persons too.
func copiesIn(dir string) []os.FileInfo {
	entries, err := os.ReadDir(filepath.Join(dir, copyFolder))
	if err != nil {
		return nil // no folder, no copies
	}
	var copies []os.FileInfo
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), copyPrefix) || filepath.Ext(entry.Name()) != ".db" {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			copies = append(copies, info)
		}
	}
	return copies
}
