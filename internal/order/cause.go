package order

import (
	"cmp"
	"slices"
	"time"
)

// Cause is why a parcel has not come further: the first of Causes that applies. Every open parcel has exactly one.
type Cause string

// The causes, in the order in which they are looked at.
const (
	AnswerOwed      Cause = "answer_owed"      // the buyer asked to cancel and waits for an answer
	NotPaidYet      Cause = "not_paid"         // nothing is to be done before the buyer pays
	InRemorse       Cause = "on_hold"          // nor while the platform holds it
	InvoiceOwed     Cause = "invoice_owed"     // Brazil: the platform wants the invoice before anything is shipped (platform API 3.3, need_upload_invoice)
	NotAcknowledged Cause = "not_acknowledged" // only where a shop turned that clock on
	ShortOfStock    Cause = "short"
	NotPicked       Cause = "not_picked"
	NotPacked       Cause = "not_packed"
	NotLabelled     Cause = "not_labelled"
	NotConfirmed    Cause = "not_confirmed"   // its label went out and was not scanned on the parcel
	NotHandedOver   Cause = "not_handed_over" // it is confirmed and was not scanned onto a hand-over sheet
	NoCarrierScan   Cause = "no_carrier_scan" // it left, or is to have left, and the carrier has not scanned it
	DeliveryFailed  Cause = "delivery_failed" // the carrier cannot deliver it
	TrackingSilent  Cause = "tracking_silent" // the carrier has it and has been silent for longer than SilentAfter
	OnTheWay        Cause = "on_the_way"      // the carrier has it and tells of it
)

// Causes are all causes in their order.
var Causes = []Cause{AnswerOwed, NotPaidYet, InRemorse, InvoiceOwed, NotAcknowledged, ShortOfStock, NotPicked, NotPacked, NotLabelled, NotConfirmed, NotHandedOver, NoCarrierScan,
	DeliveryFailed, TrackingSilent, OnTheWay}

// How long a carrier may be silent: longer than SilentAfter is not expected, longer than LostTouchAfter is a logistics exception (fulfilment rules 2, tracking-gap).
const (
	SilentAfter    = 48 * time.Hour
	LostTouchAfter = 72 * time.Hour
)

// Owner is who can do something about a cause.
type Owner string

// The owners.
const (
	OwnerBuyer      Owner = "buyer"
	OwnerSupervisor Owner = "supervisor"
	OwnerPicker     Owner = "picker"
	OwnerPacker     Owner = "packer"
	OwnerShelf      Owner = "shelf" // who hands over
	OwnerCarrier    Owner = "carrier"
)

// NextAct is what the owner does next.
type NextAct string

// The acts.
const (
	ActWait         NextAct = "wait"
	ActAnswer       NextAct = "answer"
	ActInvoice      NextAct = "upload_invoice" // in Seller Center
	ActArrange      NextAct = "arrange"
	ActRestock      NextAct = "restock"
	ActPick         NextAct = "pick"
	ActPack         NextAct = "pack"
	ActLabel        NextAct = "label"
	ActFindLabel    NextAct = "find_label"
	ActHandOver     NextAct = "hand_over"
	ActAskCarrier   NextAct = "ask_carrier"
	ActCompareTrack NextAct = "compare_track" // with the carrier's own; what the carrier has and the platform has not goes into a ticket
	ActRedeliver    NextAct = "redeliver"
)

// toDo is who does what about a cause.
var toDo = map[Cause]struct {
	owner Owner
	next  NextAct
}{
	AnswerOwed: {OwnerSupervisor, ActAnswer}, NotPaidYet: {OwnerBuyer, ActWait}, InRemorse: {OwnerBuyer, ActWait}, InvoiceOwed: {OwnerSupervisor, ActInvoice},
	NotAcknowledged: {OwnerSupervisor, ActArrange},
	ShortOfStock:    {OwnerSupervisor, ActRestock}, NotPicked: {OwnerPicker, ActPick}, NotPacked: {OwnerPacker, ActPack}, NotLabelled: {OwnerPacker, ActLabel},
	NotConfirmed: {OwnerPacker, ActFindLabel}, NotHandedOver: {OwnerShelf, ActHandOver}, NoCarrierScan: {OwnerCarrier, ActAskCarrier},
	DeliveryFailed: {OwnerSupervisor, ActRedeliver}, TrackingSilent: {OwnerCarrier, ActCompareTrack}, OnTheWay: {OwnerCarrier, ActAskCarrier},
}

// ToDo is who can do something about it, and what they do next.
func (c Cause) ToDo() (Owner, NextAct) { return toDo[c].owner, toDo[c].next }

// Cause is why the parcel has not come further at a moment, by its clocks as they stand then.
func (f *Facts) Cause(clocks []Clock, now time.Time) Cause {
	switch f.Standing {
	case CancelRequest:
		return AnswerOwed
	case NotPaid:
		return NotPaidYet
	case Held:
		return InRemorse
	case InvoiceMissing:
		return InvoiceOwed
	}
	if f.Passed(InCarriage) {
		return f.underWay(now)
	}
	waits := func(c Clock) bool { return c.ID == "acknowledge" && c.State != Met }
	switch h := f.Here; {
	case slices.ContainsFunc(clocks, waits):
		return NotAcknowledged
	case f.Passed(Departed):
		return NoCarrierScan
	case h.Confirmed:
		return NotHandedOver
	case h.Parked && h.Lacks != "":
		return ShortOfStock
	case !h.Begun():
		return NotPicked
	case h.Taken < len(f.SKUs) && !h.Label.Out():
		return NotPacked
	case !h.Label.Out():
		return NotLabelled
	}
	return NotConfirmed
}

// underWay is the cause of a parcel that the carrier has.
func (f *Facts) underWay(now time.Time) Cause {
	last := max(f.Mark(LastTracked), f.Mark(InCarriage))
	switch {
	case f.Passed(CannotArrive):
		return DeliveryFailed
	case last == 0 || now.Sub(last.Time()) > SilentAfter:
		return TrackingSilent
	}
	return OnTheWay
}

// DueClock is a clock of a parcel that calls for somebody, and why.
type DueClock struct {
	Facts *Facts
	Clock
	Cause Cause
}

// Owing are the clocks of a parcel that are missed, or due by a moment, as they stand now.
func (r *Rules) Owing(f *Facts, cal Calendar, now, by time.Time) (owed []DueClock) {
	f = f.At(now)
	course := f.Course()
	clocks := r.Clocks(&course, f.SKUs, cal, now)
	for _, c := range clocks {
		if c.State == Missed || c.State != Met && by.After(now) && !c.Due.After(by) {
			owed = append(owed, DueClock{Facts: f, Clock: c, Cause: f.Cause(clocks, now)})
		}
	}
	return owed
}

// MoreOverdue sorts what is owed: what was due first comes first, then what is cancelled when it is missed.
func MoreOverdue(a, b DueClock) int {
	return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(b.Consequence.weight(), a.Consequence.weight()), cmp.Compare(a.Facts.Key, b.Facts.Key), cmp.Compare(a.ID, b.ID))
}

// Cancels tells whether the platform cancels the order when the clock is missed.
func (c Consequence) Cancels() bool { return c == IsCancelled || c == PointsLost }

func (c Consequence) weight() int {
	if c.Cancels() {
		return 1
	}
	return 0
}
