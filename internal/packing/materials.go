package packing

import "packbench/internal/order"

// MaterialOut is the outcome of the scan of packing material.
const MaterialOut Outcome = "material_used"

// usesMaterial takes the scan of packing material for the open parcel; false: the code is none, or is wanted as something else. A packer reaches for the box
// at the beginning or at the end: it is taken whenever the parcel is open and nothing else about the goods is asked.
func (m *move) usesMaterial(in Scanned) bool {
	c := in.Candidates
	if c.Material == "" || m.missing(c.SKUs) != nil || m.s.AtHand.ID != "" || len(c.Parcels) > 0 {
		return false
	}
	switch {
	case m.s.Phase == Idle && len(c.PutBack) == 0:
		m.tell(NothingAsked, order.Say("refused.material_first"))
	case m.s.Phase == Packing, m.s.Phase == LabelScan, m.s.Phase == Asked && !m.s.Question.passing():
		m.remember()
		m.s.Wrong = Mistake{}
		m.use(c.Material)
		m.tell(MaterialOut, order.Say("say.material", "box", c.Material))
		if m.s.Phase == Asked && m.s.Question == SeeTo {
			m.carryOn()
		}
	default:
		return false
	}
	return true
}

// Boxing tells whether the packer is asked for packing material.
func (s State) Boxing() bool { return s.Question == SeeTo && s.found.Check == order.CheckMaterial }

func (m *move) use(material string) {
	m.record(order.MaterialUsed, func(e *order.Event) { e.SKU = material })
}

// materialBack undoes the scan of packing material where it came after the last piece; false: it did not.
func (m *move) materialBack() bool {
	used := m.s.Work.Materials
	if len(used) == 0 || used[len(used)-1].Pieces < len(m.s.Work.Taken) {
		return false
	}
	last := used[len(used)-1].Code
	m.record(order.MaterialBack, func(e *order.Event) { e.SKU = last })
	m.s.recent = nil // it may be scanned again at once
	m.carryOn()
	m.tell(UndoneOut, order.Say("say.material_undone", "box", last))
	return true
}
