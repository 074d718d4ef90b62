package packing

import (
	"time"

	"packbench/internal/order"
)

// The questions about a buyer who asked to cancel.
const (
	AnswerBuyer  Question = "answer_buyer"  // which answer they get: one of State.BuyerAnswers, by its number
	AcceptCancel Question = "accept_cancel" // ok cancels the order, which cannot be undone
	PackOn       Question = "pack_on"       // nobody wants the stopped parcel cancelled any more: ok goes on with what is in the box
)

// AskOwed reads from the platform which answer the buyer of one of a parcel's orders waits for, and what it takes for one now.
type AskOwed struct{ Parcel order.Parcel }

func (AskOwed) effect() {}

// OwedRead answers AskOwed. PackedAt is when the last piece of the parcel was scanned.
type OwedRead struct {
	Key      order.ParcelKey
	Owed     order.Owed
	PackedAt time.Time
	Problem  *order.Problem
}

func (OwedRead) input() {}

// Buyer is a buyer who asked to cancel, of the stopped parcel or of one that was refused because of it. The zero value is none.
type Buyer struct {
	Known    order.Known // the parcel; of the open one State knows better
	Owed     order.Owed
	PackedAt time.Time
	Trouble  order.Said // why the platform did not say what is owed

	asking bool
	readAt time.Time
}

// buyersParcel is the parcel whose buyer asked to cancel, as it is known now.
func (s State) buyersParcel() order.Known {
	if s.Buyer.Known.Key != "" && s.Buyer.Known.Key == s.Parcel.Key {
		return order.Known{Parcel: s.Parcel, Work: s.Work}
	}
	return s.Buyer.Known
}

// Answering is the answer to the buyer that is on its way to the platform, or waits for a person there; false where there is none.
func (s State) Answering() (order.Request, bool) {
	if s.Buyer.Owed.ID == "" {
		return order.Request{}, false
	}
	return s.buyersParcel().Work.Answering(s.Buyer.Owed.ID)
}

// MayAnswer tells whether the bench offers to answer a buyer: one waits, and no answer is on its way.
func (s State) MayAnswer() bool {
	answer, given := s.Answering()
	return s.Buyer.Owed.ID != "" && (!given || answer.Parked.Key != "") && (s.Phase == Idle || s.Work.Stopped == order.CancelRequest && s.Question != PackOn)
}

// AnswerOver tells whether the time to answer the buyer who waits is over: the platform decides then, and takes no answer of ours.
func (s State) AnswerOver(now time.Time) bool {
	by := s.Buyer.Owed.AnswerBy
	return s.Buyer.Owed.ID != "" && !by.IsZero() && !now.Before(by)
}

// AsksOwed tells whether the platform is being asked what the buyer is owed.
func (s State) AsksOwed() bool { return s.Buyer.asking }

// BuyersParcel is the parcel that is worked on, or the one that was refused because its buyer asked to cancel.
func (s State) BuyersParcel() order.Parcel {
	if s.Parcel.Key == "" {
		return s.Buyer.Known.Parcel
	}
	return s.Parcel
}

// BuyerAnswers are the answers that the platform takes now, in the order in which they are offered. That the goods are packed can be said
// only where every piece was scanned.
func (s State) BuyerAnswers() []order.BuyerAnswer { return s.Buyer.Owed.Answers(s.buyerPacked()) }

func (s State) buyerPacked() bool {
	known := s.buyersParcel()
	return !s.Buyer.PackedAt.IsZero() && len(known.Units) > 0 && len(known.Work.Taken) == len(known.Units)
}

// answersBuyer tells whether a question is about the answer to a buyer.
func (q Question) answersBuyer() bool { return q == AnswerBuyer || q == AcceptCancel }

// owes has the platform asked what the buyer is owed of a parcel that must not go on because they asked to cancel.
func (m *move) owes(known order.Known, why order.Standing) {
	if why != order.CancelRequest {
		m.s.Buyer = Buyer{}
		return
	}
	if m.s.Buyer.Known.Key != known.Key {
		m.s.Buyer = Buyer{}
	}
	m.s.Buyer.Known = known
	m.askOwed()
}

// askOwed asks what is owed, unless that was just heard or is being asked.
func (m *move) askOwed() {
	b := &m.s.Buyer
	if b.asking || !b.readAt.IsZero() && m.now.Sub(b.readAt) < Fresh {
		return
	}
	b.asking = true
	m.start(AskOwed{m.s.buyersParcel().Parcel})
}

func (m *move) owedRead(in OwedRead) {
	b := &m.s.Buyer
	if in.Key != b.Known.Key {
		return
	}
	b.asking, b.readAt, b.Trouble = false, m.now, order.Said{}
	if in.Problem != nil {
		b.Trouble = in.Problem.Said
		return
	}
	b.Owed, b.PackedAt = in.Owed, in.PackedAt
	if m.s.Question.answersBuyer() && b.Owed.ID == "" { // somebody else answered, or the buyer thought better of it
		m.tell("", order.Say("say.nothing_owed"))
		m.backToStop()
	}
}

// helpsBuyer offers the answers to a buyer where one waits; true: it did.
func (m *move) helpsBuyer(in Input) bool {
	if _, help := in.(Help); !help || !m.s.MayAnswer() {
		return false
	}
	m.askOwed() // what the platform takes may have changed
	if m.tooLate() {
		return true
	}
	m.askBuyer(AnswerBuyer, order.Say("ask.answer_buyer", "order", m.s.Buyer.Owed.OrderID))
	return true
}

