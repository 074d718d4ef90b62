package packing

import (
	"time"

	"packbench/internal/order"
)

// Next is what follows from an input at a moment. The events of the turn must be journalled before its effects start and before the
// packer hears of it. A scan must not be given while the state is Busy.
func Next(s State, in Input, now time.Time) (State, Turn) {
	m := &move{s: s, now: now}
	if m.attend(in) {
		return m.s, m.turn
	}
	switch in := in.(type) {
	case Scanned:
		m.scanned(in)
	case OK:
		m.yes()
	case Again:
		m.again(in.Why)
	case NewLabel:
		m.newLabel()
	case Aside:
		m.aside()
	case Tick:
		m.tick()
	case Resumed:
		m.s = State{Setup: s.Setup, Staff: s.Staff, Scale: s.Scale.between(), Sort: s.Sort, Parcel: m.ours(in.Parcel), Work: in.Work}
		m.rename(in.Work.Parcel)
		m.carryOn()
	case Recorded:
		m.recorded(in.Event)
	case Read:
		m.read(in)
	case ShipAnswered:
		m.shipped(in)
	case LabelMade:
		m.labelMade(in)
	case SendStarted:
		m.sendStarted(in)
	case SendAnswered:
		m.sent(in)
	case Weighed:
		m.weighed(in)
	case QRPrinted:
		m.qrPrinted(in)
	case HazmatPrinted:
		m.hazmatPrinted(in)
	case OwedRead:
		m.owedRead(in)
	default:
		m.wished(in)
	}
	m.forgetPIN()
	m.forgetWeight()
	return m.s, m.turn
}

// move is one step of the bench while it is being worked out.
type move struct {
	s    State
	now  time.Time
	turn Turn
	scan order.Scan // what caused it, if a scan did
	// goods is what is known of the scanned articles.
	goods map[string]order.Article
	// problem is set while the platform was just asked in vain.
	problem *order.Problem
}

// record adds an event of the open parcel to the turn and to its work.
func (m *move) record(kind order.EventKind, details ...func(*order.Event)) {
	e := order.Event{At: m.now, Kind: kind, Parcel: m.s.Parcel.Key, Code: m.scan.Code, Device: m.scan.Device, Typed: m.scan.Typed}
	if !m.s.Parcel.ReadAt.IsZero() {
		e.ReadAgo = m.age(m.s.Parcel)
	}
	for _, detail := range details {
		detail(&e)
	}
	m.turn.Events = append(m.turn.Events, e)
	m.s.Work = m.s.Work.After(e)
}

// tell sets what the packer hears.
func (m *move) tell(outcome Outcome, said order.Said) {
	m.turn.Outcome, m.turn.Said, m.turn.Parcel = outcome, said, m.s.Parcel.Key
}

// tellOf is tell about a parcel that is not the open one.
func (m *move) tellOf(key order.ParcelKey, outcome Outcome, said order.Said) {
	m.tell(outcome, said)
	m.turn.Parcel = key
}

func (m *move) start(e Effect) { m.turn.Effects = append(m.turn.Effects, e) }

func (m *move) age(p order.Parcel) time.Duration { return max(0, m.now.Sub(p.ReadAt)) }

func (m *move) gate(p order.Parcel, w order.Work, step Step) Ruling {
	return MayProceed(p, w, step, m.age(p), m.problem != nil)
}

// refresh asks the platform about the open parcel, unless it is being asked already.
func (m *move) refresh() {
	if !m.s.asking {
		m.s.asking = true
		m.start(Refresh{m.s.Parcel.Key})
	}
}

