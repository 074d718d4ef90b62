package packing

import (
	"slices"

	"packbench/internal/order"
)

// Short is a person's word that the wanted article cannot be taken, and why: the parcel is parked. Without a reason they are asked for one.
type Short struct {
	Why order.Shortage
	// Sorting is the wave at hand.
	Sorting order.Sorting
}

// Damaged is a person's word that a piece in the box broke.
type Damaged struct{}

// Extra is a person's word that a piece lay among the goods that belongs to no open parcel: the one scanned last, where it was refused, or the next.
type Extra struct{}

// Park is a person's wish to leave the open parcel to a supervisor as it is.
type Park struct{}

// Undo is a person's word that the piece taken last is not in the box.
type Undo struct{}

// StartOver is a person's wish to have all pieces out of the box and to begin the open parcel anew.
type StartOver struct{}

// Help is a person's wish to say that something is wrong: the bench offers Exceptions by number.
type Help struct{}

// Choose is the number of one of several answers the screen offers, from 1.
type Choose struct{ Number int }

func (Short) input()     {}
func (Damaged) input()   {}
func (Extra) input()     {}
func (Park) input()      {}
func (Undo) input()      {}
func (StartOver) input() {}
func (Help) input()      {}
func (Choose) input()    {}

// Exceptions are what can be wrong, in the order in which Help offers it.
var Exceptions = []Input{Short{}, Damaged{}, Extra{}, Park{}, Undo{}, StartOver{}}

// The questions about what is wrong. Any scan but an answer goes on with the work.
const (
	WhatIsWrong  Question = "what_is_wrong" // one of Exceptions, by its number
	WhyShort     Question = "why_short"     // one of order.Shortages, by its number
	WhichDamaged Question = "which_damaged" // the broken piece is to be scanned, or one like it; ok: the one taken last
	WhichExtra   Question = "which_extra"   // the piece that is too many is to be scanned
)

// The outcomes of exceptions.
const (
	ParkedOut  Outcome = "parked"   // the parcel waits for a supervisor, the bench is free
	LeftBoxOut Outcome = "left_box" // pieces go on the put-back list, the parcel stays open
	UndoneOut  Outcome = "undone"   // the last piece is out again
)

// passing tells whether a question stands between the packer and the open parcel only as long as they want it to.
func (q Question) passing() bool {
	switch q {
	case WhatIsWrong, WhyShort, WhichDamaged, WhichExtra, PutAside, WhichMeant, OnScale, OffWeight, AllowWeight, AnswerBuyer, AcceptCancel, SplitHere, AllowLearn, ScanLearn:
		return true
	}
	return false
}

// atHand tells whether hands are in the open parcel, so that the platform's word about it must not grow old.
func (s State) atHand() bool {
	return s.Phase == Packing || s.Phase == LabelScan || s.Phase == Asked && s.Question.passing() && s.Parcel.Key != ""
}

// backToWork leaves a passing question.
func (m *move) backToWork() {
	if m.s.Parcel.Key == "" {
		m.close()
		return
	}
	m.carryOn()
}

// wished does what a person wants beside scans. Where something else is asked that is answered first.
func (m *move) wished(in Input) {
	if choice, is := in.(Choose); is {
		m.choose(choice.Number)
		return
	}
	if m.helpsBuyer(in) {
		return
	}
	asked := m.s.Phase == Asked
	if asked && m.s.Question.passing() {
		m.backToWork()
		asked = false
	}
	_, park := in.(Park)
	_, undo := in.(Undo)
	waits := m.s.Question == TryAgain && m.s.Work.Label.State == order.NoLabel
	switch {
	case m.s.Phase == Halted, asked && !park && !(undo && waits):
		m.tell(NeedsPerson, m.s.Trouble)
	case m.s.Busy():
		m.tell(NothingAsked, order.Say("say.bench_busy"))
	default:
		m.except(in)
	}
}

func (m *move) except(in Input) {
	hand := m.s.AtHand
	m.s.AtHand = order.Unit{}
	if _, undo := in.(Undo); undo && hand.ID != "" { // the piece whose number was to be scanned is laid back
		m.tell(UndoneOut, order.Say("say.laid_back"))
		return
	}
	switch in.(type) {
	case Extra, Help, Learn: // they may be about the piece that was refused
	default:
		m.s.Wrong = Mistake{}
	}
	switch in := in.(type) {
	case Short:
		m.short(in)
	case SendHere:
		m.sendHere()
	case Learn:
		m.learn()
	case Damaged:
		m.damaged()
	case Extra:
		m.extra()
	case Park:
		m.park(order.Parked{})
	case Undo:
		m.undo()
	case StartOver:
		m.startOver()
	case Help:
		m.help()
	}
}

// choose takes the number of an answer.
func (m *move) choose(number int) {
	at := func(all int) bool { return number >= 1 && number <= all }
	switch question := m.s.Question; {
	case m.choosesAnswer(number):
	case m.s.Phase != Asked:
		m.tell(NothingAsked, order.Say("say.nothing_to_choose"))
	case question == WhyAgain && at(len(order.Reasons)):
		m.again(order.Reasons[number-1])
	case question == WhyAgain && number == len(order.Reasons)+1: // it is not the label
		m.carryOn()
		m.wished(Help{})
	case question == WhyShort && number == len(order.Shortages)+1 && m.s.MaySplit():
		m.wished(SendHere{})
	case question == WhyShort && at(len(order.Shortages)):
		m.wished(Short{Why: order.Shortages[number-1]})
	case question == OffWeight && at(len(order.WeightReasons)):
		m.passWeight(order.WeightReasons[number-1])
	case question == WhichMeant && at(len(m.s.Meanings)):
		m.meantBy(m.s.Meanings[number-1])
	case question == WhatIsWrong && at(len(Exceptions)):
		m.wished(Exceptions[number-1])
	default:
		m.tell(NeedsPerson, m.s.Trouble)
	}
}

