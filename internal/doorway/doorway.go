// Package doorway lets a verb be done by the program that has a bench's folder open. That program listens at a Unix socket in the folder; the
// verb's command line goes in, its streams and its exit code come out. Only the folder's own user gets in.
package doorway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// SocketName is the socket's name in a bench's folder.
const SocketName = "packbench.sock"

// Protocol is raised with every change of what goes through the socket. It is part of Host.Version.
const Protocol = 1

const (
	// stall is how long the other side may take nothing before it counts as gone: a verb that waits for its reader may hold the store meanwhile.
	stall = 5 * time.Second
	// patience is how long either side waits for the other's first frame.
	patience = 2 * time.Second
	// grace is how long a program that ends lets the verbs it is doing go on.
	grace = 2 * time.Second
	// lastWords is how long they have, once told to end, to say so.
	lastWords = time.Second
)

// ErrClosing is the cause why a verb's context ended when the program that does it ends.
var ErrClosing = errors.New("the program that does the verb is ending")

// ErrGone is the cause why a verb's context ended when its visitor left or wants it to end.
var ErrGone = errors.New("whoever asked for the verb wants it no more")

// Host says who has a folder open.
type Host struct {
	Version string `json:"version"` // of the program; a visitor of another one turns away
	Verb    string `json:"verb"`    // window, sync or pack
}

// Call is a verb as somebody said it.
type Call struct {
	Args     []string `json:"args"`     // the command line without the program's name
	Folder   string   `json:"folder"`   // where the names of files in it start from
	Language string   `json:"language"` // in which the verb shall speak
}

// Streams are a verb's standard input, output and error.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Answer does what a call asks and gives its exit code. It is called on several goroutines at once.
type Answer func(ctx context.Context, call Call, streams Streams) (code int)

// Doorway is open to verbs.
type Doorway struct {
	host     Host
	answer   Answer
	log      *slog.Logger
	socket   string
	listener net.Listener
	ctx      context.Context
	cancel   context.CancelCauseFunc
	running  sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]struct{}
}

// Open listens in a folder. The caller has the folder's store open: whatever socket is there was left by a program that was killed.
func Open(dir string, host Host, answer Answer, log *slog.Logger) (*Doorway, error) {
	d := &Doorway{host: host, answer: answer, log: log, socket: filepath.Join(dir, SocketName), conns: map[net.Conn]struct{}{}}
	if err := os.Remove(d.socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("remove the socket of a program that was killed: %w", err)
	}
	if err := reach(dir, d.listen); err != nil {
		return nil, err
	}
	d.ctx, d.cancel = context.WithCancelCause(context.Background())
	d.running.Go(d.accept)
	return d, nil
}

func (d *Doorway) listen(path string) error {
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return err
	}
	listener.SetUnlinkOnClose(false) // path may be a detour that is gone by then
	if err := onlyOurs(path); err != nil {
		return errors.Join(err, listener.Close(), os.Remove(path))
	}
	d.listener = listener
	return nil
}

// Close lets nobody in any more, lets the verbs under way go on for two seconds, then has them end, and returns when none runs.
func (d *Doorway) Close() error {
	err := errors.Join(d.listener.Close(), os.Remove(d.socket))
	ended := make(chan struct{})
	go func() {
		d.running.Wait()
		close(ended)
	}()
	defer d.cancel(ErrClosing)
	select {
	case <-ended:
		return err
	case <-time.After(grace):
	}
	d.cancel(ErrClosing)
	select {
	case <-ended:
		return err
	case <-time.After(lastWords):
	}
	d.mu.Lock()
	for conn := range d.conns {
		_ = conn.Close() // a verb that waits for its reader ends by this; it may have ended already
	}
	d.mu.Unlock()
	<-ended
	return err
}

func (d *Doorway) accept() {
	const pause = 100 * time.Millisecond // after a failure that may pass, such as too many open files
	for {
		conn, err := d.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			d.log.Error("nobody could be let in at the socket", "error", err)
			time.Sleep(pause)
		default:
			d.running.Go(func() { d.receive(conn) })
		}
	}
}

// receive does one visitor's call.
func (d *Doorway) receive(conn net.Conn) {
	d.mu.Lock()
	d.conns[conn] = struct{}{}
	d.mu.Unlock()
	fed := make(chan struct{})
	defer func() {
		_ = conn.Close() // all that matters was sent before
		<-fed
		d.mu.Lock()
		delete(d.conns, conn)
		d.mu.Unlock()
	}()
	wire := newWire(conn)
	call, err := d.greet(wire)
	if err != nil {
		close(fed)
		if !errors.Is(err, io.EOF) { // who only wanted to know who we are
			d.log.Warn("a call at the socket was not understood", "error", err)
		}
		return
	}
	ctx, gone := context.WithCancelCause(d.ctx)
	defer gone(ErrGone)
	in := &asking{wire: wire, ctx: ctx, came: make(chan answered, 1)}
	go func() {
		defer close(fed)
		in.feed(gone)
	}()
	code := d.answer(ctx, call, Streams{In: in, Out: stream{wire, output}, Err: stream{wire, complaint}})
	if err := wire.sendJSON(left, code); err != nil && context.Cause(ctx) == nil {
		d.log.Warn("a verb's exit code reached nobody", "error", err)
	}
}

// greet says who we are and waits for the call.
func (d *Doorway) greet(w *wire) (call Call, err error) {
	if err := samePerson(w.conn); err != nil {
		return call, err
	}
	if err := w.sendJSON(hello, d.host); err != nil {
		return call, err
	}
	if err := w.conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return call, err
	}
	if err := w.receiveJSON(asked, &call); err != nil {
		return call, err
	}
	return call, w.conn.SetReadDeadline(time.Time{})
}

// asking is a verb's standard input. It is asked for piece by piece, so that what the verb does not read stays with the visitor, as in a loop of a
// shell that reads the same input.
type asking struct {
	wire *wire
	ctx  context.Context
	came chan answered
	rest []byte
	err  error
}

// answered is what came of one want.
type answered struct {
	bytes []byte
	err   error
}

// Read waits until the visitor has something to read.
func (a *asking) Read(p []byte) (int, error) {
	if len(a.rest) == 0 && a.err == nil {
		if err := a.wire.send(want, nil); err != nil {
			return 0, err
		}
		select {
		case next := <-a.came:
			a.rest, a.err = next.bytes, next.err
		case <-a.ctx.Done():
			return 0, context.Cause(a.ctx)
		}
	}
	n := copy(p, a.rest)
	if a.rest = a.rest[n:]; n > 0 || len(p) == 0 {
		return n, nil
	}
	return 0, a.err
}

// feed takes what the visitor sends until it wants the verb to end or is gone.
func (a *asking) feed(gone context.CancelCauseFunc) {
	defer gone(ErrGone)
	for {
		k, carried, err := a.wire.receive()
		if err != nil {
			return
		}
		next := answered{bytes: carried}
		switch {
		case k == interrupt:
			gone(ErrGone)
			continue
		case k == noInput && len(carried) == 0:
			next.err = io.EOF
		case k == noInput:
			next = answered{err: fmt.Errorf("standard input: %s", carried)}
		case k != input:
			return
		}
		select {
		case a.came <- next:
		default: // more than was asked for
			return
		}
	}
}
