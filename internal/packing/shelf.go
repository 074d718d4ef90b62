package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// MayShelve tells whether the open parcel may go to the waiting shelf: its pieces are in, no label of it can have come out, and it is not the packer who
// keeps it from going on.
func (s State) MayShelve() bool {
	label := s.Work.Label.State
	waits := s.Phase == Labelling || s.Phase == Asked && (s.Question == TryAgain || s.Question == SeeTo || s.Question == AllowCheck || s.Question == Waybill)
	return waits && s.Parcel.Key != "" && len(s.Missing()) == 0 && (label == order.NoLabel || label == order.Queued)
}

// aside puts the open parcel out of the way: with its pieces back in their bins while some are missing, as it is once all are in.
func (m *move) aside() {
	if m.leavesBuyer() || m.laysBack(true) {
		return
	}
	if m.s.Phase == Asked && (m.s.Question == WhyAgain || m.s.Question == Supervisor) { // the label is not printed again after all
		m.tell(Accepted, order.Say("say.accepted"))
		m.carryOn()
		return
	}
	if m.s.Phase == Packing && m.s.Work.Slot != "" && len(m.s.Work.Taken) == 0 && m.s.AtHand.ID == "" { // all lies where it lay
		m.letGo()
		m.tell(Accepted, order.Say("say.left_in_slot"))
		m.close()
		return
	}
	if m.s.AtHand.ID != "" { // the piece is laid back
		m.s.AtHand = order.Unit{}
		m.tell(Accepted, order.Say("say.laid_back"))
		return
	}
	if m.s.Phase == Asked && m.s.Question.passing() && m.s.Question != PutAside {
		m.tell(Accepted, order.Say("say.accepted"))
		m.backToWork()
		return
	}
	if m.s.MayShelve() {
		m.shelve()
		return
	}
	m.wish(Packing, PutAside, order.Say("ask.put_aside"), order.Say("say.nothing_to_put_aside"))
}

// shelve lets a parcel wait without the packer. A label that was to be fetched is fetched meanwhile.
func (m *move) shelve() {
	m.record(order.Shelved)
	asked := slices.ContainsFunc(m.s.Work.Requests, func(r order.Request) bool { return r.Kind == order.FetchLabel })
	if m.s.Work.Arranged && m.s.Work.Document == "" && !asked && !m.s.Work.OwnCarrier {
		id := string(m.s.Parcel.Key) + "/" + m.now.UTC().Format(time.RFC3339Nano)
		m.record(order.RequestMade, func(e *order.Event) { e.Request = order.Request{ID: id, Kind: order.FetchLabel} })
	}
	m.tell(ShelvedOut, order.Say("say.shelved"))
	m.close()
}
