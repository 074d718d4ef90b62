package sandbox

import (
	"slices"
	"strings"
)

// splitAttributes is Get Order Split Attributes (platform API 3.6). Nothing in this sandbox has to be split.
func (s *Sandbox) splitAttributes(c call) (any, *refusal) {
	given := c.URL.Query().Get("order_ids")
	if given == "" {
		return nil, invalid("OrderIDs is a required field")
	}
	all := []object{}
	for _, id := range strings.Split(given, ",") {
		o, refused := s.orderOf(c.shop, id)
		if refused != nil {
			return nil, refused
		}
		attributes := object{"order_id": id, "can_split": true, "must_split": false}
		if refused := s.refuseSplit(c.shop, o); refused != nil {
			attributes["can_split"], attributes["reason"] = false, refused.message
		}
		all = append(all, attributes)
	}
	return object{"split_attributes": all}, nil
}

// refuseSplit gives the reason why an order cannot be split.
func (s *Sandbox) refuseSplit(shopID string, o object) *refusal {
	units := unitsOf(o)
	if refused := s.refuseShipping(shopID, content{orders: []object{o}, units: units}); refused != nil && refused.code/1000 != 21004 {
		return refuse(21011005, refused.message)
	}
	switch {
	case o.text("status") == "PARTIALLY_SHIPPING":
		return refuse(21011005, "Part of the order is shipped.")
	case o.text("split_or_combine_tag") == "COMBINED":
		return refuse(21011035, "The order is in a combined package.")
	case len(kindsOf(units, unitsStayTogether(s.shopByID(shopID)))) < 2:
		return refuse(21011035, "There is nothing to split.")
	}
	return nil
}

// kindsOf are units in the smallest groups that may be packed apart: those of a SKU together, or each by itself.
func kindsOf(units []unit, together bool) map[string][]unit {
	kinds := map[string][]unit{}
	for _, u := range units {
		key := u.id()
		if together {
			key = u.text("sku_id")
		}
		kinds[key] = append(kinds[key], u)
	}
	return kinds
}

// group is what a split puts into one package.
type group struct {
	ID string `json:"id"` // the caller's own
	selection
}

// split is Split Orders (platform API 3.6): each group becomes a new package, and the old ones are unknown afterwards. All units
// have to be in a group, and none in two.
func (s *Sandbox) split(c call) (any, *refusal) {
	var body struct {
		Groups []group `json:"splittable_groups"`
		V2     []group `json:"splittable_groups_v2"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	groups := append(body.Groups, body.V2...)
	if len(groups) == 0 {
		return nil, invalid("SplittableGroups is a required field")
	}
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused == nil {
		refused = s.refuseSplit(c.shop, o)
	}
	if refused != nil {
		return nil, refused
	}
	packed, refused := groupsOf(o, groups)
	if refused == nil {
		refused = s.refuseGroups(c.shop, o, packed)
	}
	if refused != nil {
		return nil, refused
	}
	packages := []object{}
	for i, units := range packed {
		p := s.form(c.shop)
		wrap(o, units, p.id)
		packages = append(packages, object{"splittable_group_id": groups[i].ID, "id": p.id})
	}
	tagSplit(o)
	if err := s.change(c.shop, o); err != nil {
		return nil, internal()
	}
	return object{"packages": packages}, nil
}

// groupsOf reads the units of each group.
func groupsOf(o object, groups []group) ([][]unit, *refusal) {
	var packed [][]unit
	seen, names := map[string]bool{}, map[string]bool{}
	for _, g := range groups {
		if g.ID == "" || names[g.ID] || g.empty() {
			return nil, refuse(21001001, "Each group must have an id of its own and line items.")
		}
		names[g.ID] = true
		units, refused := g.of(o)
		if refused != nil {
			return nil, refused
		}
		for _, u := range units {
			if seen[u.id()] {
				return nil, refuse(21001001, "A line item is in two groups.")
			}
			seen[u.id()] = true
		}
		packed = append(packed, units)
	}
	if len(seen) != len(unitsOf(o)) {
		return nil, refuse(21001001, "Every line item of the order must be in a group.")
	}
	return packed, nil
}

// refuseGroups gives the reason why an order cannot be split in this way: fewer than two packages, or units of a SKU apart where
// the market does not allow that.
func (s *Sandbox) refuseGroups(shopID string, o object, packed [][]unit) *refusal {
	if len(packed) < 2 {
		return refuse(21011035, "An order is split into two packages or more.")
	}
	if !unitsStayTogether(s.shopByID(shopID)) {
		return nil
	}
	for _, kind := range kindsOf(unitsOf(o), true) {
		for _, units := range packed {
			here := func(u unit) bool {
				return slices.ContainsFunc(units, func(other unit) bool { return other.id() == u.id() })
			}
			if slices.ContainsFunc(kind, here) && !allOf(kind, here) {
				if s.region(shopID) == "MX" {
					return refuse(21003002, "All units of a SKU must stay in one package.")
				}
				return refuse(21011035, "All units of a SKU must stay in one package.")
			}
		}
	}
	return nil
}

func allOf(units []unit, holds func(unit) bool) bool {
	return !slices.ContainsFunc(units, func(u unit) bool { return !holds(u) })
}
