//go:build linux || darwin

package store

import "syscall"

// Free is how many bytes this user can still write to the disk a folder lies on.
func Free(dir string) (uint64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		return 0, err
	}
	return disk.Bavail * uint64(disk.Bsize), nil
}
