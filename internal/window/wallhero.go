package window

import (
	"slices"
	"strconv"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/kit"
	"packbench/ui/wall"
)

// wallHero is the large card: what was wrong about the last scan, the slot for the piece in the hand, or what comes next.
func (w *Window) wallHero(s station.Snapshot, m wall.Model, next []string) wall.Hero {
	in, hand := s.Sorting, s.State.Sort.Hand
	stop, left := packing.NextStop(in, s.State.Sort), packing.Unsorted(in, "")
	h := wall.Hero{}
	switch {
	case s.State.Parcel.Key != "":
		h.Title = order.Say("wall.open")
		if slot, known := in.Slot(s.State.Work.Slot); known {
			h.Big, h.Note = named(slot), whereIs(slot)
		}
		return h
	case hand.Unit != "" && hand.Slot.Code == "":
		h = wall.Hero{Title: order.Say("wall.put.empty"), Box: true, Note: order.Say("wall.put.empty.note"), Item: w.goodOf(s, hand.SKU)}
	case hand.Unit != "" && hand.Slot.Tote():
		h = wall.Hero{Title: order.Say("wall.put.tote"), Big: hand.Slot.Code, Note: order.Say("wall.scan_slot"), Item: w.goodOf(s, hand.SKU)}
	case hand.Unit != "":
		h = wall.Hero{Title: order.Say("wall.put", "slot", hand.Slot.Name()), Big: named(hand.Slot), Note: whereIs(hand.Slot), Item: w.goodOf(s, hand.SKU)}
	case m.View == wall.Walk:
		h = walkHero(s, stop)
	case m.View == wall.Lane:
		h = wall.Hero{Title: order.Say("wall.scan"), Big: strconv.Itoa(left), Note: order.Say("wall.scan.lane", "count", left)}
	default:
		h = wall.Hero{Title: order.Say("wall.scan"), Big: strconv.Itoa(left), Note: order.Say("wall.scan.left", "count", left)}
	}
	return w.refusedAtWall(s, h, next)
}

// named is a slot's number, or a tote's code.
func named(slot order.Slot) string {
	if slot.Tote() {
		return slot.Code
	}
	return strconv.Itoa(slot.Number)
}

// whereIs tells where a slot hangs.
func whereIs(slot order.Slot) order.Said {
	if slot.Row == 0 {
		return order.Said{}
	}
	return order.Say("wall.at", "row", slot.Row, "column", slot.Column)
}

// walkHero leads to the next bin, or says from which one is taken.
func walkHero(s station.Snapshot, stop order.WalkStop) wall.Hero {
	n := packing.StopsLeft(s.Sorting)
	switch {
	case stop.Bin == "":
		return wall.Hero{Title: order.Say("wall.go.nowhere"), Big: stop.SKU, Note: order.Say("wall.go.stops", "count", n)}
	case stop.Bin == s.State.Sort.Bin:
		return wall.Hero{Title: order.Say("wall.go.at"), Big: stop.Bin, Note: order.Say("wall.go.stops", "count", n)}
	case s.State.Sort.Bin == "" && s.Sorting.Wave.Shape != order.FastLane && s.Sorting.Wave.Shape != order.Bulk:
		return wall.Hero{Title: order.Say("wall.go"), Big: stop.Bin, Note: order.Say("wall.go.or", "count", n)}
	}
	return wall.Hero{Title: order.Say("wall.go"), Big: stop.Bin, Note: order.Say("wall.go.scan", "count", n)}
}

// refusedAtWall is a hero once the last scan was refused: what was wrong takes the place of what comes next, but the slot for a piece in the hand stays.
func (w *Window) refusedAtWall(s station.Snapshot, h wall.Hero, next []string) wall.Hero {
	strip := s.Strip
	halts := stopped(s)
	if families[strip.Outcome] != kit.Refused && !halts {
		return h
	}
	mood := wall.Refused
	if halts {
		mood = wall.Halt
	}
	slot, isSlot := slotSaid(s.Sorting, strip.Said, "slot")
	if s.State.Sort.Hand.Unit != "" && !halts {
		h.Mood, h.Title = mood, strip.Said
		if got, wrong := slotSaid(s.Sorting, strip.Said, "got"); wrong {
			h.Got = got.Name()
			if got.Wall == s.State.Sort.Hand.Slot.Wall {
				h.Got = named(got)
			}
		} else if strip.Outcome == packing.WrongSlot && isSlot { // a tote that is taken
			h.Got = slot.Name()
		}
		return h
	}
	h = wall.Hero{Mood: mood, Title: strip.Said}
	switch wrong := s.State.Wrong; {
	case strip.Outcome == packing.NoSlot && len(next) > 0:
		first, _ := s.Sorting.Slot(next[0])
		h.Big, h.Note = named(first), order.Say("wall.first")
	case strip.Outcome == packing.NoSlot && len(wrong.Scanned) > 0:
		h.Item = w.goodOf(s, wrong.Scanned[0])
	case isSlot:
		h.Big, h.Note = named(slot), whereIs(slot)
	case wrong.Outcome == strip.Outcome && wrong.Code == strip.Code && len(wrong.Scanned) > 0:
		h.Item = w.goodOf(s, wrong.Scanned[0])
		if h.Item.Bin != "" {
			h.Note = order.Say("wall.back", "bin", h.Item.Bin)
		}
	default:
		h.Big = strip.Code
	}
	return h
}

// slotSaid is the slot a sentence names; false where it names none.
func slotSaid(in order.Sorting, said order.Said, blank string) (order.Slot, bool) {
	name, _ := said.With[blank].(string)
	at := slices.IndexFunc(in.Slots, func(one order.Slot) bool { return one.Name() == name })
	if at < 0 {
		return order.Slot{}, false
	}
	return in.Slots[at], true
}
