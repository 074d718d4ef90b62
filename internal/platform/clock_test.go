package platform

import (
	"net/http"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// dated is an answer that was on its way so long, half of it there, dated by a clock that is ahead by offset.
func dated(offset, way time.Duration, at time.Time) answer {
	a := answer{header: http.Header{}, sentAt: at, answered: at.Add(way)}
	a.header.Set("Date", at.Add(way/2).Add(offset).UTC().Format(http.TimeFormat))
	return a
}

// Whatever the clocks and the network do, the estimate is good to the width that is left alone, and an answer that does not
// contradict it leaves it as it is.
func TestEstimateOfTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offset := time.Duration(rapid.Int64Range(-int64(30*24*time.Hour), int64(30*24*time.Hour)).Draw(t, "offset"))
		var p platformClock
		at := noon
		for range rapid.IntRange(1, 20).Draw(t, "answers") {
			way := time.Duration(rapid.Int64Range(0, int64(20*time.Second)).Draw(t, "way"))
			at = at.Add(way + time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "pause")))
			before := p.ahead()
			if !p.hear(dated(offset, way, at), nil) {
				t.Fatal("a dated answer was not heard")
			}
			wrong := (p.ahead() - offset).Abs()
			if wrong > steady+time.Second+way {
				t.Errorf("off by %v after an answer of %v", wrong, way)
			}
			if (before-offset).Abs() <= steady && p.ahead() != before {
				t.Errorf("from %v to %v, although it was right to %v", before, p.ahead(), steady)
			}
		}
	})
}

func TestWhoseDateCounts(t *testing.T) {
	hour := dated(time.Hour, 0, noon)
	undated := answer{header: http.Header{}, sentAt: noon, answered: noon}
	absurd := dated(0, 0, noon)
	absurd.header.Set("Date", "Mon, 01 Jan 0001 00:00:00 GMT")
	for name, c := range map[string]struct {
		answer  answer
		refusal *Error
		dated   bool
		want    time.Duration
	}{
		"success":          {hour, nil, true, time.Hour},
		"another refusal":  {hour, &Error{Code: 105002}, true, time.Hour},
		"a stranger":       {hour, &Error{HTTP: 200}, false, 0},
		"no date":          {undated, nil, false, 0},
		"absurd":           {absurd, nil, false, 0},
		"near":             {dated(4*time.Second, 0, noon), nil, true, 0},
		"near and refused": {dated(4*time.Second, 0, noon), &Error{Code: codeInvalid, Message: "Invalid timestamp."}, true, 4 * time.Second},
	} {
		var p platformClock
		if got := p.hear(c.answer, c.refusal); got != c.dated || p.ahead() != c.want {
			t.Errorf("%s: heard %t, ahead %v", name, got, p.ahead())
		}
	}
}

// It is said once, and again after the clock was set right.
func TestSayingTheClockIsOff(t *testing.T) {
	said := 0
	p := platformClock{report: func(error) { said++ }}
	for i, step := range []struct {
		offset time.Duration
		said   int
	}{{20 * time.Second, 0}, {45 * time.Second, 1}, {28 * time.Second, 1}, {-10 * time.Minute, 1}, {0, 1}, {10 * time.Minute, 2}} {
		p.hear(dated(step.offset, 0, noon), nil)
		if said != step.said {
			t.Errorf("step %d, %v off: said %d times, want %d", i, step.offset, said, step.said)
		}
	}
}
