package sandbox

import (
	"strings"
	"time"
)

// slot is a time in which a carrier comes, in Unix seconds.
type slot struct {
	Start int64 `json:"start_time"`
	End   int64 `json:"end_time"`
}

// offer is a slot and whether it can be had. The platform spells it so (platform API 3.5).
type offer struct {
	slot
	Available bool `json:"avaliable"`
}

// The carriers of this sandbox come twice a day for three days, and want to know it two hours before. The platform documents no
// figures.
const (
	slotDays   = 3
	slotNotice = 2 * time.Hour
)

var slotHours = [][2]int{{10, 13}, {14, 18}} // local time

// zones are the markets' distances from UTC in hours; markets with several have the one of their capital in winter.
var zones = map[string]int{
	"MY": 8, "SG": 8, "PH": 8, "ID": 7, "TH": 7, "VN": 7, "JP": 9, "US": -5, "BR": -3, "MX": -6, "DE": 1, "FR": 1, "IT": 1, "ES": 1,
}

// offers of a parcel or an order, by its id: each has its own, some taken already (platform API 6.24).
func offers(id, region string, now time.Time) []offer {
	local := now.In(time.FixedZone("", zones[region]*3600))
	all := []offer{}
	for day := range slotDays {
		for i, hours := range slotHours {
			at := func(hour int) time.Time {
				return time.Date(local.Year(), local.Month(), local.Day()+day, hour, 0, 0, 0, local.Location())
			}
			start := at(hours[0])
			if !start.After(now) {
				continue
			}
			taken := derived("slot", []any{id, start.Unix()})[0] < '4' && day+i > 0
			all = append(all, offer{slot{start.Unix(), at(hours[1]).Unix()}, !taken && start.Sub(now) >= slotNotice})
		}
	}
	return all
}

// offers tells whether a slot can be had.
func (s *Sandbox) offers(id, shopID string, want slot) bool {
	for _, o := range offers(id, s.region(shopID), s.now()) {
		if o.slot == want {
			return o.Available
		}
	}
	return false
}

// packageSlots is Get Package Handover Time Slots (platform API 3.5).
func (s *Sandbox) packageSlots(c call) (any, *refusal) {
	p, parts, refused := s.packageOf(c)
	if refused == nil {
		refused = s.refuseSlots(c.shop, parts, false)
	}
	if refused != nil {
		return nil, refused
	}
	return s.handovers(c.shop, p.id), nil
}

// orderSlots is the form for an order of the US, whose packages come with their labels (platform API 3.5).
func (s *Sandbox) orderSlots(c call) (any, *refusal) {
	if !buysLabels(s.region(c.shop)) {
		return nil, refuse(21008106, "The API is not available in this region.")
	}
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused != nil {
		return nil, refused
	}
	var wanted selection
	if ids := c.URL.Query().Get("order_line_item_ids"); ids != "" {
		wanted.Lines = strings.Split(ids, ",")
	}
	units, refused := wanted.of(o)
	if refused == nil {
		refused = s.refuseSlots(c.shop, content{orders: []object{o}, units: units}, true)
	}
	if refused != nil {
		return nil, refused
	}
	return s.handovers(c.shop, o.id()), nil
}

// refuseSlots gives the reason why nobody comes for units. Where labels are bought first, the carrier is sent for afterwards.
func (s *Sandbox) refuseSlots(shopID string, parts content, afterBuying bool) *refusal {
	refused := s.refuseShipping(shopID, parts)
	if afterBuying && parts.stage() == arranged {
		refused = nil
	}
	if refused == nil && parts.bySeller() {
		return refuse(11021009, "The package is not shipped by the platform.")
	}
	if refused != nil && refused.code/1000 == 21004 { // an invoice is asked for at shipping
		return nil
	}
	return refused
}

// handovers are the ways in which a carrier takes a package or an order.
func (s *Sandbox) handovers(shopID, id string) object {
	region := s.region(shopID)
	ways := object{
		"can_pickup": true, "can_drop_off": true, "drop_off_point_url": "https://example.com/drop-off/" + strings.ToLower(region),
		"pickup_slots": offers(id, region, s.now()),
	}
	if region == "GB" {
		ways["can_van_collection"] = false
	}
	return ways
}

// schedule is Schedule Package Handover, in the US (platform API 3.0): how the carrier gets a package whose label was bought.
func (s *Sandbox) schedule(c call) (any, *refusal) {
	var body struct {
		OrderID string   `json:"order_id"`
		Lines   []string `json:"order_line_item_ids"`
		Method  string   `json:"handover_method"`
		Slot    *slot    `json:"pickup_slot"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	switch {
	case !buysLabels(s.region(c.shop)):
		return nil, refuse(21008106, "The API is not available in this region.")
	case body.OrderID == "":
		return nil, invalid("OrderID is a required field")
	case body.Method != "PICKUP" && body.Method != "DROP_OFF":
		return nil, refuse(21001001, "handover_method must be PICKUP or DROP_OFF.")
	}
	o, refused := s.orderOf(c.shop, body.OrderID)
	if refused != nil {
		return nil, refused
	}
	p, parts, refused := s.packageToSchedule(c.shop, o, selection{Lines: body.Lines})
	switch {
	case refused != nil:
		return nil, refused
	case body.Method == "PICKUP" && body.Slot == nil:
		return nil, refuse(21004017, "A pickup slot is required.")
	case body.Slot != nil && !s.offers(o.id(), c.shop, *body.Slot):
		return nil, refuse(21011053, "The pickup slot is not available.")
	}
	p.method, p.slot = body.Method, nil
	if body.Method == "PICKUP" {
		p.slot = body.Slot
	}
	for _, o := range parts.orders {
		if err := s.change(c.shop, o); err != nil {
			return nil, internal()
		}
	}
	w, d := p.measured(s.weight(parts), len(parts.units))
	created, updated := s.datesOf(p)
	return object{
		"package_id": p.id, "order_id": o.id(), "order_line_item_ids": idsOf(parts.of(o)), "handover_method": p.method,
		"shipping_provider_id": p.carrier.ID, "shipping_provider_name": p.carrier.Name, "tracking_number": p.tracking,
		"weight": w, "dimension": d, "create_time": created, "update_time": updated,
	}, nil
}

// packageToSchedule is the one package that units of an order lie in, if its label was bought and no carrier has it.
func (s *Sandbox) packageToSchedule(shopID string, o object, wanted selection) (*parcel, content, *refusal) {
	units, refused := wanted.of(o)
	if refused != nil {
		return nil, content{}, refused
	}
	id := ""
	for i, u := range units {
		if i > 0 && u.packageID() != id {
			return nil, content{}, refuse(21011048, "The order lies in several packages: name the line items.")
		}
		id = u.packageID()
	}
	at := content{units: units}.stage()
	switch {
	case at == cancelled:
		return nil, content{}, refuse(21011041, "The order is cancelled.")
	case at < arranged || id == "":
		return nil, content{}, refuse(21011043, "The package has not been shipped: buy its label first.")
	case at > arranged:
		return nil, content{}, refuse(21011040, "The carrier has the package.")
	}
	return s.parcelOf(shopID, id)
}
