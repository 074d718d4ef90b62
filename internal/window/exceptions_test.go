package window

import (
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/pack"
)

// What is wrong is asked in both languages, with a digit for every answer the bench takes by number.
func TestQuestionsAboutWhatIsWrong(t *testing.T) {
	if len(wrongs) != len(packing.Exceptions) || len(shorts) != len(order.Shortages) || len(wrongs) > ask.MostChoices || len(order.Reasons) >= ask.MostChoices {
		t.Fatalf("%d of %d exceptions, %d of %d reasons", len(wrongs), len(packing.Exceptions), len(shorts), len(order.Shortages))
	}
	w, s := newWindow(t), open()
	s.State.Supervisors, s.State.Learning.SKU = []string{"S-1"}, s.State.WantedSKU()
	if m := w.packModel(s, now); m.Help.Key != againKey {
		t.Errorf("%+v", m.Help)
	}
	for question, choices := range map[packing.Question]int{
		packing.WhatIsWrong: len(wrongs), packing.WhyShort: len(shorts), packing.SplitHere: 0, packing.WhichDamaged: 0, packing.WhichExtra: 0, packing.AllowLearn: 0, packing.ScanLearn: 0, packing.WhyAgain: len(order.Reasons) + 1,
	} {
		s.State.Phase, s.State.Question, s.State.Trouble = packing.Asked, question, order.Say("ask.which_extra")
		m := w.packModel(s, now)
		back := m.Question.Acts[len(m.Question.Acts)-1]
		if question == packing.WhyAgain {
			back = m.Question.Acts[0]
		}
		if m.View != pack.Asked || len(m.Question.Choices) != choices || back.Key != asideKey || (choices > 0) != choosable(question) {
			t.Errorf("%s: %+v", question, m.Question)
		}
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

// What is here can be sent by itself only where the bench takes the digit for it.
func TestSendWhatIsHereHasADigit(t *testing.T) {
	w, s := newWindow(t), open()
	p := &s.State.Parcel
	p.Key, p.OrderIDs, p.Number, p.Of, p.Flow, p.Market = "1", []string{"O1"}, 1, 1, order.ShipPackage, "GB"
	s.State.Phase, s.State.Question = packing.Asked, packing.WhyShort
	m := w.packModel(s, now)
	if n := len(m.Question.Choices); n != len(shorts)+1 || m.Question.Choices[n-1].Word.Key != "wrong.short.send_here" {
		t.Errorf("%+v", m.Question.Choices)
	}
	next, turn := packing.Next(s.State, packing.Choose{Number: len(m.Question.Choices)}, now)
	if next.Question != packing.SplitHere || turn.Outcome != packing.NeedsPerson {
		t.Errorf("%s, %+v", next.Question, turn)
	}
}

// What the bench does not know can be learnt where that was scanned last, by the key that says yes.
func TestAnUnknownCodeCanBeLearnt(t *testing.T) {
	w, s := newWindow(t), open()
	s.State.Supervisors = []string{"S-1"}
	scan := packing.Scanned{Scan: order.Scan{Code: "4006381333931", At: now}}
	for _, in := range []packing.Input{scan, packing.Help{}} {
		s.State, _ = packing.Next(s.State, in, now)
	}
	m := w.packModel(s, now)
	if first := m.Question.Acts[0]; first.Key != yesKey || first.Word.Key != "wrong.learn" || len(m.Question.Choices) != len(wrongs) {
		t.Fatalf("%+v", m.Question)
	}
	s.State, _ = packing.Next(s.State, packing.OK{}, now)
	if m = w.packModel(s, now); s.State.Question != packing.AllowLearn || m.Question.Title.Key != "question.learn" || m.Question.Acts[0].Key != "" {
		t.Errorf("%s, %+v", s.State.Question, m.Question)
	}
	s.State.Supervisors = nil // then there is no badge to be scanned
	if m = w.packModel(s, now); len(m.Question.Acts) != 1 {
		t.Errorf("%+v", m.Question.Acts)
	}
}
