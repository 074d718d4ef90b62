// Package link brings the bytes of labels to a device. What the bytes mean is the language's business.
package link

import (
	"context"
	"errors"
	"time"
)

// Link is a way to one device. Its methods may be called from several goroutines; labels never mix.
type Link interface {
	// Reach makes sure that the device can be written to now, without sending anything.
	Reach(ctx context.Context) error
	// Send writes one label. n bytes were accepted by the device: n == len(label) means *sent*, and then err is nil. An error comes with
	// n < len(label): the label is certainly incomplete, and with n == 0 none of it went out. After an error within a label the
	// next one starts on a new connection or file, so that half a label never runs into another. What a person has to do about it
	// is an *order.Problem; when ctx ends first, its error is returned.
	Send(ctx context.Context, label []byte) (n int, err error)
	// Close lets what was sent arrive and gives the device back. Closing twice does no harm.
	Close() error
}

// ErrClosed is what everything else fails with after Close.
var ErrClosed = errors.New("link: closed")

// cutOff ends a Write or a Read that waits when ctx ends, by a deadline in the past; that error says nothing that ctx does not. The function it gives
// takes this back, and waits where it is just happening: a deadline set late would end the next label's Write.
func cutOff(ctx context.Context, setDeadline func(time.Time) error) (release func()) {
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(done)
		_ = setDeadline(past)
	})
	return func() {
		if !stop() {
			<-done
		}
	}
}

// DefaultStall is how long a device may take no byte before it counts as stalled: out of paper, paused, head open.
const DefaultStall = 10 * time.Second
