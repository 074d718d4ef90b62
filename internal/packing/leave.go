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
	m.fromSlot(why)
	said, pieces := order.Say("say.put_back"), len(m.s.Work.Taken)+m.count(order.LeftBox)
	if pieces > 0 {
		said = order.Say("say.to_put_back", "count", pieces)
	}
	m.leave(why)
	m.record(order.PutBack)
	m.tell(PutBackOut, said)
	m.close()
}

// fromSlot notes of the pieces that came from the parcel's slot and were not taken yet that they go back to their bins.
func (m *move) fromSlot(why order.Leaving) {
	for _, piece := range m.s.Work.Sorted {
		if !m.s.took(piece.Unit) {
			m.leaveOne(piece, why)
		}
	}
}

// strays sends the pieces back that lie in the open parcel's slot and belong to it no more, and names them; empty: there are none.
func (m *move) strays() string {
	var gone []order.Piece
	for _, piece := range (order.Known{Parcel: m.s.Parcel, Work: m.s.Work}).Strays() {
		if !m.s.took(piece.Unit) {
			m.leaveOne(piece, order.OfStopped)
			gone = append(gone, piece)
		}
	}
	return order.Contents(gone)
}

// count is how many events of a kind the turn has.
func (m *move) count(kind order.EventKind) (n int) {
	for _, e := range m.turn.Events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}
