package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// mostWaiting is how many parcels of the queue are shown: more would not be read.
const mostWaiting = 5

// idle says what opens a parcel, and which are the most urgent.
type idle struct {
	object *fyne.Container
	tongue words.Tongue
	hint   *kit.Text
	next   *kit.Text
	total  *kit.Text
	weight *weight
	rows   []*waitingRow
	queue  *fyne.Container
	none   *fyne.Container
}

func newIdle(tongue words.Tongue) *idle {
	i := &idle{tongue: tongue, weight: newWeight()}
	side := 2*kit.Unit(kit.SizeBig) + kit.Unit(kit.SizeMark)
	hero := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorPrimary, Radius: kit.SizeRadius}),
		kit.NewIcon(kit.SignScanner, kit.ColorOnPrimary, kit.Unit(kit.SizeTail)))
	say := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true},
		kit.Step{Size: kit.SizeBig, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 2}, kit.Step{Size: kit.SizeWord, Lines: 2})
	say.Set(tongue.Text("pack.idle.say"))
	i.hint = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorSoft}, "")
	sentence := kit.Column(0, kit.Spring(), kit.Natural(say), kit.Natural(i.hint), kit.Spring())
	card := kit.Layers(kit.NewBox(kit.CoatCard), i.newQueue(), i.newNone())
	i.object = kit.Column(kit.Unit(kit.SizeGap3),
		kit.Fixed(kit.Row(kit.Unit(kit.SizeGap3), kit.Fixed(hero, side).Across(), kit.Grow(sentence).Across(), kit.Natural(i.weight.object)), side),
		kit.Grow(card))
	return i
}

func (i *idle) newQueue() *fyne.Container {
	i.next = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, "")
	i.total = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	gap := kit.Unit(kit.SizeGap3)
	head := kit.Inset(kit.Row(gap, kit.Natural(i.next), kit.Spring(), kit.Natural(i.total)), gap, 0, gap, 0)
	objects := []fyne.CanvasObject{head}
	for range mostWaiting {
		row := newWaitingRow(i.tongue)
		i.rows = append(i.rows, row)
		objects = append(objects, row.object)
	}
	i.queue = kit.Place(func(size fyne.Size) {
		height := size.Height / (mostWaiting + 1)
		kit.Put(head, 0, 0, size.Width, height)
		for n, row := range i.rows {
			hair := kit.Unit(kit.SizeHair) // the card's own edge stays to be seen
			kit.Put(row.object, hair, height*float32(n+1), size.Width-2*hair, height)
		}
	}, objects...)
	return i.queue
}

func (i *idle) newNone() *fyne.Container {
	words := kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignCenter}
	hint := kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft, Align: fyne.TextAlignCenter}
	i.none = kit.Column(kit.Unit(kit.SizeGap), kit.Spring(),
		kit.Fixed(kit.NewIcon(kit.SignParcels, kit.ColorFaint, kit.Unit(kit.SizeMarkBig)), kit.Unit(kit.SizeMarkBig)),
		kit.Natural(kit.NewText(words, i.tongue.Text("pack.idle.none"))),
		kit.Natural(kit.NewText(hint, i.tongue.Text("pack.idle.none.hint"))), kit.Spring())
	return i.none
}

func (i *idle) render(m Model) {
	i.weight.render(i.tongue, m)
	switch {
	case m.PutBack > 0 && m.PutBackBin != "":
		i.hint.Set(i.tongue.Text("pack.idle.putback", "count", m.PutBack, "bin", m.PutBackBin))
	case m.PutBack > 0:
		i.hint.Set(i.tongue.Text("pack.idle.putback.nowhere", "count", m.PutBack))
	default:
		i.hint.Set(i.tongue.Text("pack.idle.hint"))
	}
	shown := min(len(m.Waiting), mostWaiting)
	kit.Show(i.queue, shown > 0)
	kit.Show(i.none, shown == 0)
	i.next.Set(i.tongue.Text("pack.idle.next", "count", shown))
	total := i.tongue.Text("pack.idle.total", "count", max(m.WaitingTotal, shown))
	for n, in := range m.WaitingIn {
		key := "pack.idle.more"
		if n == 0 {
			key = "pack.idle.first"
		}
		total += i.tongue.Text(key, "market", in.Market, "count", in.Count)
	}
	i.total.Set(total)
	for n, row := range i.rows {
		kit.Show(row.object, n < shown)
		if n < shown {
			row.render(m.Waiting[n], m)
		}
	}
}

