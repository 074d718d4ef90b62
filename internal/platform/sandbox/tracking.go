package sandbox

import (
	"slices"
	"time"
)

// tracking is Get Tracking (platform API 3.6): what the carrier reported about an order, the newest first.
func (s *Sandbox) tracking(c call) (any, *refusal) {
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused != nil {
		return nil, refused
	}
	events := []object{}
	for _, step := range []struct{ key, description string }{
		{"rts_time", "Seller has prepared your parcel; waiting for the carrier."},
		{"collection_time", "Your parcel has been picked up by our logistics partner."},
		{"delivery_time", "Your parcel has been delivered."},
	} {
		if at := o.number(step.key); at != 0 {
			events = append(events, object{"description": step.description, "update_time_millis": time.Unix(at, 0).UnixMilli()})
		}
	}
	slices.Reverse(events)
	return object{"tracking": events}, nil
}
