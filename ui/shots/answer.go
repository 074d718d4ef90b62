package main

import (
	"time"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// answerStories are what is asked about a buyer who asked to cancel.
func answerStories(t words.Tongue, s shop, stop story) []story {
	question := func(name, title string, text order.Said, acts ...pack.Act) story {
		asked := stop
		asked.name, asked.page = name, pack.Model{View: pack.Asked, Now: now, Parcel: parcel(s), Question: pack.Question{Title: order.Say(title), Text: text, Acts: acts}}
		asked.frame.Strip = frame.Strip{Family: kit.Ask, Word: order.Say("word.needs_person"), Meaning: order.Say(title), At: at(14, 48, 5)}
		return asked
	}
	id := "576461413038785752"
	back := pack.Act{Key: "F11", Word: order.Say("question.answer_buyer.back")}
	which := question("asked-answer", "question.answer_buyer", order.Say("window.answer.by", "order", id, "left", clock.Span(t, 27*time.Hour)), back)
	which.page.Question.Choices = []pack.Act{
		{Key: "1", Word: order.Say("window.answer.accept")}, {Key: "2", Word: order.Say("window.answer.packed")},
		{Key: "3", Word: order.Say("window.answer.agreed")},
		{Key: "4", Word: order.Say("window.answer.invalid")},
		{Key: "5", Word: order.Say("window.answer.delivered")},
	}
	return []story{
		which,
		question("asked-answer-over", "question.answer_buyer", order.Say("window.stop.owed.over"), pack.Act{Key: "F9", Word: order.Say("window.act.ask_again")}, back),
		question("asked-accept", "question.accept_cancel", order.Say("ask.accept_cancel", "order", id), pack.Act{Key: "F10", Word: order.Say("question.accept_cancel.yes")}, back),
		question("asked-pack-on", "question.pack_on", order.Say("ask.pack_on"), pack.Act{Key: "F10", Word: order.Say("question.pack_on.yes")},
			pack.Act{Key: "F11", Word: order.Say("question.goods_are_back.yes")}),
	}
}
