package report

import (
	"cmp"
	"slices"
	"time"

	"packbench/internal/order"
)

// RateID names a rate the platform watches (fulfilment rules 2, Rates watched).
type RateID string

// The rates. Each is the share of the parcels whose time fell into a week that were late, but Tracking: the share of those that were tracked as they are to be.
const (
	LateAcknowledgement RateID = "late_acknowledgement" // only where a shop turned that clock on
	LateDispatch        RateID = "late_dispatch"        // rts_sla_time, the platform's measure (platform API 3.3), else the clock ready
	LateCollection      RateID = "late_collection"      // tts_sla_time, else the clocks collected and dispatched
	LateDelivery        RateID = "late_delivery"
	Tracking            RateID = "tracking"
)

// RateIDs are all rates.
var RateIDs = []RateID{LateAcknowledgement, LateDispatch, LateCollection, LateDelivery, Tracking}

// rateOf is the rate that a clock is part of.
var rateOf = map[order.RuleID]RateID{
	"acknowledge": LateAcknowledgement, "ready": LateDispatch, "us-ready": LateDispatch,
	"collected": LateCollection, "us-collected": LateCollection, "dispatched": LateCollection, "us-self-ship": LateCollection, "collected-after-ack": LateCollection,
	"delivered": LateDelivery, "first-tracking": Tracking, "tracking-gap": Tracking, "tracking-nodes": Tracking,
}

// Bound is a limit of the platform.
type Bound struct {
	Share   float64 // from 0 to 1
	AtLeast bool    // the share must not fall below it; else it must not rise above it
	// Score tells that the platform holds a score of its own against it, which is made in a way nobody tells: our share is what of it is known.
	Score  bool
	Source string
}

// Bounds are the limits that have a figure (fulfilment rules 2, Rates watched). Of late dispatch two bad weeks stop new listings, but no source says what a bad week is;
// late delivery carries LateDeliveryWeight of the service score, whose limit is ServiceScoreLimit, and the API tells nothing of the rest of it.
var Bounds = map[RateID]Bound{
	LateAcknowledgement: {Share: 0.05, Source: "S4"},
	Tracking:            {Share: 0.85, AtLeast: true, Score: true, Source: "S4"},
}

// What is known of the logistics service score (fulfilment rules 2, Rates watched, S4).
const (
	LateDeliveryWeight = 0.40
	ServiceScoreLimit  = 75
)

// Rate is how the parcels of a market fared whose time fell into a week.
type Rate struct {
	Of     RateID
	Market order.Market
	Week   time.Time // Monday's midnight in the market's zone
	InTime int
	Late   int
	// Unknown are those of which nobody told when they came there: the state says that they did. Open are those whose time is not over.
	Unknown, Open int
}

// Share is the late ones, of Tracking those in time, as a share of the decided; false where none is decided.
func (r Rate) Share() (float64, bool) {
	decided := r.Late + r.InTime
	if decided == 0 {
		return 0, false
	}
	if r.Of == Tracking {
		return float64(r.InTime) / float64(decided), true
	}
	return float64(r.Late) / float64(decided), true
}

// Breaks tells whether the rate is beyond the platform's limit.
func (r Rate) Breaks() bool {
	bound, has := Bounds[r.Of]
	share, known := r.Share()
	return has && known && (bound.AtLeast && share < bound.Share || !bound.AtLeast && share > bound.Share)
}

// Rates counts parcels into rates. NewRates makes one.
type Rates struct {
	rules    *order.Rules
	calendar order.Calendar
	now      time.Time
	since    time.Time
	found    map[rateKey]*Rate
}

type rateKey struct {
	of     RateID
	market order.Market
	week   int64
}

// NewRates begins to count the rates of the weeks before a moment, its own among them.
func NewRates(rules *order.Rules, calendar order.Calendar, now time.Time, weeks int) *Rates {
	return &Rates{rules: rules, calendar: calendar, now: now, since: now.AddDate(0, 0, -7*weeks), found: map[rateKey]*Rate{}}
}

// longestAgo is how long before its last clock is due an order was placed at the most: a pre-order may lie 30 working days ahead.
const longestAgo = 60 * 24 * time.Hour

// outcome is how a parcel fared at a rate; the larger one stands.
type outcome int

const (
	inTime outcome = iota
	open
	unknown
	late
)

// Add takes in a parcel. A rate counts it once, in the week its first clock of that rate was due. Cancelled ones have no clocks: whether one was cancelled for being late is
// not told.
func (r *Rates) Add(f *order.Facts) {
	placed := f.Mark(order.Placed).Time()
	if !placed.IsZero() && placed.Before(r.since.Add(-longestAgo)) {
		return
	}
	course := f.Course()
	outcomes, due := map[RateID]outcome{}, map[RateID]time.Time{}
	for _, clock := range r.rules.Clocks(&course, f.SKUs, r.calendar, r.now) {
		id, counted := rateOf[clock.ID]
		if !counted {
			continue
		}
		if before, known := due[id]; !known || clock.Due.Before(before) {
			due[id] = clock.Due
		}
		outcomes[id] = max(outcomes[id], outcomeOf(clock))
	}
	for id, came := range outcomes {
		r.count(id, &course, due[id], came)
	}
}

func outcomeOf(c order.Clock) outcome {
	switch {
	case c.State == order.Missed, c.MetLate():
		return late
	case c.State != order.Met:
		return open
	case c.Ended.IsZero():
		return unknown
	}
	return inTime
}

func (r *Rates) count(id RateID, course *order.Course, due time.Time, came outcome) {
	week := weekOf(due.In(r.calendar.Zone(course.Market, course.WarehouseID)))
	if week.Before(weekOf(r.since.In(week.Location()))) || week.After(r.now) {
		return
	}
	key := rateKey{id, course.Market, week.Unix()}
	rate := r.found[key]
	if rate == nil {
		rate = &Rate{Of: id, Market: course.Market, Week: week}
		r.found[key] = rate
	}
	switch came {
	case late:
		rate.Late++
	case unknown:
		rate.Unknown++
	case open:
		rate.Open++
	default:
		rate.InTime++
	}
}

// weekOf is the midnight of the Monday of a moment's week, in its zone.
func weekOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
}

// All are the rates there are, by market, then in the order of RateIDs, the oldest week first.
func (r *Rates) All() (all []Rate) {
	for _, rate := range r.found {
		all = append(all, *rate)
	}
	slices.SortFunc(all, func(a, b Rate) int {
		return cmp.Or(cmp.Compare(a.Market, b.Market), cmp.Compare(slices.Index(RateIDs, a.Of), slices.Index(RateIDs, b.Of)), a.Week.Compare(b.Week))
	})
	return all
}
