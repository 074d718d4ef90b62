package rules_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"packbench/internal/calendar"
	"packbench/internal/order"
	"packbench/internal/rules"
)

// Over 10,000 random orders, whatever happened to them here, and random moments: every clock of an open parcel is in one state, that which its due moment says; a family
// has one clock; a missed one has one cause, which is that of its parcel; what is listed is what is missed or due; and the parcels by cause add up to all of them.
func TestEveryParcelIsInOnePlace(t *testing.T) {
	r, err := rules.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.List { // those that are off by default too
		if r.List[i].Off {
			r.List[i].OnFor = []string{"S1"}
		}
	}
	random := rand.New(rand.NewPCG(7, 2026))
	states, causes, open, none := map[order.ClockState]int{}, map[order.Cause]int{}, 0, 0
	for n := range 10_000 {
		f := anyParcel(random, n)
		now := f.Mark(order.Placed).Time().Add(time.Duration(random.IntN(14*24*60)) * time.Minute)
		course := f.Course()
		clocks := r.Clocks(&course, f.SKUs, r.Calendar, now)
		if course.Ended {
			if len(clocks) > 0 {
				t.Fatalf("%d: clocks of a parcel that ended: %v", n, clocks)
			}
			continue
		}
		open++
		if len(clocks) == 0 {
			none++
		}
		cause := f.Cause(clocks, now)
		if !slices.Contains(order.Causes, cause) {
			t.Fatalf("%d: cause %q", n, cause)
		}
		causes[cause]++
		oneOfAFamily(t, r, clocks)
		for _, c := range clocks {
			states[c.State]++
			ended, over := c.State == order.Met, now.Sub(c.Due)
			if !ended && (c.State == order.Missed && over <= 0 || c.State == order.Running && over > 0 || c.State != order.Missed && over > grace) {
				t.Fatalf("%d: %+v is %s at %s", n, c, c.State, now)
			}
		}
		by := now.Add(time.Duration(random.IntN(48)) * time.Hour)
		listed := r.Owing(f, r.Calendar, now, by)
		wanted := 0
		for _, c := range clocks {
			if c.State == order.Missed || c.State != order.Met && by.After(now) && !c.Due.After(by) {
				wanted++
			}
		}
		if len(listed) != wanted {
			t.Fatalf("%d: %d listed of %d", n, len(listed), wanted)
		}
		for _, d := range listed {
			owner, next := d.Cause.ToDo()
			if d.Cause != cause || owner == "" || next == "" {
				t.Fatalf("%d: cause %q of a parcel whose cause is %q, %q does %q", n, d.Cause, cause, owner, next)
			}
		}
	}
	sum := 0
	for _, n := range causes {
		sum += n
	}
	if sum != open || none > open/10 {
		t.Errorf("%d parcels by cause of %d, %d without a clock", sum, open, none)
	}
	for _, s := range []order.ClockState{order.Met, order.Running, order.Near, order.Missed} {
		if states[s] < 100 {
			t.Errorf("only %d clocks are %s", states[s], s)
		}
	}
	for _, c := range order.Causes {
		if causes[c] == 0 {
			t.Errorf("no parcel of 10,000 has the cause %s", c)
		}
	}
	t.Log(open, "open parcels,", fmt.Sprint(states), fmt.Sprint(causes))
}

// grace is the longest there is: that of a delivery, a natural day, which may have an hour more (fulfilment rules 2, delivered).
const grace = 25 * time.Hour

// oneOfAFamily tells where two clocks are of one family.
func oneOfAFamily(t *testing.T, r *rules.Rules, clocks []order.Clock) {
	t.Helper()
	family := map[order.RuleID]order.RuleID{"auto-cancel-ready": "us-auto-cancel-ready"}
	for _, rule := range r.List {
		if rule.Family != "" {
			family[rule.ID] = rule.Family
		}
	}
	seen := map[order.RuleID]order.RuleID{}
	for _, c := range clocks {
		of := c.ID
		if family[of] != "" {
			of = family[of]
		}
		if seen[of] != "" {
			t.Fatalf("%s and %s are of one family", seen[of], c.ID)
		}
		seen[of] = c.ID
	}
}

