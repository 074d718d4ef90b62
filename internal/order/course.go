package order

import (
	"fmt"
	"time"
)

// Moment is a time in whole seconds of Unix, which is what the platform sends; 0 is none. Rows of all parcels hold many of them, and one is a third of a time.Time.
type Moment int64

// MomentOf is a time as a Moment.
func MomentOf(t time.Time) Moment {
	if t.IsZero() {
		return 0
	}
	return Moment(t.Unix())
}

// Time is the moment as a time in UTC, the zero time where there is none.
func (m Moment) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.Unix(int64(m), 0).UTC()
}

// Point is a point in the life of a parcel, or of what a shop has to see to, at which clocks start and end.
type Point uint8

// The points.
const (
	NoPoint Point = iota
	Placed
	Paid
	Acknowledged // the API does not tell: arranging shipment stands in for it (fulfilment rules 1)
	ReadyToGo    // shipment is arranged: AWAITING_COLLECTION
	InCarriage   // IN_TRANSIT
	AtBuyer      // DELIVERED
	ShipDate     // the day a pre-order is expected to be shipped on: its release_date (platform API 3.3)
	CancelAsked
	Answered
	Departed // scanned onto a hand-over sheet here
	FirstTracked
	LastTracked
	NodesSeen // export customs, entry into the country and out for delivery are all told
	CannotArrive
	Refiled
	ManifestRead // the scan form of its hand-over was scanned
	PickUpAsked
	PickUpDone
	Authorised
	Renewed
	points
)

// pointNames are what the rules' file calls them.
var pointNames = [points]string{"", "placed", "paid", "acknowledged", "ready", "collected", "delivered", "ship_date", "cancel_asked", "answered", "handed_over",
	"first_tracked", "last_tracked", "nodes_seen", "delivery_failed", "redelivery_filed", "manifest_scanned", "pickup_changed", "pickup_reviewed", "authorised", "renewed"}

// String is the point's name.
func (p Point) String() string { return pointNames[min(p, points-1)] }

// UnmarshalText reads a point's name.
func (p *Point) UnmarshalText(name []byte) error {
	for i, known := range pointNames {
		if known == string(name) {
			*p = Point(i)
			return nil
		}
	}
	return fmt.Errorf("no point is called %q", name)
}

// SLA is a deadline the platform itself sends (platform API 3.3, Times).
type SLA uint8

// The platform's deadlines, as PlatformTimes has them, and that of its answer to a buyer who wants to cancel (platform API 3.9, deadline).
const (
	ArrangeSLA SLA = iota
	CollectSLA
	DeliverSLA
	ArrangeOrCancelSLA
	CollectOrCancelSLA
	AnswerSLA
	slas
)

// Course is what clocks are computed from: what a parcel is, when it came to which point, and the deadlines the platform sent. It is a value: copying it copies all of it.
type Course struct {
	ShopID, WarehouseID string
	Market              Market
	Mode                ShippingType
	PreOrder            bool
	// Abroad tells that the shop's seller does not sit in its market (platform API 1.5, CROSS_BORDER).
	Abroad bool
	// Ended tells that nothing is owed any more whatever the rules say: it is cancelled, or the platform's own warehouse packs it.
	Ended bool
	Passage
}

// Passage is the moments of a course by Point, and the platform's deadlines by SLA.
type Passage struct {
	Moments   [points]Moment
	Deadlines [slas]Moment
	// Reached has the bit of every point that was passed, also where nobody told when. Pass sets it.
	Reached int64
}

// Pass notes that a point was passed, at a moment where that is known.
func (m *Passage) Pass(p Point, at Moment) {
	m.Reached |= 1 << p
	if at != 0 {
		m.Moments[p] = at
	}
}

// Mark is the moment of a point, 0 where it was not passed or nobody told when.
func (m *Passage) Mark(p Point) Moment { return m.Moments[p] }

// Passed tells whether a point was passed.
func (m *Passage) Passed(p Point) bool { return m.Reached&(1<<p) != 0 }

