package settings

import (
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/scanner"
)

// Scanner is one scanner of a bench. A scanner that types like a keyboard works without.
type Scanner struct {
	Name string `toml:"name"` // tells it from the others, in the journal and to people
	URI  string `toml:"uri"`  // one of scanner.Forms
	// DoubleReadMS and DoubleReadFullMS are how soon, in milliseconds, the same code from this scanner is one reading twice: while a piece of it is
	// missing, and else. 0 is the figure of packing.
	DoubleReadMS     int `toml:"double_read_ms,omitempty"`
	DoubleReadFullMS int `toml:"double_read_full_ms,omitempty"`
	// NoEnter tells of a scanner that types like a keyboard that it ends its codes with nothing.
	NoEnter bool `toml:"no_enter,omitempty"`
}

// NoEnter tells whether the scanner that types like a keyboard ends its codes with nothing: a silence ends them then.
func (s Settings) NoEnter() bool {
	return slices.ContainsFunc(s.Scanners, func(one Scanner) bool { return one.NoEnter })
}

// DoubleRead is the time of DoubleReadMS.
func (s Scanner) DoubleRead() time.Duration { return time.Duration(s.DoubleReadMS) * time.Millisecond }

// DoubleReadFull is the time of DoubleReadFullMS.
func (s Scanner) DoubleReadFull() time.Duration {
	return time.Duration(s.DoubleReadFullMS) * time.Millisecond
}

// longestDoubleRead is the longest time a second reading can be ignored, in milliseconds: nobody waits longer with the next piece in hand.
const longestDoubleRead = 10_000

// checkScanners refuses scanners that cannot be told apart or reached, and figures nobody can mean: scanner.unnamed, scanner.twice, scanner.address,
// scanner.figure, scanner.no_enter.
func checkScanners(scanners []Scanner) error {
	names, places := map[string]bool{}, map[scanner.Address]bool{}
	for _, s := range scanners {
		if s.Name == "" {
			return order.Trouble(nil, "scanner.unnamed", "address", s.URI)
		}
		at, ok := scanner.ParseAddress(s.URI)
		if !ok {
			return order.Trouble(nil, "scanner.address", "address", s.URI, "forms", scanner.Forms)
		}
		if names[s.Name] || places[at] {
			return order.Trouble(nil, "scanner.twice", "name", s.Name)
		}
		if s.NoEnter && at.Kind != scanner.Wedge { // others need no Enter
			return order.Trouble(nil, "scanner.no_enter", "name", s.Name)
		}
		names[s.Name], places[at] = true, true
		for _, figure := range []int{s.DoubleReadMS, s.DoubleReadFullMS} {
			if figure < 0 || figure > longestDoubleRead {
				return order.Trouble(nil, "scanner.figure", "name", s.Name, "figure", figure, "most", longestDoubleRead)
			}
		}
	}
	return nil
}
