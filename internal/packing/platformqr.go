package packing

import "packbench/internal/order"

// PrintQR sends the platform's QR label of the open parcel's market to the printer: the document at Path, at its own size.
type PrintQR struct {
	Parcel order.Parcel
	Path   string
}

func (PrintQR) effect() {}

// QRPrinted answers PrintQR; Problem is why it did not go out.
type QRPrinted struct {
	Key     order.ParcelKey
	Problem *order.Problem
}

func (QRPrinted) input() {}

// MayPrintQR tells whether the bench asks for the scan of the platform's QR label and can print it.
func (s State) MayPrintQR() bool {
	return s.Phase == Asked && s.Question == SeeTo && s.found.Check == order.CheckQR && s.Checks.QRLabel(s.Parcel) != "" && !s.qrAsked
}

// platformQR prints the QR label whose scan is asked for, if it did not come out for this parcel yet.
func (m *move) platformQR() {
	if m.s.MayPrintQR() && !m.s.Work.QR {
		m.printQR()
	}
}

func (m *move) printQR() {
	m.s.qrAsked = true
	m.start(PrintQR{m.s.Parcel, m.s.Checks.QRLabel(m.s.Parcel)})
}

// yesToQR prints the QR label once more; true: a person asked for that.
func (m *move) yesToQR() bool {
	if !m.s.MayPrintQR() {
		return false
	}
	m.tell(Accepted, order.Say("say.accepted"))
	m.printQR()
	return true
}

func (m *move) qrPrinted(in QRPrinted) {
	if !m.isOpen(in.Key) {
		return
	}
	m.s.qrAsked = false
	if in.Problem != nil {
		m.turn.Said = order.Say("say.qr_failed", "why", in.Problem.Said)
		return
	}
	m.record(order.QRSent)
	m.turn.Said = order.Say("say.qr_out")
}
