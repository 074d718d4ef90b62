package link

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"packbench/printer/state"
)

// Heard is what a part of an answer comes to.
type Heard int

// The parts.
const (
	Part   Heard = iota // more must come
	Enough              // it can stand alone, but there may be more: that is waited for a little longer
	Whole               // nothing more is wanted
)

// Asker is a link whose device can answer.
type Asker interface {
	// Ask puts a question to the device, never within a label, and gives what the device said to it, as far as heard wanted it. What the device had
	// said before is thrown away. An answer that comes too late for its own question is taken for that to the next: it tells how the device was when
	// it got so far.
	//
	// A device that may be in the middle of a label is asked nothing before the next one: ErrHalf.
	//
	// The turn behind other labels and questions is waited for at most as long as within, and then, once the device is reached, the answer. It fails
	// with ErrBusy, ErrHalf, ErrSilent (with what did come), and as Reach does; when ctx ends first, with its error. Bytes of a question that the
	// device did not take go out before the next label, or its connection is closed: no half question runs into a label.
	Ask(ctx context.Context, question []byte, heard func(answer []byte) Heard, within time.Duration) (answer []byte, err error)
}

// Teller is a link that may know something of its device without asking it in its language.
type Teller interface {
	// Tell gives what keeps the device from printing. Where nothing is known to, the state is that of a printer that has said nothing: that a port or a
	// queue knows of no trouble is no word of the printer's. The turn behind labels is waited for as by Ask. It fails with ErrBusy, and as Reach does.
	Tell(ctx context.Context, within time.Duration) (state.State, error)
}

// Resyncer is a link whose device may stay in the middle of a label that broke off, whatever the link does.
type Resyncer interface {
	// Resync gives the link, before its first use, what is to be written ahead of the label after a half one, so that they do not run into each other.
	// Nothing is written ahead of the same label where it goes on at its byte. interrupted tells that the device may be in the middle of a label
	// already.
	Resync(end []byte, interrupted bool)
	// Doubt tells that the device may be in the middle of a label, whatever the link knows: what the system took may never have reached it.
	Doubt(ctx context.Context)
}

// What Ask fails with.
var (
	ErrSilent = errors.New("link: the device is silent")
	ErrBusy   = errors.New("link: another label or question is under way")
	ErrHalf   = errors.New("link: the device is in the middle of a label, of which a question would become a part")
)

// errDeaf is of a device that cannot be heard, or is gone.
var errDeaf = fmt.Errorf("%w: it cannot be heard", ErrSilent)

const (
	// quiet is how long a device must have said nothing before it is asked.
	quiet = 10 * time.Millisecond
	// afterwards is how long more is waited for behind what can stand alone.
	afterwards = 300 * time.Millisecond
	// maxAnswer in bytes is more than any answer has: the longest known, ~HS with ~HQES, have 250.
	maxAnswer = 16 << 10
)

// ear hears what a device says. Between questions that is thrown away, so that a device that talks is never blocked by it.
type ear struct {
	device heardDevice
	still  chan struct{} // hear has stopped reading, for ask to read
	goOn   chan struct{} // and may go on
	over   chan struct{} // closed when nothing more will be heard
}

type heardDevice interface {
	io.Reader
	SetReadDeadline(time.Time) error
}

func newEar(d heardDevice) *ear {
	return &ear{device: d, still: make(chan struct{}), goOn: make(chan struct{}), over: make(chan struct{})}
}

// hear throws away what the device says, until it says no more.
func (e *ear) hear() {
	defer close(e.over)
	chunk := make([]byte, 4<<10)
	for {
		_, err := e.device.Read(chunk)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			e.still <- struct{}{}
			<-e.goOn
		case err != nil:
			return // how it ended shows when the device is used
		}
	}
}

// past is a deadline that ends what waits.
var past = time.Unix(1, 0)

// ask has put write a question and gives the answer. A device that cannot be heard is silent, and nothing is put to it.
func (e *ear) ask(ctx context.Context, put func(late time.Time) error, heard func([]byte) Heard, within time.Duration) ([]byte, error) {
	if err := e.device.SetReadDeadline(past); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSilent, err)
	}
	select {
	case <-e.still:
	case <-e.over:
		return nil, errDeaf
	}
	defer func() {
		_ = e.device.SetReadDeadline(time.Time{}) // hear meets what is wrong with it
		e.goOn <- struct{}{}
	}()
	if err := e.forget(); err != nil {
		return nil, err
	}
	late := time.Now().Add(within)
	if err := put(late); err != nil {
		return nil, err
	}
	return e.answer(ctx, heard, late)
}

// forget throws away what was said already. A deadline may pass before the read after it begins, on a busy computer; hardly twice.
func (e *ear) forget() error {
	chunk := make([]byte, 4<<10)
	for gone, pauses := 0, 0; gone < maxAnswer && pauses < 2; {
		if err := e.device.SetReadDeadline(time.Now().Add(quiet)); err != nil {
			return err
		}
		n, err := e.device.Read(chunk)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			pauses++
		case err != nil:
			return err
		case n > 0:
			gone, pauses = gone+n, 0
		default:
			pauses++
		}
	}
	return nil
}

// answer reads until heard has what it wants.
func (e *ear) answer(ctx context.Context, heard func([]byte) Heard, late time.Time) (answer []byte, err error) {
	defer cutOff(ctx, e.device.SetReadDeadline)()
	chunk := make([]byte, 4<<10)
	so, until := Part, late
	for len(answer) < maxAnswer {
		if err := e.device.SetReadDeadline(until); err != nil {
			return answer, err
		}
		// Asked after the deadline is set: an end of ctx before was overwritten, one after is not.
		if err := ctx.Err(); err != nil {
			return answer, err
		}
		n, err := e.device.Read(chunk)
		if n > 0 {
			answer = append(answer, chunk[:n]...)
			so, until = heard(answer), late
		}
		switch {
		case so == Whole:
			return answer, nil
		case ctx.Err() != nil:
			return answer, ctx.Err()
		case errors.Is(err, os.ErrDeadlineExceeded) && so == Enough:
			return answer, nil
		case errors.Is(err, os.ErrDeadlineExceeded):
			return answer, ErrSilent
		case err != nil:
			return answer, err
		}
		if more := time.Now().Add(afterwards); so == Enough && more.Before(late) {
			until = more
		}
	}
	return answer, ErrSilent // it says much, and no answer
}

// takeToAsk takes the turn for a question.
func (t turn) takeToAsk(ctx context.Context, within time.Duration) error {
	waiting, stop := context.WithTimeout(ctx, within)
	defer stop()
	if t.take(waiting) == nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return ErrBusy
}

// asked is what became of a question that a device did not answer, whose bytes it may not have taken.
func asked(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Errorf("%w: it takes nothing", ErrSilent)
	}
	return err
}
