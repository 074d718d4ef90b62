package packing

import (
	"slices"

	"packbench/internal/order"
)

// FreeReprints is how many labels of a parcel may be printed again before it takes a supervisor.
const FreeReprints = 1

// again wants the label printed once more, for a reason a person gives. From the second time on a supervisor has to allow it: each label that lies
// about can end on a wrong parcel.
func (m *move) again(why order.Spoiling) {
	asked := m.s.Phase == Asked && m.s.Question == WhyAgain
	switch {
	case !asked && (m.s.Phase == Asked || m.s.Phase == Halted):
		m.tell(NeedsPerson, m.s.Trouble)
	case !asked && m.s.Phase != LabelScan:
		m.tell(NothingAsked, unlessKnown(why, m.noLabelOut()))
	case m.isOwn():
		m.tell(NothingAsked, order.Say("say.no_label_out"))
	case !m.s.Work.Label.Out():
		m.tell(NothingAsked, order.Say("say.label_in_run"))
		if asked { // its print run took it back meanwhile
			m.carryOn()
		}
	case !why.Given():
		m.tell(NeedsPerson, unlessKnown(why, order.Say("ask.why_again")))
		m.ask(Asked, WhyAgain, order.Say("ask.why_again"))
	case m.s.Work.Label.Reprints < FreeReprints:
		m.tell(Accepted, order.Say("say.accepted"))
		m.printAgain(why, "")
	default:
		m.s.again = why
		m.tell(NeedsPerson, m.ofBadge(order.Say("ask.supervisor")))
		m.ask(Asked, Supervisor, m.turn.Said)
	}
}

// noLabelOut says why there is no label to print again, and what to do first.
func (m *move) noLabelOut() order.Said {
	switch missing := len(m.s.Missing()); {
	case m.s.Phase == Packing && missing > 0:
		return order.Say("say.pack_first", "count", missing)
	case m.s.Busy():
		return order.Say("say.label_coming")
	}
	return order.Say("say.no_label_out")
}

// unlessKnown is what is said of a reason, but where it is none of those that are offered that is said instead, with all of them. An empty one was not given.
func unlessKnown(why order.Spoiling, said order.Said) order.Said {
	if why == "" || why.Given() {
		return said
	}
	reasons := ""
	for i, reason := range order.Reasons {
		if i > 0 {
			reasons += ", "
		}
		reasons += string(reason)
	}
	return order.Say("say.unknown_reason", "reason", string(why), "reasons", reasons)
}

// newLabel has the platform asked for another label. The one that went out does not count any more.
func (m *move) newLabel() {
	asked := m.s.Phase == Asked && m.s.Question == WhyAgain
	switch {
	case !asked && (m.s.Phase == Asked || m.s.Phase == Halted):
		m.tell(NeedsPerson, m.s.Trouble)
		return
	case !asked && m.s.Phase != LabelScan || !m.s.Work.Label.Out():
		m.tell(NothingAsked, m.noLabelOut())
		return
	}
	m.tell(Accepted, order.Say("say.new_label"))
	m.spoil(order.Replaced, "")
	m.record(order.LabelVoided)
	m.carryOn()
}

// ofBadge is what is said of a supervisor's badge that is needed: where none is registered, asking for one is of no use.
func (m *move) ofBadge(said order.Said) order.Said {
	if len(m.s.Supervisors) == 0 && len(m.s.Staff.People) == 0 {
		return order.Say("ask.no_supervisor")
	}
	return said
}

// allowed takes the badge of a supervisor, where it alone is enough: nobody is registered.
func (m *move) allowed(in Scanned) {
	if len(m.s.Staff.People) > 0 || !slices.Contains(m.s.Supervisors, in.Code) {
		m.tell(NeedsPerson, m.ofBadge(order.Say("refused.no_supervisor")))
		return
	}
	m.remember()
	m.allow(in.Code)
}

// allow does what the supervisor with a badge was asked about.
func (m *move) allow(supervisor string) {
	m.tell(Accepted, order.Say("say.accepted"))
	if !m.s.Work.Label.Out() { // its print run took it back meanwhile
		m.carryOn()
		return
	}
	m.printAgain(m.s.again, supervisor)
}

// printAgain takes the label that went out back, and wants the same one printed.
func (m *move) printAgain(why order.Spoiling, supervisor string) {
	matched, codes := m.s.Work.Label.Matched, m.s.Work.Label.Codes
	m.spoil(why, supervisor)
	if matched == "" { // of a restored journal, which does not know what is on it
		m.carryOn()
		return
	}
	m.queue(matched, codes)
}

// spoil notes that a label that went out, or may have, does not count, and that one which waits does not go out.
func (m *move) spoil(why order.Spoiling, supervisor string) {
	label := m.s.Work.Label
	switch {
	case label.Out():
		m.record(order.LabelSpoiled, func(e *order.Event) {
			e.Spoiling, e.Doubtful, e.Supervisor = why, label.State == order.Sending, supervisor
			e.SupervisorName = order.PersonOf(m.s.Staff.People, supervisor).Name
		})
	case label.State == order.Queued:
		m.record(order.LabelDropped)
	}
}