// carryOn goes to the next thing the open parcel needs, from whatever is journalled of it.
func (m *move) carryOn() {
	m.s.Question, m.s.Trouble, m.s.AtHand, m.s.Learning = nothingToSay, order.Said{}, order.Unit{}, Learning{}
	switch w := m.s.Work; {
	case w.Stopped != "":
		_, said := Refusal(w.Stopped)
		m.ask(Halted, GoodsAreBack, m.withLabel(said))
		m.owes(order.Known{Parcel: m.s.Parcel, Work: w}, w.Stopped)
	case len(m.s.Missing()) > 0:
		m.s.Phase = Packing
		if m.age(m.s.Parcel) > Fresh && m.problem == nil {
			m.refresh()
		}
	case m.heed(): // a person has to see to something first
	case m.isOwn():
		m.own()
	case !w.Arranged:
		m.arrange()
	case w.Label.State == order.NoLabel:
		m.makeLabel()
	case w.Label.Run != "": // the run sends it, and knows what to ask
		m.s.Phase = LabelScan
	case w.Label.State == order.Queued:
		m.send()
	case w.Label.State == order.Sending:
		m.ask(Asked, PrintAgain, order.Say("ask.print_again"))
	default:
		m.s.Phase = LabelScan
		m.hazmat()
	}
}

// ask puts a question to a person.
func (m *move) ask(phase Phase, question Question, said order.Said) {
	m.s.Phase, m.s.Question, m.s.Trouble = phase, question, said
	if m.turn.Said.Key == "" {
		m.turn.Said = said
	}
}

// trouble stops at a step that did not work; ok tries it again.
func (m *move) trouble(problem *order.Problem) { m.ask(Asked, TryAgain, problem.Said) }

// halt stops the open parcel.
func (m *move) halt() {
	why := reason(m.s.Parcel, m.s.Work)
	m.s.AtHand = order.Unit{}
	outcome, said := Refusal(why)
	m.record(order.Stopped, func(e *order.Event) { e.Standing = why })
	said = m.withLabel(said)
	if m.scan.Code != "" && m.turn.Outcome == "" {
		m.tell(outcome, said)
	}
	m.ask(Halted, GoodsAreBack, said)
	m.owes(order.Known{Parcel: m.s.Parcel, Work: m.s.Work}, why)
}

// withLabel is why a parcel is stopped, and that its label is to be destroyed where it is out.
func (m *move) withLabel(said order.Said) order.Said {
	if m.s.Work.Label.Out() {
		return order.Say("refused.label_out", "said", said)
	}
	return said
}

// close leaves the bench free.
func (m *move) close() {
	m.s = State{Setup: m.s.Setup, Staff: m.s.Staff, Scale: m.s.Scale.between(), Sort: m.s.Sort, Phase: Idle, recent: m.s.recent, Unreachable: m.s.Unreachable}
}

// yes is a person's answer to what the screen asks.
func (m *move) yes() {
	question := m.s.Question
	if m.s.Phase != Asked && m.s.Phase != Halted {
		m.tell(NothingAsked, order.Say("say.nothing_asked"))
		return
	}
	if m.yesToCheck() || m.yesToWeight() || m.yesToBuyer() {
		return
	}
	if question == Waybill { // it takes a scan
		m.tell(NeedsPerson, m.s.Trouble)
		return
	}
	if question == WhyAgain || question == Supervisor { // yes is no answer
		m.tell(NeedsPerson, m.s.Trouble)
		return
	}
	if question.passing() && question != PutAside {
		m.yesToException()
		return
	}
	m.tell(Accepted, order.Say("say.accepted"))
	switch question {
	case GoodsAreBack:
		m.spoil(order.Replaced, "")
		m.outOfTheBox(order.OfStopped)
	case PutAside:
		m.outOfTheBox(order.OfAside)
	case PrintAgain:
		m.printAgain(order.Interrupted, "")
	case AcceptLabel:
		m.record(order.LabelAllowed)
		m.queue(m.s.Work.Tracking, m.s.unread.Codes)
	case DestroyedOld:
		m.spoil(order.Replaced, "")
		m.record(order.LabelVoided)
		m.carryOn()
	default:
		m.s.toldToTry = true
		m.carryOn()
	}
}

