package packing

import (
	"slices"

	"packbench/internal/order"
)

// fromLane opens the most urgent parcel of a lane that a piece is for, and takes the piece into it; false where no lane needs it.
func (m *move) fromLane(in Scanned) bool {
	lane := slices.Clone(in.Candidates.Lane)
	if len(lane) == 0 || len(in.Candidates.Parcels) > 0 {
		return false
	}
	for i := range lane {
		lane[i].Parcel = m.ours(lane[i].Parcel)
	}
	chosen := choose(lane)
	switch m.gate(chosen.Parcel, chosen.Work, Opening) {
	case AskPlatform:
		m.hold(in, chosen.Key)
	case Refuse: // none of them can be packed
		outcome, said := Refusal(reason(chosen.Parcel, chosen.Work))
		m.tellOf(chosen.Key, outcome, said)
	case Proceed:
		m.begin(chosen)
		in.Candidates.Parcels, in.Candidates.Lane = nil, nil
		if m.s.Phase == Packing {
			m.pack(in)
		}
	}
	return true
}

// laneMeanings are the articles a code can be of, where lanes need more than one of them.
func laneMeanings(in Scanned) []Meaning {
	skus := slices.DeleteFunc(slices.Clone(in.Candidates.SKUs), func(sku string) bool {
		return !slices.ContainsFunc(in.Candidates.Lane, func(k order.Known) bool { return needs(k, sku) })
	})
	if len(skus) < 2 {
		return nil
	}
	return meaningsOf(skus)
}

func needs(k order.Known, sku string) bool {
	return slices.ContainsFunc(k.Units, func(u order.Unit) bool { return u.SKU() == sku })
}

func meaningsOf(skus []string) (meanings []Meaning) {
	for _, sku := range skus {
		meanings = append(meanings, Meaning{SKU: sku})
	}
	return meanings
}
