package spool

import (
	"context"
	"errors"
	"slices"
	"testing"

	"packbench/internal/order"
)

// device is a printer that notes in which order it is asked for what.
type device struct {
	took          *[]string
	absent, fails error
	accepts       int // bytes; negative: all
}

func (d device) Reach(context.Context) error {
	*d.took = append(*d.took, "reach")
	return d.absent
}

func (d device) Send(_ context.Context, label []byte) (int, error) {
	*d.took = append(*d.took, "send "+string(label))
	if d.accepts < 0 {
		return len(label), d.fails
	}
	return d.accepts, d.fails
}

func TestSend(t *testing.T) {
	absent, full, broke := order.Trouble(nil, "printer.absent"), order.Trouble(nil, "store.full"), order.Trouble(nil, "printer.stalled")
	whole := []string{"reach", "journal", "send ^XA^XZ"}
	for name, c := range map[string]struct {
		device  device
		journal error
		state   order.LabelState
		err     error
		took    []string
	}{
		"all of it":                          {device{accepts: -1}, nil, order.Sent, nil, whole},
		"all of it, then the line broke":     {device{accepts: -1, fails: broke}, nil, order.Sent, nil, whole},
		"the line broke in the middle":       {device{accepts: 3, fails: broke}, nil, order.Queued, broke, whole},
		"nothing was taken":                  {device{fails: broke}, nil, order.Queued, broke, whole},
		"the printer is not there":           {device{absent: absent, accepts: -1}, nil, order.Queued, absent, whole[:1]},
		"the journal does not take the word": {device{accepts: -1}, full, order.Queued, full, whole[:2]},
	} {
		var took []string
		c.device.took = &took
		state, err := Send(t.Context(), c.device, []byte("^XA^XZ"), func() error {
			took = append(took, "journal")
			return c.journal
		})
		if state != c.state || !errors.Is(err, c.err) || !slices.Equal(took, c.took) {
			t.Errorf("%s: %s, %v after %q", name, state, err, took)
		}
	}
}

// A device that takes less than all and says nothing of it is a problem all the same: without one nobody would hear of it.
func TestShortSendWithoutAnError(t *testing.T) {
	var took []string
	state, err := Send(t.Context(), device{took: &took, accepts: 3}, []byte("^XA^XZ"), func() error { return nil })
	if state != order.Queued || err == nil {
		t.Errorf("%s, %v", state, err)
	}
}
