package main

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/wall"
)

// wallStory is a view of the wave at hand.
type wallStory struct {
	name  string
	frame frame.Model
	page  wall.Model
	alone bool // in the second window
}

func (s wallStory) title() string { return s.name }

func (s wallStory) on(v view) fyne.CanvasObject {
	v.wall.Render(s.page)
	if s.alone {
		v.second.Render(s.page)
		return v.second.Object()
	}
	s.frame.Page = frame.PagePick
	v.walled.Render(s.frame)
	return v.walled.Object()
}

// wallPlaces is a wall with slots of every state; the one given is lit.
func wallPlaces(rows, columns, lit int) (places []wall.Place) {
	for n := range rows * columns {
		p := wall.Place{Name: strconv.Itoa(n + 1), Row: n/columns + 1, Column: n%columns + 1, Of: 1 + (n*7)%5, Lit: n+1 == lit}
		switch {
		case n%24 == 13:
			p.State, p.Why = wall.Stopped, order.Say("wall.stopped.cancelled")
		case n%24 == 9:
			p.State = wall.Waiting
		case n%24 == 20:
			p.State = wall.Foreign
		case n%24 == 18 || n%24 == 23:
			p.State, p.Of = wall.Empty, 0
		case n == 5:
			p.State, p.In = wall.Packing, p.Of
		case n%3 == 2 || n == 15:
			p.State, p.In = wall.Complete, p.Of
		default:
			p.State, p.In = wall.Lacking, p.Of/2
		}
		if p.Lit {
			p.State, p.In, p.Of = wall.Lacking, 3, 4
		}
		if rank := map[int]int{15: 1, 8: 2, 2: 3}[n]; rank > 0 && p.State == wall.Complete {
			p.Next = rank
		}
		places = append(places, p)
	}
	return places
}

// tote names a tote.
func tote(n int) string { return "TOTE-" + strconv.Itoa(n) }

