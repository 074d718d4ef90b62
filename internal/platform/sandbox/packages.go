package sandbox

// packageOf finds the parcel a call is about and reads it.
func (s *Sandbox) packageOf(c call) (*parcel, content, *refusal) {
	return s.parcelOf(c.shop, c.PathValue("package_id"))
}

// parcelOf finds a shop's parcel and reads it.
func (s *Sandbox) parcelOf(shopID, packageID string) (*parcel, content, *refusal) {
	p := s.parcels[packageID]
	if p == nil || p.shop != shopID {
		return nil, content{}, refuse(21011028, "The package does not belong to the shop.")
	}
	held, err := s.open(p)
	if err != nil {
		return nil, content{}, internal()
	}
	return p, held, nil
}

// packageDetail is Get Package Detail (platform API 3.5).
func (s *Sandbox) packageDetail(c call) (any, *refusal) {
	p, parts, refused := s.packageOf(c)
	if refused != nil {
		return nil, refused
	}
	orders := []object{}
	for _, id := range p.orders {
		orders = append(orders, object{"id": id})
	}
	skus := map[string]bool{}
	for _, u := range parts.units {
		skus[u.text("sku_id")] = true
	}
	status, sub := s.packageStatus(p, parts)
	first := parts.orders[0]
	weight, box := p.measured(s.weight(parts), len(parts.units))
	created, updated := s.datesOf(p)
	detail := object{
		"package_id": p.id, "package_status": status, "package_sub_status": sub,
		"split_and_combine_tag": packageTag(parts), "has_multi_skus": len(skus) > 1, "note_tag": noteTag(parts),
		"orders": orders, "order_line_item_ids": idsOf(parts.units),
		"weight": weight, "dimension": box,
		"recipient_address": first.child("recipient_address"),
		"sender_address":    s.sender(p.shop),
		"tracking_number":   p.tracking,
		"create_time":       created, "update_time": updated,
		"insurance":          object{"is_purchased": false, "is_claim_eligible": false},
		"biz_extension_tags": []string{},
	}
	if warehouse := first.text("warehouse_id"); warehouse != "" && s.region(p.shop) == "US" { // since August 2026
		detail["warehouse_id"] = warehouse
	}
	for _, key := range []string{"shipping_type", "delivery_option_id", "delivery_option_name"} {
		if value, has := first[key]; has {
			detail[key] = value
		}
	}
	if p.tracking != "" {
		detail["shipping_provider_id"], detail["shipping_provider_name"] = p.carrier.ID, p.carrier.Name
		detail["handover_method"] = handover(p)
	}
	if p.slot != nil {
		detail["pickup_slot"] = p.slot
	}
	return detail, nil
}

// measured is what a parcel weighs and measures: as was said when its label was bought, else as the platform works it out.
func (p *parcel) measured(grams, pieces int) (weight, dimension) {
	if p.bought != nil {
		return p.bought.weight, p.bought.dimension
	}
	return measures{}.orMade(grams, pieces)
}

// datesOf are when a parcel came to be and when it last changed.
func (s *Sandbox) datesOf(p *parcel) (created, updated int64) {
	created = p.formed
	for _, id := range p.orders {
		r := s.orders[id]
		if p.formed == 0 && (created == 0 || r.created < created) {
			created = r.created
		}
		updated = max(updated, r.updated)
	}
	return created, updated
}

// packageStatus is the state of a parcel in both grains (platform API 3.5).
func (s *Sandbox) packageStatus(p *parcel, parts content) (status, sub string) {
	at := parts.stage()
	return coarseStatus(at), s.subStatus(p, at)
}

// subStatus is the finer state; those of the platform's own warehouses and of mishaps do not occur here.
func (s *Sandbox) subStatus(p *parcel, at stage) string {
	switch at {
	case toShip:
		return "STOCKING"
	case arranged:
		if s.inProduction(p) {
			return "RTSING"
		}
		return "RTS_success"
	case collected:
		return "TTS"
	case delivered:
		return "Delivery"
	}
	return "CREATED"
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

// handover is how a parcel gets to its carrier: as asked for, else as the platform has it.
func handover(p *parcel) string {
	if p.method != "" {
		return p.method
	}
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
