package store

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
)

// boltWait is how long bbolt's own lock is waited for. The folder's lock is held by then: only a bbolt tool of somebody's could have the file.
const boltWait = time.Second

// file is one of the two databases, open. All transactions go through it, so that the file can be compacted under them and a fault in it becomes an error.
// A transaction must not begin another one of the same file.
type file struct {
	path string
	step int // by how many bytes the file grows at a time; 0 is bbolt's own 16 MB

	writing sync.Mutex   // held by a write, and while the file is compacted
	using   sync.RWMutex // held by every transaction; for writing while the compacted file takes the place of the old one
	db      *bolt.DB
	broken  atomic.Pointer[error] // why the file cannot be used any more
}

// damage is what is wrong with what one of the files holds.
type damage struct {
	path  string
	cause error
}

func (d *damage) Error() string { return d.cause.Error() }

func (d *damage) Unwrap() error { return d.cause }

// openFile opens a database, which is made where it is missing. Its structure must be sound.
func openFile(path string, step int) (*file, error) {
	f := &file{path: path, step: step}
	return f, f.open()
}

func (f *file) open() error {
	return f.guard(func() error {
		db, err := bolt.Open(f.path, 0o600, &bolt.Options{Timeout: boltWait, FreelistType: bolt.FreelistMapType})
		if err != nil {
			return err
		}
		if f.step > 0 {
			db.AllocSize = f.step
		}
		f.db = db
		return nil
	})
}

// View reads.
func (f *file) View(read func(*bolt.Tx) error) error {
	f.using.RLock()
	defer f.using.RUnlock()
	return f.guard(func() error { return f.db.View(read) })
}

// Update writes; all of it is on the disk when it returns nil.
func (f *file) Update(write func(*bolt.Tx) error) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.using.RLock()
	defer f.using.RUnlock()
	return f.guard(func() error { return f.db.Update(write) })
}

// Close closes the file. One in which a fault was met is left to the end of the program: bbolt's locks may be held for ever.
func (f *file) Close() error {
	if f.db == nil || f.broken.Load() != nil {
		return nil
	}
	return f.db.Close()
}

// guard turns a fault in the mapped file, and a panic of bbolt over what it found there, into damage. After one the file is not touched any more.
func (f *file) guard(do func() error) (err error) {
	if broken := f.broken.Load(); broken != nil {
		return *broken
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		thrown := recover()
		if thrown == nil {
			return
		}
		if !ofTheFile(thrown) {
			panic(thrown)
		}
		err = &damage{f.path, fmt.Errorf("%v", thrown)}
		f.broken.Store(&err)
	}()
	return do()
}

// nilPage is the part of memory in which only a nil pointer leads.
const nilPage = 4096

// ofTheFile tells whether a panic that was just recovered comes of what lies in the file: a fault in mapped memory, or bbolt's own. Others are
// mistakes of this program and must not be taken for damage.
func ofTheFile(thrown any) bool {
	var fault interface {
		error
		Addr() uintptr
	}
	if err, ok := thrown.(error); ok && errors.As(err, &fault) {
		return fault.Addr() >= nilPage
	}
	stack := make([]uintptr, 64)
	frames := runtime.CallersFrames(stack[:runtime.Callers(1, stack)])
	thrownAt := false
	for {
		frame, more := frames.Next()
		if thrownAt && !strings.HasPrefix(frame.Function, "runtime.") {
			return strings.HasPrefix(frame.Function, "go.etcd.io/bbolt")
		}
		thrownAt = thrownAt || frame.Function == "runtime.gopanic"
		if !more {
			return false
		}
	}
}

// decoding is damage where a value of the file cannot be decoded.
func decoding(tx *bolt.Tx, bucket, key []byte, err error) error {
	return &damage{tx.DB().Path(), fmt.Errorf("%s %s: %w", bucket, key, err)}
}
