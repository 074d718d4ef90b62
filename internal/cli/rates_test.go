package cli

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/report"
)

// Every parcel whose time for being arranged is over counts in the week it was over, and nothing else does.
func TestRates(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 200, Seed: 5, Mix: "full"})
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	now, missed := time.Now(), 0
	if err := bench.Store.Parcels(func(f *order.Facts) {
		at := f.Deadlines[order.ArrangeSLA].Time()
		if f.Standing != order.Gone && f.Standing != order.PlatformPacks && !at.IsZero() && at.Before(now) && !f.Passed(order.ReadyToGo) {
			missed++
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	late := 0
	for _, line := range read[rateLine](t, p.run("", &Rates{JSON: true}).stdout) {
		if _, err := time.Parse(time.DateOnly, line.Week); err != nil || line.Market == "" || line.InTime+line.Late+line.Unknown+line.Open == 0 {
			t.Errorf("%+v, %v", line, err)
		}
		if (line.Share == nil) != (line.InTime+line.Late == 0) || (line.Limit == nil) != (line.Rate != report.Tracking && line.Rate != report.LateAcknowledgement) {
			t.Errorf("%+v", line)
		}
		if line.Rate == report.LateDispatch {
			late += line.Late
		}
	}
	if missed == 0 || late < missed {
		t.Errorf("%d parcels are arranged late, %d have missed their time", late, missed)
	}
	if said := p.run("", &Rates{}).stdout; !strings.Contains(said, "late dispatch") || !strings.Contains(said, "cannot be known") {
		t.Errorf("said %s", said)
	}
}
