//go:build unix

package store

import (
	"errors"
	"syscall"
)

// isFull tells whether the disk has no room left.
func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }
