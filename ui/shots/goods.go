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
	inserts := []any{"inserts", "MAN-1 + warranty card"}
	return []story{
		asked("asked-inserts", "window.inserts", order.Say("window.inserts.text"), inserts,
			pack.Act{Key: "F10", Word: order.Say("window.inserts.yes")}, pack.Act{Key: "F11", Word: order.Say("window.act.shelf")}),
	}
}
