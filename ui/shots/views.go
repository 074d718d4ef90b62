package main

import (
	"time"

	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"

	"packbench/internal/order"
)

// stories are all views, with the texts of one language.
func stories(t words.Tongue, s shop, p map[string]*kit.Photo) []story {
	say := sayerOf(t)
	opened := openStories(s, p, say)
	all := append(append(idleStories(s, say), opened...), refusedGoodsStories(opened[0])...)
	labels := labelStories(s, p, say)
	all = append(all, weightStories(labels[2], all[0])...)
	return append(append(append(all, labels...), append(checkStories(labels[0]), goodsStories(labels[0])...)...), stopStories(t, s, p, say)...)
}

type sayer func(zh, en string) order.Said

// sayerOf speaks one language.
func sayerOf(t words.Tongue) sayer {
	return func(zh, en string) order.Said {
		if t.Language == words.Chinese {
			return plain(zh)
		}
		return plain(en)
	}
}

func idleStories(s shop, say sayer) []story {
	idle := story{"idle", calmFrame(s), pack.Model{Now: now, Waiting: waiting(s), WaitingTotal: 43}}
	idle.frame.Strip = frame.Strip{
		Family: kit.Taken, Word: say("完成", "Done"), Meaning: say("…480 377 的面单已扫回，包裹完成", "Label …480 377 is scanned back, the parcel is complete"),
		Next: say("下一个可以直接扫", "Scan the next one"), Code: "JMX730054480377", At: at(14, 47, 51),
	}
	empty := story{"empty", calmFrame(s), pack.Model{Now: now}}
	empty.frame.ScannerSeen, empty.frame.Printer, empty.frame.Platform, empty.frame.Overdue = false, frame.PrinterUnproven, frame.PlatformNever, 0
	typing := idle
	typing.name, typing.frame.Typed = "typing", "5792158403714"
	typing.frame.Platform, typing.frame.HeardAt, typing.frame.Unsent = frame.PlatformOffline, now.Add(-11*time.Minute), 3
	finished := idle
	finished.name, finished.page.DoneAt = "done", now.Add(-200*time.Millisecond)
	markets := idle
	markets.name, markets.page.WaitingTotal = "idle-markets", 2167
	markets.page.WaitingIn = []pack.MarketCount{{Market: "MY", Count: 863}, {Market: "VN", Count: 444}, {Market: "US", Count: 416}, {Market: "BR", Count: 225}, {Market: "GB", Count: 219}}
	markets.frame.ClockOff, markets.frame.Unsent, markets.frame.Parked = 12*time.Minute, 9, 7
	sorted := idle
	sorted.name, sorted.page.Waiting = "idle-slots", waiting(s)
	sorted.page.Waiting[0].Slot, sorted.page.Waiting[2].Slot, sorted.page.Waiting[3].Slot = "A 17", "A 3", "TOTE-2026-101"
	reading := idle
	reading.name, reading.frame.Read, reading.frame.Of = "idle-reading", 4300, 15000
	return []story{idle, empty, typing, finished, markets, reading, sorted}
}

func openStories(s shop, p map[string]*kit.Photo, say sayer) []story {
	all := lines(s, p)
	open := story{"open", calmFrame(s), pack.Model{View: pack.Open, Now: now, Parcel: parcel(s), Take: all[1], Lines: all, Aside: pack.Act{Key: "F11", Word: order.Say("window.act.aside")},
		Help: pack.Act{Key: "F9", Word: order.Say("window.act.wrong")}}}
	open.frame.Strip = frame.Strip{
		Family: kit.Taken, Meaning: say("速干运动 T 恤 黑色·L，第 2 件", "Quick-dry sports T-shirt Black, L, piece 2"),
		Next: say("还差 1 件", "1 more"), Code: "6936580142207", At: now,
	}
	long := open
	long.name = "open-long"
	long.page.Parcel.Sample, long.page.Parcel.ReadAt, long.page.Parcel.Due = true, now.Add(-34*time.Second), now.Add(-3*time.Hour-5*time.Minute)
	long.page.Lines = append([]pack.Line{}, all...)
	long.page.Lines = append(long.page.Lines, []pack.Line{
		{SKU: "BOTTLE-NAVY-1L-STRAW-2026", Name: s.bottle, Variant: s.long, Bin: "D-14-20-3", Taken: 17, Of: 24, Current: true},
		{SKU: "TEE-BK-M", Name: s.tee, Variant: s.blackM, Of: 2, Photo: p["tee-black"]}, {SKU: "BTL-1", Name: s.bottle, Variant: s.white, Of: 1, Photo: p["bottle"]},
	}...)
	long.page.Lines[1].Current = false
	long.page.Take = long.page.Lines[3]
	long.frame.Strip = frame.Strip{
		Family: kit.Repeat, Meaning: say("同一件扫了两次，只算一次", "The same piece was scanned twice, it counts once"),
		Next: say("没有多计，接着拿下一件", "Go on with the next piece"), Code: "6936580142207", At: now,
	}
	wrong := open
	wrong.name, wrong.page.View = "wrong", pack.WrongItem
	wrong.page.Wrong = pack.Wrong{Got: pack.Line{SKU: "TEE-BK-M", Name: s.tee, Variant: s.blackM, Bin: "A-03-1", Photo: p["tee-black"]}, Want: all[1]}
	wrong.frame.Strip = frame.Strip{
		Family: kit.Refused, Word: say("拿错了", "Wrong item"), Meaning: say("速干运动 T 恤 黑色·M，本包裹没有这个尺码", "Quick-dry sports T-shirt Black, M is not in this parcel"),
		Next: say("没有计入；扫到对的就继续", "Not counted. Scan the right one to go on"), Code: "6936580142191", At: at(14, 48, 19),
	}
	other := wrong
	other.name = "wrong-other"
	other.page.Wrong.Got = pack.Line{SKU: "BTL-1", Name: s.bottle, Variant: s.long, Photo: p["bottle"]}
	unknown := wrong
	unknown.name = "wrong-unknown"
	unknown.page.Wrong = pack.Wrong{Got: pack.Line{SKU: "4006381333931"}, Want: all[1]}
	unknown.frame.Strip.Word, unknown.frame.Strip.Meaning = say("未知条码", "Unknown"), say("没有商品用这个条码", "No article has this barcode")
	unknown.frame.Strip.Code = "4006381333931"
	return []story{open, long, wrong, other, unknown}
}

