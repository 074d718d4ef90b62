package link

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// slowWriter takes a second to set a deadline.
type slowWriter struct{ set bool }

func (w *slowWriter) SetWriteDeadline(time.Time) error {
	time.Sleep(time.Second)
	w.set = true
	return nil
}

// A context that ends as the call does must not set its deadline later, when the next label is being written.
func TestACutOffIsOverWhenItIsReleased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := &slowWriter{}
		release := cutOff(ctx, w.SetWriteDeadline)
		cancel()
		release()
		if !w.set {
			t.Error("the deadline is still to be set")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := &slowWriter{}
		cutOff(ctx, w.SetWriteDeadline)()
		cancel()
		synctest.Wait()
		time.Sleep(2 * time.Second)
		if w.set {
			t.Error("a deadline was set after the release")
		}
	})
}
