package doorway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// ErrBroken tells that the program that did the verb ended, or stopped answering, before the verb did.
var ErrBroken = errors.New("the program that does the verb is gone")

// Visit is a visitor at somebody's doorway.
type Visit struct {
	Host Host // who has the folder open
	wire *wire
}

// Knock looks who has a folder open. It fails where nobody answers within two seconds. The visit is to be asked something or closed.
func Knock(dir string) (*Visit, error) {
	var conn net.Conn
	err := reach(dir, func(path string) (err error) {
		conn, err = net.DialTimeout("unix", path, patience)
		return err
	})
	if err != nil {
		return nil, err
	}
	v := &Visit{wire: newWire(conn)}
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if err := v.wire.receiveJSON(hello, &v.Host); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if err := conn.SetReadDeadline(time.Time{}); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return v, nil
}

// Close leaves.
func (v *Visit) Close() error { return v.wire.conn.Close() }

// Ask has a call done and gives its exit code. When ctx ends the verb is told to end, and its code awaited for five seconds. The error is
// ErrBroken when the other program ended before the verb did, or what kept the output from being written. The visit is over then.
func (v *Visit) Ask(ctx context.Context, call Call, s Streams) (code int, err error) {
	defer func() { _ = v.Close() }() // all was said, or the error tells
	if err := v.wire.sendJSON(asked, call); err != nil {
		return 0, errors.Join(ErrBroken, err)
	}
	stop := context.AfterFunc(ctx, func() {
		_ = v.wire.send(interrupt, nil) // the deadline stands whether it is heard or not
		_ = v.wire.conn.SetReadDeadline(time.Now().Add(stall))
	})
	defer stop()
	spoken := newSpoken(s)
	written := make(chan error, 1)
	go func() {
		err := spoken.write()
		if err != nil {
			_ = v.Close() // ends the verb, and the listening below
		}
		written <- err
	}()
	code, err = v.listen(spoken, s.In)
	spoken.end()
	if failed := <-written; failed != nil {
		return 0, failed
	}
	return code, err
}

// listen takes in what the verb says until it has ended.
func (v *Visit) listen(spoken *spoken, in io.Reader) (code int, err error) {
	for {
		k, carried, err := v.wire.receive()
		if err != nil {
			return 0, errors.Join(ErrBroken, err)
		}
		switch k {
		case output, complaint:
			spoken.add(k, carried)
		case want:
			go v.hand(in)
		case left:
			return code, json.Unmarshal(carried, &code)
		default:
			return 0, fmt.Errorf("%w: frame %d", ErrBroken, k)
		}
	}
}

// hand hands over one piece of standard input. Whatever fails in the sending, listen sees too.
func (v *Visit) hand(in io.Reader) {
	buffer := make([]byte, piece)
	n, err := in.Read(buffer)
	switch {
	case n > 0 || err == nil:
		_ = v.wire.send(input, buffer[:n])
	case errors.Is(err, io.EOF):
		_ = v.wire.send(noInput, nil)
	default:
		_ = v.wire.send(noInput, []byte(err.Error()))
	}
}

// spoken is what a verb has said and nobody has read yet. It grows as it must: were the verb to wait for a slow reader, it would hold the store of the
// program that does it.
type spoken struct {
	streams Streams
	mu      sync.Mutex
	more    sync.Cond
	parts   []part
	ended   bool
}

// part is a stretch of one stream.
type part struct {
	kind  kind
	bytes bytes.Buffer
}

func newSpoken(s Streams) *spoken {
	spoken := &spoken{streams: s}
	spoken.more.L = &spoken.mu
	return spoken
}

func (s *spoken) add(k kind, b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.parts); n == 0 || s.parts[n-1].kind != k {
		s.parts = append(s.parts, part{kind: k})
	}
	s.parts[len(s.parts)-1].bytes.Write(b)
	s.more.Signal()
}

func (s *spoken) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	s.more.Signal()
}

// write writes all that is said until the end. What standard error does not take is lost, as it is for a verb that runs by itself.
func (s *spoken) write() error {
	for {
		s.mu.Lock()
		for len(s.parts) == 0 && !s.ended {
			s.more.Wait()
		}
		parts := s.parts
		s.parts = nil
		s.mu.Unlock()
		if len(parts) == 0 {
			return nil
		}
		for i := range parts {
			if parts[i].kind == complaint {
				_, _ = s.streams.Err.Write(parts[i].bytes.Bytes())
			} else if _, err := s.streams.Out.Write(parts[i].bytes.Bytes()); err != nil {
				return err
			}
		}
	}
}
