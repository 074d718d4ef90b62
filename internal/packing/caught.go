package packing

import (
	"slices"

	"packbench/internal/order"
)

// mistakes are the refusals by which something wrong was kept out of a parcel.
var mistakes = map[Outcome]order.Mistake{
	WrongItem: order.WrongArticle, AlreadyFull: order.OneTooMany, TooMany: order.OneTooMany, WrongSlot: order.WrongPlace, WrongLabel: order.OthersLabel,
}

// caught journals what a scan kept out. A code at the label's turn is a mistake only where it is another parcel's: its own text is not kept, for a label's may name a buyer.
func (m *move) caught(in Scanned) {
	mistake, is := mistakes[m.turn.Outcome]
	if !is {
		return
	}
	label := mistake == order.OthersLabel
	if label && !slices.ContainsFunc(in.Candidates.Parcels, func(k order.Known) bool { return k.Key != m.s.Parcel.Key }) {
		return
	}
	m.record(order.MistakeCaught, func(e *order.Event) {
		e.Mistake, e.Why = mistake, m.turn.Said
		if label {
			e.Code = ""
		}
		if skus := in.Candidates.Articles(); len(skus) > 0 && !label {
			e.SKU = skus[0]
		}
	})
}
