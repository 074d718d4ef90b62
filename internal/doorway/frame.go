package doorway

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// kind tells what a frame carries.
type kind byte

const (
	hello     kind = iota + 1 // the host: who it is, JSON
	asked                     // the visitor: a Call, JSON
	output                    // the host: bytes for standard output
	complaint                 // the host: bytes for standard error
	want                      // the host: the verb reads standard input
	input                     // the visitor: bytes of standard input, in answer to want
	noInput                   // the visitor: standard input has ended, or cannot be read for the reason given
	interrupt                 // the visitor: somebody wants the verb to end
	left                      // the host: the verb has ended, its exit code, JSON
)

// mostFrame is the most bytes a frame may carry. Only a command line comes near it.
const mostFrame = 1 << 20

// piece is the most bytes of a stream that go into one frame.
const piece = 32 << 10

var errTooLong = errors.New("the frame is too long")

// wire carries frames: a byte for the kind, four for the length, big-endian, and what the frame carries. Any goroutine may send, one may receive.
type wire struct {
	conn    net.Conn
	in      *bufio.Reader
	stall   time.Duration // how long the other side may take nothing
	sending sync.Mutex
	failed  error // of a frame that may have gone out in part: nothing can follow it
}

func newWire(conn net.Conn) *wire {
	return &wire{conn: conn, in: bufio.NewReaderSize(conn, piece), stall: stall}
}

// send sends one frame whole, or no more can be sent.
func (w *wire) send(k kind, carried []byte) error {
	if len(carried) > mostFrame {
		return errTooLong
	}
	w.sending.Lock()
	defer w.sending.Unlock()
	if w.failed != nil {
		return w.failed
	}
	if err := w.conn.SetWriteDeadline(time.Now().Add(w.stall)); err != nil {
		return err
	}
	head := binary.BigEndian.AppendUint32([]byte{byte(k)}, uint32(len(carried)))
	_, w.failed = (&net.Buffers{head, carried}).WriteTo(w.conn)
	return w.failed
}

func (w *wire) sendJSON(k kind, value any) error {
	carried, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return w.send(k, carried)
}

// receive waits for the next frame. Its end is io.EOF between two frames.
func (w *wire) receive() (kind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(w.in, head[:]); err != nil {
		return 0, nil, err
	}
	length := binary.BigEndian.Uint32(head[1:])
	if length > mostFrame {
		return 0, nil, errTooLong
	}
	carried := make([]byte, length)
	if _, err := io.ReadFull(w.in, carried); err != nil {
		return 0, nil, fmt.Errorf("within a frame: %w", err)
	}
	return kind(head[0]), carried, nil
}

// receiveJSON waits for a frame of a kind.
func (w *wire) receiveJSON(want kind, value any) error {
	got, carried, err := w.receive()
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("frame %d came where %d was due", got, want)
	}
	return json.Unmarshal(carried, value)
}

// stream writes into frames of a kind.
type stream struct {
	wire *wire
	kind kind
}

// Write sends b in as many frames as it takes.
func (s stream) Write(b []byte) (sent int, err error) {
	for sent < len(b) {
		next := b[sent:min(sent+piece, len(b))]
		if err := s.wire.send(s.kind, next); err != nil {
			return sent, err
		}
		sent += len(next)
	}
	return sent, nil
}
