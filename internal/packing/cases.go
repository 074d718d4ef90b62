package packing

import (
	"slices"

	"packbench/internal/order"
)

// wanted are the missing pieces of an article.
func (s State) wanted(sku string) []order.Unit {
	return slices.DeleteFunc(s.Missing(), func(u order.Unit) bool { return u.SKU() != sku })
}

// fitting is the first closed case all pieces of which the open parcel wants, false where there is none.
func (s State) fitting(cases []order.CaseOf) (order.CaseOf, bool) {
	for _, c := range cases {
		if len(s.wanted(c.SKU)) >= c.Pieces {
			return c, true
		}
	}
	return order.CaseOf{}, false
}

// takeCase takes all pieces of a closed case, or says why not: one that holds more than is wanted stays closed.
func (m *move) takeCase(in Scanned) {
	if c, fits := m.s.fitting(in.Candidates.Cases); fits {
		if slices.Contains(in.Candidates.Numbered, c.SKU) {
			m.mistake(in, TooMany, order.Say("refused.case_numbered"))
			return
		}
		m.inHand(in, m.s.wanted(c.SKU)[:c.Pieces]...)
		return
	}
	for _, c := range in.Candidates.Cases {
		if n := len(m.s.wanted(c.SKU)); n > 0 {
			m.mistake(in, TooMany, order.Say("refused.case_too_large", "count", c.Pieces, "wanted", n))
			return
		}
	}
	m.refuseItem(in)
}
