package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"packbench/internal/order"
)

// spoiledName is a file that says that cache.db holds something that cannot be read: its structure need not show it.
const spoiledName = "cache.spoiled"

// damaged is the Problem with a file that turned out to be damaged. A damaged cache is noted, so that the next start throws it away.
func (s *Store) damaged(doing string, d *damage) error {
	cause := fmt.Errorf("%s: %w", doing, d)
	if filepath.Base(d.path) != cacheName {
		return damagedJournal(s.dir, cause)
	}
	if err := os.WriteFile(s.path(spoiledName), nil, 0o600); err != nil {
		cause = errors.Join(cause, err)
	}
	return order.Trouble(cause, "store.damaged_cache", "file", d.path)
}

// damagedJournal says that the bench stops, and what there is to put back.
func damagedJournal(dir string, cause error) *order.Problem {
	path := filepath.Join(dir, journalName)
	if newest := newestCopy(dir); newest != "" {
		return order.Trouble(cause, "store.damaged_journal", "file", path, "copy", newest, "folder", dir)
	}
	return order.Trouble(cause, "store.damaged_journal_alone", "file", path)
}

// CacheThrownAway tells why Open threw cache.db away as damaged; nil where it did not. The next reading brings every order back.
func (s *Store) CacheThrownAway() *order.Problem { return s.thrown }

// openCache opens cache.db; one that is damaged or of an older version is made anew.
func (s *Store) openCache() error {
	bad := s.cacheDamage()
	if bad == nil {
		older := false
		older, bad = s.tryCache()
		var d *damage
		switch {
		case older:
			return s.newCache()
		case bad == nil:
			return nil
		case !errors.As(bad, &d) && !isDamage(bad):
			return bad
		}
	}
	s.thrown = order.Trouble(bad, "store.cache_thrown_away", "file", s.path(cacheName))
	return s.newCache()
}

// cacheDamage is what is wrong with cache.db before it is opened.
func (s *Store) cacheDamage() error {
	if _, err := os.Stat(s.path(spoiledName)); err == nil {
		return errors.New("a value could not be read")
	}
	if err := sound(s.path(cacheName)); err != nil && !isMissing(err) {
		return err
	}
	return nil
}

// newCache puts an empty cache in the place of what is there.
func (s *Store) newCache() error {
	if s.cache != nil {
		if err := s.cache.Close(); err != nil {
			return err
		}
	}
	for _, name := range []string{cacheName, spoiledName} { // the mark goes last: without it the file would be believed
		if err := os.Remove(s.path(name)); err != nil && !isMissing(err) {
			return err
		}
	}
	_, err := s.tryCache()
	return err
}

// tryCache opens cache.db and makes what it lacks. older tells that it is of an older version and was left as it is.
func (s *Store) tryCache() (older bool, err error) {
	if s.cache, err = openFile(s.path(cacheName), cacheStep); err != nil {
		return false, err
	}
	err = s.cache.Update(func(tx *bolt.Tx) error {
		have, err := schemaOf(tx)
		switch {
		case err != nil:
			return err
		case have > cacheSchema:
			return order.Trouble(nil, "store.newer", "file", s.path(cacheName))
		case have != 0 && have < cacheSchema:
			older = true
			return nil
		}
		return prepare(tx, cacheSchema, cacheBuckets)
	})
	return older, err
}

// isDamage tells whether bbolt refused a file for what is in it.
func isDamage(err error) bool {
	var u unsound
	return errors.As(err, &u) ||
		errors.Is(err, bolterrors.ErrInvalid) || errors.Is(err, bolterrors.ErrChecksum) || errors.Is(err, bolterrors.ErrVersionMismatch)
}

// isBlank tells whether a file is missing or holds nothing: it has no length, or is as short as one that was just made and all zeros, as a power cut leaves it.
func isBlank(path string) (bool, error) {
	const justMade = 128 << 10
	f, err := os.Open(path)
	if isMissing(err) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	start, err := io.ReadAll(io.LimitReader(f, justMade+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return false, err
	}
	for _, b := range start {
		if b != 0 {
			return false, nil
		}
	}
	return len(start) <= justMade, nil
}
