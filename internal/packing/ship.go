package packing

import "packbench/internal/order"

// arrange asks the platform to arrange shipment once the gate allows it.
func (m *move) arrange() {
	switch m.gate(m.s.Parcel, m.s.Work, Arranging) {
	case Refuse:
		m.halt()
	case AskPlatform:
		if m.problem != nil {
			m.trouble(m.problem)
			return
		}
		m.s.Phase = Checking
		m.refresh()
	case Proceed:
		m.ship()
	}
}

func (m *move) ship() {
	if m.s.Parcel.Standing == order.Arranged { // an earlier attempt of this bench got through
		m.record(order.ShipArranged)
		m.makeLabel()
		return
	}
	if m.s.Parcel.Standing == order.WithoutPackage {
		m.trouble(order.Trouble(nil, noPackageYet))
		return
	}
	if m.isOwn() {
		m.ask(Asked, Waybill, order.Say("ask.waybill"))
		return
	}
	if m.s.Work.Tries >= maximumTries && !m.s.toldToTry {
		m.trouble(order.Trouble(nil, "ask.ship_unknown", "count", m.s.Work.Tries))
		return
	}
	m.s.toldToTry = false
	m.record(order.ShipTried)
	m.s.Phase = Shipping
	m.start(Ship{m.s.Parcel})
}

// shipped takes in the platform's answer.
func (m *move) shipped(in ShipAnswered) {
	if !m.isOpen(in.Key) || m.s.Phase != Shipping {
		return
	}
	if was := m.s.Parcel.Key; in.Package != "" && in.Package != was {
		m.s.Parcel = m.s.Parcel.Under(in.Package)
		m.rename(was)
	}
	switch in.Result {
	case ShipDone:
		m.record(order.ShipArranged)
		m.makeLabel()
	case ShipAlready:
		m.alreadyShipped()
	case ShipNo:
		m.record(order.ShipRefused)
		if in.Standing != "" {
			m.s.Parcel.Standing = in.Standing
			m.halt()
			return
		}
		m.trouble(in.Problem)
	case ShipUnknown: // read before writing again
		m.s.Phase = Checking
		m.refresh()
	}
}

// alreadyShipped is success only where an earlier attempt of this bench may have done it.
func (m *move) alreadyShipped() {
	if m.s.Work.Tries > 1 {
		m.record(order.ShipArranged)
		m.makeLabel()
		return
	}
	m.record(order.ShipRefused)
	m.s.Parcel.Standing = order.Arranged
	m.halt()
}

// noPackageYet is the sentence for a parcel that is packed and that the platform has not made a package of.
const noPackageYet = "ask.no_package_yet"

// makeLabel wants the label made. A document that was fetched for another version of it, such as before a change of address, is fetched anew.
func (m *move) makeLabel() {
	m.s.Phase = Labelling
	document := m.s.Work.Document
	if m.s.Work.DocumentVersion != m.s.Parcel.LabelVersion {
		document = ""
	}
	m.start(MakeLabel{Parcel: m.s.Parcel, Document: document})
}

// labelMade takes in the drawn label and what was read back from it.
func (m *move) labelMade(in LabelMade) {
	if !m.isOpen(in.Key) || m.s.Phase != Labelling {
		return
	}
	if in.Document != "" && (in.Document != m.s.Work.Document || in.Version != m.s.Work.DocumentVersion) {
		m.record(order.DocumentKept, func(e *order.Event) { e.Document, e.Tracking, e.Version = in.Document, in.Tracking, in.Version })
		m.s.Parcel.Tracking = in.Tracking
	}
	m.s.Parcel.Handover = in.Handover
	switch {
	case m.s.Work.Label.State != order.NoLabel: // a print run made it meanwhile
		m.carryOn()
	case !packable(m.s.Parcel, m.s.Work): // it was cancelled while its label was made
		m.halt()
	case in.Problem == nil && in.Standing == "" && in.Version != m.s.Parcel.LabelVersion:
		m.makeLabel() // the parcel changed while its label was made
	case in.Standing != "":
		m.s.Parcel.Standing = in.Standing
		m.halt()
	case in.Problem != nil:
		if m.s.Work.Document != "" {
			m.record(order.LabelVoided) // the next try fetches the document again
		}
		m.trouble(in.Problem)
	case in.Verdict.Kind == order.Passed && m.heed(): // something about it is known only now
	case in.Verdict.Kind == order.Passed:
		m.queue(in.Verdict.Matched, in.Verdict.Codes)
	case in.Verdict.Kind == order.Foreign:
		m.record(order.LabelVoided)
		m.trouble(order.Trouble(nil, "label.foreign", "other", in.Verdict.Matched))
	case m.s.Work.Allowed:
		m.queue(m.s.Work.Tracking, in.Verdict.Codes)
	default:
		m.s.unread = in.Verdict
		m.ask(Asked, AcceptLabel, order.Say("ask.accept_label"))
	}
}

// queue wants one label printed.
func (m *move) queue(matched string, codes []string) {
	version := m.s.Work.DocumentVersion
	m.record(order.LabelQueued, func(e *order.Event) { e.Matched, e.Codes, e.Version = matched, codes, version })
	m.send()
}

func (m *move) send() {
	m.s.Question, m.s.Trouble = nothingToSay, order.Said{}
	m.s.Phase = Printing
	m.start(Send{Parcel: m.s.Parcel, Document: m.s.Work.Document})
}

// sendStarted lets the label's first byte leave, unless the parcel was stopped while the printer was waited for.
func (m *move) sendStarted(in SendStarted) {
	switch {
	case !m.isOpen(in.Key) || m.s.Phase != Printing:
	case !packable(m.s.Parcel, m.s.Work):
		m.halt()
	default:
		m.record(order.LabelSending)
	}
}

// sent takes in how far the label came.
func (m *move) sent(in SendAnswered) {
	if !m.isOpen(in.Key) || m.s.Phase != Printing {
		return
	}
	if in.End == SendDone {
		m.record(order.LabelSent)
		m.s.Phase = LabelScan
		m.hazmat()
		return
	}
	if m.s.Work.Label.State == order.Sending {
		m.record(order.LabelUnsent)
	}
	m.trouble(in.Problem)
}
