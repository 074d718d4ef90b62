package link

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"packbench/internal/order"
)

// handle is an opened device that takes a stream of bytes without beginning or end: a serial port, a USB printer.
type handle interface {
	io.ReadWriteCloser
	SetWriteDeadline(time.Time) error
	// Held is how many of the bytes written the system has not given to the device yet. It may say too much, never too little.
	// It fails once the device is gone.
	Held() (int, error)
	// Drop throws away what the system holds, so that Close need not wait for a device that takes nothing.
	Drop()
	// Stalled is the problem of a device that takes nothing.
	Stalled(cause error) error
}

const (
	// closeWait is how long Close waits for the system. Linux waits up to 30 s for a stalled port (printing facts 3); the rest of
	// that passes in the background.
	closeWait = time.Second
	// heldPoll is the pause between two looks at what the system still holds.
	heldPoll = 2 * time.Millisecond
	// ahead is how much line time may be written ahead of a paced line, so that it never runs dry.
	ahead = 50 * time.Millisecond
)

// device is a printer behind a handle. What tells it from a network printer is that it does not notice a new beginning: it stays in
// the middle of a label that stalled. So the handle is kept then (closing a USB printer's loses its last 8 KiB, printing facts 4), and
// the same label, sent again, goes on at the byte it stopped at.
type device struct {
	open  func() (handle, error) // fails with an *order.Problem
	path  string
	stall time.Duration
	rate  int // of the line, in bytes a second; 0 is not paced

	mu      sync.Mutex // held while something is sent
	session *session
	opened  int
	leaving chan struct{} // closed when the last handle is given back; nil where there was none
	closed  bool
}

// session is one opened handle, the goroutine that takes what the printer says, and the label it is in the middle of.
type session struct {
	handle
	ended chan struct{} // closed when the device is gone
	shut  func() error

	label []byte    // that stopped in the middle; nil where none did
	at    int       // how much of it was written
	free  time.Time // when the line will have carried everything written
}

// Reach opens the device, unless it is open and there.
func (l *device) Reach(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.reach(ctx)
	return err
}

func (l *device) reach(ctx context.Context) (*session, error) {
	if l.closed {
		return nil, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s := l.session; s != nil {
		if !s.isOver() {
			return s, nil
		}
		l.leave(ctx)
	}
	if l.leaving != nil { // a device that is open twice comes back under another name
		select {
		case <-l.leaving:
		default:
			return nil, order.Trouble(nil, "printer.stalled")
		}
	}
	h, err := l.open()
	if err != nil {
		return nil, err
	}
	s := &session{handle: h, ended: make(chan struct{}), shut: sync.OnceValue(h.Close)}
	go s.drain()
	l.session = s
	l.opened++
	return s, nil
}

// Opened is how often the device was opened.
func (l *device) Opened() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.opened
}

// drain throws away what the printer says. When the device goes, it is given back at once: while a dead port is open, the replugged
// printer gets another name (printing facts 3).
func (s *session) drain() {
	_, _ = io.Copy(io.Discard, s.handle) // a printer that only listens ends it too; what happened is asked below
	if _, err := s.Held(); err == nil {
		return
	}
	close(s.ended)
	_ = s.shut() // the device is gone already
}

// isOver tells whether the device is gone. The system is asked itself, as the goroutine that reads may not have run yet.
func (s *session) isOver() bool {
	select {
	case <-s.ended:
		return true
	default:
		_, err := s.Held()
		return err != nil
	}
}

// leave gives the handle back and waits for that, at most a second.
func (l *device) leave(ctx context.Context) {
	s := l.session
	l.session = nil
	left := make(chan struct{})
	l.leaving = left
	go func() {
		defer close(left)
		if s.label != nil {
			s.Drop()
		}
		_ = s.shut() // what was sent has arrived, and nothing else is promised
	}()
	wait := time.NewTimer(closeWait)
	defer wait.Stop()
	select {
	case <-left:
	case <-wait.C:
	case <-ctx.Done():
	}
}

