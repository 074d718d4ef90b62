// Package wedge tells the bursts of a scanner that pretends to be a keyboard from the keys of a person.
// It is pure: it asks no clock and touches no keyboard.
package wedge

import (
	"time"

	"packbench/internal/order"
	"packbench/scanner"
)

// Keys that are not letters.
const (
	Enter     rune = '\r'
	Escape    rune = '\x1b'
	Backspace rune = '\b'
)

const (
	// shortest is the fewest keys that make a burst: two quick fingers manage three.
	shortest = 6
	// average is the slowest a scanner types, and longest its longest pause: a window that draws a slow frame
	// hands the keys of a burst over in clumps, so single gaps say little (the keys carry no times of their own).
	average = 35 * time.Millisecond
	longest = 120 * time.Millisecond
	// stall is the longest a busy window holds keys back: a burst it cut in two is one scan. Half a code must never pass for a whole one.
	stall = 600 * time.Millisecond
	// over is the silence after which a burst without Enter has ended: twice its longest pause.
	over = 2 * longest
	// hotFrom is how many keys in a row at that pace are taken for a scanner before the burst has ended.
	hotFrom = 3
)

// Stale is how long typed keys are kept without another one. It is long enough to read the next digits off a paper,
// and short enough that a key touched in passing does not become part of a code typed later.
const Stale = 10 * time.Second

// Result is what a key did.
type Result struct {
	// Done tells that the key ended a code, which is Scan.
	Done bool
	Scan order.Scan
	// Keys is how many keys the code was typed with, for who must take them back.
	Keys int
	// Pending is what has been typed so far, for the screen. A burst on its way is not shown: it would only flicker.
	Pending string
	// Hot tells that a scanner is typing: the window must not act on these keys, Enter and space above all.
	Hot bool
}

// Detector collects the keys of one keyboard. The zero value with a Device is ready.
type Detector struct {
	// Device names the keyboard in the scans.
	Device string
	// BurstsOnly ignores what a person types: they are typing into a field.
	BurstsOnly bool

	keys []stroke
}

type stroke struct {
	key rune
	at  time.Time
}

// Key takes the next key. Times must not run backwards; equal ones are normal.
func (d *Detector) Key(key rune, at time.Time) Result {
	if n := len(d.keys); n > 0 && at.Sub(d.keys[n-1].at) > Stale {
		d.keys = d.keys[:0]
	}
	switch key {
	case Enter:
		return d.end(at)
	case Escape:
		d.keys = d.keys[:0]
	case Backspace:
		d.keys = d.keys[:max(0, len(d.keys)-1)]
	default:
		d.keys = append(d.keys, stroke{key, at})
	}
	hot := d.hot()
	return Result{Pending: d.pending(hot), Hot: hot}
}

func (d *Detector) pending(hot bool) string {
	if hot || d.BurstsOnly {
		return ""
	}
	return text(d.keys)
}

// end closes the code: the burst that ends here, without what a person typed before it, or all that was typed.
func (d *Detector) end(at time.Time) Result {
	keys := d.keys
	d.keys = nil
	burst := d.burst(keys)
	scanned := len(burst) >= shortest && at.Sub(burst[len(burst)-1].at) <= longest
	if scanned {
		keys = burst
	} else if d.BurstsOnly {
		return Result{}
	}
	return d.result(keys, scanned, at)
}

// result is the code that keys come to.
func (d *Detector) result(keys []stroke, scanned bool, at time.Time) Result {
	code := scanner.Clean(text(keys))
	if code == "" {
		return Result{Hot: scanned}
	}
	return Result{Done: true, Hot: scanned, Keys: len(keys), Scan: order.Scan{Code: code, Device: d.Device, Typed: !scanned, At: at}}
}

// Silence takes that no key has come up to now. It ends a burst that is over, of a scanner that sends no Enter; what a person types it leaves alone. The times
// must be those of a clock that stands still while the window does, or a standstill ends half a code.
func (d *Detector) Silence(at time.Time) Result {
	burst := d.keys[start(d.keys):]
	if len(burst) < shortest || at.Sub(burst[len(burst)-1].at) < over {
		hot := d.hot()
		return Result{Pending: d.pending(hot), Hot: hot}
	}
	d.keys = nil
	return d.result(burst, true, at)
}

// Hot tells whether a scanner is in the middle of a code.
func (d *Detector) Hot(now time.Time) bool {
	return d.hot() && now.Sub(d.keys[len(d.keys)-1].at) <= longest
}

// hot tells whether the last keys came at a scanner's pace.
func (d *Detector) hot() bool { return len(lastRun(d.keys)) >= hotFrom }

// burst is the last run without what a person typed into a field before it: they pause behind every key, as no busy window does to a scanner twice in a row.
func (d *Detector) burst(keys []stroke) []stroke {
	run := lastRun(keys)
	if !d.BurstsOnly {
		return run
	}
	for i := len(run) - 2; i > 0; i-- {
		if alone(run[i-1:]) && alone(run[i:]) {
			return run[i+1:]
		}
	}
	return run
}

// alone tells whether the first of some keys stands by itself before the next.
func alone(keys []stroke) bool { return keys[1].at.Sub(keys[0].at) > average }

// mostPieces is into how many pieces a busy window may have cut a burst.
const mostPieces = 9

// lastRun is the longest run of keys up to the last one that came at a scanner's pace, with the pieces a busy window cut off before it.
func lastRun(keys []stroke) []stroke {
	from := start(keys)
	for range mostPieces - 1 {
		if from == 0 || len(keys)-from < hotFrom || keys[from].at.Sub(keys[from-1].at) > stall {
			break
		}
		from = start(keys[:from])
	}
	return keys[from:]
}

// start is where the longest run up to the last key begins.
func start(keys []stroke) int {
	from := len(keys)
	for i := len(keys) - 1; i >= 0; i-- {
		if i < len(keys)-1 && keys[i+1].at.Sub(keys[i].at) > longest {
			break
		}
		if n := len(keys) - i; n == 1 || keys[len(keys)-1].at.Sub(keys[i].at) <= time.Duration(n-1)*average {
			from = i
		}
	}
	return from
}

func text(keys []stroke) string {
	runes := make([]rune, len(keys))
	for i, k := range keys {
		runes[i] = k.key
	}
	return string(runes)
}
