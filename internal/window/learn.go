package window

import (
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/pack"
)

// learning is a question before a barcode is learnt, with the picture and the name of its article; false where the bench asks something else.
func (w *Window) learning(s station.Snapshot) (pack.Question, bool) {
	state, learning := s.State, s.State.Learning
	line := w.line(s, learning.SKU)
	title := order.Say("question.learn", "name", pack.NameOf(line))
	if line.Variant != "" {
		title = order.Say("question.learn", "name", order.Say("strip.item", "name", pack.NameOf(line), "variant", line.Variant))
	}
	q := pack.Question{
		Title: title, Text: state.Trouble, Label: line.Photo,
		Acts: []pack.Act{{Key: asideKey, Word: order.Say("question.back")}},
	}
	switch {
	case state.Question == packing.ScanLearn:
		q.Acts = append([]pack.Act{{Word: order.Say("question.scan_learn.scan")}}, q.Acts...)
	case state.Question != packing.AllowLearn:
		return pack.Question{}, false
	case len(state.Supervisors)+len(state.Staff.People) > 0:
		q.Acts = append([]pack.Act{{Word: order.Say("question.allow_check.scan")}}, q.Acts...)
	}
	return q, true
}
