package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
)

// Sync reads the shops' orders.
type Sync struct {
	Once  bool          `help:"Read what changed since the last reading, once."`
	Every time.Duration `default:"30s" help:"The pause between two readings."`
}

// Served tells that a program that has the folder open does one reading; a window reads over and over by itself.
func (v *Sync) Served() bool { return v.Once }

// Run reads once, or over and over until it is told to stop.
func (v *Sync) Run(e *Environment) (err error) {
	bench, err := OpenBench(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	defer bench.Serve(e, "sync")()
	kept, err := bench.Mirror()
	if err != nil {
		return err
	}
	ends, err := bench.consentEnds()
	if err != nil {
		return err
	}
	e.WarnOfConsent(ends)
	ctx, stop := context.WithCancel(e.Context)
	nights := bench.nights(ctx)
	defer func() { stop(); <-nights }()
	if !v.Once {
		pictures := bench.pictures(ctx, kept)
		defer func() { stop(); <-pictures }()
	}
	for {
		if err := v.reading(e, kept); err != nil || v.Once {
			if v.Once || e.Context.Err() != nil {
				return err
			}
			warn(e, err) // the next reading may succeed
		}
		if err := v.around(e, bench, kept); err != nil {
			bench.Log.Error("beside the reading", "problem", order.AsProblem(err).Error())
		}
		bench.makeDue(e.Context)
		select {
		case <-e.Context.Done():
			return nil
		case <-time.After(v.Every):
		}
	}
}

// around puts to the platform what waits in the outbox, and asks the carriers about what is on its way.
func (v *Sync) around(e *Environment, bench *Bench, kept *Mirror) error {
	_, err := bench.push(e.Context, kept)
	return errors.Join(err, kept.Track(e.Context))
}

// reading tells of each page on standard error and of the sum on standard output.
func (v *Sync) reading(e *Environment, kept *Mirror) error {
	read := map[string]int{}
	err := kept.Sync(e.Context, func(p mirror.Progress) {
		read[p.Shop.ID] = p.Read
		fmt.Fprintln(e.Stderr, e.Tongue.Text("say.reading", "shop", p.Shop.Name, "read", p.Read, "of", p.Of))
	})
	if e.Context.Err() != nil && !v.Once {
		return nil
	}
	if err != nil {
		return err
	}
	total := 0
	for _, n := range read {
		total += n
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("say.orders_read", "count", total))
	return err
}
