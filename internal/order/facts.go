package order

import (
	"cmp"
	"time"
)

// Facts are what a parcel is found and chosen by. What lies in it piece by piece, its notes and its history are read with the parcel itself.
type Facts struct {
	Key         ParcelKey
	OrderIDs    []string
	Of          int // how many parcels its order makes
	ShopID      string
	Market      Market
	WarehouseID string
	Provider    string
	Shipping    ShippingType
	Tracking    string
	LastMile    string
	// Tag is split_or_combine_tag (platform API 3.3): COMBINED, SPLIT or empty.
	Tag string
	// Standing is the platform's word. One that is held for the buyer's hour stands as AfterHold says from HeldUntil on.
	Standing  Standing
	HeldUntil time.Time
	AfterHold Standing
	Due       time.Time // the next deadline
	Urgency
	// Passage is what its clocks are computed from, what happened here too. Abroad is as in Course.
	Passage
	Abroad   bool
	Nodes    Nodes    // what carriers told of
	SKUs     []string // one for each piece, in the order of the parcel's units
	Value    int64    // of its pieces as they were sold, in hundredths of Currency
	Currency string   // ISO 4217; empty where the platform tells no prices
	// Gift, Battery and Sample are the platform's word (platform API 3.3, is_gift, is_dangerous_good, is_sample_order) of any of its pieces.
	Note, Gift, Battery, Sample, PreOrder bool
	// ReleaseAt is when handling of a pre-order starts (platform API 3.3, release_date).
	ReleaseAt time.Time
	// WeightG is what its pieces weigh in grams by the catalogue; 0 where the catalogue does not know the weight of each.
	WeightG int
	// Wave is the one it is in, until it is confirmed or the wave undone.
	Wave string
	Here Here
}

// Urgency is what parcels are sorted by (platform API 3.3, Times: tts_sla_time first, fulfillment_priority_level second).
type Urgency struct {
	CollectBy time.Time // tts_sla_time: the carrier must have it by; zero where nothing is owed any more
	Priority  int       // fulfillment_priority_level: 100 instant … 800 cargo; 0 where the platform tells none
	CutOff    time.Time // pick_up_cut_off_time: to be picked up by
}

// with is the urgency of a parcel once one more of its orders is known.
func (u Urgency) with(o Order) Urgency {
	switch o.Status {
	case AwaitingShipment, PartiallyShipping, AwaitingCollection:
		u.CollectBy, u.CutOff = sooner(u.CollectBy, o.Times.CollectBy), sooner(u.CutOff, o.Times.PickUpBy)
	}
	if o.Priority > 0 && (u.Priority == 0 || o.Priority < u.Priority) {
		u.Priority = o.Priority
	}
	return u
}

// Here is how far a parcel is at this bench: its Work in short.
type Here struct {
	Confirmed, Parked, Arranged, Open bool
	Stopped                           Standing
	Label                             LabelState
	Taken, Sorted                     int // pieces in the box, and in its slot
	// TicketAt and LostAt are as in Work.
	TicketAt, LostAt Moment
	// Lacks is the article for want of which it is parked; empty where there is none.
	Lacks string
	// HandedOverAt is when it was scanned onto a hand-over sheet; zero: it was not. Handover is how it is handed over, as far as anybody told.
	HandedOverAt time.Time
	Handover     HandoverMode
}

// Here is the work in short.
func (w Work) Here() Here {
	return Here{
		Confirmed: !w.ConfirmedAt.IsZero(), Parked: !w.Parked.At.IsZero(), Arranged: w.Arranged, Open: w.Open, Stopped: w.Stopped, Label: w.Label.State,
		Taken: len(w.Taken), Sorted: len(w.Sorted), Lacks: w.Parked.SKU,
		HandedOverAt: w.HandedOverAt, Handover: w.Handover,
		TicketAt: MomentOf(w.TicketAt), LostAt: MomentOf(w.LostAt),
	}
}

// Begun tells whether a piece was sorted or taken, or a label queued.
func (h Here) Begun() bool { return h.Taken+h.Sorted > 0 || h.Label != NoLabel || h.Confirmed }

// choose takes in what one more order says of the parcel that it is chosen by.
func (p *Parcel) choose(o Order) {
	p.Urgency = p.Urgency.with(o)
	p.Shipping, p.ReleaseAt, p.Currency = o.ShippingType, later(p.ReleaseAt, o.ReleaseAt), cmp.Or(p.Currency, o.Currency)
	p.PreOrder = p.PreOrder || o.Type == PreOrder
	p.Tag = cmp.Or(p.Tag, o.Tag)
	p.Nodes |= o.Transit.Nodes
	if o.Status == Cancelled {
		return // its pieces are out of the parcel, and with them what was owed for them
	}
	if passage := o.passage(p.Key); p.Passage == (Passage{}) {
		p.Passage = passage
	} else {
		p.Passage = p.Passage.with(passage)
	}
}

