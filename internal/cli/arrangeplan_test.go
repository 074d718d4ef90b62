package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// All that match are arranged, the most urgent first; the plan says beforehand how many, and why others are not.
func TestAllThatMatchAreArranged(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	calls := 0
	p.asked = func(string, string) { calls++ }
	plan := read[planLine](t, p.must("", &Arrange{Filter: "pieces:1", Most: 4, DryRun: true, JSON: true}))
	if plan[0].Outcome != "arrange" || plan[0].Parcels != 4 || len(plan[0].PackageIDs) != 4 {
		t.Fatalf("%+v", plan)
	}
	later := slices.IndexFunc(plan, func(l planLine) bool { return l.Outcome == "later" })
	if later < 0 || plan[later].Reason != "arrange.left_over" || plan[later].Parcels == 0 || plan[later].Message == "" {
		t.Fatalf("%+v", plan)
	}
	if calls != 0 {
		t.Errorf("the platform was asked %d times for a plan", calls)
	}
	p.asked = nil
	end := p.run("", &Arrange{Filter: "pieces:1", Most: 4, Labels: true, Within: time.Minute, JSON: true})
	var keys []order.ParcelKey
	for _, line := range read[arrangeLine](t, end.stdout) {
		if line.Outcome != "arranged" || line.Tracking == "" {
			t.Errorf("%+v", line)
		}
		keys = append(keys, line.PackageID)
	}
	if end.code != ExitDone || !slices.Equal(keys, plan[0].PackageIDs) {
		t.Errorf("%v, planned %v: %+v", keys, plan[0].PackageIDs, end)
	}
	again := read[planLine](t, p.must("", &Arrange{Filter: "pieces:1", Most: 500, DryRun: true, JSON: true}))
	if i := slices.IndexFunc(again, func(l planLine) bool { return l.Reason == "arrange.already" }); i < 0 || again[i].Parcels != 4 || again[i].Outcome != "excluded" {
		t.Errorf("%+v", again)
	}
	if out := p.must("", &Arrange{Ready: true, Most: 4, DryRun: true}); !strings.Contains(out, "to be arranged") {
		t.Error(out)
	}
	if end := p.run("", &Arrange{Ready: true, Most: 501}); end.code != ExitUsage || !strings.Contains(end.stderr, "usage.arrange_most") {
		t.Errorf("%+v", end)
	}
}

func TestWhatIsLeftOutOfArranging(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		facts order.Facts
		want  string
	}{
		"to be packed":       {order.Facts{Standing: order.Ready}, ""},
		"no package yet":     {order.Facts{Standing: order.WithoutPackage, WarehouseID: "1"}, ""},
		"begun":              {order.Facts{Standing: order.Ready, Here: order.Here{Taken: 1}}, ""},
		"arranged here":      {order.Facts{Standing: order.Arranged, Here: order.Here{Arranged: true}}, "arrange.already"},
		"arranged elsewhere": {order.Facts{Standing: order.Arranged}, "refused.elsewhere"},
		"held":               {order.Facts{Standing: order.Held}, "refused.on_hold"},
		"buyer asks":         {order.Facts{Standing: order.CancelRequest}, "refused.cancel_requested"},
		"their own carrier":  {order.Facts{Standing: order.SellerShips}, "refused.seller_ships"},
		"other warehouse":    {order.Facts{Standing: order.Ready, WarehouseID: "2"}, "refused.other_warehouse"},
		"stopped":            {order.Facts{Standing: order.Ready, Here: order.Here{Stopped: order.Gone}}, "refused.cancelled"},
		"parked":             {order.Facts{Standing: order.Ready, Here: order.Here{Parked: true}}, "arrange.parked"},
		"pre-order":          {order.Facts{Standing: order.Ready, ReleaseAt: now.Add(time.Hour)}, "arrange.unreleased"},
	} {
		if got := notArranged(&c.facts, "1", now); got.Key != c.want {
			t.Errorf("%s: %q, want %q", name, got.Key, c.want)
		}
	}
}
