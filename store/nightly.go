package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// nightlyKept is how many nightly copies are kept.
const nightlyKept = 7

// nightlyForm is the name of a night's copy. No other copy's name reads as one.
const nightlyForm = copyPrefix + "2006-01-02.db"

// NightlyCopy makes the copy of a day unless there is one, and removes all nightly copies but the newest seven. Copies that persons had made, and those made
// before a change of the layout, stay. Its errors are those of Backup.
func (s *Store) NightlyCopy(now time.Time) error {
	today := s.path(filepath.Join(copyFolder, now.Format(nightlyForm)))
	if _, err := os.Stat(today); isMissing(err) {
		if err := s.Backup(today); err != nil {
			return err
		}
	}
	var nights []string
	for _, c := range copiesIn(s.dir) {
		if _, err := time.Parse(nightlyForm, c.Name()); err == nil {
			nights = append(nights, c.Name())
		}
	}
	slices.Sort(nights)
	var failed []error
	for _, name := range nights[:max(0, len(nights)-nightlyKept)] {
		failed = append(failed, os.Remove(s.path(filepath.Join(copyFolder, name))))
	}
	return s.trouble("remove old copies", errors.Join(failed...))
}
