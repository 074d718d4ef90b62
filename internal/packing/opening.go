package packing

import "packbench/internal/order"

// free takes a scan while no parcel is open.
func (m *move) free(in Scanned) {
	in = m.oursIn(in)
	if !m.sorts(in) {
		m.open(in)
	}
}

// open begins a parcel.
func (m *move) open(in Scanned) {
	if m.ambiguous(in) {
		return
	}
	buyer := m.s.Buyer
	m.s.Buyer = Buyer{}
	candidates := in.Candidates
	if len(candidates.Parcels) == 0 {
		if m.givesBack(in) || m.fromLane(in) {
			return
		}
		if len(candidates.Replaced) > 0 {
			m.replaced(candidates.Replaced[0])
		} else if len(candidates.Articles()) > 0 {
			m.mistake(in, WrongItem, order.Say("refused.no_parcel_open"))
		} else {
			m.tell(UnknownCode, unknown(in))
		}
		return
	}
	for i := range candidates.Parcels {
		candidates.Parcels[i].Parcel = m.ours(candidates.Parcels[i].Parcel)
	}
	chosen := choose(candidates.Parcels)
	if !chosen.Work.ConfirmedAt.IsZero() {
		m.tellOf(chosen.Key, NotPackable, order.Say("refused.confirmed"))
		return
	}
	if m.beingSplit(chosen) {
		return
	}
	switch m.gate(chosen.Parcel, chosen.Work, Opening) {
	case AskPlatform:
		m.hold(in, chosen.Key)
	case Refuse:
		why := reason(chosen.Parcel, chosen.Work)
		outcome, said := Refusal(why)
		m.tellOf(chosen.Key, outcome, said)
		m.s.Buyer = buyer
		m.owes(chosen, why)
	case Proceed:
		m.begin(chosen)
	}
}

// unknown is what the packer hears of a code that means nothing here.
func unknown(in Scanned) order.Said {
	if in.Candidates.Slot.Code != "" {
		return order.Say("say.slot_free", "slot", in.Candidates.Slot.Name())
	}
	if in.Candidates.NoGoods {
		return order.Say("refused.no_catalogue", "code", in.Code)
	}
	return order.Say("refused.unknown_code", "code", in.Code)
}

// begin makes a parcel the open one. An untouched one that was open before is let go.
func (m *move) begin(chosen order.Known) {
	if m.s.Phase == Packing {
		m.letGo()
	}
	m.s.Parcel, m.s.Work, m.s.asking, m.s.was, m.s.parked = chosen.Parcel, chosen.Work, false, "", chosen.Work.Parked
	m.s.walk = Returning{}
	m.remember()
	m.rename(chosen.Work.Parcel)
	parked := m.s.Work.Parked
	m.record(order.Opened)
	if m.s.Work.Label.State == order.Sent && m.onLabel(m.scan.Code) { // it came out of a print run
		m.record(order.LabelSeen)
	}
	in, of := m.s.Pieces()
	why := whyParked(parked)
	if refused := m.notSplit(); refused.Key != "" {
		why = refused
	}
	m.tell(OpenedOut, m.warned(order.Say("say.opened", "in", in, "count", of)))
	if !parked.At.IsZero() {
		m.tell(OpenedOut, m.warned(order.Say("say.opened_parked", "why", why, "in", in, "count", of)))
	}
	if goods := m.strays(); goods != "" {
		m.tell(OpenedOut, order.Say("say.opened_strays", "said", m.turn.Said, "goods", goods))
	}
	m.carryOn()
}

// letGo lets the open parcel, into which nothing was scanned, lie where it lay. If it waited for a supervisor it does so again.
func (m *move) letGo() {
	m.record(order.LetGo)
	if parked := m.s.parked; !parked.At.IsZero() && len(m.s.Work.Taken) == 0 {
		m.record(order.WaitsShort, func(e *order.Event) { e.SKU, e.Shortage = parked.SKU, parked.Shortage })
	}
}

// choose takes the parcel a packer most likely means where a code names several, such as an order's: the first that was begun and
// can go on, else the first that can be packed, else the first that is not done.
func choose(parcels []order.Known) order.Known {
	if k, is := begun(parcels); is {
		return k
	}
	for _, k := range parcels {
		if k.Work.ConfirmedAt.IsZero() && packable(k.Parcel, k.Work) {
			return k
		}
	}
	for _, k := range parcels {
		if k.Work.ConfirmedAt.IsZero() {
			return k
		}
	}
	return parcels[0]
}
