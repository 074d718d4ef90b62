// Package spool brings a label to the printer and is honest about how far it came: queued, sending, sent.
package spool

import (
	"context"
	"io"

	"packbench/internal/order"
)

// Printer takes the bytes of labels.
type Printer interface {
	// Reach makes sure the device can be written to now.
	Reach(ctx context.Context) error
	// Send writes one label and tells how many of its bytes the device took. Fewer than all of them, with an error,
	// mean that no usable label came out.
	Send(ctx context.Context, label []byte) (int, error)
}

// Send brings one label to the printer. sending is called once the device can be reached and before the first byte leaves; an error of it
// keeps the label back. The state is Sent when the device took every byte; otherwise Queued, with a Problem that says why.
func Send(ctx context.Context, p Printer, label []byte, sending func() error) (order.LabelState, error) {
	if err := p.Reach(ctx); err != nil {
		return order.Queued, err
	}
	if err := sending(); err != nil {
		return order.Queued, err
	}
	n, err := p.Send(ctx, label)
	if n == len(label) {
		return order.Sent, nil // whatever failed afterwards, the device has it: sending it again could print it twice
	}
	if err == nil { // against Send's word; but nobody would hear of it otherwise
		err = order.Trouble(io.ErrShortWrite, "printer.cut")
	}
	return order.Queued, err
}
