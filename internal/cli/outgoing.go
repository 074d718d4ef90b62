package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"packbench/internal/order"
	"packbench/internal/settings"
)

// record journals events that no packer caused: through the bench at work, where there is one, so that it knows of them.
func (b *Bench) record(ctx context.Context, events ...order.Event) error {
	if running := b.atWork.Load(); running != nil {
		return running.Record(ctx, events...)
	}
	for i := range events {
		events[i].Bench, events[i].Packer = b.Settings.Bench.Name, b.Settings.Bench.Packer
	}
	return b.Store.Append(events)
}

// push puts the journal's requests to the platform, and tells when there is more to do.
func (b *Bench) push(ctx context.Context, kept *Mirror) (time.Time, error) {
	checks, err := settings.LoadChecks(b.dir)
	if err != nil {
		return time.Time{}, err
	}
	journal := func(events ...order.Event) error { return b.record(ctx, events...) }
	return kept.Outbox(journal, b.onBench, b.Settings.Bench.Warehouse).Heeding(checks).Push(ctx)
}

// onBench is the parcel a packer has open, empty where nobody packs.
func (b *Bench) onBench() order.ParcelKey {
	if running := b.atWork.Load(); running != nil {
		return running.Snapshot().State.Parcel.Key
	}
	return ""
}

// request makes a request of a parcel for the journal.
func (b *Bench) request(key order.ParcelKey, r order.Request) order.Event {
	r.ID = rand.Text()
	return order.Event{At: b.now(), Kind: order.RequestMade, Parcel: key, Request: r}
}

// pushUntil puts requests to the platform until done says so, or ctx's time is over: what is not done then waits in the outbox. Between two rounds it waits as long as the outbox says.
func (b *Bench) pushUntil(ctx context.Context, kept *Mirror, done func() (bool, error)) error {
	for {
		next, err := b.push(ctx, kept)
		switch {
		case errors.Is(ctx.Err(), context.DeadlineExceeded):
			return nil
		case err != nil:
			return err
		}
		if over, err := done(); err != nil || over {
			return err
		}
		wait := time.Second
		if !next.IsZero() {
			wait = min(wait, max(10*time.Millisecond, next.Sub(b.now())))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}
