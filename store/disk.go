package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// newPrefix begins the names of files that are being written. What is left of them after a crash goes at the next start.
const newPrefix = ".new-"

// writeWhole writes a file so that after any crash it is there whole or not at all, and on the disk when the function returns. fill writes what is to be
// in it; good, if not nil, looks at what was written before it takes the place of what was there.
func writeWhole(path string, fill func(*os.File) error, good func(path string) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), newPrefix+"*")
	if err != nil {
		return err
	}
	err = fill(file)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil && good != nil {
		err = good(file.Name())
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), errors.Join(err, os.Remove(file.Name())))
	}
	return syncFolder(filepath.Dir(path))
}

// removeNamed removes the files of a folder whose names begin so and of which which, if not nil, says so.
func removeNamed(folder, prefix string, which func(path string) bool) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if !strings.HasPrefix(entry.Name(), prefix) || which != nil && !which(path) {
			continue
		}
		if err := os.Remove(path); err != nil && !isMissing(err) {
			return err
		}
	}
	return nil
}

// isFull tells whether the disk has no room left. bbolt quotes some errors instead of wrapping them.
func isFull(err error) bool {
	return err != nil && slices.ContainsFunc(fullErrors, func(full error) bool {
		return errors.Is(err, full) || strings.HasSuffix(err.Error(), full.Error())
	})
}

// IsFull tells whether the disk has no room left: of an error of the system's, whoever wrote.
func IsFull(err error) bool { return isFull(err) }
