package cli

import (
	"context"
	"errors"
	"time"

	"packbench/internal/order"
)

// Pictures of ordered articles are looked for once the first orders are read, and then now and again.
const (
	firstPictures = 5 * time.Second
	nextPictures  = time.Minute
)

// pictures fetches the platform's pictures of articles beside the work, until ctx ends. The channel is closed when nothing of it runs any more.
func (b *Bench) pictures(ctx context.Context, kept *Mirror) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for pause := firstPictures; ; pause = nextPictures {
			select {
			case <-ctx.Done():
				return
			case <-time.After(pause):
			}
			if err := kept.Pictures(ctx); err != nil && !errors.Is(err, context.Canceled) {
				b.Log.Warn("pictures of articles were not fetched", "problem", order.AsProblem(err).Error())
			}
		}
	}()
	return ended
}
