package window

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/ask"
	"packbench/ui/wall"
)

// placeStates are the states of the place of a parcel.
var placeStates = map[packing.Stand]wall.State{
	packing.Lacks: wall.Lacking, packing.Complete: wall.Complete, packing.OnBench: wall.Packing, packing.Waits: wall.Waiting, packing.Barred: wall.Stopped,
	packing.Packed: wall.Packing,
}

// stoppedWords are short words for why a parcel must not go on; others are stopped, and say no more in a slot.
var stoppedWords = map[order.Standing]order.Said{
	order.Gone: order.Say("wall.stopped.cancelled"), order.CancelRequest: order.Say("wall.stopped.asked"), order.Held: order.Say("wall.stopped.hold"),
}

// sortsAtBench tells whether the wave at hand is what the bench is busy with: no parcel is open.
func sortsAtBench(s station.Snapshot) bool {
	return s.State.Sort.Wave != "" && s.State.Parcel.Key == "" && (s.State.Phase == packing.Idle || s.State.Phase == packing.Asked)
}

// wallModel is the page of the wave at hand. Alone tells that it fills a window of its own: then it stays with the wall, and nothing is pressed there.
func (w *Window) wallModel(s station.Snapshot, now time.Time, alone bool) wall.Model {
	in, sort := s.Sorting, s.State.Sort
	switch {
	case sort.Wave == "" && alone && len(in.Parcels) > 0:
		return w.wallAtRest(s, now)
	case sort.Wave == "" || in.Wave.ID == "":
		return wall.Model{Now: now}
	}
	m := wall.Model{View: viewOf(s, alone), Now: now, Wave: in.Wave.ID, Shape: cli.ShapeWords[in.Wave.Shape], Due: local(mostUrgent(in)), Counts: wallCounts(in)}
	if m.View == wall.Asked {
		m.Question = w.packModel(s, now).Question
		return m
	}
	next := nextToPack(s)
	switch m.View {
	case wall.Sort:
		m.Wall = wallShown(s)
		m.Places = places(s, m.Wall, next)
		m.Others = otherWalls(in, m.Wall)
	case wall.Walk:
		m.Take = w.toTake(s)
	case wall.Lane:
		m.Left = w.leftInLane(s)
	}
	m.Hero = w.wallHero(s, m, next)
	if !alone && w.running != nil && sortsAtBench(s) {
		m.Acts = w.wallActs(s)
	}
	return m
}

// wallAtRest is the wall while no wave is at hand: what can be packed from it.
func (w *Window) wallAtRest(s station.Snapshot, now time.Time) wall.Model {
	next := nextToPack(s)
	shown := wallShown(s)
	m := wall.Model{View: wall.Sort, Now: now, Due: local(mostUrgent(s.Sorting)), Counts: wallCounts(s.Sorting), Wall: shown, Places: places(s, shown, next), Others: otherWalls(s.Sorting, shown)}
	m.Hero = wall.Hero{Title: order.Say("wall.rest")}
	if slot, open := s.Sorting.Slot(s.State.Work.Slot); open && s.State.Parcel.Key != "" {
		m.Hero = wall.Hero{Title: order.Say("wall.open"), Big: named(slot), Note: whereIs(slot)}
	} else if len(next) > 0 {
		slot, _ := s.Sorting.Slot(next[0])
		m.Hero = wall.Hero{Title: order.Say("wall.pack", "slot", slot.Name()), Big: named(slot), Note: whereIs(slot)}
	}
	return m
}

// viewOf is what fills the page of the wave at hand.
func viewOf(s station.Snapshot, alone bool) wall.View {
	in, sort := s.Sorting, s.State.Sort
	sorts := in.Wave.Shape == order.PutWall || in.Wave.Shape == order.Totes
	picks := packing.NextStop(in, sort).Pieces > 0
	_, ofSlot := slotSaid(in, s.Strip.Said, "slot")
	switch {
	case !alone && sortsAtBench(s) && s.State.Phase == packing.Asked:
		return wall.Asked
	case sorts && (alone || sort.Hand.Unit != "" || sort.Bin == "" && (ofSlot || s.Strip.Outcome == packing.NoSlot)):
		return wall.Sort
	case !sorts && (sort.Bin == "" || !picks):
		return wall.Lane
	case sorts && (!picks || sort.Bin == "" && in.Wave.Shape == order.PutWall && begun(in)):
		return wall.Sort
	}
	return wall.Walk
}

// begun tells whether a piece of a wave lies in a slot.
func begun(in order.Sorting) bool {
	return slices.ContainsFunc(in.Parcels, func(k order.Known) bool { return len(k.Work.Sorted) > 0 || packing.StandOf(k) == packing.Packed })
}

