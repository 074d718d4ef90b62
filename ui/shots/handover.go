package main

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/frame"
	"packbench/ui/handover"
	"packbench/ui/kit"
)

// handoverStory is a view of the page at the shelf.
type handoverStory struct {
	name  string
	frame frame.Model
	page  handover.Model
	typed string
}

func (s handoverStory) title() string { return s.name }

func (s handoverStory) on(v view) fyne.CanvasObject {
	v.shelf.Fill(s.typed)
	v.shelf.Render(s.page)
	s.frame.Page = frame.PageHandover
	v.shelved.Render(s.frame)
	return v.shelved.Object()
}

// idleShelf does nothing with what the page hands on.
type idleShelf struct{}

func (idleShelf) Press(string) {}
func (idleShelf) Choose(int)   {}
func (idleShelf) Close(int)    {}
func (idleShelf) Open(int)     {}

// handoverStories are the views of the page at the shelf.
func handoverStories(s shop, say sayer) []handoverStory {
	around := calmFrame(s)
	around.Now = at(15, 18, 30)
	lastAt := func(bench string, hour, minute int) order.Said {
		return order.Say("shelfpage.at", "bench", bench, "time", fmt.Sprintf("%02d:%02d", hour, minute))
	}
	one, two := say("1 号台", "Bench 1").Key, say("2 号台", "Bench 2").Key
	unpacked, cancelled := order.Say("shelfpage.unpacked"), order.Say("shelfpage.out.cancelled")
	pickUp := func(hour string) order.Said { return order.Say("shelfpage.pick_up", "time", hour) }
	around.HeardAt = around.Now.Add(-4 * time.Second)
	acts := []ask.Act{
		{Key: "Enter", Word: order.Say("shelfpage.act.only")}, {Key: "F9", Word: order.Say("shelfpage.act.card")}, {Key: "F10", Word: order.Say("shelfpage.act.take_off")},
		{Key: "F11", Word: order.Say("shelfpage.act.sheets")},
	}
	jt := handover.Column{Carrier: s.jt, Note: pickUp(say("每天 16:00", "16:00 every day").Key), Scanned: 39, Expected: 41, Missing: []handover.Parcel{{Code: "JMX730054482913", Said: lastAt(s.bench, 14, 49)}, {Code: "JMX730054480744", Said: lastAt(two, 14, 12)}}}
	van := handover.Column{Carrier: s.van, Note: pickUp("16:30"), Scanned: 29, Expected: 32, Missing: []handover.Parcel{{Code: "NVSG00913277", Said: lastAt(one, 15, 1)}, {Code: "NVSG00912840", Said: lastAt(two, 14, 55)}, {Code: "NVSG00912511", Said: unpacked}}}
	flash := handover.Column{Carrier: s.flash, Note: pickUp(say("每天 16:00", "16:00 every day").Key), Scanned: 27, Expected: 27}
	calm := handoverStory{"handover", around, handover.Model{Now: around.Now, Columns: []handover.Column{jt, van, flash}, Chosen: 0, Sheet: -1, Acts: acts}, ""}
	calm.frame.Strip = frame.Strip{Family: kit.Taken, Word: order.Say("shelfpage.word.on"), Meaning: say("J&T 极兔 第 39 件，共 41 件", "J&T Express, 39 of 41"), Code: "JMX730054483001", At: at(15, 18, 22)}

	wrong := calm
	wrong.name, wrong.page.Columns = "handover-wrong", []handover.Column{jt, van, flash}
	wrong.page.Columns[0].Lit, wrong.page.Only, wrong.page.Chosen = true, s.van, 1
	wrong.page.Acts = append([]ask.Act{{Key: "Enter", Word: order.Say("shelfpage.act.any")}}, acts[1:]...)
	wrong.page.Columns[0].TakeOut = []handover.Parcel{{Code: "JMX730054478206", Said: cancelled}}
	wrong.frame.Strip = frame.Strip{
		Family: kit.Refused, Word: say("放错了", "Wrong cage"), Meaning: say("…482 913 是 J&T 极兔的，不是 Ninja Van 的", "…482 913 is J&T Express's, not Ninja Van's"),
		Next: say("没有计入；放进亮着的那个笼车，再扫一次", "It was not counted. Put it into the cage that is lit and scan it again."), Code: "JMX730054482913", At: at(15, 18, 22),
	}
	out := calm
	out.name, out.page.Columns = "handover-out", []handover.Column{jt, van, flash}
	out.page.Columns[2].TakeOut = []handover.Parcel{{Code: "FLMY01577042", Said: cancelled, OnSheet: true}, {Code: "FLMY01577051", Said: order.Say("shelfpage.out.hold")}}
	out.page.Columns[2].Missing, out.page.Chosen = nil, 2
	out.frame.Stopped = true
	out.frame.Strip = frame.Strip{Family: kit.Stop, Word: say("拿出来", "Take it out"), Meaning: say("买家取消了 …577 042，别交给承运商", "The buyer cancelled …577 042. It must not go."),
		Next: say("放到退回区，再扫下一件", "Lay it with the returns, then scan the next one."), Code: "FLMY01577042", At: at(15, 18, 22)}

	done := calm
	done.name, done.page.Columns, done.page.Chosen = "handover-done", []handover.Column{jt, van, flash}, 1
	for i := range done.page.Columns {
		c := &done.page.Columns[i]
		c.Missing, c.Scanned = nil, c.Expected
	}
	done.page.Columns[2].Busy = order.Say("shelfpage.closing")
	done.page.Columns[0].ToPack, done.page.Bag, done.page.InBag = 3, "BAG-0107", 17

	short := calm
	short.name, short.page = "handover-short", handover.Model{View: handover.Asked, Question: ask.Question{
		Title: order.Say("shelfpage.short", "carrier", s.van, "count", 3), Text: order.Say("shelfpage.short.text", "parcels", "913 277, 912 840, 912 511"), Badge: true,
		Acts: []ask.Act{{Key: "Esc", Word: order.Say("shelfpage.short.no")}},
	}}

	why := short
	why.name, why.page.Question.Badge, why.page.Question.Title = "handover-why", false, order.Say("shelfpage.short.why", "carrier", s.van, "count", 3)
	for i, said := range []order.Said{order.Say("shelfpage.why.not_found"), order.Say("shelfpage.why.next_truck"), order.Say("shelfpage.why.damaged"), order.Say("shelfpage.why.no_room")} {
		why.page.Question.Choices = append(why.page.Question.Choices, ask.Act{Key: fmt.Sprint(i + 1), Word: said})
	}

	closed := calm
	closed.name, closed.page.Columns = "handover-closed", []handover.Column{jt, van}
	closed.frame.Strip = frame.Strip{Family: kit.Taken, Word: order.Say("shelfpage.word.closed"), Meaning: order.Say("shelfpage.closed", "carrier", s.flash, "sheet", "H261120-09", "count", 27)}

	many := calm
	many.name, many.page.Columns, many.page.Chosen = "handover-many", nil, 7
	for i, name := range []string{s.jt, s.van, s.flash, "Shopee Xpress", "GDEX", "Kerry Express", "SiCepat", "Pos Laju", "DHL eCommerce", "Lalamove", "Best Express", "City-Link"} {
		c := van
		c.Carrier, c.Scanned, c.Expected = name, 2*i, 2*i+3
		many.page.Columns = append(many.page.Columns, c)
	}

	twins := calm
	twins.name, twins.page.Columns = "handover-twins", []handover.Column{jt, jt, van}
	for i, warehouse := range []string{"000101", "000202"} {
		twins.page.Columns[i].Where = order.Say("shelfpage.where", "market", say("马来西亚", "Malaysia").Key, "warehouse", "…"+warehouse)
	}

	none := calm
	none.name, none.page.Columns, none.page.Chosen, none.page.Acts = "handover-none", nil, -1, acts[3:]
	none.frame.Strip = frame.Strip{}

	names := calm
	names.name, names.page.Columns = "handover-names", []handover.Column{jt, van, flash}
	names.page.Columns[0].Carrier = say("某某国际供应链管理（深圳）有限公司马来西亚分公司", "International Supply Chain Management (Malaysia) Express Parcel Services").Key
	names.page.Columns[0].Note = order.Say("shelfpage.drop_off", "hub", say("雪兰莪州沙阿南第 23 区分拣中心 2 号仓", "Shah Alam Section 23 sorting centre, warehouse 2").Key)
	names.page.Columns[1].Missing = []handover.Parcel{{Code: "NVSG00913277", Said: lastAt(say("二楼东区 12 号打包台", "Mezzanine east, bench 12").Key, 15, 1)}}
	names.page.Columns[2].Scanned, names.page.Columns[2].Expected = 1234, 1234

	hundred := calm
	hundred.name, hundred.page.Columns, hundred.page.First = "handover-100", []handover.Column{jt}, 42
	hundred.page.Columns[0].Missing, hundred.page.Columns[0].Expected, hundred.page.Columns[0].Scanned = nil, 412, 312
	for i := range 100 {
		hundred.page.Columns[0].Missing = append(hundred.page.Columns[0].Missing, handover.Parcel{Code: fmt.Sprintf("JMX7300544%05d", 80000+37*i), Said: lastAt(two, 12+i/60, i%60)})
	}

	return append([]handoverStory{calm, wrong, out, done, short, why, closed, many, twins, none, names, hundred}, sheetStories(s, say, calm)...)
}

