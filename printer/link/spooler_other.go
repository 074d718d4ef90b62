//go:build !windows

package link

import (
	"context"
	"sync/atomic"

	"packbench/internal/order"
)

// spooler is a printer that this system cannot have.
type spooler struct {
	name   string
	closed atomic.Bool
}

// Reach always fails.
func (l *spooler) Reach(context.Context) error {
	if l.closed.Load() {
		return ErrClosed
	}
	return order.Trouble(nil, "printer.other_system", "kind", "spooler")
}

// Send always fails.
func (l *spooler) Send(ctx context.Context, _ []byte) (n int, err error) { return 0, l.Reach(ctx) }

// Close does nothing.
func (l *spooler) Close() error {
	l.closed.Store(true)
	return nil
}
