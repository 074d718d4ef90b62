package sandbox

import (
	"cmp"
	"fmt"
	"slices"
)

// deed is what a buyer, carrier, colleague or the platform does when a scenario says so: to an order, or to a package.
type deed struct {
	toOrder  func(*Sandbox, Entry, *record, object) error
	toParcel func(*Sandbox, Entry, *parcel) error
}

var deeds = map[string]deed{
	"cancel_request": {toOrder: func(s *Sandbox, e Entry, r *record, o object) error {
		_, err := s.requestCancel(o, r.shop, cmp.Or(e.Reason, defaultBuyerReason))
		return err
	}},
	"withdraw": {toOrder: func(s *Sandbox, _ Entry, r *record, _ object) error {
		c := s.pendingOf(r.ID)
		if c == nil {
			return fmt.Errorf("no request waits")
		}
		return s.endCancellation(c, requestClosed)
	}},
	"cancel": {toOrder: func(s *Sandbox, e Entry, r *record, o object) error {
		role := cmp.Or(e.Role, byPlatform)
		return s.cancelOrder(o, r.shop, role, cmp.Or(e.Reason, usualReasons[role]))
	}},
	"cancel_line": {toOrder: func(s *Sandbox, e Entry, r *record, o object) error {
		role, line := cmp.Or(e.Role, bySeller), e.Line
		if units := unitsOf(o); line == "" && len(units) > 0 {
			line = units[len(units)-1].id()
		}
		return s.cancelLine(o, r.shop, line, role, cmp.Or(e.Reason, usualReasons[role]))
	}},
	"change_address": {toOrder: func(s *Sandbox, _ Entry, r *record, o object) error { return s.changeAddress(o, r.shop) }},
	"hold":           {toOrder: func(s *Sandbox, _ Entry, r *record, o object) error { return s.holdAgain(o, r.shop) }},
	"release":        {toOrder: func(s *Sandbox, _ Entry, r *record, o object) error { return s.release(o, r.shop) }},
	"reform":         {toParcel: func(s *Sandbox, _ Entry, p *parcel) error { return s.reform(p, p.shop) }},
	"ship_elsewhere": {toParcel: func(s *Sandbox, _ Entry, p *parcel) error { return s.shipElsewhere(p) }},
	"collect":        {toParcel: func(s *Sandbox, _ Entry, p *parcel) error { return s.collect(p) }},
	"deliver":        {toParcel: func(s *Sandbox, _ Entry, p *parcel) error { return s.deliver(p) }},
	"silent":         {toParcel: (*Sandbox).silence},
	"undeliverable":  {toParcel: (*Sandbox).refuseDelivery},
}

// usualReasons are the reasons of cancellations that an entry gives none for.
var usualReasons = map[string]string{
	byBuyer: defaultBuyerReason, bySeller: "seller_cancel_reason_out_of_stock", byPlatform: "system_cancel_order_reason_shipping_timeout",
}

// holdAgain puts an order on hold that was to be packed. It is an error for any other.
func (s *Sandbox) holdAgain(o object, shopID string) error {
	if o.text("status") != "AWAITING_SHIPMENT" {
		return unfit(o, "only what waits for shipment can be held")
	}
	o["status"], o["is_on_hold_order"] = "ON_HOLD", true
	emptyAddress(o.child("recipient_address"))
	return s.change(shopID, o)
}

// meddle does an act that comes with a call: now, or when the call has been carried out.
func (s *Sandbox) meddle(f *running, e *encounter) {
	if f.Answered {
		e.then = append(e.then, f)
		return
	}
	s.act(f, e)
}

// act does what an entry says. What cannot be done is noted for Books and changes nothing.
func (s *Sandbox) act(f *running, e *encounter) {
	about := f.Entry
	if e != nil && about.Order == "" && about.Package == "" {
		if p := e.parcelOf(s); p != nil {
			about.Package = p.id
		} else {
			about.Order = e.orderID(s)
		}
	}
	if about.Order != anyOrder {
		s.note(f.What, about.Order+about.Package, s.do(about))
		return
	}
	err := fmt.Errorf("there is no order for it")
	candidates := s.workable()
	if len(candidates) > 0 {
		first := f.chance(f.matched).IntN(len(candidates))
		for _, id := range slices.Concat(candidates[first:], candidates[:first]) {
			about.Order = id
			if err = s.do(about); err == nil {
				break
			}
		}
	}
	s.note(f.What, anyOrder, err)
}

// workable are the orders that a bench may have in hand, by their ids.
func (s *Sandbox) workable() []string {
	var ids []string
	for id, r := range s.orders {
		if at := stages[r.Status]; at == toShip || at == arranged || r.Status == "PARTIALLY_SHIPPING" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// do does a deed to the order or to the packages that an entry names.
func (s *Sandbox) do(e Entry) error {
	d := deeds[e.What]
	if p := s.parcels[e.Package]; p != nil {
		if d.toParcel != nil {
			return d.toParcel(s, e, p)
		}
		e.Order = p.orders[0]
	}
	r := s.orders[e.Order]
	if r == nil {
		return fmt.Errorf("nobody knows it")
	}
	if d.toOrder != nil {
		o, err := readObject(r.json)
		if err != nil {
			return err
		}
		return d.toOrder(s, e, r, o)
	}
	if len(r.shares) == 0 {
		return fmt.Errorf("it has no package")
	}
	for _, part := range r.shares {
		if err := d.toParcel(s, e, s.parcels[part.packageID]); err != nil {
			return err
		}
	}
	return nil
}