// sheetStories are the views of what belongs to a sheet.
func sheetStories(s shop, say sayer, calm handoverStory) []handoverStory {
	sheets := calm
	back := ask.Act{Key: "Esc", Word: order.Say("shelfpage.act.back")}
	sheets.name, sheets.page = "handover-sheets", handover.Model{View: handover.Sheets, Now: calm.page.Now, Acts: []ask.Act{
		{Key: "F10", Word: order.Say("shelfpage.act.again")}, {Key: "F9", Word: order.Say("shelfpage.act.photo")}, {Key: "F11", Word: order.Say("shelfpage.act.form")}, back,
	}}
	for i, carrier := range []string{s.flash, s.jt, s.van, s.jt, s.flash, s.van, s.jt} {
		sheets.page.Closed = append(sheets.page.Closed, handover.Sheet{
			Code: fmt.Sprintf("H261120-%02d", 9-i), Carrier: carrier, Parcels: 27 + 5*i, At: calm.page.Now.Add(-time.Duration(i) * 7 * time.Hour), By: s.packer, Photo: i > 1,
		})
	}
	sheets.page.Closed[1].Missing, sheets.page.Closed[2].Form = 2, "9475711202508765432109"

	card := calm
	card.name, card.page = "handover-card", handover.Model{View: handover.Card, Acts: []ask.Act{back}, Carrier: handover.Carrier{Name: s.jt, Note: order.Say("shelfpage.card.note"), Facts: []handover.Fact{
		{Word: order.Say("shelfpage.card.mode"), Value: say("上门揽收", "Pick up").Key}, {Word: order.Say("shelfpage.card.name"), Value: say("阿明", "Ah Ming").Key}, {Word: order.Say("shelfpage.card.phone"), Value: "+60 12-345 6789"},
		{Word: order.Say("shelfpage.card.hours"), Value: "09:00–18:00"}, {Word: order.Say("shelfpage.card.comes"), Value: say("每天 16:00，周末只来一趟", "16:00 every day, one round at weekends").Key},
	}}}
	photo := calm
	photo.name, photo.page, photo.typed = "handover-photo", handover.Model{View: handover.Field, Form: handover.Form{Title: order.Say("shelfpage.photo.title", "code", "H261120-09", "carrier", s.flash), Text: order.Say("shelfpage.photo.text")},
		Acts: []ask.Act{{Key: "F10", Word: order.Say("shelfpage.act.attach")}, {Key: "F9", Word: order.Say("shelfpage.act.choose")}, back}}, say("签收照片.jpg", "signed-copy.jpg").Key
	pictures := calm
	pictures.name, pictures.page = "handover-pictures", handover.Model{View: handover.Asked, Question: ask.Question{Title: order.Say("shelfpage.pictures", "sheet", "H261120-09"), Text: order.Say("shelfpage.pictures.text"), Acts: []ask.Act{back}}}
	for i, name := range []string{"…G_20261120_151902.jpg", "…G_20261120_151844.jpg", "WhatsApp 15.10.jpeg", "scan.pdf"} {
		pictures.page.Question.Choices = append(pictures.page.Question.Choices, ask.Act{Key: fmt.Sprint(i + 1), Word: order.Say("unit.pair", "a", fmt.Sprintf("15:%02d", 19-i), "b", name)})
	}
	photo.page.Report = handover.Report{Tone: kit.Bad, Said: say("这个文件不是照片", "This file is no picture")}
	return []handoverStory{sheets, card, photo, pictures}
}
