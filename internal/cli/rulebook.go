package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// ruleBook holds the rules of a bench's folder, and reads them again once their file is another.
type ruleBook struct {
	mu    sync.Mutex
	rules *rules.Rules
	size  int64
	at    time.Time
}

// Rules are the rules that hold at the bench. As long as their file stays as it is they are the same value, so that nothing is computed anew. Its errors are those
// of rules.Load.
func (b *Bench) Rules() (*rules.Rules, error) {
	book := b.book
	book.mu.Lock()
	defer book.mu.Unlock()
	path := filepath.Join(b.dir, rules.FileName)
	var size int64
	var at time.Time
	switch info, err := os.Stat(path); {
	case err == nil:
		size, at = info.Size(), info.ModTime()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, order.Trouble(err, "rules.unreadable", "file", path)
	}
	if book.rules != nil && size == book.size && at.Equal(book.at) {
		return book.rules, nil
	}
	read, err := rules.Load(b.dir)
	if err != nil {
		return nil, err
	}
	book.rules, book.size, book.at = read, size, at
	return read, nil
}
