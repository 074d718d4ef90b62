package cli

import (
	"context"

	"packbench/internal/mirror"
)

// Mirror is the bench's mirror. The bench's own readings and those somebody asks for take turns: two at once would read the same orders twice.
type Mirror struct {
	*mirror.Mirror
	turn chan struct{} // holds one where somebody reads
}

func newMirror(m *mirror.Mirror) *Mirror { return &Mirror{Mirror: m, turn: make(chan struct{}, 1)} }

// Sync reads the shops' orders when nobody else reads them any more.
func (m *Mirror) Sync(ctx context.Context, told func(mirror.Progress)) error {
	select {
	case m.turn <- struct{}{}:
		defer func() { <-m.turn }()
		return m.Mirror.Sync(ctx, told)
	case <-ctx.Done():
		return ctx.Err()
	}
}
