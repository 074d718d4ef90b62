package report_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/report"
)

// plain is a calendar of one zone, six hours east, in which every day is worked.
type plain struct{}

func (plain) Zone(order.Market, string) *time.Location { return time.FixedZone("east", 6*3600) }

func (plain) Works(order.Market, int, time.Month, int) bool { return true }

// Friday, the 20th of November 2026, at noon; the Monday of its week is the 16th.
var friday = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// of a market, with the platform's deadlines and what happened so far.
func going(market order.Market, arrangeBy, collectBy, deliverBy time.Time, points map[order.Point]time.Time) *order.Facts {
	f := &order.Facts{Market: market}
	f.Deadlines[order.ArrangeSLA], f.Deadlines[order.CollectSLA], f.Deadlines[order.DeliverSLA] = order.MomentOf(arrangeBy), order.MomentOf(collectBy), order.MomentOf(deliverBy)
	for p, at := range points {
		f.Pass(p, order.MomentOf(at))
	}
	return f
}

func TestRates(t *testing.T) {
	hour := func(n int) time.Time { return friday.Add(time.Duration(n) * time.Hour) }
	var none time.Time
	r := report.NewRates(&order.Rules{Near: 0.25}, plain{}, friday, 4)
	for _, f := range []*order.Facts{
		// Arranged in time, collected late, not delivered: its time is not over.
		going("MY", hour(-48), hour(-24), hour(24), map[order.Point]time.Time{order.ReadyToGo: hour(-50), order.InCarriage: hour(-20)}),
		// Arranged an hour late, not collected and late.
		going("MY", hour(-48), hour(-24), none, map[order.Point]time.Time{order.ReadyToGo: hour(-47)}),
		// It is on its way, but nobody told since when.
		going("MY", hour(-48), hour(-24), none, map[order.Point]time.Time{order.ReadyToGo: none, order.InCarriage: none}),
		// Sunday 19:00 in UTC is Monday 1:00 there: it is of this week.
		going("MY", time.Date(2026, 11, 15, 19, 0, 0, 0, time.UTC), none, none, map[order.Point]time.Time{order.ReadyToGo: hour(-200)}),
		// Sunday 17:00 is still Sunday there: of the week before.
		going("MY", time.Date(2026, 11, 15, 17, 0, 0, 0, time.UTC), none, none, map[order.Point]time.Time{order.ReadyToGo: hour(-100)}),
		// Delivered late and in time.
		going("GB", none, none, hour(-30), map[order.Point]time.Time{order.AtBuyer: hour(-29)}),
		going("GB", none, none, hour(-30), map[order.Point]time.Time{order.AtBuyer: hour(-40)}),
		// Too old, and due next week only.
		going("GB", none, none, hour(-24*60), nil), going("GB", none, none, hour(24*7), nil),
		// Cancelled: nobody knows why.
		func() *order.Facts {
			f := going("GB", none, none, hour(-30), nil)
			f.Standing = order.Gone
			return f
		}(),
	} {
		r.Add(f)
	}
	zone := plain{}.Zone("", "")
	monday, before := time.Date(2026, 11, 16, 0, 0, 0, 0, zone), time.Date(2026, 11, 9, 0, 0, 0, 0, zone)
	want := []report.Rate{
		{Of: report.LateDelivery, Market: "GB", Week: monday, InTime: 1, Late: 1},
		{Of: report.LateDispatch, Market: "MY", Week: before, Late: 1},
		{Of: report.LateDispatch, Market: "MY", Week: monday, InTime: 2, Late: 1, Unknown: 1},
		{Of: report.LateCollection, Market: "MY", Week: monday, Late: 2, Unknown: 1},
		{Of: report.LateDelivery, Market: "MY", Week: monday, Open: 1},
	}
	if diff := cmp.Diff(want, r.All(), cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
		t.Error(diff)
	}
}

// A rate that is only counted where it is turned on is not there where it is off; tracking counts what is complete.
func TestRatesByRules(t *testing.T) {
	acknowledge := order.Rule{ID: "acknowledge", Start: order.Placed, End: order.Acknowledged, Limit: order.Limit{N: 24, Unit: order.Hours}, Consequence: order.PointsLost, Off: true}
	first := order.Rule{ID: "first-tracking", Start: order.Departed, End: order.FirstTracked, Limit: order.Limit{N: 24, Unit: order.Hours}, Consequence: order.Incomplete}
	tracked := func(after int) *order.Facts {
		out := friday.Add(-60 * time.Hour)
		return going("MY", time.Time{}, time.Time{}, time.Time{}, map[order.Point]time.Time{order.Placed: out, order.Acknowledged: out.Add(25 * time.Hour), order.Departed: out,
			order.FirstTracked: out.Add(time.Duration(after) * time.Hour)})
	}
	for _, on := range [][]string{nil, {"*"}} {
		acknowledge.OnFor = on
		r := report.NewRates(&order.Rules{List: []order.Rule{acknowledge, first}, Near: 0.25}, plain{}, friday, 4)
		for _, after := range []int{2, 3, 4, 30} {
			r.Add(tracked(after))
		}
		all := r.All()
		if len(all) != 1+len(on) {
			t.Fatalf("%v: %+v", on, all)
		}
		tracking := all[len(all)-1]
		if share, known := tracking.Share(); tracking.Of != report.Tracking || share != 0.75 || !known || !tracking.Breaks() {
			t.Errorf("%+v", tracking)
		}
		if len(on) > 0 {
			if share, _ := all[0].Share(); all[0].Of != report.LateAcknowledgement || share != 1 || !all[0].Breaks() {
				t.Errorf("%+v", all[0])
			}
		}
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		rate report.Rate
		want bool
	}{
		{report.Rate{Of: report.LateAcknowledgement, InTime: 95, Late: 5}, false}, {report.Rate{Of: report.LateAcknowledgement, InTime: 94, Late: 6}, true},
		{report.Rate{Of: report.Tracking, InTime: 85, Late: 15}, false}, {report.Rate{Of: report.Tracking, InTime: 84, Late: 16}, true},
		{report.Rate{Of: report.LateDispatch, Late: 100}, false}, {report.Rate{Of: report.Tracking}, false},
	} {
		if got := c.rate.Breaks(); got != c.want {
			t.Errorf("%+v breaks the limit: %v", c.rate, got)
		}
	}
}
