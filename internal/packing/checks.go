package packing

import (
	"slices"

	"packbench/internal/order"
)

// checked is a parcel as the checks leave it: one that they block cannot be packed.
func (m *move) checked(p order.Parcel) order.Parcel {
	if !p.Standing.Packable() {
		return p
	}
	if f, blocked := m.s.Checks.Blocked(p); blocked {
		p.Standing = order.StandingOf(f.Check)
	}
	return p
}

// blockedBy are the sentences for parcels that a check blocks.
var blockedBy = map[order.CheckID]order.Said{
	order.CheckScript: order.Say("refused.address_script"), order.CheckPostcode: order.Say("refused.postcode"),
	order.CheckName: order.Say("refused.declared_name"), order.CheckHazmat: order.Say("refused.hazmat_label"),
	order.CheckQR: order.Say("refused.platform_qr"), order.CheckCarrier: order.Say("refused.carrier_prefix"),
	order.CheckHandover: order.Say("refused.handover"), order.CheckNote: order.Say("refused.buyer_note"),
	order.CheckInserts: order.Say("refused.inserts"), order.CheckMaterial: order.Say("refused.packing_material"),
}

// heed tells whether a check's finding stops the packed parcel: for good, or until a person has seen to it. What only warns and is known only now is said.
func (m *move) heed() bool {
	for _, f := range m.s.Checks.Findings(m.s.Parcel, m.s.Work) {
		switch f.Severity {
		case order.Blocks:
			m.s.Parcel.Standing = order.StandingOf(f.Check)
			m.halt()
		case order.AsksASuperior:
			m.s.found = f
			if len(m.s.Supervisors) == 0 && len(m.s.Staff.People) == 0 {
				m.ask(Asked, AllowCheck, order.Say("ask.check_no_supervisor", "found", f.Said))
			} else {
				m.ask(Asked, AllowCheck, order.Say("ask.check_supervisor", "found", f.Said))
			}
		case order.AsksPacker:
			m.s.found = f
			m.ask(Asked, SeeTo, f.Said)
			m.platformQR()
		default:
			if f.Late && m.turn.Said.Key == "" {
				m.turn.Said = f.Said
			}
			continue
		}
		return true
	}
	return false
}

// warned is a sentence together with what the checks warn of.
func (m *move) warned(said order.Said) order.Said {
	for _, f := range m.s.Checks.Findings(m.s.Parcel, m.s.Work) {
		if f.Severity == order.Warns {
			said = order.Say("say.warned", "said", said, "warning", f.Said)
		}
	}
	return said
}

// yesToCheck takes a person's yes while a check asks; true: it was one.
func (m *move) yesToCheck() bool {
	switch {
	case m.yesToQR():
	case m.s.Question == SeeTo && m.s.found.Code == "":
		m.heeded("")
	case m.s.Question == SeeTo, m.s.Question == AllowCheck: // it takes a scan
		m.tell(NeedsPerson, m.s.Trouble)
	default:
		return false
	}
	return true
}

// scanForCheck takes a scan while a check asks: of what is to be on the box, or of a supervisor's badge.
func (m *move) scanForCheck(in Scanned) {
	switch {
	case m.s.Question == SeeTo && m.s.found.Code != "" && in.Code == m.s.found.Code:
		m.heeded("")
	case m.s.Inserting() && m.addsInsert(in):
	case m.s.Question == AllowCheck && len(m.s.Staff.People) == 0 && slices.Contains(m.s.Supervisors, in.Code):
		m.heeded(in.Code)
	default:
		m.tell(NeedsPerson, m.s.Trouble)
	}
}

// heeded notes that what a check found is seen to, and goes on.
func (m *move) heeded(supervisor string) {
	m.remember()
	m.tell(Accepted, order.Say("say.accepted"))
	check := m.s.found.Check
	if check == order.CheckMaterial {
		m.use(m.s.Work.Boxes()[0])
	}
	m.record(order.CheckHeeded, func(e *order.Event) {
		e.Check, e.Supervisor, e.SupervisorName = check, supervisor, order.PersonOf(m.s.Staff.People, supervisor).Name
	})
	m.s.found = order.Finding{}
	m.carryOn()
}

// TakesScan tells whether what a check asks to be seen to is proved by a scan, and not by a yes.
func (s State) TakesScan() bool { return s.Question == SeeTo && s.found.Code != "" }
