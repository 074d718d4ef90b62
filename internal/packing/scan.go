package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// scanned decides what a scan means.
func (m *move) scanned(in Scanned) {
	m.scan, m.goods = in.Scan, in.Candidates.Goods
	m.turn.Code = in.Code
	if m.doubleRead(in) {
		m.tell(Repeat, order.Say("say.repeat"))
		return
	}
	if c := in.Candidates.Command; c != "" {
		m.commanded(c)
		return
	}
	if m.usesMaterial(in) {
		return
	}
	m.s.Wrong = Mistake{}
	switch m.s.Phase {
	case Packing:
		m.pack(in)
	case LabelScan:
		m.scanLabel(in)
	case Asked:
		m.scanWhileAsked(in)
	case Halted:
		m.scanWhileHalted(in)
	default:
		m.free(in)
	}
	m.refusedTwice(in)
	m.caught(in)
}

// doubleRead tells whether the same scanner read the same code again without a hand in between. How soon a second piece can
// follow is a matter of hands: no packer presents another piece within 0.8 s, and once all pieces are in
// a second read of the last one is more likely than a piece too many (printing facts 5, double reads: 0.8 to 1 s).
func (m *move) doubleRead(in Scanned) bool {
	figures := m.s.doubleReadOf(in.Device)
	window := figures.Full
	if m.s.Sort.Bin != "" {
		window = figures.Missing
	}
	if _, fits := m.s.fitting(in.Candidates.Cases); m.s.Phase == Packing && (fits || m.missing(in.Candidates.SKUs) != nil) {
		window = figures.Missing
	}
	for i, before := range m.s.recent {
		gap := in.At.Sub(before.at)
		if before.refused == "" && before.code == in.Code && before.device == in.Device && gap >= 0 && gap < m.reach(window, before) {
			m.s.recent = slices.Clone(m.s.recent)
			m.s.recent[i].at = in.At
			return true
		}
	}
	return false
}

// remember notes a scan, and forgets those a double read can no longer follow.
func (m *move) remember() {
	var recent []recentScan
	for _, r := range m.s.recent {
		if gap := m.scan.At.Sub(r.at); gap < m.s.longestDoubleRead(r.device) && gap > -time.Minute && (r.code != m.scan.Code || r.device != m.scan.Device) {
			recent = append(recent, r)
		}
	}
	m.s.recent = append(recent, recentScan{code: m.scan.Code, device: m.scan.Device, at: m.scan.At})
}

// hold keeps a scan until the platform has answered.
func (m *move) hold(in Scanned, key order.ParcelKey) {
	m.s.held = &in
	if key == m.s.Parcel.Key {
		m.refresh()
		return
	}
	m.start(Refresh{key})
}

// missing is the first missing piece of one of the SKUs, nil when there is none.
func (m *move) missing(skus []string) *order.Unit {
	for _, unit := range m.s.Missing() {
		if slices.Contains(skus, unit.SKU()) {
			return &unit
		}
	}
	return nil
}

// pack takes a piece into the open parcel, or says why not.
func (m *move) pack(in Scanned) {
	if m.s.AtHand.ID != "" {
		m.particular(in)
		return
	}
	if m.ambiguous(in) {
		return
	}
	if unit := m.missing(in.Candidates.SKUs); unit != nil {
		m.inHand(in, *unit)
		return
	}
	if len(in.Candidates.Cases) > 0 {
		m.takeCase(in)
		return
	}
	if len(in.Candidates.SKUs) > 0 {
		m.refuseItem(in)
		return
	}
	switch {
	case len(in.Candidates.Replaced) > 0:
		m.replaced(in.Candidates.Replaced[0])
	case names(in.Candidates, m.s.Parcel.Key):
		m.remember()
		pieces, of := m.s.Pieces()
		m.tell(OpenedOut, order.Say("say.opened", "in", pieces, "count", of))
	case len(in.Candidates.Parcels) == 0:
		m.mistake(in, UnknownCode, unknown(in))
	case len(m.s.Work.Taken) > 0:
		m.tell(ParcelOpen, order.Say("refused.parcel_open", "count", len(m.s.Missing())))
	default:
		m.open(in) // nothing is in this one yet
	}
}

func (m *move) refuseItem(in Scanned) {
	if m.addsInsert(in) {
		return
	}
	skus := in.Candidates.Articles()
	for _, unit := range m.s.Parcel.Units {
		if slices.Contains(skus, unit.SKU()) {
			m.mistake(in, AlreadyFull, order.Say("refused.already_full"))
			return
		}
	}
	if got, want, like := m.lookAlike(in); like != order.NotAlike {
		gotWord, wantWord := order.TellApart(got, want)
		m.mistake(in, WrongItem, order.Say("refused.look_alike", "got", gotWord, "want", wantWord))
		m.s.Wrong.Wanted, m.s.Wrong.Like = want.SKU, like
		return
	}
	m.mistake(in, WrongItem, order.Say("refused.wrong_item"))
}

// mistake refuses an item and keeps it for the screen.
func (m *move) mistake(in Scanned, outcome Outcome, said order.Said) {
	m.s.Wrong = Mistake{Outcome: outcome, Code: in.Code, Scanned: in.Candidates.Articles(), Wanted: m.s.WantedSKU()}
	m.tell(outcome, said)
}

