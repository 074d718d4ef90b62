package packing

import (
	"slices"

	"packbench/internal/order"
)

// InsertOut is the outcome of the scan of something that is to be laid into the parcel.
const InsertOut Outcome = "insert_added"

// The packer is asked for the inserts when the last piece is in and before the label is fetched: the box is still open, and the label is what closes it.
// One word or one scan of the command card answers for all of them, so that it costs no more than a glance; what has a barcode can be scanned instead, which
// proves it. A parcel without inserts is never asked about.

// goodOf is what the catalogue says of an article that was just scanned, or is in the hand; the zero Good where it knows nothing.
func (m *move) goodOf(sku string) order.Good {
	if article, known := m.goods[sku]; known {
		return article.Good
	}
	if m.s.hand.SKU == sku {
		return m.s.hand
	}
	return order.Good{}
}

// Inserting tells whether the packer is asked for what is to be laid into the box.
func (s State) Inserting() bool { return s.Question == SeeTo && s.found.Check == order.CheckInserts }

// addsInsert takes the scan of something that is still to be laid into the box; false: it is none of it.
func (m *move) addsInsert(in Scanned) bool {
	for _, insert := range m.s.Work.InsertsLeft() {
		if insert != in.Code && !slices.Contains(in.Candidates.SKUs, insert) {
			continue
		}
		m.remember()
		m.record(order.InsertAdded, func(e *order.Event) { e.SKU = insert })
		m.tell(InsertOut, order.Say("say.insert", "insert", insert))
		if m.s.Phase == Asked {
			m.carryOn()
		}
		return true
	}
	return false
}
