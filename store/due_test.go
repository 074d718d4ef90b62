package store

import (
	"cmp"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"packbench/internal/order"
)

// someRules are enough to set clocks by: from the order, from what the carrier said, from a buyer's wish.
var someRules = &order.Rules{Near: 0.25, List: []order.Rule{
	{ID: "ready", Start: order.Paid, End: order.ReadyToGo, Limit: order.Limit{N: 48, Unit: order.Hours}},
	{ID: "tracking-gap", Start: order.LastTracked, End: order.AtBuyer, Limit: order.Limit{N: 48, Unit: order.Hours}},
	{ID: "cancel-answer", Start: order.CancelAsked, End: order.Answered, Limit: order.Limit{N: 48, Unit: order.Hours}},
}}

// noHoliday is a calendar of working days alone.
type noHoliday struct{}

func (noHoliday) Zone(order.Market, string) *time.Location      { return time.UTC }
func (noHoliday) Works(order.Market, int, time.Month, int) bool { return true }

// dueAsComputed compares what is due, as it is kept in order, with what each parcel's own clocks say.
func dueAsComputed(t *rapid.T, s *Store) {
	type row struct {
		at  time.Time
		key order.ParcelKey
	}
	var want, got []row
	by := noon.Add(time.Duration(rapid.IntRange(0, 96).Draw(t, "by")) * time.Hour)
	next := func(f *order.Facts) time.Time {
		course := f.Course()
		return someRules.NextDue(&course, f.SKUs, noHoliday{})
	}
	if err := s.Parcels(func(f *order.Facts) {
		if at := next(f); !at.IsZero() && !at.After(by) {
			want = append(want, row{at, f.Key})
		}
	}); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(want, func(a, b row) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.key, b.key)) })
	if err := s.Due(someRules, noHoliday{}, by, func(f *order.Facts) { got = append(got, row{next(f), f.Key}) }); err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(row{})); diff != "" {
		t.Fatal("due by", by, diff)
	}
}

// What is due changes with the order, with the carrier's word, with the platform's answer time, and with the rules.
func TestWhatIsDue(t *testing.T) {
	s := open1(t)
	o := make1("O1", "P1", "tee")
	o.Times, o.PaidAt, o.WentThroughHold = order.PlatformTimes{}, noon.Add(-time.Hour), true
	first := func(rules *order.Rules) time.Time {
		t.Helper()
		var at time.Time
		if err := s.Due(rules, noHoliday{}, noon.AddDate(1, 0, 0), func(f *order.Facts) {
			course := f.Course()
			at = rules.NextDue(&course, f.SKUs, noHoliday{})
		}); err != nil {
			t.Fatal(err)
		}
		return at
	}
	step := func(what string, err error, rules *order.Rules, want time.Time) {
		t.Helper()
		if err != nil {
			t.Fatal(what, err)
		}
		if got := first(rules); !got.Equal(want) {
			t.Errorf("%s: due %s, want %s", what, got, want)
		}
	}
	step("paid", s.SaveOrders([]order.Order{o}, noon), someRules, o.PaidAt.Add(48*time.Hour))
	longer := *someRules
	longer.List = []order.Rule{{ID: "ready", Start: order.Paid, End: order.ReadyToGo, Limit: order.Limit{N: 72, Unit: order.Hours}}}
	step("another rule", nil, &longer, o.PaidAt.Add(72*time.Hour))

	o.CancelRequested, o.CancelRequestedAt, o.UpdatedAt = true, noon, noon.Add(time.Minute)
	step("a wish to cancel", s.SaveOrders([]order.Order{o}, noon), someRules, o.PaidAt.Add(48*time.Hour))
	asked := order.Cancellation{ID: "C1", OrderID: "O1", Type: order.CancelByBuyer, Status: order.CancelRequestPending, CreatedAt: noon, AnswerBy: noon.Add(24 * time.Hour)}
	step("the platform's time to answer", s.SaveCancellations([]order.Cancellation{asked}), someRules, asked.AnswerBy)

	o.CancelRequested, o.Status, o.CollectedAt, o.UpdatedAt = false, order.InTransit, noon.Add(time.Hour), noon.Add(2*time.Hour)
	step("collected", s.SaveOrders([]order.Order{o}, noon), someRules, o.CollectedAt.Add(48*time.Hour))
	said := order.TrackingEvent{At: noon.Add(20 * time.Hour), Text: "on its way"}
	step("the carrier's word", s.SaveTracking("O1", []order.TrackingEvent{said}, order.Transit{First: said.At, Last: said.At}, noon), someRules, said.At.Add(48*time.Hour))

	o.Status, o.UpdatedAt = order.Delivered, noon.Add(30*time.Hour)
	step("delivered", s.SaveOrders([]order.Order{o}, noon), someRules, time.Time{})
}
