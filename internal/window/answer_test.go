package window

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/internal/words"
	"packbench/ui/pack"
)

// owing is a stopped parcel whose buyer waits for an answer.
func owing() station.Snapshot {
	s := open()
	s.State.Phase, s.State.Question, s.State.Work.Stopped = packing.Halted, packing.GoodsAreBack, order.CancelRequest
	s.State.Buyer = packing.Buyer{
		Known: order.Known{Parcel: s.State.Parcel},
		Owed: order.Owed{
			Cancellation: order.Cancellation{ID: "C1", OrderID: "O1", AnswerBy: now.Add(27 * time.Hour)},
			Reasons:      []order.RejectReason{{Name: order.PackedReason, Text: "Packed"}, {Name: "agreed", Text: "The buyer agreed"}},
		},
		PackedAt: now,
	}
	return s
}

// The stop card offers to answer the buyer, and says until when; while an answer is on its way it offers none.
func TestAStoppedParcelOffersAnAnswer(t *testing.T) {
	w := newWindow(t)
	s := owing()
	m := w.packModel(s, now)
	if m.View != pack.Stopped || m.Stop.Answer.Key != againKey || !m.Stop.AnswerBy.Equal(now.Add(27*time.Hour)) || m.Stop.Note.Key != "" {
		t.Errorf("%+v", m.Stop)
	}
	s.State.Work.Requests = []order.Request{{ID: "a", Kind: order.AnswerCancel, CancelID: "C1"}}
	if m := w.packModel(s, now); m.Stop.Answer.Key != "" || m.Stop.Note.Key != "window.answer.given" {
		t.Errorf("on its way: %+v", m.Stop)
	}
	s.State.Work.Requests[0].Parked = order.Say("platform.reject_reason")
	if m := w.packModel(s, now); m.Stop.Answer.Key != againKey || m.Stop.Note.Key != "window.answer.refused" {
		t.Errorf("refused: %+v", m.Stop)
	}
	s = owing()
	s.State.Buyer.Owed, s.State.Buyer.Trouble = order.Owed{}, order.Say("platform.unreachable")
	if m := w.packModel(s, now); m.Stop.Answer.Key != "" || m.Stop.Note.Key != "platform.unreachable" {
		t.Errorf("not heard: %+v", m.Stop)
	}
	s = owing()
	s.State.Phase, s.State.Parcel, s.State.Work = packing.Idle, order.Parcel{}, order.Work{}
	s.Strip = station.Strip{Outcome: packing.CancelledOut, Said: order.Say("refused.cancel_requested"), Code: "P1", At: now}
	if m := w.packModel(s, now); m.View != pack.Stopped || m.Stop.Answer.Key != againKey {
		t.Errorf("refused to open: %+v", m.Stop)
	}
}

// Each answer has its digit, in both languages; "packed already" is among them only where every piece was scanned.
func TestAnswersToABuyerByNumber(t *testing.T) {
	w := newWindow(t)
	s := owing()
	s.State.Question, s.State.Trouble = packing.AnswerBuyer, order.Say("ask.answer_buyer", "order", "O1")
	m := w.packModel(s, now)
	if m.View != pack.Asked || len(m.Question.Choices) != 2 || !choosable(s.State.Question) {
		t.Fatalf("%+v", m.Question)
	}
	s.State.Work.Taken = []order.Piece{{Unit: "a"}, {Unit: "b"}, {Unit: "c"}}
	m = w.packModel(s, now)
	if len(m.Question.Choices) != 3 || m.Question.Choices[1].Word.Key != "window.answer.packed" || m.Question.Choices[2].Key != "3" {
		t.Fatalf("%+v", m.Question.Choices)
	}
	for _, question := range []packing.Question{packing.AnswerBuyer, packing.AcceptCancel, packing.PackOn} {
		s.State.Question = question
		m := w.packModel(s, now)
		for _, language := range words.Languages {
			tongue, err := words.In(language)
			if err != nil {
				t.Fatal(err)
			}
			said := []order.Said{m.Question.Title, m.Question.Text}
			for _, act := range append(m.Question.Choices, m.Question.Acts...) {
				said = append(said, act.Word)
			}
			for _, sentence := range said {
				if text := tongue.Say(sentence); text == "" || text == sentence.Key || strings.Contains(text, "<no value>") {
					t.Errorf("%s in %s: %q", question, language, text)
				}
			}
		}
	}
}

// Once the time to answer is over the bench says so, offers no answer, and asks the platform again; the parcel keeps its number and its deadline.
func TestNoAnswerIsOfferedOnceItsTimeIsOver(t *testing.T) {
	w := newWindow(t)
	late := func() station.Snapshot {
		s := owing()
		s.State.Buyer.Owed.AnswerBy = now.Add(-time.Minute)
		return s
	}
	if m := w.packModel(late(), now); m.Stop.Answer.Word.Key != "window.act.ask_again" || m.Stop.Note.Key != "" {
		t.Errorf("halted: %+v", m.Stop)
	}
	idle := late()
	idle.State.Parcel, idle.State.Work, idle.State.Phase = order.Parcel{}, order.Work{}, packing.Idle
	idle.Strip = station.Strip{Outcome: packing.CancelledOut, Said: order.Say("refused.cancel_requested"), At: now}
	if m := w.packModel(idle, now); m.Stop.Answer.Word.Key != "window.act.ask_again" || m.Stop.Code != "P1" {
		t.Errorf("refused: %+v", m.Stop)
	}
	for _, question := range []packing.Question{packing.AnswerBuyer, packing.AcceptCancel} {
		asked := idle
		asked.State.Phase, asked.State.Question = packing.Asked, question
		m := w.packModel(asked, now)
		if m.View != pack.Asked || len(m.Question.Choices) != 0 || m.Question.Text.Key != "window.stop.owed.over" || len(m.Question.Acts) != 2 || m.Question.Acts[0].Word.Key != "window.act.ask_again" {
			t.Errorf("%s: %+v", question, m.Question)
		}
		if m.Parcel.Code != "P1" || !m.Parcel.Due.Equal(now.Add(time.Hour)) {
			t.Errorf("%s is about parcel %q, due %v", question, m.Parcel.Code, m.Parcel.Due)
		}
	}
}

// Where the bench can print the platform's QR label, the question for its scan offers that.
func TestTheQRLabelCanBePrintedAgain(t *testing.T) {
	w, s := newWindow(t), open()
	checks := &order.Checks{Rules: []order.CheckRule{{Market: order.EveryMarket, Check: order.CheckQR, Severity: order.Blocks}}, QR: map[string]string{"GB": "code"}}
	s.State.Checks = checks
	s.State.Parcel.Market, s.State.Parcel.Units = "GB", s.State.Parcel.Units[:1]
	asked, _ := packing.Next(s.State, packing.Read{Key: "P1", Parcel: s.State.Parcel, Found: true}, now)
	s.State = asked
	if m := w.packModel(s, now); m.View != pack.Asked || len(m.Question.Acts) != 2 {
		t.Fatalf("%+v", m.Question)
	}
	checks.QRLabels = map[string]string{"GB": "file"}
	if m := w.packModel(s, now); len(m.Question.Acts) != 3 || m.Question.Acts[1].Key != yesKey {
		t.Errorf("%+v", m.Question.Acts)
	}
}
