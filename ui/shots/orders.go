package main

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/orders"
)

// orderStory is a view of the page of orders.
type orderStory struct {
	name  string
	frame frame.Model
	page  orders.Model
	typed string
}

func (s orderStory) title() string { return s.name }

func (s orderStory) on(v view) fyne.CanvasObject {
	v.orders.Filter().Fill(s.typed)
	v.orders.Render(s.page)
	v.ordering.Render(s.frame)
	return v.ordering.Object()
}

// orderStories are the views of the page of orders.
func orderStories(s shop, say sayer, p map[string]*kit.Photo) []orderStory {
	around := calmFrame(s)
	around.Page = frame.PageOrders
	states := []orders.State{
		{Tone: kit.Told, Said: order.Say("parcel.state.ready")}, {Tone: kit.Bad, Said: order.Say("parcel.state.cancel_requested")}, {Tone: kit.Loud, Said: order.Say("parcel.state.parked")},
		{Tone: kit.Told, Said: order.Say("parcel.state.label_sent")}, {Tone: kit.Calm, Said: order.Say("parcel.state.confirmed")}, {Tone: kit.Loud, Said: order.Say("parcel.state.on_hold")},
	}
	var rows []orders.Row
	for i := range 20 {
		row := orders.Row{
			Order: fmt.Sprintf("5792184%011d", 63350+i*7919), Market: []string{"MY", "SG", "GB"}[i%3], State: states[i%len(states)], Due: now.Add(time.Duration(i*i*9-40) * time.Minute),
			Pieces: 1 + i%5, Carrier: []string{s.jt, s.van, s.flash}[i%3],
		}
		if i%4 == 1 {
			row.Wave, row.Orders = "W261120-03", 2
		}
		if i == 4 {
			row.Due = time.Time{}
		}
		rows = append(rows, row)
	}
	chips := []filter.Chip{
		{Word: say("英国单件", "UK single").Key, Count: 31}, {Word: say("待打包", "to be packed").Key, Count: 4127, On: true}, {Word: say("待处理", "waits for a person").Key, Count: 12},
		{Word: say("买家申请取消", "cancel requested").Key, Count: 3}, {Word: say("今天到期", "Due today").Key, Count: 318},
	}
	table := orderStory{"orders", around, orders.Model{
		Now: now, Filter: filter.Model{Chips: chips, More: true}, Count: 4127, Rows: rows, Chosen: 2, Acts: []ask.Act{{Key: "F10", Word: order.Say("orders.act.export")}, {Key: "F11", Word: order.Say("orders.act.save")}},
	}, "state:ready"}
	none := table
	none.name, none.typed, none.page.Rows, none.page.Count, none.page.Chosen = "orders-none", "state:ready sku:TEE-XXL*", nil, 0, -1
	wrong := table
	wrong.name, wrong.typed, wrong.page.Counting = "orders-wrong", "stat:ready", true
	wrong.page.Report = orders.Report{Tone: kit.Bad, Said: order.Say("wave.filter", "word", "stat:ready", "words", "due:16:00 market:MY,SG shop:ID carrier:NAME shipping:platform pieces:1 pieces:2- sku:TEE-* value:20-50 weight:-500 tag:SPLIT note:yes gift:no battery:yes sample:no preorder:no state:ready wave:none text:NUMBER filter:NAME")}
	which := table
	which.name, which.page.Acts = "orders-export", []ask.Act{{Key: orders.BackKey, Word: order.Say("pick.act.back")}}
	which.page.Filter = filter.Model{Chips: []filter.Chip{
		{Word: say("订单", "Orders").Key, Plain: true}, {Word: say("明细行", "Lines").Key, Plain: true}, {Word: say("面单", "Labels").Key, Plain: true}, {Word: say("通知买家", "Buyers to tell").Key, Plain: true},
	}}
	which.page.Report = orders.Report{Tone: kit.Told, Said: order.Say("export.which", "days", 90)}
	written := table
	written.name = "orders-exported"
	written.page.Report = orders.Report{Tone: kit.Calm, Said: order.Say("export.done", "file", "/home/bench/.config/packbench/exports/orders-2026-11-20-144805.xlsx", "orders", 4127, "rows", 4127, "days", 90)}
	return append([]orderStory{table, none, wrong, which, written}, drawerStories(s, say, p, table)...)
}

