package window

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/settings"
	"packbench/internal/station"
)

// noticeTime is how long a window that only tells of a problem stays.
const noticeTime = 20 * time.Second

// ShowProblem opens a window that says why there is no bench, for a while: whoever started the program by its icon sees no other place.
func ShowProblem(app fyne.App, e *cli.Environment, problem error) error {
	w, err := build(app, e, settings.Default(), slog.New(slog.DiscardHandler))
	if err != nil {
		return errors.Join(problem, err)
	}
	fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Say(order.AsProblem(problem).Said))
	w.latest.Store(troubled(order.AsProblem(problem)))
	w.workers.Go(func() {
		select {
		case <-time.After(noticeTime):
		case <-e.Context.Done():
		case <-w.done:
			return
		}
		w.post(w.close)
	})
	w.show()
	return problem
}

// troubled is the snapshot of a bench that could not start.
func troubled(p *order.Problem) *station.Snapshot {
	return &station.Snapshot{State: packing.State{Phase: packing.Asked, Question: packing.TryAgain, Trouble: withKey(p)}}
}

// withKey is what is wrong, with the key or line of the settings file that it is about: a window has no line below for it.
func withKey(p *order.Problem) order.Said {
	if p.Key == "settings.unreadable" && p.Cause != nil {
		return order.Say("settings.unreadable.named", "file", p.With["file"], "why", p.Cause.Error())
	}
	return p.Said
}
