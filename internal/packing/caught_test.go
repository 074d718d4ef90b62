package packing

import (
	"testing"

	"packbench/internal/order"
)

// What a scan kept out is journalled once, however often it is read; what only has no meaning is not.
func TestWhatAScanKeptOutIsJournalled(t *testing.T) {
	m := move{s: State{Phase: Packing, Parcel: order.Parcel{Key: "P"}}}
	m.turn.Outcome, m.turn.Said = WrongItem, order.Say("refused.wrong_item")
	m.scan = order.Scan{Code: "693"}
	m.caught(Scanned{Scan: m.scan, Candidates: order.Candidates{SKUs: []string{"CAP"}}})
	if len(m.turn.Events) != 1 {
		t.Fatalf("journalled %+v", m.turn.Events)
	}
	if e := m.turn.Events[0]; e.Kind != order.MistakeCaught || e.Mistake != order.WrongArticle || e.SKU != "CAP" || e.Code != "693" || e.Parcel != "P" || e.Why.Key != "refused.wrong_item" {
		t.Errorf("journalled %+v", e)
	}

	other := []order.Known{{Parcel: order.Parcel{Key: "Q"}}}
	for _, c := range []struct {
		outcome Outcome
		parcels []order.Known
		want    int
	}{
		{WrongLabel, other, 1}, {WrongLabel, nil, 0}, {WrongLabel, []order.Known{{Parcel: order.Parcel{Key: "P"}}}, 0}, {Repeat, other, 0}, {UnknownCode, nil, 0}, {AlreadyFull, nil, 1},
	} {
		m := move{s: State{Parcel: order.Parcel{Key: "P"}}, scan: order.Scan{Code: "JOHN DOE, 1 LANE"}}
		m.turn.Outcome = c.outcome
		m.caught(Scanned{Scan: m.scan, Candidates: order.Candidates{Parcels: c.parcels}})
		if len(m.turn.Events) != c.want {
			t.Errorf("%s, %d parcels: journalled %+v", c.outcome, len(c.parcels), m.turn.Events)
		}
		if c.want > 0 && c.outcome == WrongLabel && m.turn.Events[0].Code != "" {
			t.Errorf("another label's code is kept: %q", m.turn.Events[0].Code)
		}
	}
}
