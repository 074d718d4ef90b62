package packing

import "packbench/internal/order"

// LetGoOut is the outcome of a wish for the next parcel while nothing was in the open one: it is let go, the bench is free.
const LetGoOut Outcome = "let_go"

// commanded does what a code of the command card says. It never counts as a scan of goods.
func (m *move) commanded(c order.Command) {
	m.remember()
	switch c {
	case order.SayDone:
		m.yes()
	case order.SayUndo:
		m.wished(Undo{})
	case order.SayNext:
		m.nextParcel()
	case order.SayPark:
		m.wished(Park{})
	case order.SayReprint:
		m.again("")
	case order.SayShort:
		m.wished(Short{})
	case order.SayHelp:
		m.wished(Help{})
	default:
		m.choose(c.Number())
	}
}

// nextParcel lets an untouched parcel go, and puts another one aside.
func (m *move) nextParcel() {
	switch {
	case m.s.Phase == Idle:
		m.tell(NothingAsked, order.Say("say.help_idle"))
	case m.s.Phase == Packing && len(m.s.Work.Taken) == 0:
		m.record(order.LetGo)
		m.tell(LetGoOut, order.Say("say.let_go"))
		m.close()
	default:
		m.aside()
	}
}
