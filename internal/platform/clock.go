package platform

import (
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"

	"packbench/internal/order"
)

const (
	// steady is how far a measurement may lie from what is held without replacing it. The platform accepts time stamps from
	// 5 min behind to 30 s ahead of it (platform API 1.6): a smaller error does no harm, and a network that wavers must not
	// move the clock with every answer.
	steady = 5 * time.Second
	// worthSaying is the error from which the platform begins to refuse who does not correct it (platform API 1.6), so that a
	// person is to set the clock.
	worthSaying = 30 * time.Second
	// nonsense is an offset no clock has; a Date so far away is none.
	nonsense = 100 * 365 * 24 * time.Hour
)

// platformClock knows how far the platform's clock is ahead of this computer's, from the Date of the platform's answers
// (platform API 6.1). The zero value takes both for equal.
type platformClock struct {
	report func(error) // nil: nobody listens

	mu     sync.Mutex // guards what follows
	offset time.Duration
	said   bool // that the clock is off
}

// ClockOffset is how far the platform's clock is ahead of this computer's, to about 5 s, as the last answers dated it; zero
// before the first.
func (c *Client) ClockOffset() time.Duration { return c.clock.ahead() }

func (p *platformClock) ahead() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.offset
}

// hear measures the clock by an answer. It tells whether the answer was dated; only the platform's own answers are listened to,
// not the page of a stranger on the way. After a refusal for the time stamp the measurement counts, however near it lies.
func (p *platformClock) hear(a answer, refusal *Error) (dated bool) {
	if refusal != nil && refusal.Code == 0 {
		return false
	}
	date, err := http.ParseTime(a.header.Get("Date"))
	if err != nil || date.Sub(a.sentAt).Abs() > nonsense {
		return false
	}
	refused := refusal != nil && judge(refusal).key == keyClock
	p.adopt(measure(date, a.sentAt, a.answered), refused)
	return true
}

// bounds are the least and the most an offset can be.
type bounds struct{ least, most time.Duration }

// measure reads the offset out of one answer: it was dated, in whole seconds rounded down, somewhere between sending and arrival.
func measure(date, sentAt, answered time.Time) bounds {
	// The way there and back is measured without the wall clock, which may be set meanwhile.
	most := date.Add(time.Second).Sub(sentAt)
	return bounds{most - time.Second - answered.Sub(sentAt), most}
}

// guess is the most probable offset, in whole seconds.
func (b bounds) guess() time.Duration {
	return (b.least + (b.most-time.Second-b.least)/2).Round(time.Second)
}

// adopt replaces the offset held where the measurement contradicts it, or at once where the platform has refused it.
func (p *platformClock) adopt(b bounds, refused bool) {
	p.mu.Lock()
	if refused || p.offset < b.least-steady || p.offset > b.most+steady {
		p.offset = b.guess()
	}
	ahead, off := p.offset, p.offset.Abs()
	say := off > worthSaying && !p.said
	p.said = p.said && off > worthSaying/2 || say // set right and off again, it is said again
	p.mu.Unlock()
	if say && p.report != nil {
		p.report(order.Trouble(fmt.Errorf("the platform is %v ahead", ahead), keyClockOff, "minutes", max(1, int(math.Round(off.Minutes())))))
	}
}
