package main

import (
	"strconv"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// weightStories are a packed parcel on the scale, the next one beside a scale that is gone, and what is asked about a weight.
func weightStories(packed, idle story) []story {
	grams := func(n int) order.Said { return order.Say("scale.shown.settled", "grams", n) }
	on := packed
	on.name, on.page.Scale = "toscan-weight", grams(512)
	gone := idle
	gone.name, gone.page.Scale, gone.page.ScaleLoud = "idle-noscale", order.Say("scale.shown.gone"), true
	gone.frame.Strip = frame.Strip{Family: kit.Ask, Word: order.Say("word.no_scale"), Meaning: order.Say("scale.gone"), At: at(14, 48, 2)}
	weighed := idle
	weighed.name, weighed.page.Scale = "idle-weight", grams(0)
	weighed.frame.Strip.Meaning, weighed.frame.Strip.Next = order.Say("say.confirmed_weighed", "grams", 512), order.Said{}
	asked := func(name, word string, shown, title, text order.Said, acts ...pack.Act) story {
		s := packed
		s.name, s.page.View, s.page.Scale, s.page.Question = name, pack.Asked, shown, pack.Question{Title: title, Text: text, Acts: acts}
		s.frame.Strip = frame.Strip{Family: kit.Ask, Word: order.Said{Key: word}, Meaning: text, Code: "JMX730054482913", At: at(14, 48, 41)}
		return s
	}
	wrong, again := pack.Act{Key: "F9", Word: order.Say("window.act.wrong")}, pack.Act{Key: "F11", Word: order.Say("question.weigh_again")}
	wait := asked("asked-scale", "word.needs_person", grams(0), order.Say("question.on_scale"), order.Say("ask.on_scale"),
		pack.Act{Key: "F10", Word: order.Say("question.on_scale.yes")}, wrong)
	off := asked("asked-weight", "word.weight_off", grams(380), order.Say("question.weight_off", "grams", 380, "expected", 512),
		order.Say("question.weight_off.light", "difference", 132), wrong, again)
	off.frame.Stopped, off.frame.Strip.Family = true, kit.Stop
	off.frame.Strip.Meaning = order.Say("ask.weight_light", "grams", 380, "expected", 512, "difference", 132)
	for i, key := range []string{"weight.reason.packing", "weight.reason.goods", "weight.reason.scale"} {
		off.page.Question.Choices = append(off.page.Question.Choices, pack.Act{Key: strconv.Itoa(i + 1), Word: order.Said{Key: key}})
	}
	allow := asked("asked-weight-badge", "word.needs_person", grams(380), order.Say("question.allow_weight"),
		order.Say("ask.weight_supervisor", "grams", 380, "expected", 512), pack.Act{Word: order.Say("question.allow_check.scan")}, again)
	return []story{on, weighed, gone, wait, off, allow}
}
