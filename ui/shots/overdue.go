package main

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/overdue"
)

// overdueStory is a view of the supervisor's page.
type overdueStory struct {
	name  string
	frame frame.Model
	page  overdue.Model
}

func (s overdueStory) title() string { return s.name }

func (s overdueStory) on(v view) fyne.CanvasObject {
	v.overdue.Render(s.page)
	v.supervised.Render(s.frame)
	return v.supervised.Object()
}

// overdueStories are the views of the supervisor's page.
func overdueStories(s shop, say sayer) []overdueStory {
	around := calmFrame(s)
	around.Page, around.Overdue, around.Packer = frame.PageOverdue, 8, say("陈宇，主管", "Chen Yu, supervisor").Key
	around.Strip = frame.Strip{Meaning: say("扫包裹，看它的时限", "Scan a parcel to see its clocks"), Next: say("↑ ↓ 选行，回车打开", "↑ ↓ choose a row, Enter opens it")}
	row := func(i int, market string, clock order.Said, late time.Duration, known order.Said, owner string, act order.Said) overdue.Row {
		return overdue.Row{Order: fmt.Sprintf("5792184%011d", 63350+i*7919), Orders: 1, Market: market, Clock: clock, Due: now.Add(-late), Known: known, Owner: owner, Act: act}
	}
	ready, collected, dispatched, answer := say("备货", "ready"), say("揽收", "collected"), say("发货", "dispatched"), say("答复取消", "answer")
	groups := []overdue.Group{
		{Cause: say("要给买家答复", "Answer owed"), Count: 1, Rows: []overdue.Row{row(1, "MY", answer, 25*time.Minute, say("申请取消 2 天前", "asked 2 d ago"), "Siti", say("答复买家", "Answer"))}},
		{Cause: say("缺货", "Short"), Count: 1, Rows: []overdue.Row{row(2, "MY", ready, 3*time.Hour+5*time.Minute, say("库位 B-07-4 是空的", "Bin B-07-4 empty"), "", say("看缺货", "See to it"))}},
		{Cause: say("已打包，未交接", "Packed, not handed over"), Count: 6, Rows: []overdue.Row{
			row(3, "MY", collected, 2*time.Hour+10*time.Minute, say("J&T 笼车 11:40", "J&T cage 11:40"), "Jonas", say("去交接", "Hand over")),
			row(4, "SG", dispatched, 85*time.Minute, say("已完成 12:05", "Confirmed 12:05"), "Jonas", say("去交接", "Hand over")),
			row(5, "SG", dispatched, 40*time.Minute, say("留在 2 号台", "Left on bench 2"), "Wang Fang", say("去交接", "Hand over")),
			row(6, "GB", collected, 12*time.Minute, say("已完成 13:31", "Confirmed 13:31"), s.packer, say("去交接", "Hand over")),
		}},
	}
	curve := overdue.Curve{From: at(8, 0, 0), To: at(16, 0, 0), Pace: 40, Needed: 54, Done: 318}
	for i, pace := range []float64{31, 45, 46, 44, 15, 52, 47, 40} {
		curve.Paces = append(curve.Paces, overdue.Pace{At: at(8, 30+i*54, 0), Hour: pace})
	}
	list := overdueStory{"overdue", around, overdue.Model{
		Now: now, AsOf: now.Add(-4 * time.Second), Numbers: overdue.Numbers{Overdue: 8, Due: 43, CutOff: at(16, 0, 0), Miss: 11, MissKnown: true, Owed: 3}, Curve: curve,
		Chips:  []filter.Chip{{Word: say("全部超时", "All late").Key, Count: 8, On: true}, {Word: say("快到期", "Due soon").Key, Count: 12}, {Word: "MY", Count: 4}, {Word: "SG", Count: 2}},
		More:   true,
		Groups: groups, Count: 8, Chosen: 2,
	}}
	cancels := list
	cancels.name = "overdue-cancels"
	cancels.page.Cancels = []overdue.Cancel{{Order: "579218406335028491", Due: now.Add(42 * time.Minute)}, {Order: "579218406335028613", Due: now.Add(5*time.Hour + 10*time.Minute)}, {Order: "579218406335029770", Due: now.Add(23 * time.Hour)}}
	cancels.page.CancelsMore = 14
	cancels.page.Report = overdue.Report{Tone: kit.Calm, Said: say("清单已打印：2 张", "The list is printed: 2 sheets")}
	stale := list
	stale.name, stale.page.Stale, stale.page.AsOf = "overdue-stale", true, now.Add(-11*time.Minute)
	stale.page.Numbers.MissKnown, stale.page.Curve = false, overdue.Curve{}
	stale.page.Report = overdue.Report{Tone: kit.Bad, Said: order.Say("store.full")}
	calm := list
	calm.name, calm.frame.Overdue = "overdue-none", 0
	calm.page.Groups, calm.page.Count, calm.page.Chosen, calm.page.NextDue, calm.page.More = nil, 0, -1, at(16, 0, 0), false
	calm.page.Numbers = overdue.Numbers{Due: 43, CutOff: at(16, 0, 0), MissKnown: true}
	calm.page.Chips = []filter.Chip{{Word: say("全部超时", "All late").Key, On: true}, {Word: say("快到期", "Due soon").Key, Count: 12}}
	first := calm
	first.name, first.page = "overdue-reading", overdue.Model{Now: now, Chosen: -1}
	return append([]overdueStory{list, cancels, stale, calm, first, longStory(s, say, list)}, openedStories(s, say, list)...)
}

