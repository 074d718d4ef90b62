package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// What happens to orders and parcels, whoever causes it: a call, a buyer, a carrier, or the platform itself. All of this runs
// under the sandbox's lock and leaves an order in one piece: its state, its lines', its times, its packages.

// touch stamps a change, which is always newer than the last one, even within a second or before the given Now.
func (s *Sandbox) touch(o object) {
	o["update_time"] = max(s.now().Unix(), o.number("update_time")+1)
}

// change stamps an order and stores it.
func (s *Sandbox) change(shopID string, o object) error {
	s.touch(o)
	return s.keep(shopID, o)
}

// unfit is the error of an act that an order's state does not allow.
func unfit(o object, why string) error {
	return fmt.Errorf("order %s is %s: %s", o.id(), o.text("status"), why)
}

// orderStage is how far an order has come as a whole; one that is partly shipped is still to ship.
func orderStage(o object) stage {
	if o.text("status") == "PARTIALLY_SHIPPING" {
		return toShip
	}
	return stages[o.text("status")]
}

// onItsWay tells whether a carrier has any of an order.
func onItsWay(o object) bool {
	return slices.ContainsFunc(unitsOf(o), func(u unit) bool { return u.stage() > arranged })
}

// statusOf is the state of an order by the states of its units (platform API 3.2, transition triggers).
func statusOf(o object) string {
	least, most := cancelled, unpaid
	for _, u := range unitsOf(o) {
		least, most = min(least, u.shown()), max(most, u.shown())
	}
	switch {
	case least == cancelled:
		return "CANCELLED"
	case least <= toShip && most >= arranged:
		return "PARTIALLY_SHIPPING"
	case least <= toShip:
		return "AWAITING_SHIPMENT"
	case least == arranged:
		return "AWAITING_COLLECTION"
	case least == collected:
		return "IN_TRANSIT"
	case o.text("status") == "COMPLETED":
		return "COMPLETED"
	}
	return "DELIVERED"
}

// settle brings an order's state and times in line with its units.
func (s *Sandbox) settle(o object) {
	o["status"] = statusOf(o)
	at := orderStage(o)
	for reached, key := range map[stage]string{collected: "collection_time", delivered: "delivery_time"} {
		if at >= reached && at != cancelled && o.number(key) == 0 {
			o[key] = s.now().Unix()
		}
	}
}

// spread writes into each unit how far it has come, so that one of them can be moved on by itself.
func spread(o object) {
	for _, u := range unitsOf(o) {
		if at := u.stage(); at >= arranged && u.shown() != at {
			u.object["display_status"] = lineStatuses[at]
		}
	}
}

// lineStatuses are a line's display_status by stage.
var lineStatuses = map[stage]string{
	toShip: "AWAITING_SHIPMENT", arranged: "AWAITING_COLLECTION", collected: "IN_TRANSIT", delivered: "DELIVERED",
}

// collect lets the carrier take a parcel. It is an error unless the parcel is arranged and not taken.
func (s *Sandbox) collect(p *parcel) error { return s.advance(p, collected) }

// deliver brings a parcel to its buyer. It is an error unless the carrier has it.
func (s *Sandbox) deliver(p *parcel) error { return s.advance(p, delivered) }

// advance moves a parcel on by one stage, and its orders where all their parcels have come as far (platform API 3.2).
func (s *Sandbox) advance(p *parcel, to stage) error {
	parts, err := s.open(p)
	if err != nil {
		return err
	}
	if at := parts.stage(); at != to-1 {
		return fmt.Errorf("package %s: stage %d does not follow %d", p.id, to, at)
	}
	switch to {
	case collected:
		p.collected = s.now()
		s.say(p, saidCollected)
	case delivered:
		p.delivered = s.now()
		s.say(p, saidDelivered)
	}
	for _, o := range parts.orders {
		spread(o)
		for _, u := range parts.of(o) {
			moveOn(u.object, to)
			moveBundle(u.line, to)
		}
		if len(parts.of(o)) == 0 {
			continue // cancelled, and only named
		}
		if o.truth("is_buyer_request_cancel") { // the carrier was faster
			s.unrequest(o)
		}
		s.settle(o)
		if err := s.change(p.shop, o); err != nil {
			return err
		}
	}
	return nil
}

