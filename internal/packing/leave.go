package packing

import "packbench/internal/order"

// leave notes of all pieces in the box that they go back to their bins.
func (m *move) leave(why order.Leaving) {
	for _, piece := range m.s.Work.Taken {
		m.leaveOne(piece, why)
	}
}

// leaveOne notes that a piece goes back to its bin. One that never lay in the box has no unit.
func (m *move) leaveOne(piece order.Piece, why order.Leaving) {
	m.record(order.LeftBox, func(e *order.Event) { e.Unit, e.SKU, e.Leaving = piece.Unit, piece.SKU, why })
}

// outOfTheBox closes the open parcel once its pieces are out: they are on the put-back list from then on.
func (m *move) outOfTheBox(why order.Leaving) {
	said, pieces := order.Say("say.put_back"), len(m.s.Work.Taken)
	if pieces > 0 {
		said = order.Say("say.to_put_back", "count", pieces)
	}
	m.leave(why)
	m.record(order.PutBack)
	m.tell(PutBackOut, said)
	m.close()
}
