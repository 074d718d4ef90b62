package main

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/printrun"
)

// runStory is a view of the print run.
type runStory struct {
	name  string
	frame frame.Model
	page  printrun.Model
}

func (s runStory) title() string { return s.name }

func (s runStory) on(v view) fyne.CanvasObject {
	v.run.Render(s.page)
	s.frame.Page = frame.PageRun
	v.running.Render(s.frame)
	return v.running.Object()
}

// runStories are all views of the print run.
func runStories(t words.Tongue, s shop) []runStory {
	say := func(zh, en string) order.Said {
		if t.Language == words.Chinese {
			return plain(zh)
		}
		return plain(en)
	}
	return append(append(noRunStories(s, say), runningStories(s, say)...), endedStories(s, say)...)
}

func noRunStories(s shop, say sayer) []runStory {
	text := func(zh, en string) string { return say(zh, en).Key }
	none := runStory{"run-none", calmFrame(s), printrun.Model{
		View: printrun.None, Ready: 137, Print: printrun.PrintAct(50), Turn: printrun.TurnAct,
		Choices: []printrun.Choice{
			{Name: text("马来西亚·J&T 极兔", "Malaysia, J&T Express"), Count: 63, Ticked: true},
			{Name: text("马来西亚·Flash Express", "Malaysia, Flash Express"), Count: 41},
			{Name: text("新加坡·Ninja Van", "Singapore, Ninja Van"), Count: 33},
		},
		Last:    printrun.Past{Name: "W-0411", Sent: 50, Seen: 47, Missing: 3, Again: printrun.MissingAct(3)},
		Balance: printrun.Balance{Parcels: 141, Spoiled: 2, Bench: 7, Sent: 150},
	}}
	waves := none
	waves.name, waves.page.First, waves.page.Then = "run-none-waves", "W261120-03", 3
	waves.page.Choices = append([]printrun.Choice{
		{Name: text("波次 W261120-03·播种墙", "Wave W261120-03, put wall"), Count: 48, Ticked: true}, {Name: text("波次 W261120-04·单件", "Wave W261120-04, single pieces"), Count: 50, Ticked: true},
	}, none.page.Choices...)
	waves.page.Print = printrun.PrintAct(48)
	full := none
	full.name, full.page.Ready, full.page.LastOnTop = "run-none-many", 2167, true
	full.page.Choices = nil
	for i, name := range []string{
		text("马来西亚·J&T 极兔", "Malaysia, J&T Express"), text("马来西亚·Flash Express", "Malaysia, Flash Express"), text("新加坡·Ninja Van", "Singapore, Ninja Van"),
		text("泰国·Kerry", "Thailand, Kerry"), text("越南·GHN", "Vietnam, GHN"), text("菲律宾·J&T 极兔", "Philippines, J&T Express"),
		text("英国·皇家邮政 Royal Mail 次日达", "United Kingdom, Royal Mail Tracked 24"), text("美国·USPS", "United States, USPS"), text("巴西·Correios", "Brazil, Correios"),
		text("日本·大和", "Japan, Yamato"),
	} {
		full.page.Choices = append(full.page.Choices, printrun.Choice{Name: name, Count: 863 - 80*i, Ticked: i%3 == 0})
	}
	full.page.Balance.Bench = 3
	full.page.Last.Missing, full.page.Last.Seen, full.page.Last.Again = 0, 50, printrun.Act{}
	empty := runStory{"run-none-empty", calmFrame(s), printrun.Model{}}
	why := none
	why.name, why.page = "run-why", printrun.Model{View: printrun.Asked, Question: ask.Why("F11")}
	why.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: order.Say("reprint.why"), Next: say("按 1 到 4，或按 F11 不打", "Press 1 to 4, or F11 to leave it"), At: now}
	return []runStory{none, waves, full, empty, why}
}

// fifty are the labels of the mock-up's run: 20 seen, 3 sent after them, one spoiled, two kept back.
func fifty() []printrun.State {
	all := make([]printrun.State, 50)
	for i := range 21 {
		all[i] = printrun.Seen
	}
	for i := 21; i < 24; i++ {
		all[i] = printrun.Sent
	}
	all[8], all[30], all[43] = printrun.Spoiled, printrun.Held, printrun.Held
	return all
}

func kept(say sayer) []printrun.Kept {
	return []printrun.Kept{
		{
			Number: 31, Code: "JMX730054480377", Why: say("买家申请取消，先处理申请", "The buyer asked to cancel: answer that first"),
			Next: say("到卖家中心同意或拒绝；拒绝以后，它会回到可以打的面单里", "Agree or refuse in Seller Center. Refused, it comes back to the labels that can be printed"),
		},
		{
			Number: 44, Code: "FLMY01577042", Why: say("平台还没有做好这张面单", "The platform has not made this label yet"),
			Next: say("程序会接着问平台，做好了就能打", "The bench keeps asking; it can be printed when it is there"),
		},
	}
}

