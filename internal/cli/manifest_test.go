package cli

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/words"
)

// Moments on a hand-over sheet are those of the warehouse's own zone, or of its market's, and name it, in both languages.
func TestMomentsOnAManifestNameTheirZone(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 20, Seed: 4, LabelDelay: time.Millisecond})
	keys, _ := p.boxed(1)
	bench := p.open()
	known, _, err := bench.Store.Parcel(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	market := known.Market
	sheet := order.Sheet{ID: "H261122-03", Carrier: "J&T", Mode: order.PickedUp, Warehouse: known.WarehouseID, OpenedAt: time.Date(2026, 11, 22, 20, 4, 0, 0, time.UTC), ClosedAt: time.Date(2026, 11, 22, 21, 4, 0, 0, time.UTC),
		Parcels: []order.OnSheet{{Parcel: keys[0]}}}
	zone, err := bench.zoneOf(sheet)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := bench.Rules()
	if err != nil {
		t.Fatal(err)
	}
	if want := rules.Calendar.Zone(market, ""); market == "" || zone.String() != want.String() || zone == time.UTC {
		t.Errorf("%s is in %s, want %s", market, zone, want)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	p.must("", &RulesZone{Warehouse: known.WarehouseID, Zone: "Asia/Tokyo"})
	bench = p.open()
	if zone, err = bench.zoneOf(sheet); err != nil || zone.String() != "Asia/Tokyo" {
		t.Errorf("%s, %v", zone, err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	for language, want := range map[words.Language][]string{
		words.English: {"Opened 2026-11-23 05:04 Asia/Tokyo, —", "Closed 2026-11-23 06:04 Asia/Tokyo, —"}, words.Chinese: {"开单 2026-11-23 05:04 Asia/Tokyo，—", "关单 2026-11-23 06:04 Asia/Tokyo，—"},
	} {
		e := p.environment()
		if e.Tongue, err = words.In(language); err != nil {
			t.Fatal(err)
		}
		facts := manifestOf(e, sheet, handover.Card{}, around{}, zone).Facts
		for _, line := range want {
			if !slices.Contains(facts, line) {
				t.Errorf("%s: %q is not among %q", language, line, facts)
			}
		}
	}
}
