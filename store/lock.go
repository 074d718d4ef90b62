package store

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"packbench/internal/order"
)

// lockName is the file that says by its lock that a program has the folder open. It stays: to remove it would let two programs hold it.
const lockName = "packbench.lock"

// lockWait is how long another program on the same folder is waited for before it is reported.
const lockWait = time.Second

const lockRetry = 50 * time.Millisecond

// lockFolder keeps every other program out of a folder. bbolt's own locks do not: they hang on files that are exchanged when they are compacted or
// restored, and are taken only after a file has been read.
func lockFolder(dir string) (*flock.Flock, error) {
	held := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	ctx, stop := context.WithTimeout(context.Background(), lockWait)
	defer stop()
	switch _, err := held.TryLockContext(ctx, lockRetry); {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, order.Trouble(err, "store.in_use", "folder", dir)
	case err != nil:
		return nil, order.Trouble(err, "store.folder", "folder", dir)
	}
	return held, nil
}
