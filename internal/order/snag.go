package order

import (
	"cmp"
	"slices"
	"time"
)

// Snag is what is wrong with a parcel that has left: the first of Snags that applies.
type Snag string

// The snags, in the order in which they are looked at.
const (
	SnagLost      Snag = "lost"            // a supervisor said so, or the carrier has been silent for longer than Patience.Lost
	SnagFailed    Snag = "delivery_failed" // the carrier cannot deliver it
	SnagUnscanned Snag = "no_carrier_scan" // handed over, and the carrier has not scanned it (rules 2, first-tracking)
	SnagLostTouch Snag = "tracking_silent" // the carrier has it and is silent for longer than may be: a logistics exception (rules 2, tracking-gap)
	SnagQuiet     Snag = "tracking_quiet"  // the same, for longer than is expected
	SnagLate      Snag = "delivery_late"   // it is not delivered and should be (rules 2, delivered)
	SnagNodes     Snag = "nodes_missing"   // the carrier went on without telling of a node that parcels from abroad are to pass (rules 2, tracking-nodes)
)

// Snags are all snags in their order.
var Snags = []Snag{SnagLost, SnagFailed, SnagUnscanned, SnagLostTouch, SnagQuiet, SnagLate, SnagNodes}

// The clocks that snags are read from (fulfilment rules 2, id).
const (
	firstTracking RuleID = "first-tracking"
	trackingGap   RuleID = "tracking-gap"
	deliveredBy   RuleID = "delivered"
	redeliverBy   RuleID = "redelivery"
)

// Remedy is what is to be done about a snag next.
type Remedy string

// The remedies (rules 3, tracking check and loss; rules 2, redelivery).
const (
	RemedyAsk       Remedy = "ask_carrier"   // whether it has the parcel
	RemedyCompare   Remedy = "compare_track" // with the carrier's own; what the carrier has and the platform has not goes into a ticket
	RemedyLogin     Remedy = "renew_consent" // the seller's authorisation has ended: tracking does not reach the platform
	RemedyWatch     Remedy = "wait"          // something was filed, and the platform has to answer
	RemedyRedeliver Remedy = "redeliver"     // file the request
	RemedySettle    Remedy = "settle"        // it cannot be sent again: settle it with the buyer
	RemedyClaim     Remedy = "claim"         // from the platform's logistics
	RemedyTellBuyer Remedy = "tell_buyer"
)

// Snagged is a parcel with a snag.
type Snagged struct {
	Facts *Facts
	Snag  Snag
	// Since is when it began: when the carrier spoke last, when the parcel was to be delivered. Due is when what can still be done is over, or what is
	// not expected turns into an exception; zero where neither is.
	Since, Due time.Time
	Remedy     Remedy
	// Missing are the nodes nobody told of, of SnagNodes.
	Missing []Node
}

// Patience is what no rule says and no clock knows.
type Patience struct {
	// Lost is for how long a carrier is silent of a parcel that counts as lost then; 0: only a supervisor says so.
	Lost time.Duration
	// NoConsent tells that the seller's authorisation has ended.
	NoConsent bool
}

// OnItsWay tells whether the parcel has left and is neither delivered nor cancelled.
func (f *Facts) OnItsWay() bool {
	return f.Standing != Gone && !f.Passed(AtBuyer) && (f.Passed(Departed) || f.Passed(InCarriage))
}

// Snagged tells what is wrong with a parcel that has left, by its clocks as they stand at a moment; false where nothing is, where it has not left, and where it has
// arrived.
func (f *Facts) Snagged(clocks []Clock, p Patience, now time.Time) (Snagged, bool) {
	if !f.OnItsWay() {
		return Snagged{}, false
	}
	of := func(id RuleID) Clock {
		if i := slices.IndexFunc(clocks, func(c Clock) bool { return c.ID == id }); i >= 0 {
			return clocks[i]
		}
		return Clock{}
	}
	spoke := cmp.Or(max(f.Mark(LastTracked), f.Mark(InCarriage)), f.Mark(Departed)).Time()
	gap, late := of(trackingGap), of(deliveredBy)
	s := Snagged{Facts: f, Since: spoke}
	switch {
	case f.Here.LostAt != 0:
		s.Snag, s.Since = SnagLost, f.Here.LostAt.Time()
	case f.Passed(CannotArrive):
		s.Snag, s.Since = SnagFailed, f.Mark(CannotArrive).Time()
		if c := of(redeliverBy); c.State != Met {
			s.Due = c.Due
		}
	case p.Lost > 0 && !spoke.IsZero() && now.Sub(spoke) > p.Lost:
		s.Snag = SnagLost
	case of(firstTracking).State == Missed:
		s.Snag, s.Since = SnagUnscanned, f.Mark(Departed).Time()
	case gap.State == Missed:
		s.Snag = SnagLostTouch
	case gap.ID != "" && gap.State != Met && now.After(gap.Due):
		s.Snag, s.Due = SnagQuiet, gap.late
	case late.State == Missed:
		s.Snag, s.Since = SnagLate, late.Due
	case f.Abroad && len(f.Nodes.skipped()) > 0:
		s.Snag, s.Missing = SnagNodes, f.Nodes.skipped()
	default:
		return Snagged{}, false
	}
	s.Remedy = s.remedy(p, now)
	return s, true
}

