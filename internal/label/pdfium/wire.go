package pdfium

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"packbench/internal/page"
)

// What a program and its workers say to each other: frames of a length in four bytes, lowest first, and as many bytes. A
// worker says an empty frame when it is ready; then each job is followed by its pages and its end.

// job is pages of a document to draw: those from from to before to, counted from 0, as far as there are any.
type job struct {
	pdf      []byte
	from, to int
	frame    Frame
}

// end is what became of a job.
type end struct {
	last  bool  // the worker ends after it
	pages int   // of the document
	err   error // ErrDamaged, ErrEncrypted or ErrTimeout
}

const (
	jobHead  = 20        // from, to, width, height, dpi: 4 bytes each
	endHead  = 6         // what, last, pages
	maxFrame = 512 << 20 // bytes; more is no frame of ours
)

// What a worker's frame says in its first byte.
const (
	sayPage = iota
	sayEnd
	sayDamaged
	sayEncrypted
	sayTimeout
)

// errFrame says that the other side does not speak this language.
var errFrame = errors.New("pdfium: a frame that cannot be")

func writeFrame(w io.Writer, parts ...[]byte) error {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	if size > maxFrame {
		return errFrame
	}
	if _, err := w.Write(binary.LittleEndian.AppendUint32(nil, uint32(size))); err != nil {
		return err
	}
	for _, part := range parts {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// readFrame reads a frame into buffer, where it has the room, else into a new one.
func readFrame(r io.Reader, buffer []byte) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, err
	}
	size := binary.LittleEndian.Uint32(length[:])
	if size > maxFrame {
		return nil, errFrame
	}
	frame := slices.Grow(buffer[:0], int(size))[:size]
	_, err := io.ReadFull(r, frame)
	return frame, err
}

func writeJob(w io.Writer, j job) error {
	head := make([]byte, 0, jobHead)
	for _, n := range []int{j.from, j.to, j.frame.Width, j.frame.Height, j.frame.DPI} {
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	return writeFrame(w, head, j.pdf)
}

func parseJob(frame []byte) (job, error) {
	if len(frame) < jobHead {
		return job{}, errFrame
	}
	number := func(n int) int { return int(int32(binary.LittleEndian.Uint32(frame[4*n:]))) }
	return job{from: number(0), to: number(1), frame: Frame{Width: number(2), Height: number(3), DPI: number(4)}, pdf: frame[jobHead:]}, nil
}

func writePage(w io.Writer, p *page.Page) error { return writeFrame(w, []byte{sayPage}, p.Bits) }

func writeEnd(w io.Writer, e end) error {
	what, body := byte(sayEnd), []byte(nil)
	switch {
	case errors.Is(e.err, ErrTimeout):
		what = sayTimeout
	case errors.Is(e.err, ErrEncrypted):
		what = sayEncrypted
	case e.err != nil:
		// The first line: a trap's further ones are PDFium's own calls.
		text, _, _ := strings.Cut(e.err.Error(), "\n")
		what, body = sayDamaged, []byte(text)
	}
	head := make([]byte, 2, endHead)
	head[0] = what
	if e.last {
		head[1] = 1
	}
	return writeFrame(w, binary.LittleEndian.AppendUint32(head, uint32(e.pages)), body)
}

// readAnswer reads the pages of a job and its end.
func readAnswer(r io.Reader, in Frame) (drawn []*page.Page, e end, err error) {
	for {
		frame, err := readFrame(r, nil)
		if err != nil {
			return nil, end{}, err
		}
		if len(frame) == 0 || frame[0] != sayPage {
			e, err = parseEnd(frame)
			return drawn, e, err
		}
		p, fits := page.Of(in.Width, in.Height, in.DPI, frame[1:])
		if !fits {
			return nil, end{}, errFrame
		}
		drawn = append(drawn, p)
	}
}

func parseEnd(frame []byte) (end, error) {
	if len(frame) < endHead {
		return end{}, errFrame
	}
	e := end{last: frame[1] == 1, pages: int(binary.LittleEndian.Uint32(frame[2:]))}
	switch frame[0] {
	case sayEnd:
	case sayDamaged:
		e.err = fmt.Errorf("%w (%s)", ErrDamaged, strings.TrimPrefix(string(frame[endHead:]), ErrDamaged.Error()+": "))
	case sayEncrypted:
		e.err = ErrEncrypted
	case sayTimeout:
		e.err = ErrTimeout
	default:
		return end{}, errFrame
	}
	return e, nil
}