func labelStories(s shop, p map[string]*kit.Photo, say sayer) []story {
	working := story{"working", calmFrame(s), pack.Model{View: pack.Working, Now: at(14, 48, 31), Parcel: parcel(s)}}
	working.page.Parcel.ReadAt = working.page.Now
	working.page.Work = pack.Work{Step: pack.Printing, Since: at(14, 48, 30)}
	working.frame.Strip = frame.Strip{
		Family: kit.Taken, Word: say("齐了", "All in"), Meaning: say("6 件全部扫到", "All 6 pieces are scanned"),
		Next: say("封箱，面单马上就来", "Close the box, the label is coming"), Code: "6941057733018", At: at(14, 48, 31),
	}
	slow := working
	slow.name = "working-slow"
	slow.page.Work = pack.Work{Step: pack.Fetching, Since: at(14, 48, 19), Note: order.Say("window.work.shelf", "key", "F11")}
	toScan := working
	toScan.name, toScan.page.View = "toscan", pack.ToScan
	toScan.page.Label = pack.Label{Code: "JMX730054482913", QueuedAt: at(14, 48, 31), SentAt: at(14, 48, 32), Picture: p["label"],
		Again: pack.Act{Key: "F9", Word: order.Say("window.act.again")}}
	toScan.frame.LabelsSent = 1
	toScan.frame.Strip.Meaning, toScan.frame.Strip.Next = say("6 件全部扫到，面单已发送", "All 6 pieces are scanned, the label is sent"), say("封箱，贴面单，扫面单", "Close the box, stick the label on, scan it")
	asked := toScan
	asked.name, asked.page.View, asked.page.Question = "asked-out", pack.Asked, pack.Question{
		Title: order.Say("question.print_again"), Text: order.Say("ask.print_again"),
		Acts: []pack.Act{{Key: "F10", Word: order.Say("question.print_again.yes")}, {Word: order.Say("question.print_again.scan")}},
	}
	asked.frame.Strip = frame.Strip{
		Family: kit.Ask, Meaning: say("面单发出 60 秒，还没扫回", "The label was sent 60 s ago and is not scanned back"), Next: say("扫面单，或按 F10", "Scan the label, or press F10"), At: at(14, 49, 32),
	}
	absent := asked
	absent.name, absent.frame.Printer = "asked-absent", frame.PrinterAbsent
	absent.page.Question = pack.Question{
		Title: order.Say("question.try_again"), Text: order.Say("printer.none"), Acts: []pack.Act{{Key: "F10", Word: order.Say("question.try_again.yes")}},
	}
	absent.frame.Strip.Meaning, absent.frame.Strip.Next = say("面单排着队，没有丢", "The label is queued, nothing is lost"), say("打印机好了按 F10", "Press F10 when the printer is back")
	late := asked
	late.name, late.page.Question = "asked-late", pack.Question{
		Title: order.Say("question.try_again"), Text: order.Say("platform.label_not_ready"),
		Acts: []pack.Act{{Key: "F10", Word: order.Say("question.try_again.yes")}, {Key: "F11", Word: order.Say("window.act.shelf")}},
	}
	late.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: say("面单还没做好", "The label is not ready"), Next: say("按 F11 放上等待架，或按 F10 再试", "Press F11 for the waiting shelf, or F10 to try again"), At: at(14, 49, 32)}
	unread := asked
	unread.name, unread.page.Question = "asked-unread", pack.Question{
		Title: order.Say("question.accept_label"), Text: order.Say("ask.accept_label"), Label: p["label"],
		Acts: []pack.Act{{Key: "F10", Word: order.Say("question.accept_label.yes")}},
	}
	unread.frame.Strip = frame.Strip{Family: kit.Refused, Word: order.Say("word.not_packable"), Meaning: order.Say("refused.changed"), Code: "6936580142207", At: at(14, 49, 40)}
	why := asked
	why.name, why.page.Question = "asked-why", ask.Why("F11")
	why.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: order.Say("reprint.why"), Next: say("按 1 到 4，或按 F11 不打", "Press 1 to 4, or F11 to leave it"), At: at(14, 49, 32)}
	badge := why
	badge.name, badge.page.Question = "asked-badge", ask.Supervisor(2, "F11")
	badge.frame.Strip.Word, badge.frame.Strip.Meaning = say("叫主管", "Call supervisor"), order.Say("reprint.supervisor")
	badge.frame.Strip.Next = order.Say("reprint.badge")
	return append([]story{working, slow, toScan, asked, absent, late, unread, why, badge}, exceptionStories(asked, pack.Line{SKU: "TEE-BK-L", Name: s.tee, Variant: s.blackL, Photo: p["tee-black"]})...)
}

