package order

import (
	"slices"
	"time"
)

// RuleID names a rule, and the clock it sets (fulfilment rules 2, id).
type RuleID string

// LimitUnit is what a limit counts in.
type LimitUnit string

// The units. Running hours are the same everywhere; days end at the same time of day in the market's zone.
const (
	Hours       LimitUnit = "h"
	WorkingDays LimitUnit = "wd"
	Days        LimitUnit = "d" // natural days
)

// Limit is how long something may take.
type Limit struct {
	N    int
	Unit LimitUnit
}

// Standard is the kind of order a rule may be for beside PreOrder: every order that is none (platform API 3.3, order_type).
const Standard = "STANDARD"

// CrossBorder is the seller a rule may be for (platform API 1.5, seller_type).
const CrossBorder = "CROSS_BORDER"

// Consequence is what happens when a clock is missed.
type Consequence string

// The consequences.
const (
	CountsLate      Consequence = "late"           // it counts as late, and lowers the shop's rates
	IsCancelled     Consequence = "cancelled"      // the platform cancels and refunds
	CancelFlow      Consequence = "cancel_flow"    // the platform's countdown to cancel it begins
	PointsLost      Consequence = "points"         // cancelled, and points are lost
	Incomplete      Consequence = "incomplete"     // the rate of complete tracking falls
	RefundOpened    Consequence = "refund"         // the buyer gets the money back
	NotSentAgain    Consequence = "not_sent_again" // it cannot be sent again
	ToAppeal        Consequence = "appeal"         // appeal with the stamped receipt
	ToAskCarrier    Consequence = "ask_carrier"
	TrackingStopped Consequence = "uploads_fail" // tracking numbers do not reach the platform any more, and nothing says so
)

// Consequences are all consequences.
var Consequences = []Consequence{CountsLate, IsCancelled, CancelFlow, PointsLost, Incomplete, RefundOpened, NotSentAgain, ToAppeal, ToAskCarrier, TrackingStopped}

// Rule is one row of the rules: what must follow what within how long, for which orders (fulfilment rules 2).
type Rule struct {
	ID RuleID
	// Family are the rules of which one order has one at most: the one that is made most for it. The rule's own id where it is empty.
	Family  RuleID
	Markets []Market // none: every market but Except
	Except  []Market
	Mode    ShippingType // empty: both
	Type    string       // Standard, PreOrder, or empty: both
	Seller  string       // CrossBorder, or empty: all
	// From and Until are the first moment and the first moment after it that orders are placed in for which it is valid; zero: no such.
	From, Until time.Time
	Start, End  Point
	// After is the clock whose running out starts this one, once Start was passed.
	After RuleID
	Limit Limit
	// Grace is how long after its due moment it is not yet missed (delivered: 24 h). The platform's own times know none.
	Grace       Limit
	Consequence Consequence
	// Sources are where it comes from, the newest last; SourceAt is the newest one's date.
	Source   string
	SourceAt time.Time
	// Off tells that it is only for the shops in OnFor ("*": every one) that turned it on.
	Off   bool
	OnFor []string
}

// family is what the rule stands in for.
func (r *Rule) family() RuleID {
	if r.Family == "" {
		return r.ID
	}
	return r.Family
}

// Applies tells whether the rule is for a course.
func (r *Rule) Applies(c *Course) bool {
	placed := c.Mark(Placed).Time()
	switch {
	case len(r.Markets) > 0 && !slices.Contains(r.Markets, c.Market), slices.Contains(r.Except, c.Market):
		return false
	case r.Mode != "" && r.Mode != c.Mode, r.Type == Standard && c.PreOrder, r.Type == PreOrder && !c.PreOrder, r.Seller == CrossBorder && !c.Abroad:
		return false
	case !r.From.IsZero() && placed.Before(r.From), !r.Until.IsZero() && !placed.Before(r.Until):
		return false
	}
	return !r.Off || slices.Contains(r.OnFor, "*") || slices.Contains(r.OnFor, c.ShopID)
}

// closer tells whether a rule comes before another of its family: market, mode and type beat market, which beats none of them; then the newest source, then the
// newest validity (fulfilment rules 2, "Which rule").
func (r *Rule) closer(other *Rule) bool {
	if mine, its := r.closeness(), other.closeness(); mine != its {
		return mine > its
	}
	if c := r.SourceAt.Compare(other.SourceAt); c != 0 {
		return c > 0
	}
	return r.From.After(other.From)
}

func (r *Rule) closeness() (n int) {
	for _, is := range []bool{len(r.Markets) > 0, r.Mode != "", r.Type != ""} {
		if n *= 2; is {
			n++
		}
	}
	return n
}

// Extension lengthens a clock for orders of a region and of some days (fulfilment rules 2, Extensions). A supervisor enters it.
type Extension struct {
	Clock     RuleID
	Market    Market // empty: every market
	Warehouse string // empty: every warehouse
	SKU       string // empty: every article; else parcels with a piece of it
	From      time.Time
	Until     time.Time // the first moment after it
	Add       Limit
	Why       string
}

// Applies tells whether it lengthens the clocks of a course with pieces of these articles.
func (e Extension) Applies(c *Course, skus []string) bool {
	placed := c.Mark(Placed).Time()
	return (e.Market == "" || e.Market == c.Market) && (e.Warehouse == "" || e.Warehouse == c.WarehouseID) && (e.SKU == "" || slices.Contains(skus, e.SKU)) &&
		!placed.Before(e.From) && placed.Before(e.Until)
}

// TimeOfDay is an hour of the day in minutes.
type TimeOfDay int

// Rules are all rules that hold at a bench.
type Rules struct {
	List       []Rule
	Extensions []Extension
	// CutOffs are the daily hours by shop until which orders are shipped the same day, in the market's zone (fulfilment rules 2, Cut-off).
	CutOffs map[string]TimeOfDay
	// Near is the share of a limit, from 0 to 1, that is left when its clock begins to be near.
	Near float64
}

// Calendar knows the working days and zones of markets.
type Calendar interface {
	// Zone is where a market's days begin and end; a warehouse's own where one is set.
	Zone(m Market, warehouse string) *time.Location
	// Works tells whether a day, of which the time of day does not count, is a working day of a market.
	Works(m Market, year int, month time.Month, day int) bool
}

// add is the moment a limit ends that starts at a moment. Working days that start on a day off count from the next working day.
func (l Limit) add(start time.Time, c *Course, cal Calendar) time.Time {
	if l.N == 0 {
		return start
	}
	if l.Unit == Hours {
		return start.Add(time.Duration(l.N) * time.Hour)
	}
	at := start.In(cal.Zone(c.Market, c.WarehouseID))
	if l.Unit == Days {
		return at.AddDate(0, 0, l.N).UTC()
	}
	days := 0
	for left := l.N; left > 0 && days < 3660; {
		days++
		if day := at.AddDate(0, 0, days); cal.Works(c.Market, day.Year(), day.Month(), day.Day()) {
			left--
		}
	}
	return at.AddDate(0, 0, days).UTC()
}
