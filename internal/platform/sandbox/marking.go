package sandbox

import "slices"

// markAsShipped is Mark Package As Shipped (platform API 3.6): the seller's own carrier has units of an order, which with that
// get a package.
func (s *Sandbox) markAsShipped(c call) (any, *refusal) {
	var body struct {
		given
		selection
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	if !slices.Contains(marking, s.region(c.shop)) {
		return nil, refuse(21008106, "The API is not available in this region.")
	}
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused != nil {
		return nil, refused
	}
	units, refused := body.of(o)
	if refused != nil {
		return nil, refused
	}
	parts := content{orders: []object{o}, units: units}
	if refused := s.refuseMarking(c.shop, o, parts, body.empty()); refused != nil {
		return nil, refused
	}
	by, refused := s.checkNumber(nil, c.shop, body.given)
	if refused != nil {
		return nil, refused
	}
	p := s.form(c.shop)
	s.give(p, body.Tracking, by)
	wrap(o, units, p.id)
	tagSplit(o)
	if err := s.arrange(p, parts); err != nil {
		return nil, internal()
	}
	return object{"order_id": o.id(), "package_id": p.id, "order_line_item_ids": idsOf(units)}, nil
}

// refuseMarking gives the reason why units cannot be marked as shipped. all tells that no lines were named.
func (s *Sandbox) refuseMarking(shopID string, o object, parts content, all bool) *refusal {
	refused := s.refuseShipping(shopID, parts)
	switch {
	case refused != nil && refused.code == 21011003:
		return refuse(21042057, "The order is not awaiting shipment.")
	case refused != nil:
		return refused
	case !parts.bySeller() && len(packageIDs(o)) > 0:
		return refuse(21022025, "A label was bought for the order, or its package is shipped by the platform.")
	case !parts.bySeller():
		return refuse(21011003, "The order is shipped by the platform.")
	case o.text("split_or_combine_tag") == "COMBINED":
		return refuse(21011033, "The order is in a combined package.")
	case all && o.text("status") == "PARTIALLY_SHIPPING":
		return refuse(21011048, "Part of the order is shipped: name the line items.")
	}
	return nil
}

// tagSplit tells in an order whether it lies in several packages, unless it shares one with others.
func tagSplit(o object) {
	switch {
	case o.text("split_or_combine_tag") == "COMBINED":
	case len(packageIDs(o)) > 1:
		o["split_or_combine_tag"] = "SPLIT"
	default:
		delete(o, "split_or_combine_tag")
	}
}

// packageShippingInfo is Update Package Shipping Info (platform API 3.6): another number for a parcel that the
// seller shipped.
func (s *Sandbox) packageShippingInfo(c call) (any, *refusal) {
	p, parts, refused := s.packageOf(c)
	if refused != nil {
		return nil, refused
	}
	return s.updateShippingInfo(c, p, parts)
}

// orderShippingInfo is Update Shipping Info. An order in several packages has to use the other call.
func (s *Sandbox) orderShippingInfo(c call) (any, *refusal) {
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused != nil {
		return nil, refused
	}
	switch ids := packageIDs(o); len(ids) {
	case 0:
		return nil, refuse(21011043, "The order has not been shipped.")
	case 1:
		p, parts, refused := s.parcelOf(c.shop, ids[0])
		if refused != nil {
			return nil, refused
		}
		return s.updateShippingInfo(c, p, parts)
	}
	return nil, refuse(21011008, "The order lies in several packages.")
}

func (s *Sandbox) updateShippingInfo(c call, p *parcel, parts content) (any, *refusal) {
	var body given
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	if refused := s.refuseUpdate(p, parts); refused != nil {
		return nil, refused
	}
	by, refused := s.checkNumber(p, c.shop, body)
	if refused != nil {
		return nil, refused
	}
	s.give(p, body.Tracking, by)
	p.changes++
	for _, o := range parts.orders {
		for _, u := range parts.of(o) {
			for _, line := range []object{u.object, u.line} {
				line["tracking_number"], line["shipping_provider_id"], line["shipping_provider_name"] = p.tracking, by.ID, by.Name
			}
		}
		if len(packageIDs(o)) == 1 {
			o["tracking_number"], o["shipping_provider_id"], o["shipping_provider"] = p.tracking, by.ID, by.Name
		}
		if err := s.change(c.shop, o); err != nil {
			return nil, internal()
		}
	}
	return struct{}{}, nil
}

// updateWithin is until when after shipping a number can be changed: 72 h in s (platform API 3.6).
const updateWithin = 72 * 3600

// refuseUpdate gives the reason why a parcel's number cannot be changed. Which of the codes for limits means what is not
// documented.
func (s *Sandbox) refuseUpdate(p *parcel, parts content) *refusal {
	at := parts.stage()
	switch {
	case at == cancelled:
		return refuse(21011042, "The order is cancelled.")
	case !parts.bySeller():
		return refuse(21011004, "The package is not shipped by the seller.")
	case parts.requested():
		return refuse(21011007, "A request to cancel waits for an answer.")
	case at < arranged:
		return refuse(21011043, "The package has not been shipped.")
	case at == delivered:
		return refuse(21011027, "The package has been delivered.")
	case p.changes > 0:
		return refuse(21011050, "The shipping information was updated once already.")
	case parts.any(func(o object) bool { return s.now().Unix()-o.number("rts_time") > updateWithin }):
		return refuse(21011051, "More than 72 hours have passed since shipping.")
	}
	return nil
}