// longStory is the page with more and longer of everything than there is room for.
func longStory(s shop, say sayer, from overdueStory) overdueStory {
	long := from
	long.name, long.frame.Overdue, long.frame.Training = "overdue-500", 500, true
	long.page.Numbers = overdue.Numbers{Overdue: 500, Due: 12480, CutOff: now.Add(26 * time.Hour), Miss: 11873, MissKnown: true, Owed: 128}
	long.page.Curve.To, long.page.Curve.Pace, long.page.Curve.Needed, long.page.Curve.Done = now.Add(26*time.Hour), 1240, 1890, 14318
	long.page.Chips = []filter.Chip{
		{Word: say("已打包，未交接", "Packed, not handed over").Key, Count: 331, On: true}, {Word: say("承运商未扫描", "No carrier scan").Key, Count: 128}, {Word: say("未完成扫描确认", "Label sent, not confirmed").Key, Count: 41},
		{Word: "MY", Count: 500}, {Word: say("我的", "Mine").Key, Count: 17},
	}
	group := overdue.Group{Cause: say("运单没有新的轨迹，包裹没有消息", "Tracking silent, nothing heard of the parcel"), Count: 331}
	for i := range 12 {
		group.Rows = append(group.Rows, overdue.Row{Order: fmt.Sprintf("5792184%011d", 63350+i*7919), Orders: 12, Market: "MY", Clock: say("平台自动取消", "cancelled by the platform"), Due: now.Add(-time.Duration(i*40+500) * time.Hour),
			Known: plain(strings.Repeat(s.long+" ", 3)), Owner: strings.Repeat(s.packer+" ", 4), Act: say("问承运商它在哪里", "Ask the carrier where it is")})
	}
	long.page.Groups, long.page.Count, long.page.First, long.page.Chosen = []overdue.Group{group}, 500, 60, 3
	return long
}

// openedStories are the views of one parcel.
func openedStories(s shop, say sayer, from overdueStory) []overdueStory {
	rule, platform := say("规则：S0，东南亚，自 2024-01-01", "Rule: S0, South-East Asia, since 2024-01-01"), say("平台给的时间", "The platform's own time")
	opened := from
	opened.name, opened.page.IsOpen = "overdue-open", true
	opened.page.Parcel = overdue.Parcel{
		Row: from.page.Groups[2].Rows[0], Number: "1153218005938210", Carrier: s.jt, Cause: say("已打包，未交接", "Packed, not handed over"),
		Acts: []ask.Act{{Key: "F9", Word: say("整个订单", "The whole order")}, {Key: "F11", Word: order.Say("rulespage.open")}},
		Clocks: []overdue.Clock{
			{Name: say("揽收", "collected"), State: overdue.Missed, Due: now.Add(-130 * time.Minute), Source: rule, Consequence: say("计为迟发", "Counts as late")},
			{Name: say("平台自动取消", "auto-cancel"), State: overdue.Near, Due: now.Add(5 * time.Hour), Source: platform, Consequence: say("平台取消订单并退款", "The platform cancels the order and refunds the buyer")},
			{Name: say("发货", "dispatched"), State: overdue.Running, Due: now.Add(29 * time.Hour), Source: platform, Consequence: say("计为迟发", "Counts as late")},
			{Name: say("送达", "delivered"), State: overdue.Running, Due: now.Add(70 * time.Hour), Source: rule, Consequence: say("超过 24 小时计为迟到", "Late once 24 h past it")},
			{Name: say("备货", "ready"), State: overdue.Met, Due: now.Add(-20 * time.Hour), Done: at(11, 40, 0), Source: platform, Consequence: say("计为迟发", "Counts as late")},
		},
	}
	long := opened
	long.name, long.frame.Training = "overdue-open-long", true
	long.page.Report = overdue.Report{Tone: kit.Loud, Said: say("平台没有回答，再试一次", "The platform does not answer, try again")}
	long.page.Parcel.Order, long.page.Parcel.Owner, long.page.Parcel.Cause = strings.Repeat("8", 19), "", order.Said{}
	long.page.Parcel.Known = plain(strings.Repeat(s.long+" ", 4))
	long.page.Parcel.Due = now.Add(400 * time.Hour)
	for i := range 9 {
		long.page.Parcel.Clocks = append(long.page.Parcel.Clocks, overdue.Clock{Name: plain(strings.Repeat("clock ", 9)), State: overdue.State(i % 4), Due: now.Add(time.Duration(i-4) * 100 * time.Hour), Source: plain(strings.Repeat("source ", 6)), Consequence: plain(strings.Repeat("then ", 12))})
	}
	long.page.Parcel.First = 4
	silent := opened
	silent.name = "overdue-open-silent"
	silent.page.Parcel.Cause, silent.page.Parcel.Known = say("物流无更新", "Tracking silent"), say("3 天前有物流更新", "tracked 3 days ago")
	silent.page.Parcel.Act = say("到物流商处查", "Look at the carrier's own track")
	silent.page.Parcel.How = order.Say("transit.do.compare", "carrier", s.jt, "tracking", "JMX600012345678", "order", silent.page.Parcel.Order)
	return []overdueStory{opened, long, silent}
}
