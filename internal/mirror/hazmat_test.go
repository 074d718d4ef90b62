package mirror

import (
	"bytes"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// The label for dangerous goods is the platform's own document, of parcels that hold some.
func TestHazmat(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Mix: sandbox.MixFull, Orders: 120, Seed: 4, LabelDelay: time.Millisecond})
	m.sync()
	checks := &order.Checks{Rules: []order.CheckRule{{Market: order.EveryMarket, Check: order.CheckHazmat, Severity: order.Warns}}}
	waiting, _, err := m.store.Waiting(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	tried := map[bool]int{}
	for _, known := range waiting {
		wanted := checks.WantsHazmat(known.Parcel)
		if known.Flow != order.ShipPackage || tried[wanted] > 0 {
			continue
		}
		if _, err := m.Ship(t.Context(), known.Parcel); err != nil {
			continue // there is another one
		}
		tried[wanted]++
		document, err := m.Hazmat(t.Context(), known.Parcel)
		if wanted != (err == nil && bytes.HasPrefix(document, []byte("%PDF"))) {
			t.Errorf("%s, dangerous: %t: %d bytes, %v", known.Key, wanted, len(document), err)
		}
	}
	if tried[true] != 1 || tried[false] != 1 {
		t.Errorf("tried %v", tried)
	}
}
