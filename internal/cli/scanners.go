package cli

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/settings"
	"packbench/scanner"
	"packbench/scanner/evdev"
	"packbench/scanner/listen"
	"packbench/scanner/serial"
)

// doubleReads are the figures of the configured scanners, by the names their scans carry.
func doubleReads(scanners []settings.Scanner) map[string]packing.DoubleRead {
	figures := map[string]packing.DoubleRead{}
	for _, s := range scanners {
		figures[s.Name] = packing.DoubleRead{Missing: s.DoubleRead(), Full: s.DoubleReadFull()}
	}
	return figures
}

// ChooseScanners are the scanners at the addresses somebody named, else the configured ones. One that is configured keeps its name, another one has its
// address for a name. It fails with scanner.address.
func ChooseScanners(configured []settings.Scanner, uris []string) ([]settings.Scanner, error) {
	if len(uris) == 0 {
		return configured, nil
	}
	var chosen []settings.Scanner
	for _, uri := range uris {
		at, ok := scanner.ParseAddress(uri)
		if !ok {
			return nil, order.Trouble(nil, "scanner.address", "address", uri, "forms", scanner.Forms)
		}
		one := settings.Scanner{Name: uri, URI: uri}
		for _, s := range configured {
			if known, _ := scanner.ParseAddress(s.URI); known == at {
				one = s
			}
		}
		if !slices.Contains(chosen, one) {
			chosen = append(chosen, one)
		}
	}
	return chosen, nil
}

// Ears are who hears of scanners: of each code, and of what a person should know of a scanner (listen.Scanner). Each is called from a goroutine of the
// scanner, in order, and must return at once.
type Ears struct {
	Scan func(order.Scan)
	// Raw, if not nil, hears before that of the bytes as they come, and keeps none of them.
	Raw  func(name string, b []byte, at time.Time)
	Tell func(name string, said order.Said)
	Log  *slog.Logger
	Now  func() time.Time
}

// Listen hears the scanners that are devices of their own until ctx ends, and returns then. Those that type like keyboards are heard by windows.
func Listen(ctx context.Context, scanners []settings.Scanner, ears Ears) {
	var hearing sync.WaitGroup
	for _, s := range scanners {
		at, _ := scanner.ParseAddress(s.URI) // was read with the settings, or chosen
		if at.Kind == scanner.Wedge {
			continue
		}
		hears := listen.Scanner{
			Name: s.Name, Open: opener(s.Name, at), Now: ears.Now, Log: ears.Log,
			Scan: ears.Scan, Tell: func(said order.Said) { ears.Tell(s.Name, said) },
		}
		if ears.Raw != nil {
			hears.Raw = func(b []byte, at time.Time) { ears.Raw(s.Name, b, at) }
		}
		hearing.Go(func() { hears.Run(ctx) })
	}
	hearing.Wait()
}

// opener opens the scanner at an address.
func opener(name string, at scanner.Address) func() (listen.Port, error) {
	if at.Kind == scanner.Serial {
		return serial.At(name, at).Open
	}
	return func() (listen.Port, error) { return evdev.Open(name, at) }
}
