package cli

import (
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/scanner"
)

// scanner looks whether the configured scanners are there. A program that has the folder open hears them itself, and says on its own screen what is
// wrong. Of those that type like keyboards it can only be said where they are seen.
func (x *examination) scanner() finding {
	if x.set == nil || x.Environment.Bench != nil {
		return x.seenScanner()
	}
	var names []string
	for _, s := range x.set.Scanners {
		at, _ := scanner.ParseAddress(s.URI) // was read with the settings
		if at.Kind == scanner.Wedge {
			continue
		}
		port, err := opener(s.Name, at)()
		if err == nil {
			err = port.Close()
		}
		if err != nil {
			return illness(err, order.Say("doctor.scanners_list"))
		}
		names = append(names, s.Name)
	}
	if len(names) == 0 {
		return scannerSeen(time.Time{})
	}
	return well("doctor.scanners_well", "names", strings.Join(names, ", "))
}

// seenScanner tells of the scans that came to a bench at work: a scanner types like a keyboard, and nothing is seen of it before it is used.
func (x *examination) seenScanner() finding {
	if x.bench != nil {
		if running := x.bench.atWork.Load(); running != nil {
			return scannerSeen(running.Snapshot().ScannerSeen)
		}
	}
	return scannerSeen(time.Time{})
}

// scannerSeen says what is known where the last scan came at a time; zero where none did.
func scannerSeen(at time.Time) finding {
	if at.IsZero() {
		return finding{unknown, order.Say("doctor.scanner_unseen"), order.Say("doctor.scan_anything")}
	}
	return well("doctor.scanner_seen", "time", at.Local().Format("2006-01-02 15:04"))
}
