package sandbox

import "strconv"

// What a parcel is given when its shipment is arranged.
const (
	carrierID   = "6841743441349706241"
	carrierName = "J&T Express"
)

// packageOf finds the parcel a call is about and reads it.
func (s *Sandbox) packageOf(c call) (*parcel, content, *refusal) {
	p := s.parcels[c.PathValue("package_id")]
	if p == nil || p.shop != c.shop {
		return nil, content{}, refuse(21011028, "The package does not belong to the shop.")
	}
	held, err := s.open(p)
	if err != nil {
		return nil, content{}, refuse(36009003, "Internal error.")
	}
	return p, held, nil
}

// ship is Ship Package (platform API 3.6).
func (s *Sandbox) ship(c call) (any, *refusal) {
	var body struct {
		Own *struct {
			Tracking string `json:"tracking_number"`
			Provider string `json:"shipping_provider_id"`
		} `json:"self_shipment"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	p, parts, refused := s.packageOf(c)
	if refused != nil {
		return nil, refused
	}
	if refused := s.refuseShipping(p, parts); refused != nil {
		return nil, refused
	}
	if parts.bySeller() {
		if body.Own == nil || body.Own.Tracking == "" {
			return nil, refuse(21001001, "self_shipment is required for orders shipped by the seller.")
		}
		p.tracking = body.Own.Tracking
	}
	if err := s.arrange(p, parts); err != nil {
		return nil, refuse(36009003, "Internal error.")
	}
	return struct{}{}, nil
}

// refuseShipping gives the reason why a parcel cannot be shipped as it stands (platform API 3.6, 3.9).
func (s *Sandbox) refuseShipping(p *parcel, parts content) *refusal {
	at := parts.stage()
	switch {
	case at == cancelled:
		return refuse(21011041, "The order is cancelled.")
	case parts.byPlatformWarehouse():
		return refuse(21008025, "The order is fulfilled by the platform.")
	case at == unpaid:
		return refuse(21011003, "The action is not allowed in the order's state.")
	case at == held:
		return refuse(21011044, "The order is on hold.")
	case parts.requested() && s.region(p.shop) != "US":
		// In the US shipping is allowed and rejects the request.
		return refuse(21008044, "An item of the package has an after-sale request.")
	case at == delivered:
		return refuse(21011027, "The package has been delivered.")
	case at > toShip:
		return refuse(21011040, "The package has already been shipped.")
	}
	return nil
}

// arrange makes the parcel's pieces shipped, and its orders where nothing of them is left to ship (platform API 3.2).
func (s *Sandbox) arrange(p *parcel, parts content) error {
	s.track(p)
	p.readyAt = s.clock().Add(s.labelDelay)
	now := s.now().Unix()
	for _, u := range parts.units {
		s.markShipped(u.object, p, now)
	}
	for _, o := range parts.orders {
		if o.text("status") == "CANCELLED" {
			continue
		}
		s.markBundles(o, p, now)
		o["status"] = statusAfterShipping(o)
		o["rts_time"] = now
		if o.truth("is_buyer_request_cancel") { // US: shipping rejects the request
			o["is_buyer_request_cancel"] = false
			delete(o, "request_cancel_time")
		}
		if len(packageIDs(o)) == 1 {
			o["tracking_number"] = p.tracking
			o["shipping_provider"], o["shipping_provider_id"] = carrierName, carrierID
		}
		// A change is always newer than the last one, even within a second or before the given Now.
		o["update_time"] = max(now, o.number("update_time")+1)
		if err := s.keep(p.shop, o); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sandbox) markShipped(line object, p *parcel, now int64) {
	line["display_status"] = "AWAITING_COLLECTION"
	line["package_id"] = p.id
	line["package_status"] = "PROCESSING"
	line["tracking_number"] = p.tracking
	line["shipping_provider_id"], line["shipping_provider_name"] = carrierID, carrierName
	line["rts_time"] = now
}

// markBundles makes a bundle shipped when its last part is.
func (s *Sandbox) markBundles(o object, p *parcel, now int64) {
	for _, line := range o.list("line_items") {
		parts := line.list("sub_item_info")
		open := len(parts) == 0
		for _, part := range parts {
			status := part.text("display_status")
			open = open || status == "AWAITING_SHIPMENT" || status == ""
		}
		if !open && line.text("display_status") != "CANCELLED" {
			s.markShipped(line, p, now)
		}
	}
}

func statusAfterShipping(o object) string {
	for _, u := range unitsOf(o) {
		status := u.text("display_status")
		if status == "" || status == "AWAITING_SHIPMENT" {
			return "PARTIALLY_SHIPPING"
		}
	}
	return "AWAITING_COLLECTION"
}

// packageDetail is Get Package Detail (platform API 3.5).
func (s *Sandbox) packageDetail(c call) (any, *refusal) {
	p, parts, refused := s.packageOf(c)
	if refused != nil {
		return nil, refused
	}
	orders, lines := []object{}, []string{}
	for _, id := range p.orders {
		orders = append(orders, object{"id": id})
	}
	skus := map[string]bool{}
	for _, u := range parts.units {
		lines = append(lines, u.id())
		skus[u.text("sku_id")] = true
	}
	status, sub := s.packageStatus(p, parts)
	first := parts.orders[0]
	detail := object{
		"package_id": p.id, "package_status": status, "package_sub_status": sub,
		"split_and_combine_tag": packageTag(parts), "has_multi_skus": len(skus) > 1, "note_tag": noteTag(parts),
		"orders": orders, "order_line_item_ids": lines,
		"weight":            object{"value": strconv.Itoa(s.weight(parts)), "unit": "GRAM"},
		"recipient_address": first.child("recipient_address"),
		"sender_address":    s.sender(p.shop),
		"tracking_number":   p.tracking,
		"create_time":       first["create_time"], "update_time": first["update_time"],
	}
	for _, key := range []string{"shipping_type", "delivery_option_id", "delivery_option_name"} {
		if value, has := first[key]; has {
			detail[key] = value
		}
	}
	if p.tracking != "" {
		detail["shipping_provider_id"], detail["shipping_provider_name"] = providerOf(first)
		detail["handover_method"] = handover(p)
	}
	return detail, nil
}

// packageStatus is the state of a parcel in both grains (platform API 3.5).
func (s *Sandbox) packageStatus(p *parcel, parts content) (status, sub string) {
	switch parts.stage() {
	case cancelled:
		return "CANCELLED", "CREATED"
	case unpaid, held:
		return "TO FULFILL", "CREATED"
	case toShip:
		return "TO FULFILL", "STOCKING"
	case arranged:
		if s.inProduction(p) {
			return "PROCESSING", "RTSING"
		}
		return "PROCESSING", "RTS_success"
	case collected:
		return "FULFILLING", "TTS"
	}
	return "COMPLETED", "Delivery"
}

// inProduction tells whether the label is not made yet.
func (s *Sandbox) inProduction(p *parcel) bool { return s.clock().Before(p.readyAt) }

func packageTag(parts content) string {
	if len(parts.orders) > 1 {
		return "COMBINE"
	}
	if len(packageIDs(parts.orders[0])) > 1 {
		return "SPLIT"
	}
	return "DEFAULT"
}

func noteTag(parts content) string {
	if parts.any(func(o object) bool { return o.text("buyer_message") != "" }) {
		return "BUYER_NOTED"
	}
	return "BUYER_UNNOTED"
}

func providerOf(o object) (id, name string) {
	for _, from := range append([]object{o}, o.list("line_items")...) {
		for _, key := range []string{"shipping_provider", "shipping_provider_name"} {
			if from.text(key) != "" {
				return from.text("shipping_provider_id"), from.text(key)
			}
		}
	}
	return carrierID, carrierName
}

func handover(p *parcel) string {
	if derived("handover", p.id)[0] < '4' {
		return "DROP_OFF"
	}
	return "PICKUP"
}

func (s *Sandbox) sender(shopID string) object {
	known := s.shopByID(shopID)
	address := senders[known.Region]
	if address == "" {
		address = "Bay 3, Central Warehouse"
	}
	return object{
		"name": known.Name, "phone_number": "(+60)3*****00", "region_code": known.Region,
		"full_address": address, "address_detail": address,
	}
}

var senders = map[string]string{
	"MY": "Bay 3, 47100 Puchong, Selangor", "VN": "Phường Tân Sơn, Hồ Chí Minh", "TH": "Bang Phli, Samut Prakan",
	"ID": "Cakung, Jakarta Timur", "PH": "Santa Rosa, Laguna", "SG": "Tuas South, Singapore",
}

// weight is what a parcel weighs in g, its carton included.
func (s *Sandbox) weight(parts content) int {
	const carton = 60
	weight := carton
	for _, u := range parts.units {
		for _, good := range s.goods {
			if good.SKU == skuOf(u.object) {
				weight += good.WeightG
				break
			}
		}
	}
	return weight
}
