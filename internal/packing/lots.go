package packing

import (
	"slices"

	"packbench/internal/order"
)

// The outcomes of pieces whose lot or last day of use is captured.
const (
	LotOut     Outcome = "lot_wanted"    // the lot of the piece in the hand is to be scanned or typed
	ExpiryOut  Outcome = "expiry_wanted" // its last day of use is
	ExpiredOut Outcome = "expired"       // that day is over: the piece must not be packed
)

// Particular is something about the piece in the hand that is captured before it counts.
type Particular string

// The particulars, in the order in which they are asked for.
const (
	TheSerial Particular = "serial"
	TheLot    Particular = "lot"
	TheExpiry Particular = "expiry"
)

// Lot and last day of use are asked for once a line: pieces of one article come from one bin, and twenty questions for twenty jars of one carton would be answered
// without looking. A piece whose own code carries a lot (GS1, identifiers 10 and 17) brings its own each time, and costs no question at all.

// HandLacks is what is captured next of the piece in the hand; empty where nothing is in it.
func (s State) HandLacks() Particular {
	switch {
	case s.AtHand.ID == "":
		return ""
	case s.hand.Numbered && s.imprint.Serial == "":
		return TheSerial
	case s.hand.Lotted && s.imprint.Lot == "":
		return TheLot
	case s.hand.Expires && s.imprint.Expiry == "":
		return TheExpiry
	}
	return ""
}

// inHand takes pieces of one article that are missing into the hand: the scanned one, or all of a case. They count once all that is captured of them is known.
func (m *move) inHand(in Scanned, units ...order.Unit) {
	good := m.goodOf(units[0].SKU())
	good.Numbered = slices.Contains(in.Candidates.Numbered, units[0].SKU())
	m.s.AtHand, m.s.together, m.s.hand, m.s.imprint = units[0], units[1:], good, order.Imprint{}
	told, _ := m.tellsHand(in)
	if m.usedBefore(in, told.Serial) {
		m.s.AtHand = order.Unit{}
		return
	}
	m.s.imprint = told
	m.likeBefore()
	m.handOn()
}

// likeBefore has the pieces in the hand be of the lot of the last piece of their article, as far as their own code does not tell.
func (m *move) likeBefore() {
	for _, before := range slices.Backward(m.s.Work.Taken) {
		if before.SKU != m.s.AtHand.SKU() {
			continue
		}
		if m.s.hand.Lotted && m.s.imprint.Lot == "" {
			m.s.imprint.Lot = before.Lot
		}
		if m.s.hand.Expires && m.s.imprint.Expiry == "" && m.s.imprint.Lot == before.Lot {
			m.s.imprint.Expiry = before.Expiry
		}
		return
	}
}

// handOn asks for what is not known yet of the piece in the hand, or takes it.
func (m *move) handOn() {
	if lacks := m.s.HandLacks(); lacks != "" {
		m.remember()
		m.askForHand(askedParticulars[lacks])
		return
	}
	m.takeHand()
}

// takeHand takes what is in the hand into the parcel, unless it must not be packed any more.
func (m *move) takeHand() {
	units, imprint := append([]order.Unit{m.s.AtHand}, m.s.together...), m.s.imprint
	m.s.AtHand, m.s.together = order.Unit{}, nil
	missing := m.s.Missing()
	gone := slices.ContainsFunc(units, func(u order.Unit) bool {
		return !slices.ContainsFunc(missing, func(w order.Unit) bool { return w.ID == u.ID })
	})
	sku := units[0].SKU()
	switch {
	case gone: // the order changed meanwhile
		m.refuseItem(Scanned{Scan: m.scan, Candidates: order.Candidates{SKUs: []string{sku}}})
	case m.s.hand.Expires && imprint.Expired(m.now):
		m.s.Wrong = Mistake{Outcome: ExpiredOut, Code: m.scan.Code, Scanned: []string{sku}, Wanted: sku}
		m.tell(ExpiredOut, order.Say("refused.expired", "day", imprint.Expiry))
	default:
		m.take(imprint, units...)
	}
}

// particular takes a scan while something is asked for about the piece in the hand: what is asked for itself, or a GS1 code of the piece that carries it.
func (m *move) particular(in Scanned) {
	lacks, c := m.s.HandLacks(), in.Candidates
	told, tells := m.tellsHand(in)
	day, isDay := order.ReadDay(in.Code, m.now)
	switch {
	case tells:
	case len(c.Articles()) > 0 || len(c.Parcels) > 0 || len(c.Replaced) > 0 || len(c.Waybills) > 0:
		m.askForHand(refusedParticulars[lacks])
		return
	case lacks == TheSerial:
		told.Serial = in.Code
	case lacks == TheLot && len(in.Code) <= longestLot:
		told.Lot = in.Code
	case lacks == TheExpiry && isDay:
		told.Expiry = day
	default:
		m.askForHand(refusedParticulars[lacks])
		return
	}
	if told.Serial != m.s.imprint.Serial && m.usedBefore(in, told.Serial) {
		return
	}
	m.s.imprint = told
	m.likeBefore()
	m.handOn()
}

// longestLot is the longest lot that GS1 codes hold (GS1 General Specifications 3.4.1); what is longer is another code.
const longestLot = 20

// askedParticulars and refusedParticulars are what a packer is asked for about the piece in the hand, and what they hear of a code that is none.
var (
	askedParticulars = map[Particular]order.Said{
		TheSerial: order.Say("ask.serial"), TheLot: order.Say("ask.lot"), TheExpiry: order.Say("ask.expiry"),
	}
	refusedParticulars = map[Particular]order.Said{
		TheSerial: order.Say("refused.no_serial"), TheLot: order.Say("refused.no_lot"), TheExpiry: order.Say("refused.no_expiry"),
	}
	particularOutcomes = map[Particular]Outcome{TheSerial: NumberOut, TheLot: LotOut, TheExpiry: ExpiryOut}
)

// askForHand asks for what the piece in the hand lacks.
func (m *move) askForHand(said order.Said) { m.tell(particularOutcomes[m.s.HandLacks()], said) }

// tellsHand is what is known of the piece in the hand once a GS1 code of it was read; false where the code tells nothing new that is captured.
func (m *move) tellsHand(in Scanned) (known order.Imprint, news bool) {
	known = m.s.imprint
	code, is := order.ReadGS1(in.Code, m.now)
	if !is || code.GTIN != "" && !slices.Contains(in.Candidates.Articles(), m.s.AtHand.SKU()) {
		return known, false
	}
	if m.s.hand.Numbered && known.Serial == "" {
		known.Serial = code.Serial
	}
	if m.s.hand.Lotted && known.Lot == "" {
		known.Lot = code.Lot
	}
	if m.s.hand.Expires && known.Expiry == "" {
		known.Expiry = code.Expiry
	}
	return known, known != m.s.imprint
}

// usedBefore refuses a serial number that lies in a parcel; false: it does not, or there is none.
func (m *move) usedBefore(in Scanned, number string) bool {
	switch {
	case number == "":
		return false
	case len(in.Candidates.NumberIn) > 0:
		m.tell(NumberUsed, order.Say("refused.serial_used", "parcel", in.Candidates.NumberIn[0]))
	case slices.Contains(m.s.Work.Serials(), number):
		m.tell(NumberUsed, order.Say("refused.serial_used", "parcel", m.s.Parcel.Key))
	default:
		return false
	}
	return true
}
