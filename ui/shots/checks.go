package main

import (
	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// checkStories are what is asked and refused before a label, and of the seller's own carrier. They begin with a parcel whose pieces are in.
func checkStories(packed story) []story {
	asked := func(name, title string, text order.Said, acts ...pack.Act) story {
		s := packed
		s.name, s.page.View, s.page.Question = name, pack.Asked, pack.Question{Title: order.Say(title), Text: text, Acts: acts}
		s.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: text, At: at(14, 49, 32)}
		return s
	}
	scan := func(key string) pack.Act { return pack.Act{Word: order.Say(key)} }
	shelf := pack.Act{Key: "F11", Word: order.Say("window.act.shelf")}
	prefix := order.Say("ask.check_supervisor", "found", order.Say("check.carrier_prefix", "number", "JMX730054482913"))
	refused := order.Say("ask.waybill_refused", "why", order.Say("platform.tracking_number", "code", 21011025))
	blocked := story{"stopped-qr", packed.frame, pack.Model{View: pack.Stopped, Now: now, Stop: pack.Stop{
		Reason: pack.NotPackable, Title: order.Say("refused.platform_qr"), Code: "1153000000000000002", Act: pack.Act{Key: "F10", Word: order.Say("window.act.understood")},
	}}}
	blocked.frame.Stopped = true
	blocked.frame.Strip = frame.Strip{Family: kit.Stop, Word: order.Say("word.not_packable"), Meaning: order.Say("refused.platform_qr"), Code: "1153000000000000002", At: at(14, 48, 5)}
	return []story{
		asked("asked-hazmat", "question.see_to", order.Say("check.hazmat_label"), pack.Act{Key: "F10", Word: order.Say("question.see_to.yes")}, shelf),
		asked("asked-qr", "question.see_to", order.Say("check.platform_qr_scan"), scan("question.see_to.qr_scan"), pack.Act{Key: "F10", Word: order.Say("question.see_to.qr")},
			pack.Act{Key: "F11", Word: order.Say("question.see_to.shelf")}),
		asked("asked-check", "question.allow_check", prefix, scan("question.allow_check.scan"), shelf),
		asked("asked-waybill", "question.waybill", order.Say("ask.waybill"), scan("question.waybill.scan"), shelf),
		asked("asked-waybill-refused", "question.waybill", refused, scan("question.waybill.scan"), shelf),
		asked("asked-waybill-on", "question.waybill_on", order.Say("question.waybill_on.text", "number", "SPX7300544829"), scan("question.waybill_on.scan")),
		blocked,
	}
}