// waitingRow is one parcel of the queue: its clock first, since that is what it is sorted by.
type waitingRow struct {
	object           *fyne.Container
	tongue           words.Tongue
	floor, bar, line *kit.Box
	watch            *kit.Icon
	left, by, code   *kit.Text
	pieces, carrier  *kit.Text
	slot             *kit.Steps // a code is never cut
	gift, battery    *kit.Icon
	note, multiple   *kit.Icon
}

func newWaitingRow(tongue words.Tongue) *waitingRow {
	r := &waitingRow{tongue: tongue, floor: kit.NewBox(kit.Coat{}), bar: kit.NewBox(kit.Coat{})}
	r.line = kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	icon := kit.Unit(kit.SizeIcon) + kit.Unit(kit.SizeHalf)
	r.watch = kit.NewIcon(kit.SignClock, kit.ColorFaint, icon)
	r.left = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	r.by = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground}, "")
	r.code = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Face: kit.FaceCode, Bold: true}, "")
	r.pieces = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, "")
	r.carrier = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, "")
	r.slot = kit.NewSteps(kit.Voice{Color: kit.ColorSuccessDeep, Bold: true}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	sign := func(s kit.Sign) *kit.Icon { return kit.NewIcon(s, kit.ColorSoft, icon) }
	r.gift, r.battery, r.note, r.multiple = sign(kit.SignGift), sign(kit.SignBattery), sign(kit.SignNote), sign(kit.SignParcels)
	signs := kit.Row(kit.Unit(kit.SizeGap), kit.Spring(), kit.Natural(r.gift), kit.Natural(r.battery), kit.Natural(r.note), kit.Natural(r.multiple))
	r.object = kit.Place(func(size fyne.Size) {
		kit.Put(r.floor, 0, 0, size.Width, size.Height)
		kit.Put(r.bar, 0, 0, kit.Unit(kit.SizeLoud), size.Height)
		kit.Put(r.line, 0, 0, size.Width, kit.Unit(kit.SizeHair))
		edge := kit.Unit(kit.SizeGap3)
		kit.Put(r.watch, edge, 0, icon, size.Height)
		// The columns keep the same shares of the room, whatever is in them.
		columns := []struct {
			object     fyne.CanvasObject
			from, upTo float32
		}{{r.left, 0.055, 0.24}, {r.by, 0.25, 0.405}, {r.code, 0.412, 0.527}, {r.pieces, 0.537, 0.662}, {r.carrier, 0.668, 0.842}, {r.slot, 0.668, 0.842}, {signs, 0.844, 0.978}}
		for _, c := range columns {
			kit.Put(c.object, c.from*size.Width, 0, (c.upTo-c.from)*size.Width, size.Height)
		}
	}, r.floor, r.bar, r.line, r.watch, r.left, r.by, r.code, r.pieces, r.carrier, r.slot, signs)
	return r
}

func (r *waitingRow) render(w Waiting, m Model) {
	floor, bar, watch := kit.Coat{}, kit.Coat{}, kit.ColorFaint
	if w.Hot {
		floor.Fill, bar.Fill, watch = kit.ColorWarningSoft, kit.ColorWarning, kit.ColorForeground
	}
	r.floor.Paint(floor)
	r.bar.Paint(bar)
	r.watch.Paint(kit.SignClock, watch, "")
	left, _ := remaining(r.tongue, w.Due, m.Now)
	r.left.Set(left)
	by := ""
	if !w.Due.IsZero() {
		by = clock.Moment(r.tongue, w.Due, m.Now)
		if clock.SameDay(w.Due, m.Now) { // a date needs the room of the words
			by = r.tongue.Text("pack.clock.by", "time", by)
		}
	}
	r.by.Set(by)
	r.code.Set(kit.Tail(w.Code))
	pieces := r.tongue.Text("unit.pieces", "count", w.Pieces)
	if w.Kinds > 1 {
		pieces = r.tongue.Text("unit.pieces.kinds", "pieces", pieces, "kinds", r.tongue.Text("unit.kinds", "count", w.Kinds))
	}
	r.pieces.Set(pieces)
	r.carrier.Set(pair(r.tongue, w.Carrier, w.Market))
	kit.Show(r.carrier, w.Slot == "") // where the hands go comes first
	kit.Show(r.slot, w.Slot != "")
	r.slot.Set(r.tongue.Text("wall.lies_in", "slot", w.Slot))
	kit.Show(r.gift, w.Gift)
	kit.Show(r.battery, w.Battery)
	kit.Show(r.note, w.Note)
	kit.Show(r.multiple, w.Multiple)
}
