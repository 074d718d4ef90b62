package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// ownCarriers is a parcel that the seller ships as the bench may treat it: like any other, once the carrier is chosen.
func (m *move) ownCarriers(p order.Parcel) order.Parcel {
	if p.Standing != order.SellerShips || !p.Flow.OwnCarrier() || m.s.OwnCarrier == "" {
		return p
	}
	p.Standing = order.Ready
	if p.Flow.NeedsPackage() && !p.Key.HasPackage() {
		p.Standing = order.WithoutPackage
	}
	return p
}

// isOwn tells whether the seller's own carrier takes the open parcel, so that no label of the platform's is made.
func (m *move) isOwn() bool { return m.s.Work.OwnCarrier || m.s.Parcel.Flow.OwnCarrier() }

// own goes to the next thing a packed parcel of the seller's own carrier needs: its number, the platform's word about that, and the scan on the parcel.
func (m *move) own() {
	w := m.s.Work
	upload, waits := w.Upload()
	switch {
	case waits && upload.Parked.Key != "":
		m.ask(Asked, Waybill, order.Say("ask.waybill_refused", "why", upload.Parked))
	case waits && !upload.NotBefore.IsZero():
		m.trouble(order.Trouble(nil, waybillWaits))
	case waits:
		m.s.Phase = Shipping
	case w.Waybill == "" || !w.Arranged:
		m.arrange()
	case w.WaybillVersion != m.s.Parcel.WaybillVersion():
		m.ask(Asked, Waybill, order.Say("ask.waybill_stale"))
	default:
		m.s.Phase = LabelScan
	}
}

const (
	// waybillWaits is the sentence for a number that the platform has not answered about. The outbox goes on asking.
	waybillWaits = "ask.waybill_waits"
	// longUpload is how long a packer waits for that before they are told that they need not.
	longUpload = 15 * time.Second
)

// uploadTakesLong tells the packer that the platform does not answer about a number.
func (m *move) uploadTakesLong() {
	upload, waits := m.s.Work.Upload()
	if m.s.Phase == Shipping && waits && m.now.Sub(upload.MadeAt) > longUpload {
		m.trouble(order.Trouble(nil, waybillWaits))
	}
}

// renamedBy takes in that the outbox made the open parcel's package.
func (m *move) renamedBy(e order.Event) {
	if e.Kind == order.Renamed && m.isOpen(e.Was) && !m.isOpen(e.Parcel) {
		m.s.Parcel, m.s.was = m.s.Parcel.Under(e.Parcel), e.Was
	}
}

// uploadRecorded goes on where what the outbox journalled was waited for.
func (m *move) uploadRecorded() {
	waited := m.s.Phase == Shipping || m.s.Phase == Asked && (m.s.Question == Waybill || m.s.Trouble.Key == waybillWaits)
	if m.s.Work.OwnCarrier && waited {
		m.carryOn()
	}
}

// scanWaybill takes the number of the seller's own carrier, and has the platform told of it. One that was used for another parcel is refused.
func (m *move) scanWaybill(in Scanned) {
	if said := m.refusedWaybill(in); said.Key != "" {
		m.tell(WrongLabel, said)
		return
	}
	m.through(in, Arranging, func() { m.takeWaybill(in.Code) })
}

// refusedWaybill is why a code cannot be the open parcel's number; empty where it can.
func (m *move) refusedWaybill(in Scanned) order.Said {
	w := m.s.Work
	_, waits := w.Upload()
	another := func(key order.ParcelKey) bool { return !m.isOpen(key) }
	switch {
	case in.Code == w.Waybill && waits: // the platform is asked about it again
		return order.Said{}
	case in.Code == w.Waybill:
		return order.Say("ask.waybill_stale")
	case len(in.Candidates.Articles()) > 0, len(in.Candidates.NumberIn) > 0:
		return order.Say("refused.waybill_goods")
	case len(in.Candidates.Replaced) > 0, slices.ContainsFunc(in.Candidates.Waybills, another),
		slices.ContainsFunc(in.Candidates.Parcels, func(k order.Known) bool { return another(k.Key) }):
		return order.Say("refused.waybill_used")
	case !order.IsWaybill(in.Code), names(in.Candidates, m.s.Parcel.Key) && !slices.Contains(in.Candidates.Waybills, m.s.Parcel.Key),
		slices.Contains(m.s.Supervisors, in.Code):
		return order.Say("refused.waybill_form")
	}
	return order.Said{}
}

// takeWaybill journals a number for the outbox, in the place of one that waits.
func (m *move) takeWaybill(number string) {
	m.remember()
	if before, waits := m.s.Work.Upload(); waits {
		m.record(order.RequestDropped, func(e *order.Event) { e.Request = order.Request{ID: before.ID} })
	}
	id := string(m.s.Parcel.Key) + "/" + number + "/" + m.now.UTC().Format(time.RFC3339Nano)
	m.record(order.RequestMade, func(e *order.Event) {
		e.Request = order.Request{ID: id, Kind: order.UploadTracking, Tracking: number, Provider: m.s.OwnCarrier}
		e.Version = m.s.Parcel.WaybillVersion()
	})
	m.tell(Accepted, order.Say("say.waybill"))
	m.carryOn()
}

// confirmOwn confirms a parcel by the carrier's number on it.
func (m *move) confirmOwn() {
	if m.s.Work.WaybillVersion != m.s.Parcel.WaybillVersion() {
		m.tell(StaleLabel, order.Say("ask.waybill_stale"))
		m.ask(Asked, Waybill, m.turn.Said)
		return
	}
	m.remember()
	number := m.s.Work.Waybill
	if !m.unweighed() {
		m.confirmed(func(e *order.Event) { e.Tracking = number })
	}
}
