// Package listen hears a scanner that is a device of its own: it comes and goes, and its codes reach the bench whatever has the keyboard.
package listen

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"time"

	"packbench/internal/order"
	"packbench/scanner"
)

// Port is an opened scanner. A read fails once it is gone.
type Port interface {
	io.ReadCloser
	SetReadDeadline(time.Time) error
}

// Scanner is one scanner. All fields but Raw are required. Scan and Tell are called from one goroutine, in order, and must return at once.
type Scanner struct {
	// Name is what its scans carry as their device.
	Name string
	// Open opens it, wherever it is by now. It fails with an *order.Problem.
	Open func() (Port, error)
	Now  func() time.Time
	// Scan takes each code.
	Scan func(order.Scan)
	// Raw, if not nil, hears first of the bytes as they come, and keeps none of them.
	Raw func(b []byte, at time.Time)
	// Tell hears what a person should know: scanner.ready each time that the scanner is there, and why it is not, or why a code was dropped.
	Tell func(order.Said)
	Log  *slog.Logger
}

const (
	// again is the pause between two looks for a scanner that is not there.
	again = 200 * time.Millisecond
	// grace is how long a read looks once more for bytes that came while the program itself was held up.
	grace = 5 * time.Millisecond
	// chunk is how many bytes are read at once.
	chunk = 4096
)

// Run hears the scanner until ctx ends. Trouble ends nothing: it is told, once as long as it stays the same, and the scanner is looked for again.
func (s Scanner) Run(ctx context.Context) {
	told := ""
	for ctx.Err() == nil {
		port, err := s.Open()
		if err == nil {
			told = ""
			s.tell(order.Say("scanner.ready", "name", s.Name), nil)
			err = s.hear(ctx, port)
		}
		if ctx.Err() != nil {
			return
		}
		if p := order.AsProblem(err); p.Key != told {
			told = p.Key
			s.tell(p.Said, err)
			if told == "scanner.gone" {
				told = "scanner.absent" // goes without saying
			}
		}
		timer := time.NewTimer(again)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
}

// hear passes on codes until the port is gone.
func (s Scanner) hear(ctx context.Context, port Port) error {
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
	var splitter scanner.Splitter
	buffer := make([]byte, chunk)
	for {
		n, err := s.read(port, splitter.Due(), buffer)
		if s.Raw != nil && n > 0 {
			s.Raw(buffer[:n], s.Now())
		}
		s.pass(splitter.Take(buffer[:n], s.Now()))
		switch {
		case err == nil:
		case errors.Is(err, os.ErrDeadlineExceeded):
			s.pass(splitter.Lapse(s.Now()))
		default:
			s.pass(splitter.Cut())
			return order.Trouble(err, "scanner.gone", "name", s.Name)
		}
	}
}

// read reads until due; zero is without end. Once that has passed it looks again: a program that was held up finds the deadline over although bytes wait.
func (s Scanner) read(port Port, due time.Time, buffer []byte) (int, error) {
	if !due.IsZero() {
		due = time.Now().Add(due.Sub(s.Now())) // deadlines go by the system's clock
	}
	if err := port.SetReadDeadline(due); err != nil {
		return 0, err
	}
	n, err := port.Read(buffer)
	if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		return n, err
	}
	if err := port.SetReadDeadline(time.Now().Add(grace)); err != nil {
		return 0, err
	}
	return port.Read(buffer)
}

func (s Scanner) pass(reads []scanner.Read) {
	for _, r := range reads {
		switch r.Fault {
		case scanner.Half:
			s.tell(order.Say("scanner.half", "name", s.Name), nil)
		case scanner.TooLong:
			s.tell(order.Say("scanner.too_long", "name", s.Name, "most", scanner.Longest), nil)
		default:
			s.Scan(order.Scan{Code: r.Code, Device: s.Name, At: r.At})
		}
	}
}

func (s Scanner) tell(said order.Said, cause error) {
	if cause == nil {
		s.Log.Info("scanner", "name", s.Name, "said", said.Key)
	} else {
		s.Log.Warn("scanner", "name", s.Name, "error", cause)
	}
	s.Tell(said)
}
