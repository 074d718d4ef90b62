package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// parcel is a package of the platform.
type parcel struct {
	id, shop string
	orders   []string // ids
	tracking string   // empty until shipment is arranged
	carrier  provider // whose number that is; empty until then
	readyAt  time.Time
	method   string // PICKUP or DROP_OFF, as asked for; empty where nobody did
	slot     *slot  // when it is picked up, as asked for
	bought   *purchase
	arranged []Arrangement
	formed   int64 // when it was made here; 0 where it came along with its orders
	changes  int   // of the tracking number, by the seller

	scans                        []Scan // what its carrier said of it, the oldest first
	collected, delivered, failed time.Time
	silent                       bool          // its carrier moves it no more and says nothing of it
	late                         time.Duration // its carrier stood still so long
	undeliverable                bool          // its delivery is going to fail
}

// hold takes an order in.
func (p *parcel) hold(orderID string) {
	if !slices.Contains(p.orders, orderID) {
		p.orders = append(p.orders, orderID)
	}
}

// content is what a parcel holds, read out of its orders. Its objects are the orders' own.
type content struct {
	orders []object
	units  []unit
}

// unit is a piece of a parcel that is not cancelled.
type unit struct {
	object
	order object
	line  object // the bundle the piece belongs to, or the piece itself
}

// stage is how far a piece has come: as far as its order where that is in one state as a whole before shipment, else as far as
// the further of both. Lines may lag behind their order, and one package may be ahead of the order's others.
func (u unit) stage() stage {
	whole := stages[u.order.text("status")]
	if u.order.text("status") == "PARTIALLY_SHIPPING" {
		return u.shown()
	}
	if whole < arranged || whole == cancelled {
		return whole
	}
	return max(whole, u.shown())
}

// shown is how far the piece itself says that it has come.
func (u unit) shown() stage {
	for _, o := range []object{u.object, u.line} {
		if status := o.text("display_status"); status != "" {
			return max(toShip, stages[status])
		}
	}
	return toShip
}

// unitsOf are the pieces of an order that are not cancelled.
func unitsOf(o object) []unit {
	var units []unit
	if o.text("status") == "CANCELLED" {
		return nil
	}
	for _, line := range o.list("line_items") {
		if line.text("display_status") == "CANCELLED" {
			continue
		}
		parts := line.list("sub_item_info")
		if len(parts) == 0 {
			units = append(units, unit{line, o, line})
		}
		for _, part := range parts {
			if part.text("display_status") != "CANCELLED" {
				units = append(units, unit{part, o, line})
			}
		}
	}
	return units
}

// dangerous tells whether a piece is hazmat.
func (u unit) dangerous() bool {
	return u.truth("is_dangerous_good") || u.line.truth("is_dangerous_good")
}

// packageID is the package a piece lies in: the one it names, or its bundle names, or the order's only one where no line names
// any. A piece that names none beside others that do lies in none yet.
func (u unit) packageID() string {
	for _, o := range []object{u.object, u.line} {
		if id := o.text("package_id"); id != "" {
			return id
		}
	}
	if ids := packageIDs(u.order); len(ids) == 1 && len(namedByLines(u.order)) == 0 {
		return ids[0]
	}
	return ""
}

// open reads a parcel's orders.
func (s *Sandbox) open(p *parcel) (content, error) {
	var c content
	for _, id := range p.orders {
		o, err := readObject(s.orders[id].json)
		if err != nil {
			return content{}, fmt.Errorf("order %s: %w", id, err)
		}
		c.orders = append(c.orders, o)
		for _, u := range unitsOf(o) {
			if u.packageID() == p.id {
				c.units = append(c.units, u)
			}
		}
	}
	return c, nil
}

// of are the parcel's pieces of one of its orders.
func (c content) of(o object) []unit {
	var units []unit
	for _, u := range c.units {
		if u.order.id() == o.id() {
			units = append(units, u)
		}
	}
	return units
}

