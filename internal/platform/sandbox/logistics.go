package sandbox

import (
	"fmt"
	"slices"
	"strconv"
)

// warehousesOf are the ids of a shop's warehouses: those its orders lie in, or the plain shop's where none is named.
func (s *Sandbox) warehousesOf(shopID string) []string {
	seen := map[string]bool{}
	for _, r := range s.listed(shopID, false).orders {
		for _, id := range r.warehouses {
			seen[id] = true
		}
	}
	ids := []string{}
	for id := range seen {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		ids = []string{plainWarehouse}
	}
	slices.Sort(ids)
	return ids
}

// warehouses is Get Warehouse List (platform API 3.8): the shop's sales warehouses and one for what comes back.
func (s *Sandbox) warehouses(c call) (any, *refusal) {
	known := s.shopByID(c.shop)
	kind := "DOMESTIC_WAREHOUSE"
	if known.SellerType == "CROSS_BORDER" {
		kind = "CB_OVERSEA_WAREHOUSE"
	}
	all := []object{}
	for i, id := range s.warehousesOf(c.shop) {
		all = append(all, s.warehouse(known, id, fmt.Sprintf("Warehouse %d", i+1), "SALES_WAREHOUSE", kind, i == 0))
	}
	back := derived("return warehouse", c.shop)[:15]
	digits, err := strconv.ParseUint(back, 16, 64)
	if err != nil {
		return nil, internal()
	}
	all = append(all, s.warehouse(known, fmt.Sprintf("7495%015d", digits%1e15), "Returns", "RETURN_WAREHOUSE", kind, false))
	return object{"warehouses": all}, nil
}

func (s *Sandbox) warehouse(known shop, id, name, kind, subKind string, usual bool) object {
	from := s.sender(known.ID)
	return object{
		"id": id, "entity_id": id, "name": known.Name + " " + name, "type": kind, "sub_type": subKind,
		"effect_status": "ENABLED", "is_default": usual,
		"address": object{
			"region": known.Region, "region_code": known.Region, "state": "", "city": "", "distict": "", "town": "", "postal_code": "",
			"address_line1": from.text("address_detail"), "full_address": from.text("full_address"),
			"contact_person": from.text("name"), "phone_number": from.text("phone_number"),
		},
	}
}

// option is a delivery option (platform API 3.8).
type option struct{ id, name, kind, description string }

// options are a warehouse's; the first is the one of the plain shop and of the samples.
var options = []option{
	{"7091146663229654785", "Standard Shipping", "STANDARD", "Shipped by the platform within the usual time."},
	{"7091146663229654786", "Express Shipping", "EXPRESS", "Shipped by the platform, faster."},
	{"7091146663229654787", "Economy Shipping", "ECONOMY", "Shipped by the platform, at a lower price."},
	{sellerOption, "Shipped by seller", "SEND_BY_SELLER", "Shipped by a carrier of the seller's own."},
}

const sellerOption = "7091146663229654788"

// deliveryOptions is Get Warehouse Delivery Options (platform API 3.8).
func (s *Sandbox) deliveryOptions(c call) (any, *refusal) {
	if !slices.Contains(s.warehousesOf(c.shop), c.PathValue("warehouse_id")) {
		return nil, refuse(21001001, "The warehouse does not belong to the shop.")
	}
	switch c.URL.Query().Get("scope") {
	case "", "WAREHOUSE", "PRODUCT":
	default:
		return nil, invalid("Invalid scope.")
	}
	all := []object{}
	for _, o := range options {
		all = append(all, object{
			"id": o.id, "name": o.name, "type": o.kind, "description": o.description, "platform": []string{"TIKTOK_SHOP"},
			"weight_limit":    object{"min_weight": 1, "max_weight": 30000, "unit": "GRAM"},
			"dimension_limit": object{"max_length": 100, "max_width": 100, "max_height": 100, "unit": "CM"},
		})
	}
	return object{"delivery_options": all}, nil
}

// shippingProviders is Get Shipping Providers (platform API 3.8): the carriers a seller may name. The platform's own options have
// none.
func (s *Sandbox) shippingProviders(c call) (any, *refusal) {
	id, query := c.PathValue("delivery_option_id"), c.URL.Query()
	switch {
	case !slices.ContainsFunc(options, func(o option) bool { return o.id == id }):
		return nil, refuse(21001001, "The delivery option does not belong to the shop.")
	case id != sellerOption:
		return nil, refuse(21008117, "The delivery option is shipped by the platform.")
	case slices.Contains(europeanUnion, s.region(c.shop)) && (query.Get("warehouse_region") == "" || query.Get("buyer_region") == ""):
		return nil, refuse(21008116, "warehouse_region and buyer_region are required.")
	}
	return object{"shipping_providers": carriers(s.region(c.shop))}, nil
}
