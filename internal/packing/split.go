package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// SendHere is a person's wish to send what is there of the open parcel as a parcel of its own, because the wanted article is short.
type SendHere struct{}

func (SendHere) input() {}

// SplitHere is a question: ok has the platform split the open parcel's order, which cannot be undone here.
const SplitHere Question = "split_here"

// MaySplit tells whether what is there of the open parcel may be asked to be a parcel of its own: it is all of one order, nothing was asked of the platform
// about it yet, and something whole is there while something is missing. The platform may refuse all the same.
func (s State) MaySplit() bool {
	p, w := s.Parcel, s.Work
	here, _ := p.SplitOff(w.Taken)
	whole := len(p.OrderIDs) == 1 && p.Of == 1 && p.Key.HasPackage() && p.Flow.NeedsPackage() && (p.Standing == order.Ready || p.Standing == order.SellerShips)
	untouched := w.Tries == 0 && !w.Arranged && w.Label.State == order.NoLabel && len(w.Requests) == 0
	return whole && untouched && len(here) > 0 && len(s.Missing()) > 0 && (s.Phase == Packing || s.Phase == Asked && s.Question.passing())
}

// sendHere asks whether what is there shall be a parcel of its own.
func (m *move) sendHere() {
	if !m.s.MaySplit() {
		m.tell(NothingAsked, order.Say("say.cannot_split"))
		return
	}
	here, left := m.s.Parcel.SplitOff(m.s.Work.Taken)
	said := order.Say("ask.split_here", "goods", order.Contents(pieces(here)), "count", len(m.s.Parcel.Units)-len(here))
	if len(left) > 0 {
		said = order.Say("ask.split_here_left", "said", said, "goods", order.Contents(left))
	}
	m.askException(SplitHere, said)
}

// pieces are units as pieces.
func pieces(units []order.Unit) (all []order.Piece) {
	for _, u := range units {
		all = append(all, order.Piece{Unit: u.ID, SKU: u.SKU()})
	}
	return all
}

// splitHere has the outbox split the order, and parks the box until the platform's new parcels are read. Pieces that cannot go go back to their bins. The others
// stay in the box and count in the new parcel: their order lines are the same, and nobody scans twice what nobody touched.
func (m *move) splitHere() {
	here, left := m.s.Parcel.SplitOff(m.s.Work.Taken)
	sku := m.s.WantedSKU()
	for _, piece := range left {
		m.leaveOne(piece, order.OfAside)
	}
	request := order.Request{ID: "split/" + string(m.s.Parcel.Key) + "/" + m.now.UTC().Format(time.RFC3339Nano), Kind: order.SplitOrder, OrderID: m.s.Parcel.OrderIDs[0], SKU: sku}
	for _, unit := range here {
		request.Here = append(request.Here, unit.ID)
	}
	m.record(order.RequestMade, func(e *order.Event) { e.Request = request })
	m.record(order.ParkedAway, func(e *order.Event) { e.SKU, e.Shortage = sku, order.BeingSplit })
	m.tell(ParkedOut, order.Say("say.splitting", "order", request.OrderID, "goods", order.Contents(m.s.Work.Taken)))
	m.close()
}

// beingSplit refuses to open a parcel whose order the platform is being asked to split; true: it is.
func (m *move) beingSplit(chosen order.Known) bool {
	r, asked := chosen.Work.Splitting()
	if !asked || r.Parked.Key != "" {
		return false
	}
	m.tellOf(chosen.Key, NotPackable, order.Say("refused.being_split"))
	return true
}

// notSplit gives up a split that the platform did not make, once its box is opened again, and says why it was not made; the empty sentence where there is none.
func (m *move) notSplit() order.Said {
	r, asked := m.s.Work.Splitting()
	if !asked {
		return order.Said{}
	}
	m.record(order.RequestDropped, func(e *order.Event) { e.Request = order.Request{ID: r.ID} })
	return order.Say("park.split_refused", "why", r.Parked)
}

// splitRecorded tells the idle packer what came of a split.
func (m *move) splitRecorded(e order.Event) {
	switch {
	case m.s.Phase != Idle:
	case e.Kind == order.Renamed && e.Was.HasPackage():
		m.turn.Said = order.Say("say.split", "parcel", e.Parcel)
	case e.Kind == order.RequestParked && e.Request.Kind == order.SplitOrder:
		m.turn.Said = order.Say("say.not_split", "parcel", e.Parcel, "why", e.Request.Parked)
	}
}

// begun is the parcel among several in which pieces lie that can go on; false where there is none.
func begun(parcels []order.Known) (order.Known, bool) {
	at := slices.IndexFunc(parcels, func(k order.Known) bool {
		return len(k.Work.Taken) > 0 && k.Work.ConfirmedAt.IsZero() && packable(k.Parcel, k.Work)
	})
	if at < 0 {
		return order.Known{}, false
	}
	return parcels[at], true
}
