//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// fullErrors say that the disk has no room left, or none for so long a file: by a quota, a limit, or on FAT.
var fullErrors = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

// syncFolder puts the names in a folder on the disk.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil // some network file systems keep names by themselves and refuse to be asked
	}
	return errors.Join(err, folder.Close())
}
