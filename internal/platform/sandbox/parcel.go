package sandbox

import (
	"fmt"
	"strconv"
	"time"
)

// parcel is a package of the platform.
type parcel struct {
	id, shop string
	orders   []string // ids
	tracking string   // empty until shipment is arranged
	readyAt  time.Time
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

// status is the state of a piece: its own, its bundle's, or its order's where the order is in one state as a whole.
func (u unit) status() string {
	orderStatus := u.order.text("status")
	if orderStatus != "PARTIALLY_SHIPPING" {
		return orderStatus
	}
	for _, o := range []object{u.object, u.line} {
		if status := o.text("display_status"); status != "" {
			return status
		}
	}
	return "AWAITING_SHIPMENT"
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

// packageID is the package a piece lies in.
func (u unit) packageID() string {
	for _, o := range []object{u.object, u.line} {
		if id := o.text("package_id"); id != "" {
			return id
		}
	}
	if ids := packageIDs(u.order); len(ids) == 1 {
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
		if at := stages[u.status()]; at < least {
			least = at
		}
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
			p.tracking = number
			s.trackings[number] = true
		}
	}
}

// carriers number their parcels in their own way; these are the looks of it by market.
var trackingPrefix = map[string]string{"MY": "JMX", "ID": "JX", "TH": "TH", "VN": "8", "PH": "PH", "SG": "SG"}

// track gives a parcel its tracking number, for good.
func (s *Sandbox) track(p *parcel) {
	for salt := 0; p.tracking == ""; salt++ {
		digits, err := strconv.ParseUint(derived("tracking", fmt.Sprint(p.id, salt))[:15], 16, 64)
		if err != nil {
			continue // never: they are hex digits
		}
		number := fmt.Sprintf("%s%012d", trackingPrefix[s.region(p.shop)], digits%1e12)
		if !s.trackings[number] {
			p.tracking = number
			s.trackings[number] = true
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
