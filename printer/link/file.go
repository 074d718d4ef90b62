package link

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"packbench/internal/order"
)

// file is a folder that stands for a printer: each label becomes a file.
type file struct {
	dir, extension string
	now            func() time.Time

	mu     sync.Mutex
	stamp  string // of the newest file
	number int    // of the newest file within its second
	closed bool
}

// File is the link to a folder, made if missing. Each label becomes one file, named by the second and a number so that names
// sort in the order of sending (20261122-013900-0001.zpl). A file appears whole or not at all. now gives the time.
func File(dir, extension string, now func() time.Time) Link {
	return &file{dir: dir, extension: extension, now: now}
}

// Reach makes the folder. It fails with printer.folder (blank folder).
func (l *file) Reach(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ready(ctx)
}

func (l *file) ready(ctx context.Context) error {
	if l.closed {
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return l.problem(err)
	}
	return nil
}

func (l *file) problem(err error) error { return order.Trouble(err, "printer.folder", "folder", l.dir) }

// Send fails with printer.folder. Then no file is there, and n is 0.
func (l *file) Send(ctx context.Context, label []byte) (n int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.ready(ctx); err != nil {
		return 0, err
	}
	temporary, err := os.CreateTemp(l.dir, ".label-*") // 0600: labels carry addresses
	if err != nil {
		return 0, l.problem(err)
	}
	_, err = temporary.Write(label)
	if err == nil {
		err = temporary.Sync()
	}
	err = errors.Join(err, temporary.Close())
	if err == nil {
		err = l.publish(temporary.Name())
	}
	if err != nil {
		return 0, l.problem(errors.Join(err, os.Remove(temporary.Name())))
	}
	return len(label), nil
}

// publish gives a finished file the next free name.
func (l *file) publish(temporary string) error {
	const layout = "20060102-150405"
	// A clock that is set back must not put a label before an older one.
	if stamp := l.now().Format(layout); stamp > l.stamp {
		l.stamp, l.number = stamp, 0
	}
	for {
		l.number++
		name := filepath.Join(l.dir, fmt.Sprintf("%s-%04d.%s", l.stamp, l.number, l.extension))
		_, err := os.Lstat(name)
		if errors.Is(err, os.ErrNotExist) {
			return os.Rename(temporary, name)
		}
		if err != nil {
			return err
		}
	}
}

// Close gives the folder back; the labels stay.
func (l *file) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	return nil
}
