package cli

import (
	"context"
	"fmt"
	"time"

	"packbench/internal/order"
)

// A running program looks once an hour whether a night has passed, for the first time when the morning's rush to start is over.
const (
	firstLook = 10 * time.Minute
	nextLook  = time.Hour
)

// opened says what is to be said of the files when they are open, and makes the day's copy beside the work. A copy that fails keeps nobody from packing: it is
// said when the bench closes. The function waits for it.
func (b *Bench) opened(e *Environment) (closing func()) {
	if thrown := b.Store.CacheThrownAway(); thrown != nil {
		b.Log.Error("the cache was thrown away", "error", thrown)
		warn(e, thrown)
	}
	failed := make(chan error, 1)
	go func() {
		err := b.Store.NightlyCopy(b.now())
		if err != nil {
			b.Log.Error("the day's copy failed", "error", err)
		}
		failed <- err
	}()
	return func() {
		if err := <-failed; err != nil {
			warn(e, err)
		}
	}
}

func warn(e *Environment, err error) {
	fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Say(order.AsProblem(err).Said))
}

// nights does beside the work what is due once a day, until ctx ends. The channel is closed when nothing of it runs any more.
func (b *Bench) nights(ctx context.Context) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for pause := firstLook; ; pause = nextLook {
			select {
			case <-ctx.Done():
				return
			case <-time.After(pause):
			}
			if err := b.night(); err != nil {
				b.Log.Error("the night's work on the files", "error", err)
			}
		}
	}()
	return ended
}

// night makes the day's copy and purges, each unless it was done today.
func (b *Bench) night() error {
	now := b.now()
	if err := b.Store.NightlyCopy(now); err != nil {
		return err
	}
	last, err := b.Store.LastPurge()
	if err != nil || last.In(now.Location()).Format(time.DateOnly) == now.Format(time.DateOnly) {
		return err
	}
	gone, err := b.Store.Purge(now, false)
	if err == nil {
		b.Log.Info("purged", "orders", gone.Orders, "documents", gone.Documents, "labels", gone.Labels, "parcels", gone.Parcels, "pictures", gone.Pictures)
	}
	return err
}
