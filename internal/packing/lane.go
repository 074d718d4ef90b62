package packing

import (
	"slices"

	"packbench/internal/order"
)

// InLane tells whether the wave's parcels are packed by scanning their pieces: each is of one piece, or all are alike.
func InLane(w order.Wave) bool { return w.Shape == order.FastLane || w.Shape == order.Bulk }

// Lane are the parcels of a wave that a piece of one of some articles may be for: nobody began them. They are in the wave's order, the most urgent first.
func Lane(s order.Sorting, skus []string) (parcels []order.Known) {
	if !InLane(s.Wave) {
		return nil
	}
	for _, k := range s.Parcels {
		if Sortable(k) && len(k.Work.Taken) == 0 && slices.ContainsFunc(k.Units, func(u order.Unit) bool { return slices.Contains(skus, u.SKU()) }) {
			parcels = append(parcels, k)
		}
	}
	return parcels
}

// fromLane opens the first parcel of the wave at hand that a piece is for, and takes the piece into it; false where no such wave is at hand.
func (m *move) fromLane(in Scanned) bool {
	if m.s.Sort.Wave == "" || !InLane(in.Sorting.Wave) || len(in.Candidates.SKUs) == 0 {
		return false
	}
	lane := Lane(in.Sorting, in.Candidates.SKUs)
	if len(lane) == 0 {
		m.mistake(in, WrongItem, order.Say("refused.not_in_wave", "wave", m.s.Sort.Wave))
		return true
	}
	switch chosen := lane[0]; m.gate(chosen.Parcel, chosen.Work, Opening) {
	case AskPlatform:
		m.hold(in, chosen.Key)
	case Refuse:
		outcome, said := Refusal(reason(chosen.Parcel, chosen.Work))
		m.tellOf(chosen.Key, outcome, said)
	case Proceed:
		m.begin(chosen)
		if m.s.Phase == Packing {
			m.pack(in)
		}
	}
	return true
}

// laneMeanings are the articles a code can be of, where the wave at hand needs more than one of them.
func laneMeanings(in Scanned) []Meaning {
	skus := slices.DeleteFunc(slices.Clone(in.Candidates.SKUs), func(sku string) bool { return len(Lane(in.Sorting, []string{sku})) == 0 })
	if len(skus) < 2 {
		return nil
	}
	return meaningsOf(skus)
}

func meaningsOf(skus []string) (meanings []Meaning) {
	for _, sku := range skus {
		meanings = append(meanings, Meaning{SKU: sku})
	}
	return meanings
}
