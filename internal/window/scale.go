package window

import (
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// scaleShown is what lies on the scale, and whether that is no weight; empty where the bench has none.
func scaleShown(s packing.State) (shown order.Said, loud bool) {
	if !s.Weighs {
		return order.Said{}, false
	}
	switch s.Scale.Load {
	case order.Settled:
		return order.Say("scale.shown.settled", "grams", s.Scale.Grams), false
	case order.Moving:
		return order.Say("scale.shown.moving", "grams", s.Scale.Grams), false
	case order.TooHeavy:
		return order.Say("scale.shown.heavy"), true
	case order.BelowZero:
		return order.Say("scale.shown.below"), true
	}
	return order.Say("scale.shown.gone"), true
}

// scaleStrip is what is to be told of the scale since the bench said something last. That it answers is worth saying only where it did not.
func scaleStrip(s station.Snapshot) (strip frame.Strip, any bool) {
	said := s.Scale.Said
	if said.Key == "" || said.Key == "scale.ready" || stopped(s) || s.Strip.At.After(s.Scale.At) {
		return strip, false
	}
	return frame.Strip{Family: kit.Ask, Word: order.Say("word.no_scale"), Meaning: said, At: s.Scale.At.Local()}, true
}

// weightQuestion is a question about the parcel's weight; false where the bench asks something else.
func weightQuestion(s packing.State) (pack.Question, bool) {
	wrong := pack.Act{Key: againKey, Word: order.Say("window.act.wrong")}
	again := pack.Act{Key: asideKey, Word: order.Say("question.weigh_again")}
	switch off := s.Work.WeightOff; s.Question {
	case packing.OnScale:
		without := pack.Act{Key: yesKey, Word: order.Say("question.on_scale.yes")}
		return pack.Question{Title: order.Say("question.on_scale"), Text: s.Trouble, Acts: []pack.Act{without, wrong}}, true
	case packing.OffWeight:
		var reasons []order.Said
		for _, why := range order.WeightReasons {
			reasons = append(reasons, packing.WhyLetGo(why))
		}
		text := order.Say("question.weight_off.light", "difference", off.Expected-off.Grams)
		if off.Grams > off.Expected {
			text = order.Say("question.weight_off.heavy", "difference", off.Grams-off.Expected)
		}
		title := order.Say("question.weight_off", "grams", off.Grams, "expected", off.Expected)
		return pack.Question{Title: title, Text: text, Choices: numbered(reasons), Acts: []pack.Act{wrong, again}}, true
	case packing.AllowWeight:
		acts := []pack.Act{again}
		if len(s.Supervisors)+len(s.Staff.People) > 0 {
			acts = []pack.Act{{Word: order.Say("question.allow_check.scan")}, again}
		}
		return pack.Question{Title: order.Say("question.allow_weight"), Text: s.Trouble, Acts: acts}, true
	}
	return pack.Question{}, false
}
