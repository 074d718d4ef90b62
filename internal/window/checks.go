package window

import (
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/pack"
)

// checkQuestion is what a check asks before the label: a yes, a scan of what is to be on the box, or of a supervisor's badge.
func (w *Window) checkQuestion(s station.Snapshot) pack.Question {
	q := pack.Question{Title: order.Say("question.see_to"), Text: s.State.Trouble}
	switch {
	case s.State.Question == packing.Waybill:
		q.Title = order.Say("question.waybill")
		if s.Strip.Outcome == packing.WrongLabel {
			q.Text = s.Strip.Said
		}
		q.Acts = []pack.Act{{Word: order.Say("question.waybill.scan")}}
	case s.State.Question == packing.AllowCheck:
		q.Title = order.Say("question.allow_check")
		q.Acts = []pack.Act{{Word: order.Say("question.allow_check.scan")}}
	case s.State.TakesScan():
		q.Acts = []pack.Act{{Word: order.Say("question.see_to.scan")}}
		if s.State.MayPrintQR() {
			q.Acts = []pack.Act{{Word: order.Say("question.see_to.qr_scan")}, {Key: yesKey, Word: order.Say("question.see_to.qr")}}
		}
	case s.State.Boxing():
		q.Acts = []pack.Act{{Key: yesKey, Word: order.Say("window.box.yes")}}
	case s.State.Inserting():
		q = insertsQuestion(s)
	default:
		q.Acts = []pack.Act{{Key: yesKey, Word: order.Say("question.see_to.yes")}}
	}
	if s.State.MayShelve() {
		word := order.Say("window.act.shelf")
		if len(q.Acts) > 1 { // there is less room
			word = order.Say("question.see_to.shelf")
		}
		q.Acts = append(q.Acts, pack.Act{Key: asideKey, Word: word})
	}
	return q
}

// waybillOnParcel asks for the second scan of the number of the seller's own carrier.
func waybillOnParcel(s station.Snapshot) pack.Question {
	return pack.Question{
		Title: order.Say("question.waybill_on"), Text: order.Say("question.waybill_on.text", "number", s.State.Work.Waybill),
		Acts: []pack.Act{{Word: order.Say("question.waybill_on.scan")}},
	}
}

// unwarned is a sentence without what the checks warn of.
func unwarned(said order.Said) order.Said {
	for said.Key == "say.warned" {
		said, _ = said.With["said"].(order.Said)
	}
	return said
}
