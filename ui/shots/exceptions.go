package main

import (
	"strconv"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// exceptionStories are what a packer is asked when something is wrong, and a parcel that was left to a supervisor. tee is the wanted article.
func exceptionStories(asked story, tee pack.Line) []story {
	question := func(name, title string, text order.Said, keys ...string) story {
		s := asked
		s.name = name
		q := pack.Question{Title: order.Say(title), Text: text, Acts: []pack.Act{{Key: "F11", Word: order.Say("question.back")}}}
		for i, key := range keys {
			q.Choices = append(q.Choices, pack.Act{Key: strconv.Itoa(i + 1), Word: order.Said{Key: key}})
		}
		s.page.Question = q
		s.frame.Strip = frame.Strip{Family: kit.Ask, Word: order.Say("word.needs_person"), Meaning: order.Say(title), At: at(14, 49, 32)}
		return s
	}
	wrong := question("asked-wrong", "question.what_is_wrong", order.Say("wrong.text"),
		"wrong.short", "wrong.damaged", "wrong.extra", "wrong.park", "wrong.undo", "wrong.start_over")
	short := question("asked-short", "question.why_short", order.Say("wrong.short.text", "sku", "TEE-BK-L"),
		"wrong.short.out_of_stock", "wrong.short.damaged", "wrong.short.wrong_bin")
	send := question("asked-short-send", "question.why_short", order.Say("wrong.short.text", "sku", "TEE-BK-L"),
		"wrong.short.out_of_stock", "wrong.short.damaged", "wrong.short.wrong_bin", "wrong.short.send_here")
	here := order.Say("ask.split_here", "goods", "SLV-W × 2", "count", 4)
	split := question("asked-split", "question.split_here", order.Say("ask.split_here_left", "said", here, "goods", "TEE-BK-L × 2"))
	split.page.Question.Acts = append([]pack.Act{{Key: "F10", Word: order.Say("question.split_here.yes")}}, split.page.Question.Acts...)
	splitting := asked
	splitting.name, splitting.page = "splitting", pack.Model{View: pack.Idle, Now: now}
	splitting.frame.Strip = frame.Strip{Family: kit.Ask, Word: order.Say("word.parked"), At: at(14, 49, 32),
		Meaning: order.Say("say.splitting", "order", "576461413038785752", "goods", "SLV-W × 2")}
	whole := splitting
	whole.name, whole.frame.Strip.Meaning = "split", order.Say("say.split", "parcel", "1158000000100000007")
	broken := question("asked-broken", "question.which_damaged", order.Say("ask.which_damaged", "sku", "TEE-BK-L"))
	extra := question("asked-extra", "question.which_extra", order.Say("ask.which_extra"))
	allow := question("asked-learn-badge", "question.learn", order.Say("ask.learn_supervisor", "code", "4006381333931", "sku", "TEE-BK-L"))
	scan := question("asked-learn-scan", "question.learn", order.Say("ask.scan_learn", "sku", "TEE-BK-L"))
	for act, s := range map[string]*story{"question.allow_check.scan": &allow, "question.scan_learn.scan": &scan} {
		q := &s.page.Question
		q.Title, q.Label = order.Say("question.learn", "name", order.Say("strip.item", "name", tee.Name, "variant", tee.Variant)), tee.Photo
		q.Acts = append([]pack.Act{{Word: order.Said{Key: act}}}, q.Acts...)
		s.frame.Strip.Meaning = q.Title
	}
	unknown := wrong
	unknown.name, unknown.page.Question.Acts = "asked-wrong-unknown", append([]pack.Act{{Key: "F10", Word: order.Say("wrong.learn")}}, wrong.page.Question.Acts...)
	parked := asked
	parked.name, parked.page = "parked", pack.Model{View: pack.Idle, Now: now}
	parked.frame.Strip = frame.Strip{Family: kit.Ask, Word: order.Say("word.parked"), At: at(14, 49, 32),
		Meaning: order.Say("say.parked_short", "sku", "TEE-BK-L", "why", order.Say("short.out_of_stock"), "box", order.Say("park.box", "goods", "SLV-W × 2, TEE-BK-L × 2"))}
	return []story{wrong, unknown, allow, scan, short, send, split, splitting, whole, broken, extra, parked}
}
