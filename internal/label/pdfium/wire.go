package pdfium

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"strings"
)

// What a program and its workers say to each other: frames of a length in four bytes, lowest first, and as many bytes. A
// worker says an empty frame when it is ready; then each job is followed by its answer.

// job is one page to draw.
type job struct {
	pdf   []byte
	page  int // from 0
	frame Frame
}

// answer is what became of it.
type answer struct {
	last    bool // the worker ends after it
	pages   int
	picture *image.Gray // nil with an err
	err     error       // ErrDamaged, ErrEncrypted or ErrTimeout
}

const (
	jobHead    = 20        // page, width, height: 4 bytes each; dots a millimetre: 8
	answerHead = 14        // what, last, pages, width, height
	maxFrame   = 512 << 20 // bytes; more is no frame of ours
)

// What an answer says.
const (
	answerPicture = iota
	answerDamaged
	answerEncrypted
	answerTimeout
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

func readFrame(r io.Reader) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, err
	}
	size := binary.LittleEndian.Uint32(length[:])
	if size > maxFrame {
		return nil, errFrame
	}
	frame := make([]byte, size)
	_, err := io.ReadFull(r, frame)
	return frame, err
}

func writeJob(w io.Writer, j job) error {
	head := make([]byte, 0, jobHead)
	for _, n := range []int{j.page, j.frame.Width, j.frame.Height} {
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	head = binary.LittleEndian.AppendUint64(head, math.Float64bits(j.frame.DotsPerMM))
	return writeFrame(w, head, j.pdf)
}

func parseJob(frame []byte) (job, error) {
	if len(frame) < jobHead {
		return job{}, errFrame
	}
	number := func(at int) int { return int(int32(binary.LittleEndian.Uint32(frame[at:]))) }
	return job{
		page: number(0),
		frame: Frame{
			Width: number(4), Height: number(8), DotsPerMM: math.Float64frombits(binary.LittleEndian.Uint64(frame[12:])),
		},
		pdf: frame[jobHead:],
	}, nil
}

func writeAnswer(w io.Writer, a answer) error {
	what, body, size := byte(answerPicture), []byte(nil), image.Point{}
	switch {
	case errors.Is(a.err, ErrTimeout):
		what = answerTimeout
	case errors.Is(a.err, ErrEncrypted):
		what = answerEncrypted
	case a.err != nil:
		// The first line: a trap's further ones are PDFium's own calls.
		text, _, _ := strings.Cut(a.err.Error(), "\n")
		what, body = answerDamaged, []byte(text)
	default:
		size, body = a.picture.Rect.Size(), a.picture.Pix
	}
	head := make([]byte, 2, answerHead)
	head[0] = what
	if a.last {
		head[1] = 1
	}
	for _, n := range []int{a.pages, size.X, size.Y} {
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	return writeFrame(w, head, body)
}

func parseAnswer(frame []byte) (answer, error) {
	if len(frame) < answerHead {
		return answer{}, errFrame
	}
	number := func(at int) int { return int(binary.LittleEndian.Uint32(frame[at:])) }
	a := answer{last: frame[1] == 1, pages: number(2)}
	body := frame[answerHead:]
	switch frame[0] {
	case answerPicture:
		width, height := number(6), number(10)
		if width < 1 || height < 1 || len(body) != width*height {
			return answer{}, errFrame
		}
		a.picture = &image.Gray{Pix: body, Stride: width, Rect: image.Rect(0, 0, width, height)}
	case answerDamaged:
		a.err = fmt.Errorf("%w (%s)", ErrDamaged, strings.TrimPrefix(string(body), ErrDamaged.Error()+": "))
	case answerEncrypted:
		a.err = ErrEncrypted
	case answerTimeout:
		a.err = ErrTimeout
	default:
		return answer{}, errFrame
	}
	return a, nil
}