// help offers what can be said to be wrong.
func (m *move) help() {
	if m.s.Phase == Idle {
		m.tell(NothingAsked, order.Say("say.help_idle"))
		return
	}
	m.askException(WhatIsWrong, order.Say("ask.what_is_wrong"))
}

func (m *move) askException(question Question, said order.Said) {
	m.tell(NeedsPerson, said)
	m.ask(Asked, question, said)
}

// damaged takes a broken piece out of the box: the parcel wants another in its place, also where its label is out already.
func (m *move) damaged() {
	taken := m.s.Work.Taken
	if len(taken) == 0 {
		m.tell(NothingAsked, order.Say("say.box_empty"))
		return
	}
	last := taken[len(taken)-1]
	if slices.ContainsFunc(taken, func(p order.Piece) bool { return p.SKU != last.SKU }) {
		m.askException(WhichDamaged, order.Say("ask.which_damaged", "sku", last.SKU))
		return
	}
	m.broke(last)
}

func (m *move) broke(piece order.Piece) {
	m.leaveOne(piece, order.OfDamaged)
	m.tell(LeftBoxOut, order.Say("say.damaged", "sku", piece.SKU))
	m.carryOn()
}

// extra puts a piece that nobody wants on the put-back list.
func (m *move) extra() {
	wrong := m.s.Wrong
	if len(wrong.Scanned) > 0 && (wrong.Outcome == WrongItem || wrong.Outcome == AlreadyFull) {
		m.tooMany(wrong.Scanned[0])
		return
	}
	m.askException(WhichExtra, order.Say("ask.which_extra"))
}

func (m *move) tooMany(sku string) {
	m.s.Wrong = Mistake{}
	m.leaveOne(order.Piece{SKU: sku}, order.OfExtra)
	m.tell(LeftBoxOut, order.Say("say.extra", "sku", sku))
	m.backToWork()
}

// undo takes the last piece out of the box again. Once the label is waited for it is too late: the parcel is packed.
func (m *move) undo() {
	n := len(m.s.Work.Taken)
	switch {
	case m.laysBack(false):
		return
	case m.materialBack():
		return
	case m.s.Phase == LabelScan:
		m.tell(NothingAsked, order.Say("say.undo_too_late"))
		return
	case n == 0:
		m.tell(NothingAsked, order.Say("say.box_empty"))
		return
	}
	last := m.s.Work.Taken[n-1]
	m.record(order.Undone, func(e *order.Event) { e.Unit, e.SKU = last.Unit, last.SKU })
	m.s.recent = nil // the piece may be scanned again at once
	m.carryOn()
	in, of := m.s.Pieces()
	m.tell(UndoneOut, order.Say("say.undone", "sku", last.SKU, "in", in, "of", of))
}

// startOver has all pieces out of the box. A label that is out stays the parcel's.
func (m *move) startOver() {
	pieces := len(m.s.Work.Taken)
	if pieces == 0 {
		m.tell(NothingAsked, order.Say("say.box_empty"))
		return
	}
	m.leave(order.OfRestart)
	m.s.recent = nil
	m.carryOn()
	m.tell(LeftBoxOut, order.Say("say.start_over", "count", pieces))
}

// scanInException takes a scan that answers what is wrong, or else goes on with the work.
func (m *move) scanInException(in Scanned) {
	skus := in.Candidates.SKUs
	switch question := m.s.Question; {
	case question == WhichDamaged && len(skus) > 0:
		at := slices.IndexFunc(m.s.Work.Taken, func(p order.Piece) bool { return slices.Contains(skus, p.SKU) })
		if at < 0 {
			m.tell(NeedsPerson, order.Say("refused.not_in_box"))
			return
		}
		m.remember()
		m.broke(m.s.Work.Taken[at])
	case question == WhichExtra && m.missing(skus) != nil:
		m.tell(NeedsPerson, order.Say("refused.not_extra"))
	case question == WhichExtra && len(skus) > 0:
		m.remember()
		m.tooMany(skus[0])
	case len(in.Candidates.Replaced) > 0 && !m.onLabel(in.Code):
		m.replaced(in.Candidates.Replaced[0])
	case len(in.Candidates.Articles()) == 0 && len(in.Candidates.Parcels) == 0 && !m.onLabel(in.Code):
		m.tell(UnknownCode, unknown(in))
	default:
		m.backToWork()
		m.onward(in)
	}
}

// onward takes a scan in the phase the bench went back to.
func (m *move) onward(in Scanned) {
	switch m.s.Phase {
	case Packing:
		m.pack(in)
	case LabelScan:
		m.scanLabel(in)
	case Idle:
		m.free(in)
	default: // its print run took the label back meanwhile
		m.tell(NeedsPerson, order.Say("say.bench_busy"))
	}
}

// yesToException is ok to a question about what is wrong.
func (m *move) yesToException() {
	if m.s.Question == SplitHere && m.s.MaySplit() {
		m.splitHere()
		return
	}
	if m.s.Question == WhatIsWrong && m.s.MayLearn() {
		m.wished(Learn{})
		return
	}
	if n := len(m.s.Work.Taken); m.s.Question == WhichDamaged && n > 0 {
		m.broke(m.s.Work.Taken[n-1])
		return
	}
	m.tell(NeedsPerson, m.s.Trouble)
}
