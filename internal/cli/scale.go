package cli

import (
	"context"
	"log/slog"

	"packbench/internal/order"
	"packbench/internal/scale"
	"packbench/internal/settings"
	"packbench/scanner/serial"
)

// weighFor reads the configured scale for a bench at work until ctx ends, and returns then; at once where there is none.
func (r *Running) weighFor(ctx context.Context) {
	set := r.bench.Settings.Scale
	if _, there := set.Address(); there {
		scale.Reader{Setup: set.Setup(), Open: scaleOpener(set), Show: r.Weigh, Tell: r.TellScale, Log: r.bench.Log}.Run(ctx)
	}
}

// scaleOpener opens the scale of the settings, and finds it again where it comes back at another port.
func scaleOpener(set settings.Scale) func() (scale.Port, error) {
	at, _ := set.Address() // was read with the settings
	place := serial.At("", at)
	return func() (scale.Port, error) {
		port, err := place.OpenLine()
		if err != nil {
			return nil, ofScale(err, at.String(), at.Baud)
		}
		return port, nil
	}
}

// ofScale says of a scale what was said of a scanner at its place.
func ofScale(err error, address string, baud int) error {
	p := order.AsProblem(err)
	switch p.Key {
	case "scanner.permission":
		return order.Trouble(p.Cause, "scale.permission", "address", address)
	case "scanner.busy":
		return order.Trouble(p.Cause, "scale.busy", "address", address)
	case "scanner.no_port":
		return order.Trouble(p.Cause, "scale.no_port", "address", address)
	case "scanner.several":
		return order.Trouble(p.Cause, "scale.several", "address", address)
	case "scanner.rate":
		return order.Trouble(p.Cause, "scale.rate", "baud", baud)
	case "scanner.other_system":
		return order.Trouble(p.Cause, "scale.other_system")
	}
	return order.Trouble(p.Cause, "scale.absent", "address", address)
}

// weighOnce reads the scale once: what it shows first, or what is to be told of it first where it shows nothing.
func weighOnce(ctx context.Context, set settings.Scale, log *slog.Logger) (order.Reading, order.Said) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var reading order.Reading
	var said order.Said
	scale.Reader{
		Setup: set.Setup(), Open: scaleOpener(set), Log: log,
		Show: func(r order.Reading) {
			if r.Load != order.NoScale && reading.Load == order.NoScale {
				reading = r
				stop()
			}
		},
		Tell: func(s order.Said) {
			if s.Key != "scale.ready" && said.Key == "" && reading.Load == order.NoScale {
				said = s
				stop()
			}
		},
	}.Run(ctx)
	return reading, said
}