// wallStories are all views of a wave at hand.
func wallStories(s shop, p map[string]*kit.Photo) []wallStory {
	said := func(key string, pairs ...any) order.Said { return order.Say("wall."+key, pairs...) }
	tee := wall.Article{SKU: "TEE-BK-L", Name: s.tee, Variant: s.blackL, Bin: "A-03-2", Photo: p["tee-black"]}
	bottle := wall.Article{SKU: "BTL-1", Name: s.bottle, Variant: s.long, Bin: "D-14-20-3", Photo: p["bottle"]}
	counts := []order.Said{said("count.complete", "count", 8), said("count.lacking", "count", 11), said("count.waiting", "count", 1), said("count.stopped", "count", 1), said("count.packed", "count", 20), said("count.empty", "count", 2)}
	acts := []ask.Act{{Key: "F9", Word: said("act.short")}, {Key: "F10", Word: said("act.second")}, {Key: "F11", Word: said("act.lay_down")}}
	hand := []ask.Act{acts[0], acts[1], {Key: "F11", Word: said("act.lay_back")}}
	rest := wallStory{name: "wall", frame: calmFrame(s), page: wall.Model{
		View: wall.Sort, Now: now, Wave: "W261122-03", Shape: order.Say("wave.shape.put_wall"), Due: at(16, 0, 0), Counts: counts, Wall: "A", Places: wallPlaces(4, 6, 0), Acts: acts,
		Hero: wall.Hero{Title: said("scan"), Big: "37", Note: said("scan.left", "count", 37)},
	}}
	rest.frame.Strip = frame.Strip{Family: kit.Taken, Word: order.Say("word.sorted"), Meaning: order.Say("say.sorted", "slot", "A 12", "count", 1), Code: "WALL-A-12", At: at(14, 48, 1)}
	into := rest
	into.name, into.page.Places, into.page.Acts = "wall-hand", wallPlaces(4, 6, 17), hand
	into.page.Hero = wall.Hero{Title: said("put", "slot", "A 17"), Big: "17", Note: said("at", "row", 3, "column", 5), Item: tee}
	into.frame.Strip = frame.Strip{Family: kit.Taken, Word: order.Say("word.slot"), Meaning: order.Say("strip.item", "name", s.tee, "variant", s.blackL), Next: order.Say("say.into_slot", "sku", "TEE-BK-L", "slot", "A 17"), Code: "6936580142207", At: now}
	large := into
	large.name, large.page.Places, large.page.Hero.Item = "wall-large", wallPlaces(8, 12, 93), bottle
	large.page.Hero.Big, large.page.Hero.Title, large.page.Hero.Note = "93", said("put", "slot", "A 93"), said("at", "row", 8, "column", 9)
	large.page.Others = []order.Said{said("count.other", "wall", "B", "count", 4)}
	huge := large
	huge.name, huge.page.Places = "wall-huge", wallPlaces(20, 20, 317)
	huge.page.Hero.Big, huge.page.Hero.Title, huge.page.Hero.Note = "317", said("put", "slot", "A 317"), said("at", "row", 16, "column", 17)
	wrong := into
	wrong.name = "wall-wrong"
	wrong.page.Hero.Mood, wrong.page.Hero.Title, wrong.page.Hero.Got = wall.Refused, order.Say("refused.wrong_slot", "got", "A 12", "sku", "TEE-BK-L", "want", "A 17"), "12"
	wrong.frame.Strip = frame.Strip{Family: kit.Refused, Word: order.Say("word.wrong_slot"), Meaning: wrong.page.Hero.Title, Code: "WALL-A-12", At: now}
	first := wrong
	first.name, first.page.Hero.Got, first.page.Hero.Title = "wall-first", "", order.Say("refused.slot_first", "sku", "TEE-BK-L", "slot", "A 17")
	first.frame.Strip.Word, first.frame.Strip.Meaning = order.Say("word.slot_first"), first.page.Hero.Title
	nobody := rest
	nobody.name = "wall-nobody"
	nobody.page.Hero = wall.Hero{Mood: wall.Refused, Title: order.Say("refused.not_in_wave", "wave", "W261122-03"), Note: said("back", "bin", "D-14-20-3"), Item: bottle}
	nobody.frame.Strip = frame.Strip{Family: kit.Refused, Word: order.Say("word.wrong_item"), Meaning: nobody.page.Hero.Title, Code: "4006381333931", At: now}
	full := nobody
	full.name = "wall-full"
	full.page.Hero = wall.Hero{Mood: wall.Refused, Title: order.Say("refused.no_slot"), Big: "16", Note: said("first")}
	full.frame.Strip.Word, full.frame.Strip.Meaning = order.Say("word.no_slot"), full.page.Hero.Title
	halt := rest
	halt.name, halt.frame.Stopped = "wall-stopped", true
	halt.page.Hero = wall.Hero{Mood: wall.Halt, Title: order.Say("refused.slot_stopped", "slot", "A 14", "said", order.Say("refused.cancelled"), "count", 2), Big: "14", Note: said("at", "row", 3, "column", 2)}
	halt.frame.Strip = frame.Strip{Family: kit.Stop, Word: order.Say("word.cancelled"), Meaning: halt.page.Hero.Title, Code: "WALL-A-14", At: now}
	return append([]wallStory{rest, into, large, huge, wrong, first, nobody, full, halt}, pickerStories(rest, tee, bottle)...)
}

