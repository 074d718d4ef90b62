package scale

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"time"

	"packbench/internal/order"
)

// Port is an opened scale. A read fails once it is gone.
type Port interface {
	io.ReadWriteCloser
	SetReadDeadline(time.Time) error
}

// Reader reads one scale. All fields are required. Show and Tell are called from one goroutine, in order, and must return at once.
type Reader struct {
	Setup
	// Open opens it, wherever it is by now. It fails with an *order.Problem.
	Open func() (Port, error)
	// Show takes each reading that differs from the one before; the zero Reading where nothing is known any more.
	Show func(order.Reading)
	// Tell hears what a person should know: scale.ready each time that the scale begins to answer, and why it does not.
	Tell func(order.Said)
	Log  *slog.Logger
}

const (
	// again is the pause between two looks for a scale that is not there.
	again = 200 * time.Millisecond
	// beat is how often a scale is asked that answers, and how often at most a moving load is shown. Hands need longer to change what lies on it.
	beat = 200 * time.Millisecond
	// unanswered is after how long a scale is asked again that has not answered.
	unanswered = time.Second
	// Silence is after how long without a weight a scale counts as gone: it may be switched off, or send another protocol. At the slowest rate a telegram takes
	// 0.7 s.
	Silence = 2 * time.Second
	// looks is how many reads must have found no weight in that time: a program that was held up itself finds its deadline over although a weight waits.
	looks = 3
	chunk = 1024
)

// Run reads the scale until ctx ends. Trouble ends nothing: it is told, once as long as it stays the same, and the scale is looked for again.
func (r Reader) Run(ctx context.Context) {
	w := watch{Reader: r, bytes: decoder{Setup: r.Setup}}
	for ctx.Err() == nil {
		port, err := r.Open()
		if err == nil {
			err = w.follow(ctx, port)
		}
		if ctx.Err() != nil {
			return
		}
		w.lost(err)
		timer := time.NewTimer(again)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
}

// watch is what is known of the scale while it is read.
type watch struct {
	Reader
	bytes   decoder
	shown   order.Reading
	shownAt time.Time
	told    string // the key of what was told last
	heardAt time.Time
	missed  int  // reads since that found no weight
	noisy   bool // bytes came since that were no weight
}

// follow reads the scale until it is gone.
func (w *watch) follow(ctx context.Context, port Port) error {
	closed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(closed)
		_ = port.Close() // which ends the read
	})
	defer func() {
		if stop() {
			_ = port.Close() // it is gone already
		} else {
			<-closed
		}
	}()
	w.bytes.telegram, w.bytes.noise = nil, false
	w.heardAt, w.missed, w.noisy = time.Now(), 0, false
	var asked time.Time
	answered := true
	question, buffer := w.question(), make([]byte, chunk)
	for {
		now := time.Now()
		if pause := now.Sub(asked); len(question) > 0 && pause >= beat && (answered || pause >= unanswered) {
			if _, err := port.Write(question); err != nil {
				return order.Trouble(err, "scale.gone")
			}
			asked, answered = now, false
		}
		if err := port.SetReadDeadline(now.Add(beat)); err != nil {
			return order.Trouble(err, "scale.gone")
		}
		n, err := port.Read(buffer)
		readings := w.bytes.take(buffer[:n])
		answered = answered || len(readings) > 0
		w.hear(readings, n > 0)
		if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return order.Trouble(err, "scale.gone")
		}
	}
}

// hear takes in what came of the bytes that were read, and says when no weight comes any more.
func (w *watch) hear(readings []order.Reading, came bool) {
	now := time.Now()
	w.missed++
	w.noisy = w.noisy || came && len(readings) == 0
	if len(readings) > 0 {
		w.heardAt, w.missed, w.noisy = now, 0, false
		w.tell(order.Say("scale.ready"), nil)
	}
	for _, reading := range readings {
		w.show(reading, now)
	}
	if now.Sub(w.heardAt) >= Silence && w.missed >= looks {
		w.show(order.Reading{}, now)
		said := order.Say("scale.silent")
		if w.noisy {
			said = order.Say("scale.garbled")
		}
		w.tell(said, nil)
	}
}

// show hands on a reading that is another one.
func (w *watch) show(reading order.Reading, now time.Time) {
	swings := reading.Load == order.Moving && w.shown.Load == order.Moving && now.Sub(w.shownAt) < beat
	if reading == w.shown || swings {
		return
	}
	w.shown, w.shownAt = reading, now
	w.Show(reading)
}

// lost says that the scale is not there. That one which was just unplugged is not found goes without saying.
func (w *watch) lost(err error) {
	w.show(order.Reading{}, time.Now())
	p := order.AsProblem(err)
	if w.told == "scale.gone" && p.Key == "scale.absent" {
		return
	}
	w.tell(p.Said, err)
}

// tell tells what is new.
func (w *watch) tell(said order.Said, cause error) {
	if said.Key == w.told {
		return
	}
	w.told = said.Key
	if cause == nil {
		w.Log.Info("scale", "said", said.Key)
	} else {
		w.Log.Warn("scale", "error", cause)
	}
	w.Tell(said)
}
