package window

import (
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/ask"
	"packbench/ui/clock"
	"packbench/ui/pack"
)

// askAgain asks the platform what has become of a wish to cancel, once the time to answer is over.
var askAgain = pack.Act{Key: againKey, Word: order.Say("window.act.ask_again")}

// owed fills in what the buyer of a stopped parcel waits for: until when, what can be done about it, and how it went.
func (w *Window) owed(stop *pack.Stop, s packing.State) {
	stop.AnswerBy = local(s.Buyer.Owed.AnswerBy)
	over := s.AnswerOver(w.environment.Now())
	switch {
	case s.MayAnswer() && over:
		stop.Answer = askAgain
	case s.MayAnswer():
		stop.Answer = pack.Act{Key: againKey, Word: order.Say("window.act.answer")}
	}
	answer, given := s.Answering()
	switch {
	case given && answer.Parked.Key != "":
		stop.Note = order.Say("window.answer.refused", "why", answer.Parked)
	case given:
		stop.Note = order.Say("window.answer.given")
	case over && s.AsksOwed():
		stop.Note = order.Say("window.answer.asking")
	case over && s.Buyer.Trouble.Key != "":
		stop.Note = s.Buyer.Trouble
	case s.Buyer.Owed.ID != "": // the time that is left says it
	case s.Buyer.Trouble.Key != "":
		stop.Note = s.Buyer.Trouble
	}
}

// answers is a question about a buyer who asked to cancel; false where the bench asks something else.
func (w *Window) answers(s station.Snapshot, now time.Time) (pack.Question, bool) {
	back := pack.Act{Key: asideKey, Word: order.Say("question.answer_buyer.back")}
	q := pack.Question{Title: order.Say("question." + string(s.State.Question)), Text: s.State.Trouble, Acts: []pack.Act{back}}
	asksBuyer := s.State.Question == packing.AnswerBuyer || s.State.Question == packing.AcceptCancel
	if asksBuyer && s.State.AnswerOver(now) {
		q.Text, q.Acts = order.Say("window.stop.owed.over"), []pack.Act{askAgain, back}
		return q, true
	}
	switch s.State.Question {
	case packing.AnswerBuyer:
		q.Choices = numbered(w.answerWords(s.State))
		if by := s.State.Buyer.Owed.AnswerBy; !by.IsZero() {
			q.Text = order.Say("window.answer.by", "order", s.State.Buyer.Owed.OrderID, "left", clock.Span(w.environment.Tongue, by.Sub(now)))
		}
	case packing.AcceptCancel:
		q.Acts = []pack.Act{{Key: yesKey, Word: order.Say("question.accept_cancel.yes")}, back}
	case packing.PackOn:
		q.Acts = []pack.Act{{Key: yesKey, Word: order.Say("question.pack_on.yes")}, {Key: asideKey, Word: order.Say("question.goods_are_back.yes")}}
	default:
		return pack.Question{}, false
	}
	return q, true
}

// shortReasons are shorter words for reasons by a part of the platform's names for them, which end differently from market to market (platform API 3.9, Reject).
var shortReasons = []struct {
	part string
	word order.Said
}{
	{order.PackedReason, order.Say("window.answer.packed")},
	{"reject_reason_buyer_agree", order.Say("window.answer.agreed")},
	{"reject_reason_delivered", order.Say("window.answer.delivered")},
	{"reject_reason_invalid", order.Say("window.answer.invalid")},
}

// answerWords are the answers a buyer can get now, in the order of the bench. The platform's own words stand where there are no shorter ones.
func (w *Window) answerWords(s packing.State) (said []order.Said) {
	texts := map[string]string{}
	for _, r := range s.Buyer.Owed.Reasons {
		texts[r.Name] = r.Text
	}
	for _, answer := range s.BuyerAnswers() {
		if answer.Accept {
			said = append(said, order.Say("window.answer.accept"))
			continue
		}
		word := order.Say("window.answer.reject", "why", texts[answer.Reason])
		for _, known := range shortReasons {
			if strings.Contains(answer.Reason, known.part) {
				word = known.word
			}
		}
		said = append(said, word)
	}
	return said[:min(len(said), ask.MostChoices)]
}