// pickerStories are those without a wall: totes, the walk, lanes, and a wave that is not there. They begin with a wall that rests.
func pickerStories(rest wallStory, tee, bottle wall.Article) []wallStory {
	said := func(key string, pairs ...any) order.Said { return order.Say("wall."+key, pairs...) }
	totes := rest
	totes.name, totes.page.Wall, totes.page.Shape, totes.page.Places = "wall-totes", "", order.Say("wave.shape.totes"), nil
	for n := range 14 {
		one := wall.Place{Name: tote(n + 1), State: wall.Lacking, In: n % 3, Of: 3}
		if n%4 == 1 {
			one.State, one.In = wall.Complete, 3
		}
		if n == 1 {
			one.Next = 1
		}
		totes.page.Places = append(totes.page.Places, one)
	}
	taken := totes
	taken.page.Places = append([]wall.Place{}, totes.page.Places...)
	taken.name, taken.page.Places[6].Lit = "wall-tote", true
	taken.page.Hero = wall.Hero{Title: said("put.tote"), Big: tote(7), Note: said("scan_slot"), Item: tee}
	empty := totes
	empty.name, empty.page.Hero = "wall-tote-empty", wall.Hero{Title: said("put.empty"), Box: true, Note: said("put.empty.note"), Item: bottle}
	many := totes
	many.name, many.page.Places = "wall-totes-many", nil
	for n := range 50 {
		many.page.Places = append(many.page.Places, wall.Place{Name: "TOTE-2026-" + strconv.Itoa(100+n), State: wall.Lacking, In: n % 3, Of: 2 + n%3})
	}
	picking := []ask.Act{{Key: "F9", Word: said("act.short")}, {Key: "F10", Word: said("act.second")}, {Key: "F11", Word: said("act.leave_bin")}}
	walk := rest
	walk.name, walk.page.View, walk.page.Acts = "wall-walk", wall.Walk, picking
	walk.page.Hero = wall.Hero{Title: said("go"), Big: "D-14-20-3", Note: said("go.or", "count", 12)}
	walk.page.Take = bottle
	walk.page.Take.Of = 5
	bin := walk
	bin.name, bin.page.Hero = "wall-bin", wall.Hero{Title: said("go.at"), Big: "A-03-2", Note: said("go.stops", "count", 11)}
	bin.page.Take = tee
	bin.page.Take.Done, bin.page.Take.Of = 7, 17
	bin.frame.Strip = frame.Strip{Family: kit.Taken, Word: order.Say("word.picked"), Meaning: order.Say("say.picked", "sku", "TEE-BK-L", "in", 7, "of", 17), Code: "6936580142207", At: now}
	lane := rest
	lane.name, lane.page.View, lane.page.Shape = "wall-lane", wall.Lane, order.Say("wave.shape.fast_lane")
	lane.page.Wall, lane.page.Counts = "", []order.Said{said("count.left", "count", 37), said("count.packed", "count", 13)}
	lane.page.Hero = wall.Hero{Title: said("scan"), Big: "37", Note: said("scan.lane", "count", 37)}
	for n := range 9 {
		one := tee
		if n%2 == 1 {
			one = bottle
		}
		one.SKU, one.Of = one.SKU+strconv.Itoa(n), 12-n
		lane.page.Left = append(lane.page.Left, one)
	}
	late := lane
	late.name, late.page.Due, late.page.Left = "wall-bulk", now.Add(-40*time.Minute), lane.page.Left[:1]
	late.page.Shape = order.Say("wave.shape.bulk")
	short := walk
	short.name, short.page.View = "wall-short", wall.Asked
	short.page.Question = ask.Question{Title: order.Say("question.why_short"), Text: said("short.text", "sku", "BTL-1", "count", 3), Acts: []ask.Act{{Key: "F11", Word: order.Say("question.back")}},
		Choices: []ask.Act{{Key: "1", Word: order.Say("wrong.short.out_of_stock")}, {Key: "2", Word: order.Say("wrong.short.damaged")}, {Key: "3", Word: order.Say("wrong.short.wrong_bin")}}}
	none := rest
	none.name, none.page = "wall-none", wall.Model{}
	alone := rest
	alone.name, alone.alone, alone.page.Places, alone.page.Acts = "wall-second", true, wallPlaces(4, 6, 17), nil
	alone.page.Hero = wall.Hero{Title: said("put", "slot", "A 17"), Big: "17", Note: said("at", "row", 3, "column", 5), Item: tee}
	return []wallStory{totes, taken, empty, many, walk, bin, lane, late, short, none, alone}
}