// drawerStories are the views of one order.
func drawerStories(s shop, say sayer, p map[string]*kit.Photo, from orderStory) []orderStory {
	text := func(zh, en string) string { return say(zh, en).Key }
	goods := from
	goods.name, goods.page.IsOpen = "orders-open", true
	goods.page.Order = orders.Order{Number: "579218463350284913", Market: "MY", Status: "AWAITING_SHIPMENT", Due: at(16, 0, 0), ReadAt: now.Add(-12 * time.Second), Section: orders.Goods, Lines: []orders.Line{
		{SKU: "TEE-BK-L", Photo: p["tee-black"], Title: s.tee, Text: s.blackL + " · TEE-BK-L", Value: "×2", Tone: kit.Told},
		{SKU: "SLV-W", Photo: p["sleeves"], Title: s.sleeves, Text: s.white + " · SLV-W · " + text("赠品", "gift"), Value: "×1", Tone: kit.Told},
		{SKU: "BOTTLE", Title: s.bottle + " " + s.bottle + " " + s.bottle, Text: s.long + " · BOTTLE-NAVY-1L-STRAW-2026", Value: "×124", Tone: kit.Told},
		{Title: text("买家留言", "The buyer's note"), Text: s.note, Tone: kit.Loud},
	}}
	happened := goods
	happened.name, happened.page.Order.Section, happened.page.Order.Lines = "orders-open-history", orders.Happened, nil
	for i := range 14 {
		happened.page.Order.Lines = append(happened.page.Order.Lines, orders.Line{Tone: kit.Told, Title: text("已装入一件：TEE-BK-L", "piece taken: TEE-BK-L"), Text: "6936580142207 · " + s.packer, Value: at(14, 40-i, 7).Format("15:04:05")})
	}
	happened.page.Order.First = 3
	parcels := goods
	parcels.name, parcels.page.Order.Section, parcels.page.Order.Due = "orders-open-parcels", orders.Parcels, now.Add(-3*time.Hour)
	parcels.page.Order.Lines = []orders.Line{
		{Tone: kit.Bad, Title: text("第 1 / 2 个包裹：1153218005938210", "Parcel 1 of 2: 1153218005938210"), Text: text("买家申请取消", "cancel requested") + " · " + s.jt},
		{Tone: kit.Told, Title: text("运单号", "Tracking number"), Value: "JMX730054482913"},
		{Tone: kit.Loud, Title: text("第 2 张面单，面单已发送", "Label 2, label sent"), Text: text("是旧版本，不能再用", "It is of an older version: it must not be used"), Value: "14:31"},
		{Tone: kit.Calm, Title: text("第 2 / 2 个包裹：1153218005938211", "Parcel 2 of 2: 1153218005938211"), Text: text("已完成", "packed") + " · " + s.van},
	}
	platform := goods
	platform.name, platform.page.Order.Section = "orders-open-platform", orders.Platform
	platform.page.Order.Lines = []orders.Line{
		{Tone: kit.Told, Title: text("安排发货截止", "Arrange shipment by"), Value: "16:00"}, {Tone: kit.Told, Title: text("揽收截止", "Collected by"), Value: "11-21 16:00"},
		{Tone: kit.Told, Title: text("未安排则平台取消", "Cancelled by the platform unless arranged by"), Value: "11-22 16:00"}, {Tone: kit.Loud, Title: text("地址已改", "Address updated"), Value: text("是", "yes")},
		{Tone: kit.Told, Title: text("状态", "Status"), Value: "AWAITING_SHIPMENT"}, {Tone: kit.Told, Title: text("履约方式", "Fulfilment"), Value: "FULFILLMENT_BY_SELLER"},
		{Tone: kit.Told, Title: text("读取", "Read"), Value: "14:47"},
	}
	appealed := goods
	appealed.name = "orders-open-appeal"
	appealed.page.Report = orders.Report{Tone: kit.Calm, Said: order.Say("appeal.written", "file", "/home/bench/.config/packbench/appeals/appeal-579218463350284913-2026-11-20-144805.pdf", "parcels", 1, "count", 3)}
	empty := goods
	empty.name, empty.page.Order.Lines, empty.page.Order.Section = "orders-open-none", nil, orders.Happened
	return []orderStory{goods, happened, parcels, platform, appealed, empty}
}