// anyParcel is a parcel of an order in any market, state and age, with any work done.
func anyParcel(random *rand.Rand, n int) *order.Facts {
	pick := func(of ...order.Status) order.Status { return of[random.IntN(len(of))] }
	sometimes := func(one int) bool { return random.IntN(one) == 0 }
	markets := calendar.Markets()
	placed := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(330*24*3600)) * time.Second)
	after := func(from time.Time, hours int) time.Time {
		return from.Add(time.Duration(random.IntN(hours*3600)) * time.Second)
	}
	o := order.Order{
		ID: fmt.Sprint(n), ShopID: fmt.Sprint("S", 1+random.IntN(2)), Market: markets[random.IntN(len(markets))], CreatedAt: placed, WentThroughHold: true,
		ShippingType: order.ByPlatform, Lines: []order.Line{{ID: "1", SKUID: "A"}, {ID: "2", SKUID: "B"}}, PackageIDs: []string{fmt.Sprint("P", n)},
		Status: pick(order.Unpaid, order.OnHold, order.AwaitingShipment, order.AwaitingShipment, order.AwaitingShipment, order.AwaitingCollection, order.AwaitingCollection, order.InTransit, order.InTransit, order.Delivered,
			order.Completed, order.Cancelled),
	}
	if sometimes(4) {
		o.ShippingType = order.BySeller
	}
	if o.Market == "BR" && sometimes(3) {
		o.Invoice = "NEED_INVOICE"
	}
	if sometimes(8) {
		o.Type, o.ReleaseAt = order.PreOrder, placed.AddDate(0, 0, 3+random.IntN(27))
	}
	if o.Status != order.Unpaid && !sometimes(10) {
		o.PaidAt = after(placed, 4)
	}
	switch o.Status {
	case order.Delivered, order.Completed:
		o.DeliveredAt = after(placed, 200)
		fallthrough
	case order.InTransit:
		o.CollectedAt = after(placed, 100)
		if !sometimes(3) {
			o.Transit.First, o.Transit.Last = o.CollectedAt, after(o.CollectedAt, 90)
		}
		if sometimes(6) {
			o.Transit.FailedAt = o.Transit.Last
		}
		fallthrough
	case order.AwaitingCollection:
		o.ArrangedAt = after(placed, 60)
	case order.AwaitingShipment:
		if o.CancelRequested = sometimes(5); o.CancelRequested {
			o.CancelRequestedAt = after(placed, 40)
		}
	}
	for _, at := range []*time.Time{&o.Times.ArrangeBy, &o.Times.CollectBy, &o.Times.DeliverBy, &o.Times.ArrangeOrCancelBy, &o.Times.CollectOrCancelBy} {
		if sometimes(3) {
			*at = after(placed, 240)
		}
	}
	p := order.Parcels([]order.Order{o}, placed.AddDate(1, 0, 0))[0]
	f := p.Facts()
	f.Abroad, f.Here = sometimes(2), anyWork(random)
	if f.Here.Confirmed && sometimes(2) && f.Standing != order.Held {
		f.Pass(order.Departed, order.MomentOf(after(placed, 100)))
	}
	return &f
}

// anyWork is how far a parcel may be at the bench.
func anyWork(random *rand.Rand) order.Here {
	return []order.Here{{}, {}, {Taken: 1}, {Taken: 2}, {Taken: 2, Label: order.Queued}, {Taken: 2, Label: order.Sent}, {Taken: 2, Label: order.Seen, Confirmed: true},
		{Parked: true, Lacks: "A"}, {Sorted: 1}, {Arranged: true}}[random.IntN(10)]
}