// take takes pieces of one article that are missing, with what is captured of them.
func (m *move) take(imprint order.Imprint, units ...order.Unit) {
	m.remember()
	m.turn.SKU = units[0].SKU()
	for _, unit := range units {
		good := m.goodOf(unit.SKU())
		m.record(order.Taken, func(e *order.Event) {
			e.Unit, e.SKU, e.Serial, e.Lot, e.Expiry = unit.ID, unit.SKU(), imprint.Serial, imprint.Lot, imprint.Expiry
			e.Inserts, e.Box = good.Inserts, good.Box
		})
	}
	in, of := m.s.Pieces()
	left := of - in
	if left == 0 {
		m.tell(TakenOut, m.warned(order.Say("say.complete", "count", of)))
		m.carryOn()
		return
	}
	if len(units) > 1 {
		m.tell(TakenOut, order.Say("say.taken_case", "pieces", len(units), "in", in, "of", of, "count", left))
	} else {
		m.tell(TakenOut, order.Say("say.taken", "in", in, "of", of, "count", left))
	}
	if left <= len(units) && m.age(m.s.Parcel) > Fresh/2 {
		m.refresh() // so that the platform's answer is there when the last piece is
	}
}

// scanLabel confirms the parcel by the label on it.
func (m *move) scanLabel(in Scanned) {
	if !m.onLabel(in.Code) && len(in.Candidates.Replaced) > 0 {
		m.replaced(in.Candidates.Replaced[0])
		return
	}
	if !m.onLabel(in.Code) {
		said := order.Say("refused.wrong_label")
		if names(in.Candidates, m.s.Parcel.Key) {
			said = order.Say("refused.not_the_label")
		}
		if m.isOwn() {
			said = order.Say("refused.wrong_waybill")
		}
		m.tell(WrongLabel, said)
		return
	}
	if !m.s.Work.Label.Out() && !m.isOwn() {
		m.tell(WrongLabel, order.Say("refused.label_not_out"))
		return
	}
	m.s.Scale.label, m.s.Scale.like = in, in.Like
	m.through(in, Confirming, m.confirm)
}

// through has a scan go on where the gate lets the open parcel pass a step; it waits while the platform is asked.
func (m *move) through(in Scanned, step Step, proceed func()) {
	switch m.gate(m.s.Parcel, m.s.Work, step) {
	case AskPlatform:
		if m.problem != nil {
			m.tell(NeedsPerson, order.Say("say.not_counted", "said", m.problem.Said))
			return
		}
		m.hold(in, m.s.Parcel.Key)
	case Refuse:
		m.halt()
	case Proceed:
		proceed()
	}
}

func (m *move) confirm() {
	if m.isOwn() {
		m.confirmOwn()
		return
	}
	if m.outdated() {
		said := order.Say("refused.stale_label")
		m.tell(StaleLabel, said)
		m.ask(Asked, DestroyedOld, said)
		return
	}
	m.remember()
	if m.s.Work.Label.State == order.Sending { // nobody knew; now it is on its parcel
		m.record(order.LabelSent)
	}
	if !m.unweighed() {
		m.confirmed()
	}
}

// outdated tells whether what the label says of the open parcel has changed since it was made.
func (m *move) outdated() bool {
	return !m.isOwn() && m.s.Work.Label.State != order.NoLabel && m.s.Work.Label.Version != m.s.Parcel.LabelVersion
}

// onLabel tells whether a scanned code is one that only the parcel's label carries.
func (m *move) onLabel(code string) bool {
	w := m.s.Work
	switch code {
	case "":
		return false
	case w.Label.Matched, w.Tracking, w.Waybill, m.s.Parcel.LastMile:
		return true
	}
	return false
}

func (m *move) scanWhileAsked(in Scanned) {
	switch {
	case m.s.Question == SeeTo, m.s.Question == AllowCheck:
		m.scanForCheck(in)
	case m.s.Question == Waybill:
		m.scanWaybill(in)
	case m.s.Question == OnScale, m.s.Question == OffWeight, m.s.Question == AllowWeight:
		m.scanWeighing(in)
	case m.s.Question == AllowLearn, m.s.Question == ScanLearn:
		m.scanLearning(in)
	case m.s.Question == Supervisor && !m.onLabel(in.Code):
		m.allowed(in)
	case m.s.Question == PrintAgain, m.s.Question == WhyAgain, m.s.Question == Supervisor:
		m.scanLabel(in) // a label that can be scanned did come out
	case m.s.Question == PutAside:
		m.s.Phase, m.s.Question, m.s.Trouble = Packing, nothingToSay, order.Said{}
		m.pack(in)
	case m.s.Question.passing():
		m.scanInException(in)
	case m.s.Question == DestroyedOld && m.onLabel(in.Code):
		m.tell(StaleLabel, m.s.Trouble)
	default:
		m.tell(NeedsPerson, m.s.Trouble)
	}
}

// scanWhileHalted counts nothing. Where no piece was in the parcel there is nothing to put back, and another one can be opened.
func (m *move) scanWhileHalted(in Scanned) {
	untouched := len(m.s.Work.Taken) == 0 && m.s.Work.Label.State == order.NoLabel
	if untouched && len(in.Candidates.Parcels) > 0 && !names(in.Candidates, m.s.Parcel.Key) {
		m.record(order.PutBack)
		m.close()
		m.open(in)
		return
	}
	m.tell(Refusal(m.s.Work.Stopped))
}

// names tells whether a code is one of a parcel's numbers.
func names(c order.Candidates, key order.ParcelKey) bool {
	return slices.ContainsFunc(c.Parcels, func(k order.Known) bool { return k.Key == key })
}