// mostUrgent is the deadline of the most urgent parcel that is not packed, zero where none is known.
func mostUrgent(in order.Sorting) (due time.Time) {
	for _, k := range in.Parcels {
		if stand := packing.StandOf(k); stand != packing.Packed && stand != packing.Barred && !k.Due.IsZero() && (due.IsZero() || k.Due.Before(due)) {
			due = k.Due
		}
	}
	return due
}

// wallCounts tell how many parcels of a wave are where, and how many places are free.
func wallCounts(in order.Sorting) (said []order.Said) {
	counts, homeless, empty := map[packing.Stand]int{}, 0, 0
	for _, k := range in.Parcels {
		stand := packing.StandOf(k)
		if counts[stand]++; stand == packing.Lacks && k.Work.Slot == "" {
			homeless++
		}
	}
	for _, slot := range in.Slots {
		if slot.Parcel == "" && slot.Tote() == (in.Wave.Shape == order.Totes) {
			empty++
		}
	}
	homeless = max(0, homeless-empty) // the others find room when their first piece comes
	add := func(n int, of order.Said) {
		if n > 0 {
			said = append(said, of)
		}
	}
	n := counts[packing.Complete]
	add(n, order.Say("wall.count.complete", "count", n))
	n = counts[packing.Lacks]
	if in.Wave.Shape == order.FastLane || in.Wave.Shape == order.Bulk {
		add(n, order.Say("wall.count.left", "count", n))
		homeless, empty = 0, 0
	} else {
		add(n, order.Say("wall.count.lacking", "count", n))
	}
	add(homeless, order.Say("wall.count.homeless", "count", homeless))
	n = counts[packing.OnBench]
	add(n, order.Say("wall.count.packing", "count", n))
	n = counts[packing.Waits]
	add(n, order.Say("wall.count.waiting", "count", n))
	n = counts[packing.Barred]
	add(n, order.Say("wall.count.stopped", "count", n))
	n = counts[packing.Packed]
	add(n, order.Say("wall.count.packed", "count", n))
	add(empty, order.Say("wall.count.empty", "count", empty))
	return said
}

// mostNext is how many of the places that can be packed are told in their order.
const mostNext = 3

// nextToPack are the slots that are packed next, the most urgent first.
func nextToPack(s station.Snapshot) (codes []string) {
	var complete []order.Known
	for _, k := range s.Sorting.Parcels {
		if k.Work.Slot != "" && k.Key != s.State.Parcel.Key && packing.StandOf(k) == packing.Complete {
			complete = append(complete, k)
		}
	}
	slices.SortStableFunc(complete, func(a, b order.Known) int {
		switch {
		case a.Due.IsZero() == b.Due.IsZero():
			return a.Due.Compare(b.Due)
		case a.Due.IsZero(): // without a deadline it is last
			return 1
		}
		return -1
	})
	for _, k := range complete[:min(len(complete), mostNext)] {
		codes = append(codes, k.Work.Slot)
	}
	return codes
}

// wallShown is the wall that is drawn: that of the piece in the hand, else the first one a parcel of the wave has a slot of, else the first there is. It is
// empty where the wave goes into totes.
func wallShown(s station.Snapshot) string {
	in := s.Sorting
	if in.Wave.Shape == order.Totes {
		return ""
	}
	if of := s.State.Sort.Hand.Slot.Wall; of != "" {
		return of
	}
	first := ""
	for _, slot := range in.Slots {
		if slot.Tote() {
			continue
		}
		first = cmp.Or(first, slot.Wall)
		if slices.ContainsFunc(in.Parcels, func(k order.Known) bool { return k.Key == slot.Parcel && slot.Parcel != "" }) {
			return slot.Wall
		}
	}
	if in.Wave.ID == "" && len(in.Parcels) > 0 { // they lie in totes
		return ""
	}
	return first
}

// places are the slots of a wall, or the totes of the wave.
func places(s station.Snapshot, of string, next []string) (all []wall.Place) {
	hand := s.State.Sort.Hand
	for _, slot := range s.Sorting.Slots {
		at := slices.IndexFunc(s.Sorting.Parcels, func(k order.Known) bool { return k.Key == slot.Parcel && slot.Parcel != "" })
		if slot.Wall != of || slot.Tote() && at < 0 {
			continue
		}
		p := wall.Place{Name: slot.Code, Row: slot.Row, Column: slot.Column, Next: slices.Index(next, slot.Code) + 1, Lit: hand.Unit != "" && hand.Slot.Code == slot.Code}
		if !slot.Tote() {
			p.Name = strconv.Itoa(slot.Number)
		}
		switch {
		case at >= 0:
			k := s.Sorting.Parcels[at]
			p.State, p.Of = placeStates[packing.StandOf(k)], len(k.Units)
			if k.Key == s.State.Parcel.Key {
				p.State = wall.Packing
			}
			p.In = p.Of - len(k.Unsorted())
			p.Why = stoppedWords[cmp.Or(k.Work.Stopped, k.Standing)]
		case slot.Parcel != "":
			p.State = wall.Foreign
		}
		all = append(all, p)
	}
	return all
}

