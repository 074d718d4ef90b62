package packing

import "packbench/internal/order"

// PrintHazmat fetches the platform's label for dangerous goods of a parcel and sends it to the printer, after the shipping label.
type PrintHazmat struct{ Parcel order.Parcel }

func (PrintHazmat) effect() {}

// HazmatPrinted answers PrintHazmat; Problem is why it did not go out.
type HazmatPrinted struct {
	Key     order.ParcelKey
	Problem *order.Problem
}

func (HazmatPrinted) input() {}

// hazmat has the label for dangerous goods printed once the shipping label is out, where the parcel is flagged and its check is not turned off. A label of a print
// run has none behind it: it would stand between the run's labels.
func (m *move) hazmat() {
	label := m.s.Work.Label
	out := label.State == order.Sent || label.State == order.Seen
	if !out || label.Run != "" || m.s.Work.Hazmat || m.s.hazmatAsked || m.isOwn() || !m.s.Checks.WantsHazmat(m.s.Parcel) {
		return
	}
	m.s.hazmatAsked = true
	m.start(PrintHazmat{m.s.Parcel})
}

func (m *move) hazmatPrinted(in HazmatPrinted) {
	if !m.isOpen(in.Key) {
		return
	}
	m.s.hazmatAsked = false
	if in.Problem != nil {
		m.turn.Said = order.Say("say.hazmat_failed", "why", in.Problem.Said)
		return
	}
	m.record(order.HazmatSent)
	m.turn.Said = order.Say("say.hazmat_out")
}
