package order

import (
	"slices"
	"testing"
	"time"
)

func TestOverridesAreCountedByBadge(t *testing.T) {
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	spoiled := func(badge, name, run string, minute int, why Spoiling) Event {
		return Event{Kind: LabelSpoiled, At: noon.Add(time.Duration(minute) * time.Minute), Supervisor: badge, SupervisorName: name, Run: run, Spoiling: why}
	}
	events := []Event{
		{Kind: LabelSpoiled, At: noon, Spoiling: Lost}, // nobody had to allow it
		spoiled("S-2", "", "", 1, Jammed),
		spoiled("S-1", "Mei", "", 2, Jammed), spoiled("S-1", "Mei", "", 3, Lost),
		spoiled("S-1", "Mei", "R1", 4, Lost), spoiled("S-1", "Mei", "R1", 4, Lost), spoiled("S-1", "Mei", "R1", 5, Lost),
		{Kind: Confirmed, At: noon, Supervisor: "S-1"},
	}
	for range 2 {
		got := Overrides(events)
		if len(got) != 2 || got[0].Badge != "S-1" || got[0].Name != "Mei" || got[0].Times != 4 || got[0].Labels != 5 || got[0].Reasons[Lost] != 4 || got[0].Reasons[Jammed] != 1 {
			t.Errorf("%+v", got)
		}
		if got[1].Badge != "S-2" || got[1].Times != 1 || got[1].Labels != 1 {
			t.Errorf("%+v", got)
		}
		slices.Reverse(events)
	}
}

// What a supervisor allowed before a label, and at the hand-over shelf, counts too, and is no label.
func TestACheckThatWasAllowedIsAnOverride(t *testing.T) {
	got := Overrides([]Event{
		{Kind: CheckHeeded, Check: CheckCarrier, Supervisor: "S-1", SupervisorName: "Mei"},
		{Kind: CheckHeeded, Check: CheckNote}, // the packer's own word
		{Kind: SheetClosed, Supervisor: "S-1", Handover: Handover{Sheet: "H1", Missing: []Absent{{Parcel: "1"}}}},
		{Kind: SheetClosed, Handover: Handover{Sheet: "H2"}}, // all was there
	})
	if len(got) != 1 || got[0].Times != 2 || got[0].Labels != 0 || len(got[0].Reasons) != 0 || got[0].Name != "Mei" {
		t.Errorf("%+v", got)
	}
}
