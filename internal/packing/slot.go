package packing

import (
	"slices"

	"packbench/internal/order"
)

// sortPiece says into which slot a piece goes: that of the first parcel of the wave that needs it, those that have a slot before the others.
func (m *move) sortPiece(in Scanned) {
	s := in.Sorting
	wanted := slices.DeleteFunc(slices.Clone(in.Candidates.SKUs), func(sku string) bool { return Unsorted(s, sku) == 0 })
	if m.s.Sort.Bin != "" && len(wanted) > 0 {
		if _, ok := m.fromBin(in); !ok {
			return
		}
	}
	switch {
	case len(wanted) > 1:
		m.askMeant(in, meaningsOf(wanted))
		return
	case len(wanted) == 0:
		m.mistake(in, WrongItem, order.Say("refused.not_in_wave", "wave", m.s.Sort.Wave))
		return
	}
	hand, found := m.handFor(s, wanted[0])
	if !found {
		said := order.Say("refused.no_slot")
		if s.Wave.Shape != order.PutWall {
			said = order.Say("refused.no_tote")
		}
		m.mistake(in, NoSlot, said)
		return
	}
	m.remember()
	m.s.Sort.Hand = hand
	m.turn.SKU = hand.SKU
	said := order.Say("say.into_slot", "sku", hand.SKU, "slot", hand.Slot.Name())
	if hand.Slot.Code == "" {
		said = order.Say("say.into_tote", "sku", hand.SKU)
	}
	m.tellOf(hand.Parcel, SlotOut, said)
}

// handFor is where a piece of an article goes. A parcel sorted at a put wall that has no slot is given one; false: all are taken.
func (m *move) handFor(s order.Sorting, sku string) (hand Hand, found bool) {
	for _, slotted := range []bool{true, false} {
		for _, k := range s.Parcels {
			if !Sortable(k) || (k.Work.Slot != "") != slotted {
				continue
			}
			units := k.Unsorted()
			at := slices.IndexFunc(units, func(u order.Unit) bool { return u.SKU() == sku })
			if at < 0 {
				continue
			}
			hand = Hand{Parcel: k.Key, Unit: units[at].ID, SKU: sku}
			totes := s.Wave.Shape != order.PutWall
			switch free := freeSlots(s, totes); {
			case slotted:
				hand.Slot = slotNamed(s, k.Work.Slot)
			case len(free) == 0:
				return Hand{}, false
			case totes: // any of them
			default:
				hand.Slot = free[0]
				m.noteOf(order.Slotted, k.Key, inSlot(free[0]))
			}
			return hand, true
		}
	}
	return Hand{}, false
}

// slotNamed is the slot with a code; of one that was removed meanwhile only the code is known.
func slotNamed(s order.Sorting, code string) order.Slot {
	at := slices.IndexFunc(s.Slots, func(one order.Slot) bool { return one.Code == code })
	if at < 0 {
		return order.Slot{Code: code}
	}
	return s.Slots[at]
}

// layDown takes a scan while a piece is in the hand: the slot it goes into. Another slot is refused, and so is anything else.
func (m *move) layDown(in Scanned) {
	hand, slot := m.s.Sort.Hand, in.Candidates.Slot
	at := slices.IndexFunc(in.Sorting.Parcels, func(k order.Known) bool { return k.Key == hand.Parcel })
	if at < 0 || !Sortable(in.Sorting.Parcels[at]) {
		m.strayed(in)
		return
	}
	parcel := in.Sorting.Parcels[at]
	switch name := hand.Slot.Name(); {
	case slot.Code == "" && hand.Slot.Code == "":
		m.tellOf(hand.Parcel, SlotFirst, order.Say("refused.tote_first", "sku", hand.SKU))
	case slot.Code == "":
		m.tellOf(hand.Parcel, SlotFirst, order.Say("refused.slot_first", "sku", hand.SKU, "slot", name))
	case hand.Slot.Code != "" && slot.Code != hand.Slot.Code:
		m.tellOf(hand.Parcel, WrongSlot, order.Say("refused.wrong_slot", "got", slot.Name(), "want", name, "sku", hand.SKU))
	case hand.Slot.Code == "" && (slot.Parcel != "" || !slot.Tote()):
		m.tellOf(hand.Parcel, WrongSlot, order.Say("refused.tote_taken", "slot", slot.Name()))
	default:
		m.lay(in, parcel, slot)
	}
}

// lay puts the piece into a slot. The wave is laid down once nothing is left to sort.
func (m *move) lay(in Scanned, parcel order.Known, slot order.Slot) {
	hand := m.s.Sort.Hand
	m.remember()
	if hand.Slot.Code == "" {
		m.noteOf(order.Slotted, parcel.Key, inSlot(slot))
	}
	m.noteOf(order.Sorted, parcel.Key, inSlot(slot), func(e *order.Event) { e.Unit, e.SKU = hand.Unit, hand.SKU })
	m.s.Sort.Hand = Hand{}
	m.turn.SKU = hand.SKU
	left, missing := Unsorted(in.Sorting, "")-1, len(parcel.Unsorted())-1
	switch {
	case left == 0:
		m.tellOf(parcel.Key, SortedOut, order.Say("say.sorted_last", "slot", slot.Name(), "wave", m.s.Sort.Wave))
		m.noteOf(order.WaveLaid, "")
		m.s.Sort = Sort{}
	case missing == 0:
		m.tellOf(parcel.Key, SortedOut, order.Say("say.slot_complete", "slot", slot.Name(), "count", left))
	default:
		m.tellOf(parcel.Key, SortedOut, order.Say("say.sorted", "slot", slot.Name(), "count", missing))
	}
}