// remedy is the next step of the path to mend it (rules 3, tracking check).
func (s *Snagged) remedy(p Patience, now time.Time) Remedy {
	f := s.Facts
	switch s.Snag {
	case SnagLost:
		return RemedyClaim
	case SnagFailed:
		switch {
		case f.Passed(Refiled):
			return RemedyWatch
		case !s.Due.IsZero() && now.After(s.Due):
			return RemedySettle
		}
		return RemedyRedeliver
	case SnagUnscanned:
		return RemedyAsk
	case SnagLate:
		return RemedyTellBuyer
	}
	switch {
	case p.NoConsent:
		return RemedyLogin
	case f.Here.TicketAt > max(f.Mark(LastTracked), f.Mark(InCarriage)):
		return RemedyWatch
	}
	return RemedyCompare
}

// passedAbroad are the nodes that parcels from abroad are to pass, in their order (rules 2, tracking-nodes).
var passedAbroad = []Node{ExportCustoms, Entry, OutForDelivery}

// skipped are the nodes nobody told of though a later one was told.
func (n Nodes) skipped() (missing []Node) {
	for i, node := range passedAbroad {
		later := append(slices.Clone(passedAbroad[i+1:]), BroughtToBuyer, Attempted, Undeliverable)
		if !n.Has(node) && slices.ContainsFunc(later, n.Has) {
			missing = append(missing, node)
		}
	}
	return missing
}

// MoreSnagged sorts snags: where something can be done until a moment, the earlier first; then in the order of Snags, who has waited longest first.
func MoreSnagged(a, b Snagged) int {
	return cmp.Or(compareTimes(a.Due, b.Due), cmp.Compare(slices.Index(Snags, a.Snag), slices.Index(Snags, b.Snag)), a.Since.Compare(b.Since),
		cmp.Compare(a.Facts.Key, b.Facts.Key))
}

// mostPaid is what the platform's logistics pays for a lost parcel at most, in hundredths of a US dollar (rules 3, loss, S4).
const mostPaid = 100_00

// Claim is what can be had for a lost parcel, in hundredths of a US dollar. known is false where its value is in another currency: the platform converts it. Only the
// platform's own logistics pays.
func (f *Facts) Claim() (cents int64, known bool) {
	if f.Currency != "USD" || f.Shipping != ByPlatform {
		return 0, f.Shipping != ByPlatform
	}
	return min(f.Value, mostPaid), true
}

// What a supervisor sees to after a parcel has left.
const (
	RedeliveryFiled EventKind = "redelivery_filed" // the request to deliver Order again was filed at the platform: once per order
	TicketFiled     EventKind = "ticket_filed"     // a ticket about tracking that does not reach the platform was filed
	SaidLost        EventKind = "said_lost"        // a supervisor gives the parcel up
	FoundAgain      EventKind = "found_again"      // and was wrong
)

// withSnag is the work once an event about a parcel that has left has happened.
func (w Work) withSnag(e Event) Work {
	switch e.Kind {
	case RedeliveryFiled:
		w.Refiled = append(slices.Clone(w.Refiled), e.Order)
		w.RefiledAt = e.At
	case TicketFiled:
		w.TicketAt = e.At
	case SaidLost:
		w.LostAt = e.At
	case FoundAgain:
		w.LostAt = time.Time{}
	}
	return w
}

// Happened takes in what happened to the parcel here.
func (f *Facts) Happened(w Work) {
	f.Here = w.Here()
	if len(w.Refiled) > 0 {
		f.Pass(Refiled, MomentOf(w.RefiledAt))
	}
}
