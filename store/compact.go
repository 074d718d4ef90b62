package store

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// compactStep is how many bytes are copied in one transaction while a file is compacted.
const compactStep = 8 << 20

// compact writes the file anew without what was deleted from it: bbolt leaves that in free pages. Reading goes on meanwhile, writing waits. After a crash the
// old file is in place, or the new one.
func (f *file) compact() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	temp, err := os.CreateTemp(filepath.Dir(f.path), newPrefix+"*")
	if err != nil {
		return err
	}
	name := temp.Name()
	if err = temp.Close(); err == nil {
		err = f.compactInto(name)
	}
	if err == nil {
		err = f.exchange(name)
	}
	if err != nil {
		if gone := os.Remove(name); !isMissing(gone) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// compactInto writes what is in the file into another one, on the disk when it returns.
func (f *file) compactInto(path string) error {
	to, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltWait, FreelistType: bolt.FreelistMapType, NoSync: true})
	if err != nil {
		return err
	}
	to.AllocSize = cacheStep
	f.using.RLock()
	err = f.guard(func() error { return bolt.Compact(to, f.db, compactStep) })
	f.using.RUnlock()
	if err == nil {
		err = to.Sync()
	}
	if err = errors.Join(err, to.Close()); err == nil {
		err = sound(path)
	}
	return err
}

// patience is how long a moment without a reader is waited for. Nobody is kept from reading meanwhile: somebody may be reading for long, such as a list that
// goes to a slow terminal, and scans must not wait behind him.
const patience = time.Second

// exchange puts another file in the place of this one, once all transactions are over.
func (f *file) exchange(path string) error {
	for until := time.Now().Add(patience); !f.using.TryLock(); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			return order.Trouble(errors.New("somebody is reading"), "store.busy", "file", f.path)
		}
	}
	defer f.using.Unlock()
	if err := f.db.Close(); err != nil {
		return err
	}
	renamed := os.Rename(path, f.path)
	if renamed == nil {
		renamed = syncFolder(filepath.Dir(f.path))
	}
	if err := f.open(); err != nil { // the old file or the new one: either was whole a moment ago
		err = asDamage(f.path, err)
		f.broken.Store(&err)
		return errors.Join(renamed, err)
	}
	return renamed
}
