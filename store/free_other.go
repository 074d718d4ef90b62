//go:build !linux && !darwin && !windows

package store

import "errors"

// Free is how many bytes this user can still write to the disk a folder lies on. It is not known of this system's disks.
func Free(string) (uint64, error) { return 0, errors.ErrUnsupported }