// hold tells until when the parcel is held for the buyer's hour, and how it stands afterwards; it stays as it is where the platform itself holds it.
func (p *Parcel) hold(orders []Order) {
	if p.Standing != Held {
		return
	}
	for _, o := range orders {
		until := o.PaidAt.Add(remorse)
		if after := standing(*p, orders, until); after != Held && (p.AfterHold == "" || until.Before(p.HeldUntil)) {
			p.HeldUntil, p.AfterHold = until, after
		}
	}
}

// Facts are the parcel's own facts: what happened to it here, its wave and its weight are not among them.
func (p Parcel) Facts() Facts {
	f := Facts{
		Key: p.Key, OrderIDs: p.OrderIDs, Of: p.Of, ShopID: p.ShopID, Market: p.Market, WarehouseID: p.WarehouseID, Provider: p.Provider, Shipping: p.Shipping,
		Tracking: p.Tracking, LastMile: p.LastMile, Tag: p.Tag, Standing: p.Standing, HeldUntil: p.HeldUntil, AfterHold: p.AfterHold, Due: p.Due, Urgency: p.Urgency,
		Passage: p.Passage, Abroad: !p.LocalSeller, Nodes: p.Nodes,
		Currency: p.Currency, Note: len(p.Notes) > 0, Sample: p.Sample, PreOrder: p.PreOrder, ReleaseAt: p.ReleaseAt,
	}
	for _, u := range p.Units {
		f.SKUs = append(f.SKUs, u.SKU())
		f.Value += u.Price
		f.Gift, f.Battery = f.Gift || u.Gift, f.Battery || u.DangerousGood
	}
	return f
}

// At is a parcel as it stands at a moment: the buyer's hour ends without a word of the platform.
func (f *Facts) At(now time.Time) *Facts {
	if f.HeldUntil.IsZero() || now.Before(f.HeldUntil) {
		return f
	}
	released := *f
	released.Standing, released.HeldUntil, released.AfterHold = f.AfterHold, time.Time{}, ""
	return &released
}

// State is where the parcel stands for people and for other programs: what happened here, or else the platform's word.
func (f *Facts) State() string { return stateOf(f.Standing, f.Here, len(f.SKUs)) }

func stateOf(standing Standing, h Here, pieces int) string {
	switch {
	case !h.HandedOverAt.IsZero():
		return "handed_over"
	case h.Confirmed:
		return "confirmed"
	case standing == Gone || standing == CancelRequest:
		return string(standing)
	case h.Stopped != "":
		return "stopped"
	case h.Parked:
		return "parked"
	case h.Label != NoLabel:
		return "label_" + string(h.Label)
	case h.Arranged:
		return "arranged"
	case h.Taken > 0 && h.Taken == pieces:
		return "packed"
	case h.Open || h.Taken > 0:
		return "packing"
	}
	return string(standing)
}

// Left tells whether the parcel is still to leave: its units are its own until then.
func (f *Facts) Left() bool {
	return !f.Here.Confirmed && (f.Standing.Packable() || f.Standing == Arranged)
}

// Promised tells whether the parcel's pieces are its own: it is in a wave or begun, and still to leave.
func (f *Facts) Promised() bool { return f.Left() && (f.Wave != "" || f.Here.Begun()) }

// Pickable tells whether a wave may take the parcel at a moment: it is to be packed, in no wave, not begun and not parked; a pre-order is released.
func (f *Facts) Pickable(now time.Time) bool {
	return f.Standing.Packable() && f.Wave == "" && !f.Here.Begun() && !f.Here.Parked && !f.ReleaseAt.After(now)
}

// MoreUrgent sorts parcels: by the moment the carrier must have them, or the next deadline where the platform tells no such, then by priority and
// cut-off. What is not known comes last.
func MoreUrgent(a, b *Facts) int {
	if c := compareTimes(a.by(), b.by()); c != 0 {
		return c
	}
	if a.Priority != b.Priority {
		return cmp.Compare(uint(a.Priority-1), uint(b.Priority-1)) // 0 wraps round to the end
	}
	return cmp.Or(compareTimes(a.CutOff, b.CutOff), cmp.Compare(a.Key, b.Key))
}

// by is the moment it is sorted by.
func (f *Facts) by() time.Time {
	if f.CollectBy.IsZero() {
		return f.Due
	}
	return f.CollectBy
}

// compareTimes has the zero time last.
func compareTimes(a, b time.Time) int {
	if a.IsZero() != b.IsZero() {
		if a.IsZero() {
			return 1
		}
		return -1
	}
	return a.Compare(b)
}

// sooner is the earlier of two times of which the zero time is none.
func sooner(a, b time.Time) time.Time {
	if compareTimes(a, b) <= 0 {
		return a
	}
	return b
}

// Count is how many of its pieces are of an article.
func (f *Facts) Count(sku string) (n int) {
	for _, have := range f.SKUs {
		if have == sku {
			n++
		}
	}
	return n
}
