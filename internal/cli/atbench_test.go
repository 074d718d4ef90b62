package cli

import (
	"sync"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
)

// hands are somebody's at a bench that works on a sandbox.
type hands struct {
	*place
	running *Running
	at      time.Time
	end     func() // closes the bench
	mu      sync.Mutex
	changed *sync.Cond
}

// atBench opens the bench and sets it to work until the test ends. Its outbox works too.
func (p *place) atBench() *hands {
	p.t.Helper()
	bench, err := OpenBench(p.environment())
	if err != nil {
		p.t.Fatal(err)
	}
	h := &hands{place: p, at: time.Now()}
	h.changed = sync.NewCond(&h.mu)
	h.running, err = bench.Start(p.t.Context(), "file:"+p.labels, 0, func(station.Snapshot) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.changed.Broadcast()
	})
	if err != nil {
		p.t.Fatal(err)
	}
	h.end = sync.OnceFunc(func() {
		if err := h.running.Stop(p.t.Context()); err != nil {
			p.t.Error(err)
		}
		if err := bench.Close(); err != nil {
			p.t.Error(err)
		}
	})
	p.t.Cleanup(h.end)
	return h
}

func (h *hands) scan(code string, want packing.Outcome) station.Answer {
	h.t.Helper()
	h.at = h.at.Add(2 * time.Second)
	answer, err := h.running.Scan(h.t.Context(), order.Scan{Code: code, Device: "one", At: h.at})
	if err != nil || answer.Outcome != want {
		h.t.Fatalf("%s came to %q (%s), want %q, %v", code, answer.Outcome, answer.Said.Key, want, err)
	}
	return answer
}

func (h *hands) do(wish packing.Input, want packing.Outcome) station.Answer {
	h.t.Helper()
	answer, err := h.running.Do(h.t.Context(), wish)
	if err != nil || answer.Outcome != want {
		h.t.Fatalf("%+v came to %q (%s), want %q, %v", wish, answer.Outcome, answer.Said.Key, want, err)
	}
	return answer
}

// until waits for a snapshot that is as it should be.
func (h *hands) until(what string, want func(station.Snapshot) bool) station.Snapshot {
	h.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	alarm := time.AfterFunc(30*time.Second, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.changed.Broadcast()
	})
	defer alarm.Stop()
	h.mu.Lock()
	defer h.mu.Unlock()
	for !want(h.running.Snapshot()) {
		if time.Now().After(deadline) {
			s := h.running.Snapshot()
			h.t.Fatalf("%s: the bench stays in phase %s, %s, %+v, %+v", what, s.State.Phase, s.State.Question, s.State.Trouble, s.State.Work)
		}
		h.changed.Wait()
	}
	return h.running.Snapshot()
}
