package link

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"packbench/internal/order"
	"packbench/printer/state"
)

// handle is an opened device that takes a stream of bytes without beginning or end: a serial port, a USB printer.
type handle interface {
	io.ReadWriteCloser
	SetReadDeadline(time.Time) error
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
// the same label, sent again, goes on at the byte it stopped at. It stays there also while its cable is out, and after a program that died.
type device struct {
	open  func() (handle, error) // fails with an *order.Problem
	path  string
	stall time.Duration
	rate  int // of the line, in bytes a second; 0 is not paced

	turn    turn // of what is sent or asked
	session *session
	opened  atomic.Int32
	broken  broken
	leaving chan struct{} // closed when the last handle is given back; nil where there was none
	closed  bool
}

func newDevice(path string, stall time.Duration, rate int, open func() (handle, error)) *device {
	if stall <= 0 {
		stall = DefaultStall
	}
	return &device{open: open, path: path, stall: stall, rate: rate, turn: newTurn()}
}

// Resync keeps to Resyncer.
func (l *device) Resync(end []byte, interrupted bool) {
	l.broken = broken{end: end, off: interrupted}
}

// Doubt keeps to Resyncer. Where ctx ends before the turn comes nothing is doubted.
func (l *device) Doubt(ctx context.Context) {
	if l.turn.take(ctx) == nil {
		l.broken.off = true
		l.turn.give()
	}
}

// Reach opens the device, unless it is open and there.
func (l *device) Reach(ctx context.Context) error {
	if err := l.turn.take(ctx); err != nil {
		return err
	}
	defer l.turn.give()
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
	s := &session{handle: h, ear: newEar(h), ended: make(chan struct{}), known: make(chan struct{}), shut: sync.OnceValue(h.Close)}
	go s.listen()
	l.session = s
	l.opened.Add(1)
	return s, nil
}

// Opened is how often the device was opened.
func (l *device) Opened() int { return int(l.opened.Load()) }

// leave gives the handle back and waits for that, at most a second.
func (l *device) leave(ctx context.Context) {
	s := l.session
	l.session = nil
	left := make(chan struct{})
	l.leaving = left
	go func() {
		defer close(left)
		if s.unsettled {
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
// label's beginning. Another label then is written behind the half one and what Resync gave.
func (l *device) Send(ctx context.Context, label []byte) (n int, err error) {
	if err := l.turn.take(ctx); err != nil {
		return 0, err
	}
	defer l.turn.give()
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
	if err = l.deliver(ctx, s, label); err == nil {
		s.label, s.at, s.unsettled = nil, 0, false
		l.broken.off = false
		return len(label), nil
	}
	n = s.taken(len(label))
	if n > 0 {
		l.broken.off = true
	}
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

// deliver writes what goes ahead of a label, and the label from where it is, and waits until the device has taken it.
func (l *device) deliver(ctx context.Context, s *session, label []byte) error {
	if s.label == nil {
		if err := l.finish(ctx, s, time.Time{}); err != nil {
			return err
		}
		ahead := 0
		if err := l.write(ctx, s, l.broken.ahead(), &ahead, time.Time{}); err != nil {
			return err
		}
	}
	if err := l.write(ctx, s, label, &s.at, time.Time{}); err != nil {
		return err
	}
	return l.settle(ctx, s)
}

// Ask puts a question between two labels. Questions that the device did not take whole go out before it.
func (l *device) Ask(ctx context.Context, question []byte, heard func(answer []byte) Heard, within time.Duration) (answer []byte, err error) {
	if err := l.turn.takeToAsk(ctx, within); err != nil {
		return nil, err
	}
	defer l.turn.give()
	s, err := l.reach(ctx)
	if err != nil {
		return nil, err
	}
	if s.label != nil || l.broken.doubtful() {
		return nil, ErrHalf
	}
	answer, err = s.ear.ask(ctx, func(late time.Time) error { return l.put(ctx, s, question, late) }, heard, within)
	if errors.Is(err, errDeaf) {
		<-s.known // it may only just have gone
	}
	switch {
	case err == nil:
		return answer, nil
	case s.isOver():
		l.leave(ctx)
		return nil, order.Trouble(err, "printer.absent", "address", l.path)
	}
	return answer, asked(ctx, err)
}

// put writes a question. What of it is not taken until late is kept for the next turn.
func (l *device) put(ctx context.Context, s *session, question []byte, late time.Time) error {
	if err := l.finish(ctx, s, late); err != nil {
		return err
	}
	at := 0
	err := l.write(ctx, s, question, &at, late)
	if at > 0 {
		s.rest = bytes.Clone(question[at:])
	}
	return err
}

// finish writes the rest of a question.
func (l *device) finish(ctx context.Context, s *session, late time.Time) error {
	at := 0
	err := l.write(ctx, s, s.rest, &at, late)
	s.rest = s.rest[at:]
	return err
}

// Tell asks the port, if it knows anything.
func (l *device) Tell(ctx context.Context, within time.Duration) (state.State, error) {
	if err := l.turn.takeToAsk(ctx, within); err != nil {
		return state.State{}, err
	}
	defer l.turn.give()
	s, err := l.reach(ctx)
	if err != nil {
		return state.State{}, err
	}
	if port, ok := s.handle.(interface{ Tell() (state.State, error) }); ok {
		return port.Tell()
	}
	return state.State{}, nil
}

// write writes b from at on, paced. It ends when the device takes no byte for the stall time, or at late where that is not zero.
func (l *device) write(ctx context.Context, s *session, b []byte, at *int, late time.Time) error {
	defer cutOff(ctx, s.SetWriteDeadline)()
	for *at < len(b) {
		size := min(l.chunk(), len(b)-*at)
		if err := l.pace(ctx, s, size); err != nil {
			return err
		}
		until := time.Now().Add(l.stall)
		if !late.IsZero() && late.Before(until) {
			until = late
		}
		if err := s.SetWriteDeadline(until); err != nil {
			return err
		}
		// Asked after the deadline is set: an end of ctx before was overwritten, one after is not.
		if err := ctx.Err(); err != nil {
			return err
		}
		taken, err := s.Write(b[*at : *at+size])
		*at += taken
		s.unsettled = s.unsettled || taken > 0
		if err != nil && !(taken > 0 && errors.Is(err, os.ErrDeadlineExceeded)) {
			return err
		}
	}
	return nil
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
	_ = l.turn.take(context.Background()) // which does not end
	defer l.turn.give()
	l.closed = true
	if l.session != nil {
		l.leave(context.Background())
	}
	return nil
}