func stopStories(t words.Tongue, s shop, p map[string]*kit.Photo, say sayer) []story {
	stop := story{"stopped", calmFrame(s), pack.Model{View: pack.Stopped, Now: now}}
	stop.frame.Stopped = true
	stop.page.Stop = pack.Stop{
		Reason: pack.Cancelled, At: now.Add(-40 * time.Second), Code: "JMX730054482913", Act: pack.Act{Key: "F10", Word: say("都放回了", "All is back")},
		Back: []pack.Return{
			{Bin: "A-03-2", Count: 1, SKU: "TEE-BK-L", Name: s.tee, Variant: s.blackL, Photo: p["tee-black"]},
			{Bin: "B-11-1", Count: 2, SKU: "SLV-W", Name: s.sleeves, Variant: s.white, Photo: p["sleeves"]},
		},
	}
	stop.frame.Strip = frame.Strip{
		Family: kit.Stop, Meaning: say("这个包裹已取消，刚才的扫描没有计入", "This parcel is cancelled, the last scan was not counted"),
		Next: say("都放回后按 F10；说不清就叫主管", "Press F10 when all is back; in doubt call a supervisor"), Code: "6936580142207", At: at(14, 48, 5),
	}
	many := stop
	many.name, many.page.Stop.Reason = "stopped-many", pack.CancelRequested
	many.page.Stop.Back = append(append([]pack.Return{}, stop.page.Stop.Back...),
		pack.Return{Bin: "D-14-20-3", Count: 12, SKU: "BTL", Name: s.bottle, Variant: s.long},
		pack.Return{SKU: "BUD-W", Count: 1, Name: s.buds, Variant: s.cloud}, pack.Return{Bin: "E-01", Count: 1, Name: s.buds})
	held := stop
	held.name, held.page.Stop.Reason, held.page.Stop.Back = "stopped-hold", pack.OnHold, nil
	held.page.Stop.Act.Word = say("知道了", "Understood")
	held.frame.Strip.Meaning, held.frame.Strip.Next = say("买家付款还不到一小时，先不打包", "The buyer paid less than an hour ago: do not pack yet"), say("按 F10，接着打下一个", "Press F10 and take the next one")
	owed := many
	owed.name, owed.page.Stop.Back = "stopped-owed", stop.page.Stop.Back
	owed.page.Stop.AnswerBy, owed.page.Stop.Answer = now.Add(27*time.Hour+20*time.Minute), pack.Act{Key: "F9", Word: order.Say("window.act.answer")}
	over := owed
	over.name, over.page.Stop.AnswerBy, over.page.Stop.Answer.Word = "stopped-over", now.Add(-time.Minute), order.Say("window.act.ask_again")
	replaced := held
	replaced.name, replaced.page.Stop.Reason, replaced.page.Stop.Title = "stopped-replaced", pack.NotPackable, order.Say("refused.replaced_by", "code", "JMX730054482999")
	replaced.page.Stop.Note = order.Say("replaced.in_run", "time", "14:21", "printer", "tcp:10.0.0.9:9100", "run", "1120-141502")
	replaced.frame.Strip = frame.Strip{Family: kit.Stop, Word: order.Say("word.stale_label"), Code: "JMX730054482913", At: at(14, 48, 5),
		Meaning: order.Say("refused.replaced_where", "said", replaced.page.Stop.Title, "where", replaced.page.Stop.Note)}
	given := owed
	given.name, given.page.Stop.Answer, given.page.Stop.Note = "stopped-answered", pack.Act{}, order.Say("window.answer.given")
	return append([]story{stop, many, held, replaced, owed, over, given}, answerStories(t, s, stop)...)
}