func runningStories(s shop, say sayer) []runStory {
	going := runStory{"run", calmFrame(s), printrun.Model{
		View: printrun.Run, Name: "1120-141502", Wave: "W261120-03", Tiles: fifty(), Held: kept(say), Pace: 1500 * time.Millisecond, Left: 36 * time.Second,
		Acts: []printrun.Act{printrun.PauseAct, printrun.CancelAct},
	}}
	going.page.Tiles[24], going.page.Tiles[25], going.page.Tiles[26] = printrun.Sending, printrun.Making, printrun.Making
	going.frame.LabelsSent = 3
	going.frame.Strip = frame.Strip{
		Family: kit.Taken, Word: say("扫到了", "Seen"), Meaning: say("第 21 张面单贴在它的包裹上了，周转箱 T-21", "Label 21 is on its parcel, tote T-21"),
		Next: say("后面又发了 3 张，还没扫到", "3 labels were sent after it and are not seen yet"), Code: "JMX730054480561", At: at(14, 52, 7),
	}
	stands := func(name string, stand printrun.Stand, acts ...printrun.Act) runStory {
		story := going
		story.name, story.page.Tiles, story.page.Stand, story.page.Acts = name, fifty(), stand, acts
		return story
	}
	paused := stands("run-paused", printrun.Paused, printrun.GoOnAct, printrun.CancelAct)
	paused.page.Held, paused.page.Tiles[30], paused.page.Tiles[43] = nil, printrun.Queued, printrun.Queued
	paper := stands("run-paper", printrun.NoPaper, printrun.CancelAct)
	paper.frame.Printer = frame.PrinterNoPaper
	fault := stands("run-fault", printrun.LastGood, printrun.NoneGoodAct, printrun.CancelAct)
	fault.frame.Printer = frame.PrinterNoPaper
	fault.page.Why = say("打到第 24 张没纸了。装一卷纸，再扫最后一张好的面单。", "Paper ran out at label 24. Load a roll, then scan the last good label.")
	crash := stands("run-fault-long", printrun.LastGood, printrun.NoneGoodAct, printrun.CancelAct)
	crash.page.Why = say("打到第 24 张时打印机断开了，这张只打了一半。接好线，等它亮绿灯，再扫最后一张完整的好面单。",
		"The printer was unplugged within label 24, which is torn in half. Plug it in, wait for its green light, then scan the last whole and good label.")
	crash.page.Held = append(append([]printrun.Kept{}, kept(say)...), printrun.Kept{Number: 45, Code: "NVSG00482116", Why: say("收件地址所在的地区今天不收件", "The carrier does not collect for this address today")})
	crash.frame.Printer = frame.PrinterSilent
	open := stands("run-open", printrun.Faulty, printrun.GoOnAct, printrun.CancelAct)
	open.page.Why, open.page.Next = say("打印头没合上", "The print head is open"), say("合上，听到咔哒一声，再按 F9。没有面单打坏。", "Close it until it clicks, then press F9. No label was spoiled.")
	open.frame.Printer = frame.PrinterHeadOpen
	last := stands("run-last", printrun.LastGood, printrun.NoneGoodAct, printrun.CancelAct)
	unproven := stands("run-unproven", printrun.Unproven, printrun.NoneGoodAct, printrun.CancelAct)
	unproven.page.Ahead, unproven.frame.Printer = 10, frame.PrinterUnproven
	cancelling := stands("run-cancel", printrun.Cancelling, printrun.CancelYesAct, printrun.CancelNoAct)
	cancelling.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: order.Say("run.cancelling"), Next: say("按 F10 取消，按 F12 不取消", "F10 cancels it, F12 keeps it"), At: now}
	few := stands("run-few", printrun.Going, printrun.PauseAct, printrun.CancelAct)
	few.page.Tiles, few.page.Held, few.page.Pace, few.page.Left = []printrun.State{printrun.Sent, printrun.Sending, printrun.Making, printrun.Queued, printrun.Queued, printrun.Queued, printrun.Queued}, nil, 0, 0
	few.frame.Strip = frame.Strip{}
	return []runStory{going, paused, paper, fault, crash, open, last, unproven, cancelling, few}
}

func endedStories(s shop, say sayer) []runStory {
	all := fifty()
	for i, state := range all {
		if state == printrun.Queued {
			all[i] = printrun.Sent
		}
	}
	ended := runStory{"run-ended", calmFrame(s), printrun.Model{
		View: printrun.Ended, Name: "1120-141502", Wave: "W261120-03", Tiles: all, Held: kept(say), Acts: []printrun.Act{printrun.DoneAct},
	}}
	ended.frame.LabelsSent = 27
	clean := ended
	clean.name, clean.page.Held, clean.page.Tiles = "run-ended-seen", nil, make([]printrun.State, 50)
	for i := range clean.page.Tiles {
		clean.page.Tiles[i] = printrun.Seen
	}
	clean.frame.LabelsSent = 0
	cancelled := ended
	cancelled.name, cancelled.page.Tiles, cancelled.page.Cancelled, cancelled.page.Held = "run-ended-cancelled", fifty(), true, nil
	none := cancelled
	none.name, none.page.Tiles, none.frame.LabelsSent = "run-ended-none", make([]printrun.State, 50), 0
	cancelled.frame.LabelsSent = 3
	spoiled := clean
	spoiled.name, spoiled.page.Tiles = "run-ended-spoiled", append([]printrun.State{printrun.Spoiled}, clean.page.Tiles[1:]...)
	return []runStory{ended, clean, spoiled, cancelled, none}
}
