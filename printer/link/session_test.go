package link

import (
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
)

// parting is a handle of a device that goes away in steps: what it says ends, and a little later the system calls it gone.
type parting struct {
	handle
	goneAt time.Time // zero: it only listens
	shut   chan struct{}
}

func (p parting) Read([]byte) (int, error)        { return 0, io.ErrUnexpectedEOF }
func (p parting) SetReadDeadline(time.Time) error { return nil }
func (p parting) Close() error                    { close(p.shut); return nil }
func (p parting) Held() (int, error) {
	if !p.goneAt.IsZero() && !time.Now().Before(p.goneAt) {
		return 0, io.ErrClosedPipe
	}
	return 0, nil
}

// A device that is about to be gone is gone, and its port is given back; one that only listens is silent.
func TestADeviceThatGoesAwayInSteps(t *testing.T) {
	for after, want := range map[time.Duration]string{30 * time.Millisecond: "printer.absent", 0: ""} {
		synctest.Test(t, func(t *testing.T) {
			p := parting{shut: make(chan struct{})}
			if after > 0 {
				p.goneAt = time.Now().Add(after)
			}
			l := newDevice("/dev/none", time.Second, 0, func() (handle, error) { return p, nil })
			_, err := l.Ask(t.Context(), []byte("?"), func([]byte) Heard { return Part }, time.Second)
			if want == "" {
				if !errors.Is(err, ErrSilent) {
					t.Errorf("one that only listens: %v", err)
				}
				return
			}
			if key := order.AsProblem(err).Key; key != want {
				t.Errorf("%s: %v", key, err)
			}
			<-p.shut
		})
	}
}
