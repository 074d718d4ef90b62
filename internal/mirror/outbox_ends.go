package mirror

import (
	"fmt"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform"
)

const (
	// mostTries is how often a request is put to the platform before a person has to see to it.
	mostTries = 8
	// firstPause and longestPause bound the wait between two tries; each is twice the last.
	firstPause   = 2 * time.Second
	longestPause = 5 * time.Minute
)

// pause is the wait after so many tries.
func pause(tries int) time.Duration {
	wait := firstPause
	for range tries - 1 {
		if wait *= 2; wait >= longestPause {
			return longestPause
		}
	}
	return wait
}

// afterPause is when something may be tried again after so many tries, in whole seconds: what failed together goes together again.
func afterPause(now time.Time, tries int) time.Time {
	return now.Truncate(time.Second).Add(pause(tries))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// end is what a try that was not done comes to: it is parked, or made again.
type end struct {
	park    order.Said
	again   time.Time
	certain bool // the platform certainly did not do it
	whole   bool // the error is the whole platform's
}

// endOf is what follows from an error of a try. The request counts the tries before this one.
func endOf(r order.Request, err error, now time.Time) end {
	tries := r.Tries + 1
	e := end{certain: true, again: later(afterPause(now, tries), now.Add(platform.RetryAfter(err)))}
	switch platform.ReactionTo(err) {
	case platform.UnknownOutcome:
		e.certain, e.again = false, now.Add(firstPause/2) // soon: it is only read
		return e
	case platform.Retry:
		if tries < mostTries {
			return e
		}
	case platform.LabelNotReady, platform.LabelTooEarly:
		if tries <= len(labelWaits) {
			e.again = now.Add(labelWaits[tries-1])
			return e
		}
	case platform.ReAuthorize:
		e.again, e.whole = now.Add(longestPause), true
		return e
	}
	e.park = plain(order.AsProblem(err).Said)
	if platform.ReactionTo(err) == platform.NotOurs && r.Kind != order.AnswerCancel { // it was this shop's a moment ago: the platform made other parcels of it
		_, e.park = packing.Refusal(order.Reformed)
	}
	return e
}

// plain is a sentence whose blanks survive the journal as they are.
func plain(said order.Said) order.Said {
	kept := order.Said{Key: said.Key}
	for name, value := range said.With {
		if kept.With == nil {
			kept.With = map[string]any{}
		}
		kept.With[name] = fmt.Sprint(value)
	}
	return kept
}
