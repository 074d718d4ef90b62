package platform

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
)

// Eight calls were refused for the same token; the refresh takes a second. One fetches, six wait, one of the waiting is told to stop.
func TestThoseWhoWaitMayStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(Tokens{Access: "old", Refresh: "r"}, time.Now)
		asked := 0 // one at a time, or the race detector says so
		k.refresh = func(context.Context, Tokens) (Tokens, error) {
			asked++
			time.Sleep(time.Second)
			return Tokens{Access: "new", Refresh: "s"}, nil
		}
		began := time.Now()
		var group sync.WaitGroup
		for range 7 {
			group.Go(func() {
				if renewed, err := k.renew(t.Context(), "old", true); !renewed || err != nil || time.Since(began) != time.Second {
					t.Errorf("%t, %v after %v", renewed, err, time.Since(began))
				}
			})
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		_, err := k.renew(ctx, "old", true)
		if p := order.AsProblem(err); p == nil || p.Key != keyInterrupted || time.Since(began) != time.Second/2 {
			t.Errorf("who was told to stop: %v after %v", err, time.Since(began))
		}
		if token, err := k.access(t.Context()); token != "new" || err != nil { // a new call waits for the token too
			t.Errorf("%s, %v", token, err)
		}
		group.Wait()
		if renewed, err := k.renew(t.Context(), "old", true); !renewed || err != nil || asked != 1 {
			t.Errorf("a late refusal of the old token: %t, %v; asked %d times", renewed, err, asked)
		}
	})
}

// A refusal that comes while a pair is only being kept once more leads to a refresh of its own.
func TestRefusedWhileKeepingAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(Tokens{Access: "a", Refresh: "r"}, time.Now)
		k.unkept = true
		k.keep = func(Tokens) error { time.Sleep(time.Second); return nil }
		k.refresh = func(context.Context, Tokens) (Tokens, error) { return Tokens{Access: "b", Refresh: "s"}, nil }
		var group sync.WaitGroup
		group.Go(func() {
			if token, err := k.access(t.Context()); err != nil || token == "" {
				t.Errorf("%q, %v", token, err)
			}
		})
		synctest.Wait()
		if renewed, err := k.renew(t.Context(), "a", true); !renewed || err != nil {
			t.Errorf("%t, %v", renewed, err)
		}
		group.Wait()
		if token := k.token(); token != "b" || k.unkept {
			t.Errorf("%s, unkept: %t", token, k.unkept)
		}
	})
}

// All who wait for a refresh that fails hear of it, and none of them asks again by itself.
func TestFailureIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(Tokens{Access: "old", Refresh: "r"}, time.Now)
		down, asked := errors.New("down"), 0
		k.refresh = func(context.Context, Tokens) (Tokens, error) {
			asked++
			time.Sleep(time.Second)
			return Tokens{}, down
		}
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if renewed, err := k.renew(t.Context(), "old", true); renewed || !errors.Is(err, down) {
					t.Errorf("%t, %v", renewed, err)
				}
			})
		}
		group.Wait()
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
}

// Until a new pair is kept nobody signs with it: neither who was refused nor who comes anew.
func TestNobodyUsesWhatIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(Tokens{Access: "old", Refresh: "r"}, time.Now)
		k.refresh = func(context.Context, Tokens) (Tokens, error) { return Tokens{Access: "new", Refresh: "s"}, nil }
		kept := make(chan struct{})
		k.keep = func(Tokens) error { time.Sleep(time.Second); close(kept); return nil }
		after := func(call string) {
			select {
			case <-kept:
			default:
				t.Errorf("%s went on before the pair was kept", call)
			}
		}
		var group sync.WaitGroup
		for _, expired := range []bool{true, true, false} {
			group.Go(func() {
				if renewed, err := k.renew(t.Context(), "old", expired); !renewed || err != nil {
					t.Errorf("%t, %v", renewed, err)
				}
				after("a refused call")
			})
			synctest.Wait()
		}
		if token, err := k.access(t.Context()); token != "new" || err != nil {
			t.Errorf("%s, %v", token, err)
		}
		after("a new call")
		group.Wait()
	})
}
