package store

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isFull tells whether the disk has no room left.
func isFull(err error) bool { return errors.Is(err, windows.ERROR_DISK_FULL) }