// otherWalls tell which walls beside the one that is shown have slots of the wave that can be packed.
func otherWalls(in order.Sorting, shown string) (said []order.Said) {
	counts := map[string]int{}
	for _, k := range in.Parcels {
		if slot, known := in.Slot(k.Work.Slot); known && !slot.Tote() && slot.Wall != shown && packing.StandOf(k) == packing.Complete {
			counts[slot.Wall]++
		}
	}
	for _, slot := range in.Slots {
		if n := counts[slot.Wall]; n > 0 {
			said = append(said, order.Say("wall.count.other", "wall", slot.Wall, "count", n))
			delete(counts, slot.Wall)
		}
	}
	return said
}

// goodOf is an article of the wave at hand, by the words of its orders where the bench has not looked it up.
func (w *Window) goodOf(s station.Snapshot, sku string) wall.Article {
	line := w.line(s, sku)
	a := wall.Article{SKU: sku, Name: line.Name, Variant: line.Variant, Bin: line.Bin, Photo: line.Photo}
	for _, stop := range s.Sorting.Walk {
		if stop.SKU == sku && a.Bin == "" {
			a.Bin = stop.Bin
		}
	}
	for _, k := range s.Sorting.Parcels {
		for _, u := range k.Units {
			if a.Name == "" && u.SKU() == sku {
				a.Name, a.Variant = u.ProductName, u.VariantName
			}
		}
	}
	return a
}

// toTake is the article of the next stop, and how many pieces of it are in the picker's hands.
func (w *Window) toTake(s station.Snapshot) wall.Article {
	next := packing.NextStop(s.Sorting, s.State.Sort)
	a := w.goodOf(s, next.SKU)
	for _, stop := range s.Sorting.Walk {
		if stop.Bin == next.Bin && stop.SKU == next.SKU {
			a.Of = stop.Pieces
		}
	}
	a.Done = a.Of - next.Pieces
	return a
}

// leftInLane are the articles of which pieces are still to be packed, in the order of the wave.
func (w *Window) leftInLane(s station.Snapshot) (all []wall.Article) {
	var seen []string
	for _, k := range s.Sorting.Parcels {
		for _, u := range k.Units {
			sku := u.SKU()
			if slices.Contains(seen, sku) {
				continue
			}
			seen = append(seen, sku)
			if n := packing.Unsorted(s.Sorting, sku); n > 0 {
				a := w.goodOf(s, sku)
				a.Of = n
				all = append(all, a)
			}
		}
	}
	return all
}

// wallActs are what can be done about the wave at hand.
func (w *Window) wallActs(s station.Snapshot) (acts []ask.Act) {
	sort := s.State.Sort
	if sort.Hand.Unit == "" && packing.Unsorted(s.Sorting, "") > 0 {
		acts = append(acts, ask.Act{Key: againKey, Word: order.Say("wall.act.short")})
	}
	if !w.wall.second.shown {
		acts = append(acts, ask.Act{Key: secondKey, Word: order.Say("wall.act.second")})
	}
	leave := order.Say("wall.act.lay_down")
	switch {
	case sort.Hand.Unit != "":
		leave = order.Say("wall.act.lay_back")
	case sort.Bin != "":
		leave = order.Say("wall.act.leave_bin")
	}
	return append(acts, ask.Act{Key: asideKey, Word: leave})
}

// shortPickText is what is asked about an article of the wave at hand that cannot be picked; false where the bench asks about an open parcel.
func shortPickText(s packing.State) (order.Said, bool) {
	if s.Trouble.Key != "ask.why_short_pick" {
		return order.Said{}, false
	}
	return order.Say("wall.short.text", "sku", s.Trouble.With["sku"], "count", s.Trouble.With["count"]), true
}

// completeIn is the name of the slot or tote in which all pieces of a parcel lie; empty where there is none.
func completeIn(slots []order.Slot, k order.Known) string {
	at := slices.IndexFunc(slots, func(one order.Slot) bool { return one.Code == k.Work.Slot && k.Work.Slot != "" })
	if at < 0 || packing.StandOf(k) != packing.Complete {
		return ""
	}
	return slots[at].Name()
}
