package sandbox

import "slices"

// selection names units of an order: by lines, or by lines and the parts of bundles (platform API 3.6). An empty one is all of
// the order.
type selection struct {
	Lines []string  `json:"order_line_item_ids"`
	List  []lineRef `json:"order_line_list"`
}

// lineRef is a line, or a part of the bundle that it is.
type lineRef struct {
	Line string `json:"order_line_id"`
	Part string `json:"sub_item_id"`
}

func (w selection) empty() bool { return len(w.Lines) == 0 && len(w.List) == 0 }

// refs are the lines and parts named, both ways in one.
func (w selection) refs() []lineRef {
	var refs []lineRef
	for _, id := range w.Lines {
		refs = append(refs, lineRef{Line: id})
	}
	return append(refs, w.List...)
}

// names tells whether a reference means a unit: itself, its part, or the bundle it belongs to.
func (r lineRef) names(u unit) bool {
	if r.Part != "" {
		return u.id() == r.Part && (r.Line == "" || u.line.id() == r.Line)
	}
	return r.Line != "" && (u.id() == r.Line || u.line.id() == r.Line)
}

// of are the units of an order that are meant. What is not in the order, or cancelled in it, is refused.
func (w selection) of(o object) ([]unit, *refusal) {
	all := unitsOf(o)
	if w.empty() {
		return all, nil
	}
	refs := w.refs()
	for _, r := range refs {
		if !slices.ContainsFunc(all, r.names) {
			return nil, refuse(21001001, "The order has no such line item, or it is cancelled.")
		}
	}
	return slices.DeleteFunc(all, func(u unit) bool {
		return !slices.ContainsFunc(refs, func(r lineRef) bool { return r.names(u) })
	}), nil
}

// idsOf are units' own ids.
func idsOf(units []unit) []string {
	ids := []string{}
	for _, u := range units {
		ids = append(ids, u.id())
	}
	return ids
}

// orderOf finds a shop's order and reads it.
func (s *Sandbox) orderOf(shopID, orderID string) (object, *refusal) {
	r := s.orders[orderID]
	if r == nil || r.shop != shopID {
		return nil, refuse(21008111, "The order does not belong to the shop.")
	}
	o, err := readObject(r.json)
	if err != nil {
		return nil, internal()
	}
	return o, nil
}

// internal is the platform's word for a failure of its own.
func internal() *refusal { return refuse(36009003, "Internal error.") }
