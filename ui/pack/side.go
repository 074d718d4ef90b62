package pack

import (
	"slices"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// side lists the parcel's lines: the current one marked, those that are in dimmed with a tick.
type side struct {
	object *fyne.Container
	tongue words.Tongue
	kinds  *kit.Text
	count  *kit.Text
	list   *fyne.Container
	rows   []*lineRow
	more   *kit.Text
	lines  []Line
	aside  *sideAct
	help   *sideAct
}

func newSide(tongue words.Tongue, press func(string)) *side {
	s := &side{tongue: tongue}
	s.aside, s.help = newSideAct(press), newSideAct(press)
	s.kinds = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	s.count = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	s.more = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignCenter}, "")
	gap, hair := kit.Unit(kit.SizeGap2), kit.Unit(kit.SizeHair) // the card's own edge stays to be seen
	head := kit.Inset(kit.Row(gap, kit.Grow(s.kinds), kit.Natural(s.count)), gap, 0, gap, 0)
	s.list = kit.Place(s.fill, s.more)
	s.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(0,
		kit.Fixed(head, kit.Unit(kit.SizeRow)+kit.Unit(kit.SizeGap)), kit.Grow(s.list),
		kit.Fixed(kit.Inset(s.help.Object, gap, 0, gap, gap), kit.Unit(kit.SizeRow)+gap),
		kit.Fixed(kit.Inset(s.aside.Object, gap, 0, gap, gap), kit.Unit(kit.SizeRow)+gap)), hair, 0, hair, hair))
	return s
}

// sideAct is a button below the lines.
type sideAct struct {
	*kit.KeyButton
	key string
}

func newSideAct(press func(string)) *sideAct {
	a := &sideAct{}
	a.KeyButton = kit.NewKeyButton(false, func() { press(a.key) })
	return a
}

func (a *sideAct) render(tongue words.Tongue, said Act) {
	a.key = said.Key
	a.Set(a.key, tongue.Say(said.Word))
	kit.Show(a.Object, a.key != "")
}

func (s *side) render(m Model) {
	lines := m.Lines
	s.lines = lines
	s.aside.render(s.tongue, m.Aside)
	s.help.render(s.tongue, m.Help)
	taken, of := 0, 0
	for _, l := range lines {
		taken, of = taken+l.Taken, of+l.Of
	}
	s.kinds.Set(s.tongue.Text("pack.lines", "count", len(lines)))
	s.count.Set(outOf(taken, of))
	s.fill(s.list.Size())
}

// rowHeight is a thumbnail and the room around it.
func rowHeight() float32 { return kit.Unit(kit.SizeThumb) + kit.Unit(kit.SizeGap3) }

// fill shows as many whole rows as there is room for, the current one always among them; the rest is a number.
func (s *side) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	room := max(1, int(size.Height/rowHeight()))
	shown, from := len(s.lines), 0
	if shown > room {
		left := size.Height - float32(room)*rowHeight()
		if left < kit.Line(kit.SizeText) && room > 1 {
			room--
		}
		current := max(0, slices.IndexFunc(s.lines, func(l Line) bool { return l.Current }))
		from = min(max(0, current-1), len(s.lines)-room)
		shown = room
	}
	for len(s.rows) < shown {
		row := newLineRow()
		s.rows = append(s.rows, row)
		s.list.Objects = append(s.list.Objects, row.object)
	}
	for i, row := range s.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			kit.Put(row.object, 0, float32(i)*rowHeight(), size.Width, rowHeight())
			row.render(s.lines[from+i])
		}
	}
	y := float32(shown) * rowHeight()
	kit.Show(s.more, shown < len(s.lines))
	kit.Put(s.more, 0, y, size.Width, size.Height-y)
	s.more.Set(s.tongue.Text("pack.lines.more", "n", len(s.lines)-shown))
}

// lineRow is one line of the parcel.
type lineRow struct {
	object        *fyne.Container
	floor, bar    *kit.Box
	thumb         *kit.Picture
	name, variant *kit.Text
	tick          *kit.Icon
	count         *kit.Text
}

func newLineRow() *lineRow {
	r := &lineRow{floor: kit.NewBox(kit.Coat{}), bar: kit.NewBox(kit.Coat{}), thumb: kit.NewPicture()}
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	r.name = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	r.variant = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	r.count = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	r.tick = kit.NewMark(kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess, kit.Line(kit.SizeText))
	gap, half, thumb := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHalf), kit.Unit(kit.SizeThumb)
	second := kit.Row(gap, kit.Grow(r.variant), kit.Natural(r.tick), kit.Natural(r.count))
	words := kit.Column(0, kit.Natural(r.name), kit.Natural(second))
	row := kit.Inset(kit.Row(gap+half, kit.Fixed(kit.Inset(r.thumb, 0, gap+half, 0, gap+half), thumb).Across(), kit.Grow(words)), 2*gap, 0, 2*gap, 0)
	r.object = kit.Place(func(size fyne.Size) {
		kit.Put(r.floor, 0, 0, size.Width, size.Height)
		kit.Put(line, 0, 0, size.Width, kit.Unit(kit.SizeHair))
		kit.Put(r.bar, 0, 0, kit.Unit(kit.SizeLoud), size.Height)
		kit.Put(row, 0, 0, size.Width, size.Height)
	}, r.floor, line, r.bar, row)
	return r
}

func (r *lineRow) render(l Line) {
	in := l.Of > 0 && l.Taken >= l.Of
	r.thumb.Set(l.Photo, l.SKU)
	r.thumb.Dim(in)
	r.name.Set(l.Name)
	r.variant.Set(l.Variant)
	r.count.Set(outOf(l.Taken, l.Of))
	kit.Show(r.tick, in)
	words, soft := kit.ColorForeground, kit.ColorSoft
	if in && !l.Current {
		words, soft = kit.ColorFaint, kit.ColorFaint
	}
	r.name.Paint(words, !in)
	r.variant.Paint(soft, false)
	r.count.Paint(words, !in)
	floor, bar := kit.Coat{}, kit.Coat{}
	if l.Current {
		floor.Fill, bar.Fill = kit.ColorPrimarySoft, kit.ColorPrimary
	}
	r.floor.Paint(floor)
	r.bar.Paint(bar)
	kit.Arrange(r.object)
}
