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
	"packbench/ui/pick"
)

// pickStory is a view of the page of waves.
type pickStory struct {
	name  string
	frame frame.Model
	page  pick.Model
	typed string
}

func (s pickStory) title() string { return s.name }

func (s pickStory) on(v view) fyne.CanvasObject {
	v.pick.Filter().Fill(s.typed)
	v.pick.Render(s.page)
	v.picking.Render(s.frame)
	return v.picking.Object()
}

// pickStories are the views of the page of waves.
func pickStories(s shop, say sayer, p map[string]*kit.Photo) []pickStory {
	around := calmFrame(s)
	around.Page = frame.PagePick
	wall, lane, totes := order.Say("wave.shape.put_wall"), order.Say("wave.shape.fast_lane"), order.Say("wave.shape.totes")
	waves := []pick.Wave{
		{Code: "W261120-03", Shape: wall, Parcels: 50, Packed: 34, Out: 1, Pieces: 132, Picked: 132, Sorted: 127, Due: at(14, 20, 0), Metres: 212},
		{Code: "W261120-04", Shape: lane, Parcels: 50, Packed: 12, Pieces: 50, Due: at(16, 0, 0), Metres: 188},
		{Code: "W261120-05", Shape: totes, Parcels: 12, Pieces: 41, Picked: 23, Due: at(16, 0, 0), Metres: 96},
		{Code: "W261120-06", Shape: wall, Parcels: 50, Pieces: 147, Due: now.Add(27 * time.Hour), Metres: 455},
	}
	for i := range 5 {
		waves = append(waves, pick.Wave{Code: fmt.Sprintf("W261120-%02d", 7+i), Shape: wall, Parcels: 50, Pieces: 140 + i, Due: now.Add(28 * time.Hour)})
	}
	chips := []filter.Chip{
		{Word: say("16:00 前", "Due by 16:00").Key, Count: 96, On: true}, {Word: say("今天到期", "Due today").Key, Count: 318}, {Word: say("单件", "Single piece").Key, Count: 204},
		{Word: say("多件", "Several pieces").Key, Count: 231, On: true}, {Word: say("有备注", "With a note").Key, Count: 17}, {Word: say("马来西亚", "Malaysia").Key, Count: 402},
		{Word: say("英国", "United Kingdom").Key, Count: 33}, {Word: s.jt, Count: 311},
	}
	take := func(n int) ask.Act { return ask.Act{Key: "F10", Word: order.Say("pick.act.take", "count", n)} }
	choosing := pickStory{"pick", around, pick.Model{
		Now: now, Filter: filter.Model{Chips: chips, More: true}, Fits: 71, Proposal: pick.Proposal{
			Waves: 2, Shape: wall, Parcels: 50, Pieces: 132, Metres: 871, Saved: 264,
			Short: order.Say("pick.short", "count", 3, "parcel", "1153218005938210", "skus", "TEE-BK-L"),
		},
		Acts: []ask.Act{take(50), {Key: "F11", Word: order.Say("pick.act.all", "count", 2)}}, Waves: waves, Chosen: 1,
	}, "due:16:00 pieces:2-"}
	made := choosing
	made.name, made.typed, made.page.Filter.Chips = "pick-made", "", append([]filter.Chip(nil), chips...)
	made.page.Filter.Chips[0].On, made.page.Filter.Chips[3].On = false, false
	made.page.Proposal, made.page.Fits = pick.Proposal{Waves: 1, Shape: lane, Parcels: 1, Pieces: 1}, 1
	made.page.Acts = []ask.Act{take(1)}
	made.page.Report = pick.Report{Tone: kit.Calm, Said: order.Say("pick.made", "count", 1, "wave", "W261120-06")}
	none := choosing
	none.name, none.typed, none.page = "pick-none", "", pick.Model{Now: now, Chosen: -1}
	wrong := choosing
	wrong.name, wrong.typed, wrong.page.Proposal, wrong.page.Acts, wrong.page.Fits, wrong.page.Counting = "pick-wrong", "due:16:00 piece:2-", pick.Proposal{}, nil, 96, true
	wrong.page.Report = pick.Report{Tone: kit.Bad, Said: order.Say("wave.filter", "word", "piece:2-", "words", "due:16:00 market:MY,SG shop:ID carrier:NAME pieces:1 pieces:2- sku:TEE-* note:yes gift:no battery:yes sample:no")}
	failed := choosing
	failed.name, failed.page.Report = "pick-failed", pick.Report{Tone: kit.Bad, Said: order.Say("store.full")}
	undo := choosing
	undo.name, undo.page.View, undo.page.Question = "pick-undo", pick.Asked, ask.Question{Title: order.Say("pick.undo", "wave", "W261120-05"), Text: order.Say("pick.undo.text"),
		Acts: []ask.Act{{Key: "F10", Word: order.Say("pick.undo.yes")}, {Key: "F11", Word: order.Say("pick.undo.no")}}}
	return append([]pickStory{choosing, made, none, wrong, failed, undo}, walkStories(s, p, choosing)...)
}