// Send fails with printer.absent, printer.stalled and printer.cut as over TCP, and with what opening the device and its own Stalled say.
// A label that stopped in the middle and is sent again goes on where it stopped, if the device was not unplugged meanwhile; n counts from the
// label's beginning. Another label then is written behind the half one.
func (l *device) Send(ctx context.Context, label []byte) (n int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, err := l.reach(ctx)
	if err != nil {
		return 0, err
	}
	if s.label != nil && !bytes.Equal(s.label, label) {
		l.leave(ctx)
		if s, err = l.reach(ctx); err != nil {
			return 0, err
		}
	}
	if err = l.write(ctx, s, label); err == nil {
		s.label, s.at = nil, 0
		return len(label), nil
	}
	n = s.taken(len(label))
	switch {
	case s.isOver():
		l.leave(ctx)
		if n == 0 {
			return 0, order.Trouble(err, "printer.absent", "address", l.path)
		}
		return n, order.Trouble(err, "printer.cut")
	case s.at > 0:
		s.label = bytes.Clone(label)
	}
	switch {
	case ctx.Err() != nil:
		return n, ctx.Err()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, s.Stalled(err)
	}
	return n, order.Trouble(err, "printer.cut")
}

// taken is how much of an unfinished label the device has: never all, and not nothing if anything was written.
func (s *session) taken(size int) int {
	if s.at == 0 {
		return 0
	}
	held, err := s.Held()
	if err != nil || held < 1 {
		held = 0
	}
	return min(max(s.at-held, 1), size-1)
}

// write writes the label from where it is, paced, and waits until the device has taken it.
func (l *device) write(ctx context.Context, s *session, label []byte) error {
	defer cutOff(ctx, s)()
	for s.at < len(label) {
		size := min(l.chunk(), len(label)-s.at)
		if err := l.pace(ctx, s, size); err != nil {
			return err
		}
		if err := s.SetWriteDeadline(time.Now().Add(l.stall)); err != nil {
			return err
		}
		// Asked after the deadline is set: an end of ctx before was overwritten, one after is not.
		if err := ctx.Err(); err != nil {
			return err
		}
		taken, err := s.Write(label[s.at : s.at+size])
		s.at += taken
		if err != nil && !(taken > 0 && errors.Is(err, os.ErrDeadlineExceeded)) {
			return err
		}
	}
	return l.settle(ctx, s)
}

// chunk is how many bytes are written at once: what a paced line carries in half of ahead.
func (l *device) chunk() int {
	if l.rate == 0 {
		return chunk
	}
	return min(max(int(int64(l.rate)*int64(ahead)/int64(2*time.Second)), 1), chunk)
}

// pace waits until the line has carried what was written before, but for a little.
func (l *device) pace(ctx context.Context, s *session, size int) error {
	if l.rate == 0 {
		return nil
	}
	now := time.Now()
	if s.free.Before(now) {
		s.free = now
	}
	early := s.free.Sub(now) - ahead
	s.free = s.free.Add(time.Duration(size) * time.Second / time.Duration(l.rate))
	return pause(ctx, early)
}

// settle waits until the system holds nothing more. As long as that shrinks the device is alive, however slow.
func (l *device) settle(ctx context.Context, s *session) error {
	least, since := -1, time.Now()
	for {
		held, err := s.Held()
		if err != nil || held == 0 {
			return err
		}
		if least < 0 || held < least {
			least, since = held, time.Now()
		}
		if time.Since(since) >= l.stall {
			return os.ErrDeadlineExceeded
		}
		if err := pause(ctx, heldPoll); err != nil {
			return err
		}
	}
}

// pause waits for d, or returns at once where d is not positive.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close gives the device back. What was sent has arrived; half a label is dropped.
func (l *device) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.session != nil {
		l.leave(context.Background())
	}
	return nil
}
