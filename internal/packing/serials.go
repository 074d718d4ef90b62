package packing

import (
	"slices"

	"packbench/internal/order"
)

// askNumber takes a piece into the hand whose serial number is to be scanned before it counts.
func (m *move) askNumber(unit order.Unit) {
	m.remember()
	m.s.AtHand, m.s.hand = unit, m.goodOf(unit.SKU())
	m.tell(NumberOut, order.Say("ask.serial"))
}

// number takes the serial number of the piece in the hand, or says why it is none.
func (m *move) number(in Scanned) {
	c := in.Candidates
	switch {
	case len(c.Articles()) > 0 || len(c.Parcels) > 0 || len(c.Replaced) > 0 || len(c.Waybills) > 0:
		m.tell(NumberOut, order.Say("refused.no_serial"))
	case len(c.NumberIn) > 0:
		m.tell(NumberUsed, order.Say("refused.serial_used", "parcel", c.NumberIn[0]))
	case slices.Contains(m.s.Work.Serials(), in.Code):
		m.tell(NumberUsed, order.Say("refused.serial_used", "parcel", m.s.Parcel.Key))
	default:
		unit := m.s.AtHand
		m.s.AtHand = order.Unit{}
		if !slices.ContainsFunc(m.s.Missing(), func(u order.Unit) bool { return u.ID == unit.ID }) { // the order changed meanwhile
			m.refuseItem(in)
			return
		}
		m.takeNumbered(in.Code, unit)
	}
}