// walkStories are the views of a wave and its pick list.
func walkStories(s shop, p map[string]*kit.Photo, from pickStory) []pickStory {
	walk := from
	walk.name, walk.typed = "pick-walk", ""
	stops := []pick.Stop{
		{Bin: "A-03-2", SKU: "TEE-BK-L", Name: s.tee, Variant: s.blackL, Pieces: 12, Picked: 12, Parcels: 9, Into: "A 3 ×4, A 17, A 21 ×2, A 30", Photo: p["tee-black"]},
		{Bin: "A-11-1", SKU: "SLV-W", Name: s.sleeves, Variant: s.white, Pieces: 4, Picked: 1, Parcels: 4, Into: "A 3, A 4, A 9, A 12", Photo: p["sleeves"]},
		{Bin: "B-02-3", SKU: "BUD-W", Name: s.buds, Variant: s.cloud, Pieces: 1, Parcels: 1, Into: "A 17", Photo: p["earbuds"]},
		{Bin: "D-14-20-3", SKU: "BOTTLE-NAVY-1L-STRAW-2026", Name: strings.Repeat(s.bottle+" ", 3), Variant: s.long, Pieces: 124, Parcels: 50},
	}
	for i := range 30 {
		stops = append(stops, pick.Stop{Bin: fmt.Sprintf("E-%02d-1", i+1), SKU: fmt.Sprintf("SKU-%04d", i), Name: s.bottle, Variant: s.black, Pieces: 1 + i%4, Parcels: 1 + i%3, Photo: p["bottle"]})
	}
	stops = append(stops, pick.Stop{SKU: "SKU-9999", Name: s.tee, Pieces: 1, Parcels: 1})
	walk.page = pick.Model{View: pick.Opened, Now: now, Wave: from.page.Waves[0], Stops: stops, Current: 2, Acts: []ask.Act{
		{Key: "F10", Word: order.Say("pick.act.labels", "count", 38)}, {Key: "F9", Word: order.Say("pick.act.list")}, {Key: "F11", Word: order.Say("pick.act.arrange", "count", 11)},
		{Key: "2", Word: order.Say("pick.act.pick")}, {Key: "1", Word: order.Say("pick.act.undo")}, {Key: "Esc", Word: order.Say("pick.act.back")},
	}}
	last := walk
	last.name, last.page.First, last.page.Current = "pick-walk-last", 30, -1
	last.page.Report = pick.Report{Tone: kit.Loud, Said: order.Say("pick.arranged.some", "arranged", 9, "left", 2, "why", order.Say("refused.cancelled"))}
	over := walk
	over.name, over.page.Stops, over.page.Acts, over.page.Current = "pick-walk-none", nil, walk.page.Acts[5:], -1
	over.page.Wave = pick.Wave{Code: "W261120-03", Shape: order.Say("wave.shape.put_wall"), Parcels: 50, Packed: 49, Out: 1, Pieces: 132}
	return []pickStory{walk, last, over}
}
