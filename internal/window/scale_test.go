package window

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// speaks checks that a sentence has its words in both languages.
func speaks(t *testing.T, said ...order.Said) {
	t.Helper()
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, sentence := range said {
			if text := tongue.Say(sentence); text == "" || text == sentence.Key || strings.Contains(text, "<no value>") {
				t.Errorf("%s: %q", language, text)
			}
		}
	}
}

func TestTheWeightStandsOnThePackingPage(t *testing.T) {
	w, s := newWindow(t), open()
	if m := w.packModel(s, now); m.Scale.Key != "" {
		t.Errorf("a bench without a scale shows %+v", m.Scale)
	}
	s.State.Weighs = true
	for reading, want := range map[order.Reading]struct {
		key  string
		loud bool
	}{
		{Load: order.Settled, Grams: 512}: {"scale.shown.settled", false},
		{Load: order.Moving, Grams: 512}:  {"scale.shown.moving", false},
		{Load: order.TooHeavy}:            {"scale.shown.heavy", true},
		{Load: order.BelowZero}:           {"scale.shown.below", true},
		{}:                                {"scale.shown.gone", true},
	} {
		s.State.Scale.Reading = reading
		m := w.packModel(s, now)
		if m.Scale.Key != want.key || m.ScaleLoud != want.loud {
			t.Errorf("%+v: %+v, %v", reading, m.Scale, m.ScaleLoud)
		}
		speaks(t, m.Scale)
	}
}

func TestQuestionsAboutTheWeight(t *testing.T) {
	w, s := newWindow(t), open()
	s.State.Weighs, s.State.Phase = true, packing.Asked
	for question, c := range map[packing.Question]struct {
		off     order.Weighing
		trouble string
		text    string
		choices int
		keys    string
		stops   bool
	}{
		packing.OnScale:     {order.Weighing{}, "ask.on_scale", "ask.on_scale", 0, yesKey + againKey, false},
		packing.OffWeight:   {order.Weighing{Grams: 380, Expected: 500}, "ask.weight_light", "question.weight_off.light", len(order.WeightReasons), againKey + asideKey, true},
		packing.AllowWeight: {order.Weighing{Grams: 380, Expected: 500}, "ask.weight_supervisor", "ask.weight_supervisor", 0, asideKey, false},
	} {
		s.State.Question, s.State.Work.WeightOff = question, c.off
		s.State.Trouble = order.Say(c.trouble, "grams", 380, "expected", 500, "difference", 120)
		m := w.packModel(s, now)
		keys, said := "", []order.Said{m.Question.Title, m.Question.Text}
		for _, act := range m.Question.Acts {
			keys += act.Key
		}
		for _, act := range append(m.Question.Choices, m.Question.Acts...) {
			said = append(said, act.Word)
		}
		if m.View != pack.Asked || m.Question.Text.Key != c.text || len(m.Question.Choices) != c.choices || keys != c.keys || stopped(s) != c.stops ||
			choosable(question) != (c.choices > 0) {
			t.Errorf("%s: %+v, stopped %v", question, m.Question, stopped(s))
		}
		speaks(t, said...)
	}
	s.State.Question = packing.AllowWeight
	if m := w.packModel(s, now); len(m.Question.Acts) != 1 {
		t.Errorf("a badge is asked for, and nobody has one: %+v", m.Question.Acts)
	}
	s.State.Supervisors = []string{"S-1"}
	if m := w.packModel(s, now); len(m.Question.Acts) != 2 || m.Question.Acts[0].Key != "" {
		t.Errorf("%+v", m.Question.Acts)
	}
	s.State.Question, s.State.Work.WeightOff = packing.OffWeight, order.Weighing{Grams: 620, Expected: 500}
	if m := w.packModel(s, now); m.Question.Text.Key != "question.weight_off.heavy" || m.Question.Text.With["difference"] != 120 ||
		m.Question.Title.With["grams"] != 620 || m.Question.Title.With["expected"] != 500 {
		t.Errorf("%+v", m.Question)
	}
}

// What is wrong with the scale is told until the bench says something else, and not over a stopped parcel.
func TestTheStripTellsOfTheScale(t *testing.T) {
	w, s := newWindow(t), open()
	s.Strip.Said, s.Strip.Outcome, s.Strip.At = order.Say("say.taken", "in", 1, "of", 3, "count", 2), packing.TakenOut, now
	s.Scale.Said, s.Scale.At = order.Say("scale.gone"), now.Add(time.Second)
	if strip := w.strip(s); strip.Meaning.Key != "scale.gone" || strip.Family != kit.Ask {
		t.Errorf("%+v", strip)
	}
	speaks(t, w.strip(s).Word, w.strip(s).Meaning)
	s.Scale.Said = order.Say("scale.ready")
	if strip := w.strip(s); strip.Meaning.Key == "scale.ready" {
		t.Errorf("%+v", strip)
	}
	s.Scale.Said, s.Strip.At = order.Say("scale.gone"), now.Add(2*time.Second)
	if strip := w.strip(s); strip.Meaning.Key == "scale.gone" {
		t.Errorf("%+v", strip)
	}
	s.Strip.At, s.State.Phase = now, packing.Halted
	if strip := w.strip(s); strip.Meaning.Key == "scale.gone" {
		t.Errorf("over a stopped parcel: %+v", strip)
	}
}
