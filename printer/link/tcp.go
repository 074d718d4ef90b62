package link

import (
	"context"
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"

	"packbench/internal/order"
	"packbench/printer/state"
)

const (
	dialTimeout = 3 * time.Second
	// writeBuffer in bytes keeps the system from swallowing labels the printer has not taken: with Linux' own buffers 3.3 MB,
	// more than 50 labels, "succeed" against a printer that reads nothing (printing facts 4).
	writeBuffer = 16 << 10
	// chunk is what is written at once; the stall clock starts again with each.
	chunk = 4 << 10
	// lastBytes is how long Close waits for the printer to take what the system still holds.
	lastBytes = 5 * time.Second
)

// tcp is a printer at a network port. One connection is kept for all labels; a new one is made where the printer closed it.
type tcp struct {
	address string
	stall   time.Duration

	turn   turn // of what is sent or asked
	conn   *connection
	opened atomic.Int32
	broken broken
	closed bool
}

// connection is one connection, and what the printer says on it. That is over when the printer has closed its side.
type connection struct {
	*net.TCPConn
	ear *ear
}

// TCP is the link to a printer that listens at address, host:port. Nothing is dialled yet. A device that takes no byte for
// stall counts as stalled; 0 means DefaultStall.
func TCP(address string, stall time.Duration) Link {
	if stall <= 0 {
		stall = DefaultStall
	}
	return &tcp{address: address, stall: stall, turn: newTurn()}
}

// Resync keeps to Resyncer. It is for a printer that does not take a new connection for a new beginning.
func (l *tcp) Resync(end []byte, interrupted bool) {
	l.broken = broken{end: end, off: interrupted}
}

// Doubt keeps to Resyncer. Where ctx ends before the turn comes nothing is doubted.
func (l *tcp) Doubt(ctx context.Context) {
	if l.turn.take(ctx) == nil {
		l.broken.off = true
		l.turn.give()
	}
}

// Reach dials, unless the connection stands. It fails with printer.absent (blank address).
func (l *tcp) Reach(ctx context.Context) error {
	if err := l.turn.take(ctx); err != nil {
		return err
	}
	defer l.turn.give()
	_, err := l.connect(ctx)
	return err
}

// Opened is how often the printer was dialled with success.
func (l *tcp) Opened() int { return int(l.opened.Load()) }

// Send fails with printer.absent, printer.stalled (no byte was taken for the stall time) and printer.cut (the connection
// broke within the label).
func (l *tcp) Send(ctx context.Context, label []byte) (n int, err error) {
	if err := l.turn.take(ctx); err != nil {
		return 0, err
	}
	defer l.turn.give()
	c, err := l.connect(ctx)
	if err != nil {
		return 0, err
	}
	if _, err = l.write(ctx, c, l.broken.ahead()); err == nil {
		n, err = l.write(ctx, c, label)
	}
	if err == nil {
		l.broken.off = false
		return n, nil
	}
	if n > 0 {
		l.broken.off = true
	}
	// Closing without a reset: labels sent before may still be on their way.
	return n, errors.Join(l.problem(ctx, err), l.hangUp())
}

// Tell knows nothing but whether the printer can be reached.
func (l *tcp) Tell(ctx context.Context, within time.Duration) (state.State, error) {
	if err := l.turn.takeToAsk(ctx, within); err != nil {
		return state.State{}, err
	}
	defer l.turn.give()
	_, err := l.connect(ctx)
	return state.State{}, err
}

// hangUp closes the connection, so that the next label or question begins another.
func (l *tcp) hangUp() error {
	c := l.conn
	l.conn = nil
	return c.Close()
}

// Ask closes a connection that took half a question.
func (l *tcp) Ask(ctx context.Context, question []byte, heard func(answer []byte) Heard, within time.Duration) (answer []byte, err error) {
	if err := l.turn.takeToAsk(ctx, within); err != nil {
		return nil, err
	}
	defer l.turn.give()
	c, err := l.connect(ctx)
	if err != nil {
		return nil, err
	}
	if l.broken.doubtful() {
		return nil, ErrHalf
	}
	taken := 0
	answer, err = c.ear.ask(ctx, func(late time.Time) (err error) {
		defer cutOff(ctx, c.SetWriteDeadline)()
		if err := errors.Join(c.SetWriteDeadline(late), ctx.Err()); err != nil {
			return err
		}
		taken, err = c.Write(question)
		return err
	}, heard, within)
	switch {
	case err == nil:
		return answer, nil
	case c.isOver():
		return nil, errors.Join(order.Trouble(err, "printer.absent", "address", l.address), l.hangUp())
	case taken > 0 && taken < len(question):
		err = errors.Join(asked(ctx, err), l.hangUp())
	default:
		err = asked(ctx, err)
	}
	return answer, err
}

// connect gives the connection, a new one where there is none or the printer has closed it.
func (l *tcp) connect(ctx context.Context) (*connection, error) {
	if l.closed {
		return nil, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if l.conn != nil {
		if !l.conn.isOver() {
			return l.conn, nil
		}
		if err := l.hangUp(); err != nil {
			return nil, err
		}
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	dialled, err := dialer.DialContext(ctx, "tcp", l.address)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, order.Trouble(err, "printer.absent", "address", l.address)
	}
	conn := dialled.(*net.TCPConn)
	c := &connection{TCPConn: conn, ear: newEar(conn)}
	if err := c.SetWriteBuffer(writeBuffer); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	go c.ear.hear()
	l.conn = c
	l.opened.Add(1)
	return c, nil
}

// isOver tells whether the printer has closed the connection. The system is asked itself, as the goroutine that reads may not
// have run yet: a label written now would vanish.
func (c *connection) isOver() bool {
	select {
	case <-c.ear.over:
		return true
	default:
		return peerClosed(c.TCPConn)
	}
}

// write sends the label in pieces. A device that takes any byte within the stall time is alive, however slow.
func (l *tcp) write(ctx context.Context, c *connection, label []byte) (n int, err error) {
	defer cutOff(ctx, c.SetWriteDeadline)()
	for n < len(label) {
		if err := c.SetWriteDeadline(time.Now().Add(l.stall)); err != nil {
			return n, err
		}
		// Asked after the deadline is set: an end of ctx before was overwritten, one after is not.
		if err := ctx.Err(); err != nil {
			return n, err
		}
		taken, err := c.Write(label[n:min(n+chunk, len(label))])
		n += taken
		if err != nil && !(taken > 0 && errors.Is(err, os.ErrDeadlineExceeded)) {
			return n, err
		}
	}
	return n, nil
}

// problem says in a person's words why a label broke off.
func (l *tcp) problem(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return order.Trouble(err, "printer.stalled")
	}
	return order.Trouble(err, "printer.cut")
}

// Close says to the printer that no more comes and waits, at most 5 s, until it has taken all.
func (l *tcp) Close() error {
	_ = l.turn.take(context.Background()) // which does not end
	defer l.turn.give()
	l.closed = true
	c := l.conn
	l.conn = nil
	if c == nil {
		return nil
	}
	if c.isOver() || c.CloseWrite() != nil {
		return c.Close() // the printer left first
	}
	wait := time.NewTimer(lastBytes)
	defer wait.Stop()
	select {
	case <-c.ear.over:
	case <-wait.C:
	}
	return c.Close()
}
