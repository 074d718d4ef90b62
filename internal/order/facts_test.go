package order

import (
	"slices"
	"testing"
	"time"
)

// The platform's rule for what goes out first (platform API 6.22), then the cut-off; what is not known comes last.
func TestMoreUrgent(t *testing.T) {
	at := func(hours int) time.Time { return time.Date(2026, 11, 22, hours, 0, 0, 0, time.UTC) }
	want := []*Facts{
		{Key: "late", Urgency: Urgency{CollectBy: at(9), Priority: 800}},
		{Key: "arranged late", Due: at(10)},
		{Key: "instant", Due: at(1), Urgency: Urgency{CollectBy: at(12), Priority: 100, CutOff: at(13)}},
		{Key: "early van", Urgency: Urgency{CollectBy: at(12), Priority: 600, CutOff: at(10)}},
		{Key: "a", Urgency: Urgency{CollectBy: at(12), Priority: 600, CutOff: at(11)}},
		{Key: "b", Urgency: Urgency{CollectBy: at(12), Priority: 600, CutOff: at(11)}},
		{Key: "no van", Urgency: Urgency{CollectBy: at(12), Priority: 600}},
		{Key: "no priority", Urgency: Urgency{CollectBy: at(12), CutOff: at(8)}},
		{Key: "never"},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, MoreUrgent)
	for i := range want {
		if got[i].Key != want[i].Key {
			t.Errorf("%d: %s, want %s", i, got[i].Key, want[i].Key)
		}
	}
}

// The buyer's hour ends without a word of the platform; a hold of the platform's does not.
func TestFactsFollowTheBuyersHour(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	o := Order{ID: "1", Market: "MY", Status: AwaitingShipment, PaidAt: noon.Add(-time.Minute), PackageIDs: []string{"P"}, Currency: "MYR", Type: PreOrder,
		ReleaseAt: noon.Add(2 * time.Hour), Lines: []Line{{SellerSKU: "TEE", Price: 1000}, {SellerSKU: "CAP", Price: 550, Gift: true}}}
	f := Parcels([]Order{o}, noon)[0].Facts()
	if f.Standing != Held || f.Value != 1550 || f.Currency != "MYR" || !f.Gift || f.Battery || !f.PreOrder || !slices.Equal(f.SKUs, []string{"TEE", "CAP"}) || f.Count("CAP") != 1 {
		t.Fatalf("%+v", f)
	}
	if early := f.At(noon.Add(58 * time.Minute)); early.Standing != Held || early.Pickable(noon.Add(58*time.Minute)) {
		t.Errorf("%+v", early)
	}
	released := f.At(noon.Add(time.Hour))
	if released.Standing != Ready || released.Pickable(noon.Add(time.Hour)) {
		t.Errorf("before its release: %+v", released)
	}
	if !released.Pickable(noon.Add(2 * time.Hour)) {
		t.Error("it is not to be picked although it is released")
	}
	o.Status = OnHold
	if f = Parcels([]Order{o}, noon)[0].Facts(); f.At(noon.Add(24*time.Hour)).Standing != Held {
		t.Errorf("held by the platform: %+v", f)
	}
}
