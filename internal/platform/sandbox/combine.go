package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// combinable is a package that the platform proposes: orders that may go together, and the id prepared for it.
type combinable struct {
	ID     string   `json:"id"`
	Orders []string `json:"order_ids"`
}

// household is where an order goes to and how: orders with the same may be combined (platform API 3.6). The platform knows the
// buyer behind a masked address.
func household(o object) string {
	address := o.child("recipient_address")
	return strings.Join([]string{
		o.text("user_id"), o.text("warehouse_id"), o.text("shipping_type"), o.text("delivery_option_id"),
		address.text("name"), address.text("phone_number"), address.text("full_address"),
	}, "\x00")
}

// combinables are a shop's proposals, by their first orders. Only buyers with several waiting orders are looked at.
func (s *Sandbox) combinables(shopID string) ([]combinable, *refusal) {
	waiting := map[string][]*record{}
	for _, r := range s.listed(shopID, false).all() {
		if r.Status == "AWAITING_SHIPMENT" && r.UserID != "" {
			waiting[r.UserID] = append(waiting[r.UserID], r)
		}
	}
	var found []combinable
	for _, records := range waiting {
		if len(records) < 2 {
			continue
		}
		homes := map[string][]string{}
		for _, r := range records {
			o, err := readObject(r.json)
			if err != nil {
				return nil, internal()
			}
			if s.refuseCombining(shopID, o) == nil {
				homes[household(o)] = append(homes[household(o)], r.ID)
			}
		}
		for _, ids := range homes {
			if len(ids) > 1 {
				slices.Sort(ids)
				found = append(found, combinable{prepared(ids), ids})
			}
		}
	}
	slices.SortFunc(found, func(a, b combinable) int { return strings.Compare(a.Orders[0], b.Orders[0]) })
	return found, nil
}

// prepared is the id of a package that orders might become.
func prepared(orderIDs []string) string {
	digits, err := strconv.ParseUint(derived("combinable", orderIDs)[:12], 16, 64)
	if err != nil {
		digits = 0 // never: they are hex digits
	}
	return fmt.Sprintf("1157%015d", digits%1e15)
}

// refuseCombining gives the reason why an order cannot be put together with others: it must wait as a whole, in no package but
// its own.
func (s *Sandbox) refuseCombining(shopID string, o object) *refusal {
	if refused := s.refuseShipping(shopID, content{orders: []object{o}, units: unitsOf(o)}); refused != nil {
		return refuse(21011031, refused.message)
	}
	if o.text("status") != "AWAITING_SHIPMENT" || o.text("split_or_combine_tag") != "" || len(packageIDs(o)) != 1 {
		return refuse(21011031, "The order cannot be combined.")
	}
	return nil
}

// searchCombinable is Search Combinable Packages (platform API 3.6).
func (s *Sandbox) searchCombinable(c call) (any, *refusal) {
	query := c.URL.Query()
	size, refused := pageSize(query, 50)
	if refused != nil {
		return nil, refused
	}
	after, refused := pageToken(query)
	if refused != nil {
		return nil, refused
	}
	all, refused := s.combinables(c.shop)
	if refused != nil {
		return nil, refused
	}
	page, next := pageOf(all, after, size, func(p combinable) place { return place{ID: p.Orders[0]} }, false)
	orders := 0
	for _, p := range all {
		orders += len(p.Orders)
	}
	// The platform counts orders here, not packages, as its field table says.
	return listAnswer("combinable_packages", page, orders, next), nil
}

// maxCombined is how many orders one package holds: the platform's figure for one tracking number (platform API 3.6).
const maxCombined = 20

// combine is Combine Package (platform API 3.6): what is not possible is listed, the rest is done.
func (s *Sandbox) combine(c call) (any, *refusal) {
	var body struct {
		Packages []combinable `json:"combinable_packages"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	if len(body.Packages) == 0 {
		return nil, invalid("CombinablePackages is a required field")
	}
	done, failed := []combinable{}, []failure{}
	for _, want := range body.Packages {
		formed, refused := s.combineOne(c.shop, want)
		if refused != nil {
			failed = append(failed, failureOf(want.ID, refused))
			continue
		}
		done = append(done, formed)
	}
	data := object{"packages": done}
	if len(failed) > 0 {
		data["errors"] = failed
	}
	return data, nil
}

// combineOne puts orders of one proposal into one new package. No orders named are all of the proposal's.
func (s *Sandbox) combineOne(shopID string, want combinable) (combinable, *refusal) {
	proposed, refused := s.combinables(shopID)
	if refused != nil {
		return combinable{}, refused
	}
	i := slices.IndexFunc(proposed, func(p combinable) bool { return p.ID == want.ID })
	if i < 0 {
		return combinable{}, refuse(21011028, "The package does not belong to the shop.")
	}
	if len(want.Orders) == 0 {
		want.Orders = proposed[i].Orders
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(want.Orders)))
	strange := slices.ContainsFunc(distinct, func(id string) bool { return !slices.Contains(proposed[i].Orders, id) })
	if strange || len(distinct) < 2 || len(distinct) > maxCombined {
		return combinable{}, refuse(21011031, "The orders cannot be combined.")
	}
	p := s.form(shopID)
	for _, id := range distinct {
		o, refused := s.orderOf(shopID, id)
		if refused != nil {
			return combinable{}, refused
		}
		rename(o, packageIDs(o)[0], p, false)
		o["split_or_combine_tag"] = "COMBINED"
		if err := s.change(shopID, o); err != nil {
			return combinable{}, internal()
		}
	}
	return combinable{p.id, distinct}, nil
}

// uncombine is Uncombine Packages (platform API 3.6): orders leave a combined package, each into one of its own; no orders named
// are all. Those that stay are formed anew, so that the old id is unknown either way.
func (s *Sandbox) uncombine(c call) (any, *refusal) {
	var body struct {
		Orders []string `json:"order_ids"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	p, parts, refused := s.packageOf(c)
	if refused == nil {
		refused = s.refuseUncombining(p, parts, body.Orders)
	}
	if refused != nil {
		return nil, refused
	}
	var stay []string
	packages := []combinable{}
	for _, id := range slices.Clone(p.orders) {
		if len(body.Orders) > 0 && !slices.Contains(body.Orders, id) {
			stay = append(stay, id)
			continue
		}
		packages = append(packages, combinable{s.form(c.shop).id, []string{id}})
	}
	if len(stay) > 0 {
		packages = append(packages, combinable{s.form(c.shop).id, stay})
	}
	for _, o := range parts.orders {
		i := slices.IndexFunc(packages, func(formed combinable) bool { return slices.Contains(formed.Orders, o.id()) })
		rename(o, p.id, s.parcels[packages[i].ID], false)
		if len(packages[i].Orders) == 1 {
			delete(o, "split_or_combine_tag")
		}
		if err := s.change(c.shop, o); err != nil {
			return nil, internal()
		}
	}
	return object{"packages": packages}, nil
}

// refuseUncombining gives the reason why orders cannot leave a package.
func (s *Sandbox) refuseUncombining(p *parcel, parts content, orderIDs []string) *refusal {
	switch {
	case len(p.orders) < 2:
		return refuse(21011029, "The package is not combined.")
	case slices.ContainsFunc(orderIDs, func(id string) bool { return !slices.Contains(p.orders, id) }):
		return refuse(21011029, "The order is not in the package.")
	case parts.stage() > toShip:
		return refuse(21011005, "The package has been shipped or cancelled.")
	}
	return nil
}