// tooLate says that the time to answer is over; false where it is not.
func (m *move) tooLate() bool {
	if !m.s.AnswerOver(m.now) {
		return false
	}
	switch outcome, said := Refusal(order.CancelRequest); {
	case m.s.Question.answersBuyer():
		m.tell(NeedsPerson, order.Say("window.stop.owed.over"))
	case m.s.Phase == Halted:
		m.tell(NeedsPerson, m.s.Trouble)
	default: // the parcel stays refused
		m.tell(outcome, said)
	}
	m.tellOfBuyer()
	return true
}

// askBuyer puts a question about the answer. A stopped parcel stays stopped meanwhile.
func (m *move) askBuyer(question Question, said order.Said) {
	phase := m.s.Phase
	if phase != Halted {
		phase = Asked
	}
	m.tell(NeedsPerson, said)
	m.tellOfBuyer()
	m.ask(phase, question, said)
}

// tellOfBuyer has what is said be about the buyer's parcel.
func (m *move) tellOfBuyer() { m.turn.Parcel = m.s.Buyer.Known.Key }

// choosesAnswer takes the number of an answer; true: it was one.
func (m *move) choosesAnswer(number int) bool {
	answers := m.s.BuyerAnswers()
	if m.s.Question != AnswerBuyer || number < 1 || number > len(answers) {
		return false
	}
	if m.tooLate() {
		return true
	}
	answer := answers[number-1]
	if answer.Accept {
		m.askBuyer(AcceptCancel, order.Say("ask.accept_cancel", "order", m.s.Buyer.Owed.OrderID))
		return true
	}
	if answer.SaysPacked() {
		answer.Comment = order.PackedGround(len(m.s.buyersParcel().Units), m.s.Buyer.PackedAt)
	}
	m.answerBuyer(answer)
	return true
}

// yesToBuyer takes a person's yes to a question about a buyer; true: it was one.
func (m *move) yesToBuyer() bool {
	switch m.s.Question {
	case AnswerBuyer: // it takes a number
		m.tell(NeedsPerson, m.s.Trouble)
		m.tellOfBuyer()
	case AcceptCancel:
		if m.tooLate() {
			return true
		}
		m.answerBuyer(order.BuyerAnswer{Accept: true})
	case PackOn:
		m.record(order.GoesOn)
		in, of := m.s.Pieces()
		m.tell(Accepted, order.Say("say.packs_on", "in", in, "count", of))
		m.s.Buyer = Buyer{}
		m.carryOn()
	default:
		return false
	}
	return true
}

// answerBuyer journals the answer for the outbox.
func (m *move) answerBuyer(answer order.BuyerAnswer) {
	known, c := m.s.buyersParcel(), m.s.Buyer.Owed.Cancellation
	id := c.ID + "/" + m.now.UTC().Format(time.RFC3339Nano)
	for _, e := range known.Answer(c, answer, id, m.now) {
		e.Code, e.Device, e.Typed = m.scan.Code, m.scan.Device, m.scan.Typed
		m.turn.Events = append(m.turn.Events, e)
		if m.isOpen(known.Key) {
			m.s.Work = m.s.Work.After(e)
		}
	}
	said := order.Say("say.answer_rejects", "order", c.OrderID)
	if answer.Accept {
		said = order.Say("say.answer_accepts", "order", c.OrderID)
	}
	m.tell(Accepted, said)
	m.tellOfBuyer()
	m.backToStop()
}

// leavesBuyer goes back from a question about a buyer; true: there was one. Where the parcel may go on and shall not, its goods go back.
func (m *move) leavesBuyer() bool {
	switch {
	case m.s.Question.answersBuyer():
		m.tell(Accepted, order.Say("say.accepted"))
		m.backToStop()
	case m.s.Question == PackOn:
		m.tell(Accepted, order.Say("say.accepted"))
		m.spoil(order.Replaced, "")
		m.outOfTheBox(order.OfStopped)
	default:
		return false
	}
	return true
}

// backToStop shows the stopped parcel again, or leaves the bench free.
func (m *move) backToStop() {
	if m.s.Phase != Halted {
		m.close()
		return
	}
	m.stopAgain()
}

// stopAgain asks for the goods of the stopped parcel.
func (m *move) stopAgain() {
	_, said := Refusal(m.s.Work.Stopped)
	m.ask(Halted, GoodsAreBack, m.withLabel(said))
}

// heardStopped takes in the platform's word about a parcel that was stopped because its buyer asked to cancel: they may have been answered.
func (m *move) heardStopped() {
	if m.s.Phase != Halted || m.s.Work.Stopped != order.CancelRequest {
		return
	}
	switch why := reason(m.s.Parcel, m.s.Work); {
	case packable(m.s.Parcel, m.s.Work) && m.s.Question != PackOn:
		m.s.Buyer.Owed = order.Owed{}
		m.ask(Halted, PackOn, order.Say("ask.pack_on"))
	case packable(m.s.Parcel, m.s.Work):
	case why != order.CancelRequest:
		m.s.Buyer = Buyer{}
		m.halt()
	case m.s.Question == PackOn: // asked once more
		m.stopAgain()
		m.s.Buyer.readAt = time.Time{}
		m.askOwed()
	}
}

// answerRecorded has the parcel read where the platform took the answer, or did not.
func (m *move) answerRecorded(e order.Event) {
	over := e.Kind == order.RequestDone || e.Kind == order.RequestDropped
	if over && m.s.Phase == Halted && m.s.Work.Stopped == order.CancelRequest {
		m.refresh()
	}
}
