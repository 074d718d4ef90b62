package sandbox

import (
	"slices"
	"time"
)

// tracking is Get Tracking (platform API 3.6): what the carriers reported about an order's parcels, the newest first. The first word is the seller's own.
func (s *Sandbox) tracking(c call) (any, *refusal) {
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused != nil {
		return nil, refused
	}
	events := []object{}
	tell := func(at time.Time, text string) {
		events = append(events, object{"description": text, "update_time_millis": at.UnixMilli()})
	}
	if at := o.number("rts_time"); at != 0 {
		tell(time.Unix(at, 0), "Seller has prepared your parcel; waiting for the carrier.")
	}
	for _, scan := range s.scansOf(o) {
		tell(scan.At, scan.Text)
	}
	slices.Reverse(events)
	return object{"tracking": events}, nil
}
