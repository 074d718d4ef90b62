package printer

import (
	"context"

	"packbench/printer/state"
)

func (p *Printer) Answers() bool { return false }

func (p *Printer) State(ctx context.Context) (state.State, error) { return state.State{}, nil }
