package packing

import (
	"slices"

	"packbench/internal/order"
)

// WhyNotLearn says why a code must not become a barcode of an article; the zero Said: it may. c is all that the code means already. With shared it may be
// the barcode of other articles too: whoever scans it is asked which is meant.
func WhyNotLearn(code string, c order.Candidates, sku string, shared bool) order.Said {
	others := slices.DeleteFunc(slices.Clone(c.SKUs), func(other string) bool { return other == sku })
	switch {
	case c.Command != "":
		return order.Say("learn.command")
	case c.Badge.Badge != "":
		return order.Say("learn.badge")
	case len(c.Parcels)+len(c.Waybills)+len(c.Replaced) > 0:
		return order.Say("learn.parcel")
	case len(c.NumberIn) > 0:
		return order.Say("learn.serial")
	case c.Else, c.Slot.Code != "", c.Wave != "":
		return order.Say("learn.names_else")
	case len(c.Cases) > 0:
		return order.Say("learn.case", "case", c.Cases[0].String())
	case len(others) < len(c.SKUs) && code != sku:
		return order.Say("learn.already", "sku", sku)
	case len(others) > 0 && !shared:
		return order.Say("learn.other", "sku", others[0])
	case c.Material != "" && len(c.SKUs) == 0:
		return order.Say("learn.material", "material", c.Material)
	case code == "":
		return order.Say("learn.no_barcode")
	}
	return order.Said{}
}

// Learn is a person's wish to have the code that was just refused as unknown become a barcode of the wanted article. It takes a supervisor.
type Learn struct{}

func (Learn) input() {}

// The questions before a barcode is learnt. Any scan but an answer goes on with the work.
const (
	AllowLearn Question = "allow_learn" // the supervisor's badge is to be scanned
	ScanLearn  Question = "scan_learn"  // the code is to be scanned once more
)

// Learning is the barcode that is about to be learnt.
type Learning struct {
	Code       string // as it was scanned
	SKU        string
	Supervisor string // the badge of who allowed it; empty until then
}

// MayLearn tells whether the code that was scanned last can become a barcode of the wanted article.
func (s State) MayLearn() bool {
	unknown := s.Wrong.Outcome == UnknownCode && len(s.Wrong.Scanned) == 0 && s.Wrong.Code != ""
	return unknown && s.Wrong.Wanted != "" && s.Wrong.Wanted == s.WantedSKU()
}

// learn asks the supervisor who allows it.
func (m *move) learn() {
	wrong := m.s.Wrong
	switch {
	case m.s.Phase != Packing || !m.s.MayLearn():
		m.tell(NothingAsked, order.Say("say.nothing_to_learn"))
		return
	case order.BarcodeOf(wrong.Code, m.now) == "":
		m.tell(NothingAsked, order.Say("learn.no_barcode"))
		return
	}
	said := order.Say("ask.learn_supervisor", "code", wrong.Code, "sku", wrong.Wanted)
	if len(m.s.Supervisors)+len(m.s.Staff.People) == 0 {
		said = order.Say("ask.learn_no_supervisor")
	}
	m.askException(AllowLearn, said)
	m.s.Learning = Learning{Code: wrong.Code, SKU: wrong.Wanted}
}

// allowLearn asks for the code once more: what becomes a barcode was in a hand twice.
func (m *move) allowLearn(supervisor string) {
	m.s.Learning.Supervisor = supervisor
	m.askException(ScanLearn, order.Say("ask.scan_learn", "sku", m.s.Learning.SKU))
}

// scanLearning takes a scan while a barcode is to be learnt.
func (m *move) scanLearning(in Scanned) {
	learning := m.s.Learning
	means := len(in.Candidates.Articles()) + len(in.Candidates.Parcels) + len(in.Candidates.Replaced)
	switch {
	case m.s.Question == AllowLearn && len(m.s.Staff.People) == 0 && slices.Contains(m.s.Supervisors, in.Code):
		m.remember()
		m.allowLearn(in.Code)
	case m.s.Question == ScanLearn && in.Code == learning.Code:
		m.learnt(in, learning)
	case m.s.Question == ScanLearn && means == 0:
		m.tell(NeedsPerson, order.Say("learn.another"))
	default:
		m.scanInException(in)
	}
}

// learnt makes the code a barcode of the article, and takes the piece that was scanned.
func (m *move) learnt(in Scanned, l Learning) {
	code := order.BarcodeOf(l.Code, m.now)
	if why := WhyNotLearn(code, in.Candidates, l.SKU, false); why.Key != "" {
		m.tell(NeedsPerson, why)
		return
	}
	m.record(order.BarcodeLearnt, func(e *order.Event) {
		e.Code, e.SKU, e.Supervisor = code, l.SKU, l.Supervisor
		e.SupervisorName = order.PersonOf(m.s.Staff.People, l.Supervisor).Name
	})
	m.backToWork()
	in.Candidates.SKUs = []string{l.SKU}
	if m.goods[l.SKU].Numbered {
		in.Candidates.Numbered = []string{l.SKU}
	}
	m.onward(in)
}
