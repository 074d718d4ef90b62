package keyhook

import (
	"testing"
	"time"
)

func TestTheClockStandsStillWithTheLoop(t *testing.T) {
	var a awake
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	first, start := a.key(now)
	if !start || !first.Equal(now) {
		t.Fatalf("%v, %v", first, start)
	}
	for range 5 { // the loop lives, and nothing is typed
		now = now.Add(beat)
		a.lives(now)
	}
	now = now.Add(time.Second) // it stands still
	a.lives(now)
	second, start := a.key(now.Add(time.Millisecond))
	if gap := second.Sub(first); start || gap < 5*beat || gap > 7*beat {
		t.Errorf("%v apart by the clock, started again: %v", gap, start)
	}
	now = now.Add(time.Millisecond)
	for !a.over(now) {
		now = now.Add(beat)
		a.lives(now)
	}
	if since := now.Sub(a.typed); since > quiet+beat {
		t.Errorf("asked for signs of life for %v", since)
	}
	third, start := a.key(now.Add(time.Hour)) // nobody typed and nobody asked: no standstill
	if gap := third.Sub(second); !start || gap < time.Hour {
		t.Errorf("%v apart after an hour, started again: %v", gap, start)
	}
}
