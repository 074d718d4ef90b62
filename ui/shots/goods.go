package main

import (
	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// goodsStories are what the seller's catalogue has asked of goods. They begin with a parcel whose pieces are in.
func goodsStories(packed story) []story {
	asked := func(name, title string, text order.Said, with []any, acts ...pack.Act) story {
		s := packed
		s.name, s.page.View, s.page.Question = name, pack.Asked, pack.Question{Title: order.Say(title, with...), Text: text, Acts: acts}
		s.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: order.Say(title, with...), At: at(14, 49, 32)}
		return s
	}
	which := asked("asked-which", "question.which_meant", order.Say("question.which_meant.text"), nil, pack.Act{Key: "F11", Word: order.Say("question.back")})
	which.page.Question.Choices = []pack.Act{
		{Key: "1", Word: order.Say("strip.item", "name", "TEE-BK", "variant", "L")},
		{Key: "2", Word: order.Say("meaning.case", "count", 12, "name", "SLV-W")},
	}
	inserts := []any{"inserts", "MAN-1 + warranty card"}
	return []story{
		asked("asked-inserts", "window.inserts", order.Say("window.inserts.text"), inserts,
			pack.Act{Key: "F10", Word: order.Say("window.inserts.yes")}, pack.Act{Key: "F11", Word: order.Say("window.act.shelf")}),
		which,
		asked("asked-lot", "window.lot", order.Say("ask.lot"), nil, pack.Act{Key: "F11", Word: order.Say("window.act.lay_back")}),
		asked("asked-expiry", "window.expiry", order.Say("refused.no_expiry"), nil, pack.Act{Key: "F11", Word: order.Say("window.act.lay_back")}),
	}
}

// refusedGoodsStories are pieces that must not be packed for what is printed on them. They begin with a parcel whose pieces are taken.
func refusedGoodsStories(open story) []story {
	expired := open
	said := order.Say("refused.expired", "day", "2026-10-31")
	expired.name, expired.page.View = "expired", pack.WrongItem
	expired.page.Wrong = pack.Wrong{Title: said, Back: order.Say("window.expired.aside"), Got: open.page.Take, Want: open.page.Take}
	expired.frame.Strip = frame.Strip{Family: kit.Refused, Word: order.Say("word.expired"), Meaning: said, Code: "0104006381333931172610311042", At: at(14, 48, 5)}
	box := open
	box.name, box.page.Parcel.Box = "open-box", order.Say("pack.badge.box", "box", "BOX-S")
	marked := box
	marked.name, marked.page.Parcel.Fragile = "open-marks", true
	marked.page.Take.Marks = order.Marks
	marked.page.Take.Lot = order.Say("window.lot_and_day", "lot", order.Say("history.lot", "lot", "L-42"), "day", "2027-03-31")
	return []story{expired, box, marked}
}
