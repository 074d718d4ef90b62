package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
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

// outbox is what puts the journal's requests to the platform.
func (b *Bench) outbox(ctx context.Context, kept *Mirror) *mirror.Outbox {
	return kept.Outbox(func(events ...order.Event) error { return b.record(ctx, events...) }, b.onBench, b.Settings.Bench.Warehouse)
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
	outbox := b.outbox(ctx, kept)
	for {
		next, err := outbox.Push(ctx)
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
