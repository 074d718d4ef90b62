package handover

import (
	"time"

	"packbench/internal/order"
)

// State is the shelf at a bench. It is a value.
type State struct {
	// AtHand tells that what is scanned is handed over, and not packed.
	AtHand bool
	// At is the carrier, and the way, that parcels are scanned for; empty fields: all.
	At Place
	// Bundle is the code of the bag into which parcels go that are scanned now; empty: none.
	Bundle string

	recent []recentScan
}

type recentScan struct {
	code, device string
	at           time.Time
}

// doubleRead is how soon the same code from a scanner is one reading twice: at the shelf nothing has two pieces with one code (printing facts 5: 0.8 to 1 s).
const doubleRead = time.Second

// Scan takes a scan in: what the shelf becomes, and what it comes to without a look at parcels. Where the outcome is empty it has to be judged.
func (s State) Scan(r Rules, scan order.Scan) (State, Verdict) {
	again := false
	var recent []recentScan
	for _, before := range s.recent {
		gap := scan.At.Sub(before.at)
		if gap < 0 || gap >= doubleRead {
			continue
		}
		if before.code == scan.Code && before.device == scan.Device {
			again = !scan.Typed
			continue
		}
		recent = append(recent, before)
	}
	s.recent = append(recent, recentScan{scan.Code, scan.Device, scan.At})
	if again {
		return s, Verdict{}.say(Repeated, order.Say("say.repeat"))
	}
	if r.Bundles(scan.Code) {
		return s.Bag(scan.Code)
	}
	return s, Verdict{}
}

// Bag begins a bag, or ends it where its code comes again or is empty.
func (s State) Bag(code string) (State, Verdict) {
	if code == "" || code == s.Bundle {
		s.Bundle = ""
		return s, Verdict{}.say(BundleDone, order.Say("handover.bundle_done"))
	}
	s.Bundle = code
	return s, Verdict{}.say(BundleBegun, order.Say("handover.bundle", "bundle", code))
}
