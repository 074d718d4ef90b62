package cli

import (
	"packbench/internal/packing"
	"packbench/internal/settings"
)

// doubleReads are the figures of the configured scanners, by the names their scans carry.
func doubleReads(scanners []settings.Scanner) map[string]packing.DoubleRead {
	figures := map[string]packing.DoubleRead{}
	for _, s := range scanners {
		figures[s.Name] = packing.DoubleRead{Missing: s.DoubleRead(), Full: s.DoubleReadFull()}
	}
	return figures
}
