package order

import (
	"slices"
	"time"
)

// RequestKind says what the platform is to do about a parcel.
type RequestKind string

// The kinds of requests.
const (
	Arrange        RequestKind = "arrange"         // arrange its shipment
	FetchLabel     RequestKind = "fetch_label"     // give its label document, once shipment is arranged
	AnswerCancel   RequestKind = "answer_cancel"   // accept or reject a buyer's wish to cancel
	UploadTracking RequestKind = "upload_tracking" // take the number of the seller's own carrier
)

// Request is one line of the outbox: something the platform is to be asked about a parcel without a packer waiting for the answer. A parcel's
// requests are put to the platform in their order, one after the other's end.
type Request struct {
	// ID is random and given by whoever makes the request; the platform gets it as idempotency_key where it takes one (platform API 3.9).
	ID   string      `json:"id"`
	Kind RequestKind `json:"kind"`

	CancelID string `json:"cancel_id,omitempty"` // AnswerCancel
	OrderID  string `json:"order_id,omitempty"`  // AnswerCancel: whose buyer waits
	Accept   bool   `json:"accept,omitempty"`    // AnswerCancel; otherwise it is rejected for Reason
	Reason   string `json:"reason,omitempty"`    // AnswerCancel: one of the platform's own reasons
	Comment  string `json:"comment,omitempty"`   // AnswerCancel: what the buyer is told with Reason
	Tracking string `json:"tracking,omitempty"`  // UploadTracking
	// SplitOrder: the order lines that are to be a parcel of their own, and the article for want of which they are.
	Here     []string `json:"here,omitempty"`
	SKU      string   `json:"sku,omitempty"`
	Provider string   `json:"provider,omitempty"` // UploadTracking: the carrier's id at the platform

	// Arrange: how the parcel is to be handed over, PICKUP or DROP_OFF, and the time its carrier is to come at, where a person chose (platform API 3.6).
	Handover string    `json:"handover,omitempty"`
	SlotFrom time.Time `json:"slot_from,omitzero"`
	SlotTo   time.Time `json:"slot_to,omitzero"`

	MadeAt time.Time `json:"made_at,omitzero"`
	// Tries counts how often it was put to the platform, TriedAt when last. Unanswered tells that the last try got no answer, so that the platform is
	// read before it is asked again.
	Tries      int       `json:"tries,omitempty"`
	TriedAt    time.Time `json:"tried_at,omitzero"`
	Unanswered bool      `json:"unanswered,omitempty"`
	// NotBefore is when it may be tried again.
	NotBefore time.Time `json:"not_before,omitzero"`
	// Parked is why it waits for a person, with a Key that is empty as long as it does not.
	Parked Said `json:"parked,omitzero"`
}

// Waits tells whether the request may be put to the platform at a moment.
func (r Request) Waits(now time.Time) bool { return r.Parked.Key == "" && !now.Before(r.NotBefore) }

// requested is what becomes of a parcel's requests when something happens. What the bench does itself ends a request for the same.
func requested(requests []Request, e Event) []Request {
	at := slices.IndexFunc(requests, func(r Request) bool { return r.ID == e.Request.ID })
	changed := slices.Clone(requests)
	switch e.Kind {
	case RequestMade:
		r := e.Request
		r.MadeAt = e.At
		return append(changed, r)
	case ShipArranged:
		return without(changed, Arrange)
	case DocumentKept:
		return without(changed, FetchLabel)
	}
	if at < 0 {
		return requests
	}
	r := &changed[at]
	switch e.Kind {
	case RequestTried:
		r.Tries, r.TriedAt, r.Unanswered = r.Tries+1, e.At, true
	case RequestDelayed:
		r.Unanswered, r.NotBefore = e.Request.Unanswered, e.Request.NotBefore
	case RequestParked:
		r.Unanswered, r.Parked = e.Request.Unanswered, e.Request.Parked
	case RequestResumed:
		r.Parked, r.NotBefore, r.Tries = Said{}, time.Time{}, 0
	case RequestDone, RequestDropped:
		changed = slices.Delete(changed, at, at+1)
	}
	return changed
}

func without(requests []Request, kind RequestKind) []Request {
	return slices.DeleteFunc(requests, func(r Request) bool { return r.Kind == kind })
}