// passage is the points an order has passed, for one of its parcels, and the deadlines the platform sent with it.
func (o Order) passage(key ParcelKey) (m Passage) {
	pass := func(p Point, at time.Time) {
		if !at.IsZero() {
			m.Pass(p, MomentOf(at))
		}
	}
	pass(Placed, o.CreatedAt)
	pass(Paid, o.PaidAt)
	pass(ShipDate, o.ReleaseAt)
	pass(CancelAsked, o.CancelRequestedAt)
	pass(FirstTracked, o.Transit.First)
	pass(LastTracked, o.Transit.Last)
	pass(CannotArrive, o.Transit.FailedAt)
	if o.Transit.Complete() {
		m.Pass(NodesSeen, 0)
	}
	if !o.CancelRequested {
		m.Pass(Answered, 0)
	}
	switch status := o.statusAt(key); status {
	case Unpaid:
	case Delivered, Completed:
		m.Pass(AtBuyer, MomentOf(o.DeliveredAt))
		fallthrough
	case InTransit:
		m.Pass(InCarriage, MomentOf(o.CollectedAt))
		fallthrough
	case AwaitingCollection:
		m.Pass(ReadyToGo, MomentOf(o.ArrangedAt))
		m.Pass(Acknowledged, MomentOf(o.ArrangedAt))
		fallthrough
	default: // what is paid when the parcel arrives has no time of payment
		if m.Pass(Paid, MomentOf(o.PaidAt)); o.PaidAt.IsZero() {
			m.Pass(Paid, MomentOf(o.CreatedAt))
		}
	}
	t := o.Times
	for sla, at := range [...]time.Time{ArrangeSLA: t.ArrangeBy, CollectSLA: t.CollectBy, DeliverSLA: t.DeliverBy, ArrangeOrCancelSLA: t.ArrangeOrCancelBy,
		CollectOrCancelSLA: t.CollectOrCancelBy} {
		m.Deadlines[sla] = MomentOf(at)
	}
	return m
}

// statusAt is the state of one of its parcels.
func (o Order) statusAt(key ParcelKey) Status {
	if o.Status == PartiallyShipping {
		return o.statusOf(key)
	}
	return o.Status
}

// with are the marks of a parcel once one more of its orders is known: what is owed for one of them is owed for the parcel, from the earliest moment on.
func (m Passage) with(other Passage) Passage {
	both := m
	both.Reached = m.Reached & other.Reached
	for i, at := range other.Moments {
		both.Moments[i] = earlier(m.Moments[i], at)
	}
	for i, at := range other.Deadlines {
		both.Deadlines[i] = earlier(m.Deadlines[i], at)
	}
	both.Moments[LastTracked] = max(m.Moments[LastTracked], other.Moments[LastTracked])
	both.Reached |= (m.Reached | other.Reached) & (1<<FirstTracked | 1<<LastTracked | 1<<CannotArrive | 1<<CancelAsked) // told of any of them
	return both
}

func earlier(a, b Moment) Moment {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// Course is what the order's clocks are computed from: that of its parcel where it makes one. abroad tells that the shop's seller does not sit in its market.
func (o Order) Course(abroad bool) Course {
	c := Course{ShopID: o.ShopID, WarehouseID: o.WarehouseID, Market: o.Market, Mode: o.ShippingType, PreOrder: o.Type == PreOrder, Abroad: abroad,
		Ended: o.Status == Cancelled || o.FulfillmentType == FulfillmentByPlatform}
	var key ParcelKey
	if keys := o.ParcelKeys(); len(keys) > 0 {
		key = keys[0]
	}
	c.Passage = o.passage(key)
	return c
}

// Course is what the parcel's clocks are computed from.
func (f *Facts) Course() Course {
	return Course{ShopID: f.ShopID, WarehouseID: f.WarehouseID, Market: f.Market, Mode: f.Shipping, PreOrder: f.PreOrder, Abroad: f.Abroad,
		Ended: f.Standing == Gone || f.Standing == PlatformPacks, Passage: f.Passage}
}
