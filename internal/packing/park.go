package packing

import "packbench/internal/order"

// short parks the open parcel because the wanted article cannot be taken.
func (m *move) short(in Short) {
	sku, why := m.s.WantedSKU(), in.Why
	switch {
	case m.s.Phase == Idle && m.s.Sort.Wave != "":
		m.shortPick(in)
	case m.s.Phase != Packing || sku == "":
		m.tell(NothingAsked, order.Say("say.nothing_missing"))
	case !why.Given():
		m.askException(WhyShort, order.Say("ask.why_short", "sku", sku))
	default:
		m.park(order.Parked{SKU: sku, Shortage: why})
	}
}

// park leaves the open parcel to a supervisor, with its goods in it.
func (m *move) park(why order.Parked) {
	if m.s.Parcel.Key == "" {
		m.tell(NothingAsked, order.Say("say.nothing_to_park"))
		return
	}
	box := order.Say("park.box_empty")
	if taken := m.s.Work.Taken; len(taken) > 0 {
		box = order.Say("park.box", "goods", order.Contents(taken))
	}
	said := order.Say("say.parked", "box", box)
	if why.Shortage != "" {
		said = order.Say("say.parked_short", "sku", why.SKU, "why", WhyIsShort(why.Shortage), "box", box)
	}
	m.record(order.ParkedAway, func(e *order.Event) { e.SKU, e.Shortage = why.SKU, why.Shortage })
	m.tell(ParkedOut, said)
	m.close()
}

// shortages are how people call why an article is short.
var shortages = map[order.Shortage]order.Said{
	order.OutOfStock: order.Say("short.out_of_stock"), order.AllDamaged: order.Say("short.damaged"), order.OtherGoods: order.Say("short.wrong_bin"),
	order.BeingSplit: order.Say("short.being_split"), order.SplitRest: order.Say("short.split_rest"),
}

// WhyIsShort is why an article is short, as part of a sentence.
func WhyIsShort(s order.Shortage) order.Said { return shortages[s] }

// whyParked is why a parcel waited for a supervisor, as part of a sentence.
func whyParked(p order.Parked) order.Said {
	if p.Shortage == "" {
		return order.Say("park.by_person")
	}
	return order.Say("park.short", "sku", p.SKU, "why", WhyIsShort(p.Shortage))
}
