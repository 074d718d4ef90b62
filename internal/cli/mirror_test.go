package cli

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
)

// shut is a platform that answers when it is told to.
type shut struct {
	mirror.Platform
	asked int
	open  chan struct{}
}

func (s *shut) Shops(context.Context) ([]order.Shop, error) {
	s.asked++
	<-s.open
	return nil, errAnswered
}

var errAnswered = errors.New("the platform has answered")

// The bench's own reading and one that is asked for do not run at once, and whoever waits for a turn may give up.
func TestReadingsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closed := &shut{open: make(chan struct{})}
		kept := newMirror(mirror.New(closed, nil, time.Now))
		ended := make(chan error, 3)
		read := func(ctx context.Context) { ended <- kept.Sync(ctx, nil) }
		go read(t.Context())
		synctest.Wait()
		impatient, give := context.WithCancel(t.Context())
		go read(impatient)
		go read(t.Context())
		synctest.Wait()
		if closed.asked != 1 {
			t.Errorf("%d readings at once", closed.asked)
		}
		give()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		close(closed.open)
		for range 2 {
			if err := <-ended; !errors.Is(err, errAnswered) {
				t.Error(err)
			}
		}
		if closed.asked != 2 {
			t.Errorf("%d readings in all", closed.asked)
		}
	})
}
