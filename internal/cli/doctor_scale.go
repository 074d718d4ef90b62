package cli

import (
	"context"
	"log/slog"

	"packbench/internal/order"
)

// weighs tells whether a scale is configured: where none is, there is nothing to check.
func (x *examination) weighs() bool {
	if x.set == nil {
		return false
	}
	_, there := x.set.Scale.Address()
	return there
}

// scale looks what the configured scale shows. A bench at work has its port, and is asked instead.
func (x *examination) scale() finding {
	if x.bench != nil {
		if running := x.bench.atWork.Load(); running != nil {
			now := running.Snapshot()
			return scaleFound(now.State.Scale.Reading, now.Scale.Said)
		}
	}
	ctx, stop := context.WithTimeout(x.Context, answersWithin)
	defer stop()
	log := slog.New(slog.DiscardHandler)
	if x.bench != nil {
		log = x.bench.Log
	}
	return scaleFound(weighOnce(ctx, x.set.Scale, log))
}

// scaleFound says what a scale shows, or why nothing is known of it.
func scaleFound(shows order.Reading, said order.Said) finding {
	switch shows.Load {
	case order.Settled:
		return well("doctor.scale_settled", "grams", shows.Grams)
	case order.Moving:
		return finding{ailing, order.Say("doctor.scale_moving", "grams", shows.Grams), order.Say("doctor.scale_empty")}
	case order.TooHeavy:
		return finding{ailing, order.Say("doctor.scale_heavy"), order.Say("doctor.scale_empty")}
	case order.BelowZero:
		return finding{ailing, order.Say("doctor.scale_below"), order.Say("doctor.scale_empty")}
	}
	if said.Key == "" {
		said = order.Say("scale.silent")
	}
	return finding{ill, said, order.Said{}}
}