func moveOn(line object, to stage) {
	line["display_status"] = lineStatuses[to]
	line["package_status"] = packageStatuses[lineStatuses[to]]
}

// moveBundle moves a bundle on when the last of its parts is.
func moveBundle(line object, to stage) {
	for _, part := range line.list("sub_item_info") {
		if alive(part) && stages[part.text("display_status")] < to {
			return
		}
	}
	moveOn(line, to)
}

// complete ends an order's life: nothing can be returned any more. It is an error unless all of it is delivered.
func (s *Sandbox) complete(o object, shopID string) error {
	if o.text("status") != "DELIVERED" {
		return unfit(o, "it is not delivered")
	}
	for _, u := range unitsOf(o) {
		u.object["display_status"], u.line["display_status"] = "COMPLETED", "COMPLETED"
	}
	o["status"] = "COMPLETED"
	return s.change(shopID, o)
}

// shipElsewhere arranges a parcel's shipment as somebody else does, in the Seller Center or with another program. It is an error
// where the call would be refused.
func (s *Sandbox) shipElsewhere(p *parcel) error {
	parts, err := s.open(p)
	if err != nil {
		return err
	}
	if refused := s.refuseShipping(p.shop, parts); refused != nil {
		return fmt.Errorf("package %s: %d %s", p.id, refused.code, refused.message)
	}
	return s.arrange(p, parts)
}

// changeAddress lets a buyer change where an order goes: a label printed before is stale (platform API 3.3). It is an error
// once a carrier has it.
func (s *Sandbox) changeAddress(o object, shopID string) error {
	if orderStage(o) == cancelled || onItsWay(o) {
		return unfit(o, "its address is final")
	}
	address := o.child("recipient_address")
	if address == nil {
		address = object{}
		o["recipient_address"] = address
	}
	moveHouse(address, derived("house", o.id()+strconv.FormatInt(o.number("update_time"), 10)))
	o["has_updated_recipient_address"] = true
	return s.change(shopID, o)
}

// release lets an order be packed: it is paid and past its hold. With that come its address, its deadlines, and its package where
// the market forms it at payment (platform API 3.0, 3.2). It is an error where the order does not wait for it.
func (s *Sandbox) release(o object, shopID string) error {
	if at := stages[o.text("status")]; at != unpaid && at != held || o.text("status") == "PARTIALLY_SHIPPING" {
		return unfit(o, "it is not held")
	}
	o["status"] = "AWAITING_SHIPMENT"
	if o.number("paid_time") == 0 {
		o["paid_time"] = s.now().Unix()
	}
	setDeadlines(o)
	region := s.region(shopID)
	if o.child("recipient_address").text("full_address") == "" {
		o["recipient_address"] = addressOf(o, region)
	}
	for _, u := range unitsOf(o) {
		u.object["display_status"], u.line["display_status"] = "AWAITING_SHIPMENT", "AWAITING_SHIPMENT"
	}
	if len(packageIDs(o)) == 0 && packageAtPayment(region, o.text("shipping_type")) {
		wrap(o, unitsOf(o), s.form(shopID).id)
	}
	return s.change(shopID, o)
}

// setDeadlines gives an order that was paid the deadlines it has not.
func setDeadlines(o object) {
	paid := time.Unix(o.number("paid_time"), 0)
	deadlines := object{}
	life{paid: paid, arrangeBy: paid.Add(arrangeWithin)}.write(deadlines, "AWAITING_SHIPMENT")
	for key, value := range deadlines {
		if o.number(key) == 0 {
			o[key] = value
		}
	}
}