// any tells whether something holds for one of the parcel's orders that still has pieces in it.
func (c content) any(holds func(object) bool) bool {
	for _, u := range c.units {
		if holds(u.order) {
			return true
		}
	}
	return false
}

// stage is how far a parcel has come: the least of its pieces (platform API 3.2).
type stage int

const (
	unpaid stage = iota
	held
	toShip
	arranged
	collected
	delivered
	cancelled
)

var stages = map[string]stage{
	"UNPAID": unpaid, "ON_HOLD": held, "AWAITING_SHIPMENT": toShip, "AWAITING_COLLECTION": arranged,
	"IN_TRANSIT": collected, "DELIVERED": delivered, "COMPLETED": delivered, "CANCELLED": cancelled,
}

func (c content) stage() stage {
	least := cancelled
	for _, u := range c.units {
		least = min(least, u.stage())
	}
	return least
}

func (c content) requested() bool {
	return c.any(func(o object) bool { return o.truth("is_buyer_request_cancel") })
}

func (c content) byPlatformWarehouse() bool {
	return c.any(func(o object) bool { return o.text("fulfillment_type") == "FULFILLMENT_BY_TIKTOK" })
}

func (c content) bySeller() bool {
	return c.any(func(o object) bool { return o.text("shipping_type") == "SELLER" })
}

// beforeShipping tells whether the label may be had before shipment is arranged: the fast services of South-East Asia
// (platform API 3.7).
func (c content) beforeShipping() bool {
	return c.any(func(o object) bool {
		level := o.number("fulfillment_priority_level")
		return level >= 100 && level <= 300
	})
}

// adoptTracking takes the tracking numbers that an order brings along for those of its parcels.
func (s *Sandbox) adoptTracking(o object) {
	ids := packageIDs(o)
	for _, u := range unitsOf(o) {
		number := u.text("tracking_number")
		if number == "" {
			number = u.line.text("tracking_number")
		}
		if number == "" && len(ids) == 1 {
			number = o.text("tracking_number")
		}
		if p := s.parcels[u.packageID()]; p != nil && p.tracking == "" && number != "" {
			s.give(p, number, s.carrierGiven(u))
		}
	}
}

// carrierGiven is the carrier an order brings along for a piece.
func (s *Sandbox) carrierGiven(u unit) provider {
	for _, from := range []object{u.object, u.line, u.order} {
		for _, key := range []string{"shipping_provider_name", "shipping_provider"} {
			if name := from.text(key); name != "" {
				return provider{from.text("shipping_provider_id"), name}
			}
		}
	}
	return carriers(s.region(s.orders[u.order.id()].shop))[0]
}

// give makes a number a parcel's.
func (s *Sandbox) give(p *parcel, number string, by provider) {
	p.tracking, p.carrier = number, by
	s.trackings[number] = p
}

// carriers number their parcels in their own way; these are the looks of it by market.
var trackingPrefix = map[string]string{"MY": "JMX", "ID": "JX", "TH": "TH", "VN": "8", "PH": "PH", "SG": "SG", "US": "94001", "BR": "BR", "MX": "MX"}

// track gives a parcel its tracking number, for good, where it has none.
func (s *Sandbox) track(p *parcel) {
	for salt := 0; p.tracking == ""; salt++ {
		digits, err := strconv.ParseUint(derived("tracking", fmt.Sprint(p.id, salt))[:15], 16, 64)
		if err != nil {
			continue // never: they are hex digits
		}
		number := fmt.Sprintf("%s%012d", trackingPrefix[s.region(p.shop)], digits%1e12)
		if s.trackings[number] == nil {
			by := p.carrier
			if by.ID == "" {
				by = carriers(s.region(p.shop))[0]
			}
			s.give(p, number, by)
		}
	}
}

func (s *Sandbox) region(shopID string) string { return s.shopByID(shopID).Region }

func (s *Sandbox) shopByID(id string) shop {
	for _, known := range s.shops {
		if known.ID == id {
			return known
		}
	}
	return shop{}
}