// strayed sends the piece in the hand back to its bin: its parcel was stopped while it was carried.
func (m *move) strayed(in Scanned) {
	hand := m.s.Sort.Hand
	m.s.Sort.Hand = Hand{}
	m.noteOf(order.LeftBox, hand.Parcel, func(e *order.Event) { e.SKU, e.Leaving = hand.SKU, order.OfStopped })
	m.tellOf(hand.Parcel, NotPackable, order.Say("refused.strayed", "sku", hand.SKU))
}

// scanSlot takes the scan of a slot while no piece is in the hand; false: its parcel is to be opened. The goods of a parcel that must not go on leave it.
func (m *move) scanSlot(in Scanned) bool {
	slot := in.Candidates.Slot
	at := slices.IndexFunc(in.Candidates.Parcels, func(k order.Known) bool { return k.Key == slot.Parcel })
	if at < 0 {
		m.tell(SlotFree, order.Say("say.slot_free", "slot", slot.Name()))
		return true
	}
	k := in.Candidates.Parcels[at]
	k.Parcel = m.ours(k.Parcel)
	switch lacking := len(k.Unsorted()); {
	case m.gate(k.Parcel, k.Work, Opening) == Refuse && len(k.Work.Taken) == 0:
		m.clearSlot(k, slot)
		return true
	case lacking > 0 && m.s.Sort.Wave != "" && Sortable(k):
		m.tellOf(k.Key, SlotLacks, order.Say("refused.slot_lacks", "slot", slot.Name(), "count", lacking))
		return true
	}
	return false
}

// clearSlot has the goods of a stopped parcel taken out of its slot: they are on the put-back list from then on.
func (m *move) clearSlot(k order.Known, slot order.Slot) {
	for _, piece := range k.Work.Sorted {
		m.noteOf(order.LeftBox, k.Key, func(e *order.Event) { e.Unit, e.SKU, e.Leaving = piece.Unit, piece.SKU, order.OfStopped })
	}
	m.noteOf(order.SlotFreed, k.Key, inSlot(slot))
	outcome, said := Refusal(reason(k.Parcel, k.Work))
	m.tellOf(k.Key, outcome, order.Say("refused.slot_stopped", "slot", slot.Name(), "said", said, "count", len(k.Work.Sorted)))
}

// shortPick parks the parcels that wait for what cannot be picked: of the article the picker stands before, or else the next on the walk. What was picked of it
// goes to the first ones. Without a reason they are asked for one.
func (m *move) shortPick(in Short) {
	if !in.Why.Given() {
		m.s.Sort.lack = lackIn(in.Sorting, m.s.Sort)
		if m.s.Sort.lack.sku == "" {
			m.tell(NothingAsked, order.Say("say.nothing_missing"))
			return
		}
		m.askException(WhyShort, order.Say("ask.why_short_pick", "sku", m.s.Sort.lack.sku, "count", len(m.s.Sort.lack.parcels)))
		return
	}
	short := m.s.Sort.lack
	if short.sku == "" {
		short = lackIn(in.Sorting, m.s.Sort)
	}
	m.s.Sort.lack = lack{}
	if short.sku == "" {
		m.tell(NothingAsked, order.Say("say.nothing_missing"))
		return
	}
	for _, parcel := range short.parcels {
		m.noteOf(order.WaitsShort, parcel, func(e *order.Event) { e.SKU, e.Shortage = short.sku, in.Why })
	}
	m.tell(ShortOut, order.Say("say.short_pick", "sku", short.sku, "why", WhyIsShort(in.Why), "count", len(short.parcels)))
}

// lackIn is the article that is short for a picker who says so, and the parcels of the wave that get none of it.
func lackIn(s order.Sorting, at Sort) (short lack) {
	stop := NextStop(s, at)
	short.sku = stop.SKU
	if short.sku == "" { // all was picked, but not all lies in slots
		for _, w := range s.Walk {
			if Unsorted(s, w.SKU) > 0 {
				short.sku = w.SKU
				break
			}
		}
	}
	if short.sku == "" {
		return lack{}
	}
	there := max(0, s.Wave.Picked[short.sku]-sortedOf(s, short.sku))
	if stop.SKU == "" {
		there = 0
	}
	for _, k := range s.Parcels {
		if !Sortable(k) {
			continue
		}
		for _, u := range k.Unsorted() {
			if u.SKU() != short.sku {
				continue
			}
			if there--; there < 0 {
				short.parcels = append(short.parcels, k.Key)
				break
			}
		}
	}
	return short
}

// laysBack takes the wish to undo or to leave while the bench is sorting: the piece in the hand is laid back, or the wave is laid down. It tells false where
// there is neither.
func (m *move) laysBack(leave bool) bool {
	switch {
	case m.s.Phase != Idle || m.s.Sort.Wave == "":
		return false
	case m.s.Sort.Hand.Unit != "":
		m.s.Sort.Hand = Hand{}
		m.s.recent = nil
		m.tell(UndoneOut, order.Say("say.piece_back"))
	case leave && m.s.Sort.Bin != "":
		m.s.Sort.Bin = ""
		m.tell(Accepted, order.Say("say.bin_left"))
	case leave:
		m.noteOf(order.WaveLaid, "")
		m.tell(WaveLaidOut, order.Say("say.wave_laid", "wave", m.s.Sort.Wave))
		m.s.Sort = Sort{}
	default:
		return false
	}
	return true
}