// wish asks a person whether what they want shall be done; it makes sense in one phase only. A question that is open is asked again instead.
func (m *move) wish(in Phase, question Question, ask, otherwise order.Said) {
	if m.s.Phase == Asked || m.s.Phase == Halted {
		m.tell(NeedsPerson, m.s.Trouble)
		return
	}
	if m.s.Phase != in {
		m.tell(NothingAsked, otherwise)
		return
	}
	m.tell(NeedsPerson, ask)
	m.ask(Asked, question, ask)
}

// tick keeps the platform's word fresh while hands are on a parcel: whoever cancels now is heard within seconds.
func (m *move) tick() {
	m.uploadTakesLong()
	const early = 2 * time.Second // so that it does not grow old meanwhile
	waits := m.s.Phase == Asked && (m.s.Question == Waybill || m.s.Question == TryAgain && m.s.Parcel.Standing == order.WithoutPackage)
	waits = waits || m.s.Phase == Halted && m.s.Work.Stopped == order.CancelRequest // for the buyer's answer
	if (m.s.atHand() || waits) && m.age(m.s.Parcel) > Fresh-early {
		m.refresh()
	}
}

// read takes in the platform's word about a parcel.
func (m *move) read(in Read) {
	m.problem = in.Problem
	m.s.Unreachable = in.Problem != nil
	open := m.isOpen(in.Key)
	if open {
		m.s.asking = false
		if in.Problem == nil {
			m.takeIn(in)
			if goods := m.strays(); goods != "" {
				m.turn.Said = order.Say("say.strays", "goods", goods)
			}
		}
	}
	if held := m.s.held; held != nil {
		m.s.held = nil
		m.scanned(held.with(in))
		open = open && m.isOpen(in.Key) // the answer may have been about the open parcel, and the scan about another
		m.scan = order.Scan{}
	}
	if !open {
		return
	}
	hands := m.s.Phase == Packing || m.s.Phase == LabelScan || m.s.Phase == Asked
	if in.Problem == nil {
		m.heardStopped()
	}
	switch {
	case hands && in.Problem == nil && !packable(m.s.Parcel, m.s.Work):
		m.halt()
	case m.s.Phase == LabelScan && m.outdated():
		m.ask(Asked, DestroyedOld, order.Say("refused.stale_label"))
	case m.s.Phase == Checking, m.s.Phase == Packing && len(m.s.Missing()) == 0: // the line that was missing was cancelled
		m.carryOn()
	case m.s.Phase == Asked:
		if m.s.Trouble.Key == noPackageYet && in.Problem == nil && m.s.Parcel.Standing != order.WithoutPackage {
			m.carryOn() // what was waited for has come, be it the package or the end
		}
	}
}

// takeIn replaces the open parcel by what the platform says of it now.
func (m *move) takeIn(in Read) {
	if !in.Found {
		m.s.Parcel.Standing, m.s.Parcel.ReadAt = order.Reformed, m.now
		return
	}
	was := m.s.Parcel.Key
	m.s.Parcel = m.ours(in.Parcel)
	m.rename(was)
	if m.s.Parcel.Tracking == "" {
		m.s.Parcel.Tracking = m.s.Work.Tracking
	}
}

// with is the scan again, now that the platform has been asked about one of its parcels.
func (in Scanned) with(answer Read) Scanned {
	if answer.Problem != nil {
		return in
	}
	in.Candidates.Parcels = answered(in.Candidates.Parcels, answer)
	in.Sorting.Parcels = answered(in.Sorting.Parcels, answer)
	return in
}

// answered are parcels, now that the platform has been asked about one of them.
func answered(all []order.Known, answer Read) []order.Known {
	parcels := make([]order.Known, 0, len(all))
	for _, known := range all {
		switch {
		case known.Key != answer.Key:
			parcels = append(parcels, known)
		case answer.Found:
			parcels = append(parcels, order.Known{Parcel: answer.Parcel, Work: known.Work}) // under a new key where the platform gave it one
		}
	}
	return parcels
}
