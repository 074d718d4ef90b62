// Package packing decides what a scan means and what the bench does next. It is pure: everything it knows is passed in,
// everything it wants done is handed back.
package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// Step is a point of a parcel's way at which the platform's word is asked for.
type Step int

// The steps the gate stands before.
const (
	Opening Step = iota
	Arranging
	Confirming
	HandingOver
)

// Fresh is how old the platform's word may be to count as fresh (design, gate).
const Fresh = 10 * time.Second

// LookAgain is how old the platform's word that there is no package yet may be before it is asked again.
const LookAgain = time.Second

// OldestForConfirm is how old the word may be for a confirmation while the platform cannot be reached. The parcel is
// under its label by then; hand-over asks again, and waits for the platform however long that takes: what left cannot be brought back.
const OldestForConfirm = 15 * time.Minute

// Ruling is the gate's answer.
type Ruling int

// The answers of the gate.
const (
	Proceed Ruling = iota
	AskPlatform
	Refuse
)

// MayProceed tells whether a parcel may pass a step, given how old the platform's word about it is and whether the
// platform has just been asked in vain.
func MayProceed(p order.Parcel, w order.Work, step Step, age time.Duration, unreachable bool) Ruling {
	forbidden := !packable(p, w)
	switch {
	case age > Fresh && !unreachable && (forbidden || step != Opening):
		return AskPlatform // old news neither stops a parcel for good nor lets it out
	case forbidden:
		return Refuse
	case step == Arranging && w.Tries > 0 && !p.ReadAt.After(w.TriedAt):
		return AskPlatform // the last try may have got through: read before writing again
	case step == Arranging && p.Standing == order.WithoutPackage && age > LookAgain && !unreachable:
		return AskPlatform // the package may be there by now
	case step == Arranging && age > Fresh, step == Confirming && age > OldestForConfirm, step == HandingOver && age > Fresh:
		return AskPlatform
	}
	return Proceed
}

// packable tells whether the platform's word lets the parcel go on. A parcel whose shipment is arranged may
// only where this bench journalled an attempt: otherwise somebody else has it.
func packable(p order.Parcel, w order.Work) bool {
	if changed(p, w) {
		return false
	}
	if p.Standing == order.Arranged {
		return w.Tries > 0 || w.Arranged
	}
	return p.Standing.Packable()
}

// changed tells whether a piece lies in the box that no longer belongs into it, as after the cancellation of a single line.
func changed(p order.Parcel, w order.Work) bool {
	for _, piece := range w.Taken {
		if !slices.ContainsFunc(p.Units, func(u order.Unit) bool { return u.ID == piece.Unit }) {
			return true
		}
	}
	return false
}

// reason is why a parcel may not go on.
func reason(p order.Parcel, w order.Work) order.Standing {
	if (p.Standing == order.Ready || p.Standing == order.Arranged && w.Tries > 0) && changed(p, w) {
		return order.Changed
	}
	return p.Standing
}

// refused is what the packer hears about a parcel that may not go on.
type refused struct {
	outcome Outcome
	said    order.Said
}

var refusals = map[order.Standing]refused{
	order.Gone:            {CancelledOut, order.Say("refused.cancelled")},
	order.CancelRequest:   {CancelledOut, order.Say("refused.cancel_requested")},
	order.Held:            {HoldOut, order.Say("refused.on_hold")},
	order.Arranged:        {ElsewhereOut, order.Say("refused.elsewhere")},
	order.Collected:       {NotPackable, order.Say("refused.collected")},
	order.NotPaid:         {NotPackable, order.Say("refused.unpaid")},
	order.PlatformPacks:   {NotPackable, order.Say("refused.platform_packs")},
	order.SellerShips:     {NotPackable, order.Say("refused.seller_ships")},
	order.InvoiceMissing:  {NotPackable, order.Say("refused.invoice_missing")},
	order.Reformed:        {NotPackable, order.Say("refused.reformed")},
	order.OtherWarehouse:  {NotPackable, order.Say("refused.other_warehouse")},
	order.Changed:         {NotPackable, order.Say("refused.changed")},
	order.UnknownStanding: {NotPackable, order.Say("refused.unknown")},
}

// Refusal is the outcome and the sentence for a parcel that may not go on for a reason.
func Refusal(why order.Standing) (Outcome, order.Said) {
	if check, is := why.Check(); is {
		if said, known := blockedBy[check]; known {
			return NotPackable, said
		}
	}
	r, known := refusals[why]
	if !known {
		r = refusals[order.UnknownStanding]
	}
	return r.outcome, r.said
}
