package overdue

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// table is the list by cause: as many rows as there is room for, and before them what they have in common.
type table struct {
	object *fyne.Container
	tongue words.Tongue
	hands  Hands
	head   *row
	cause  *kit.Text // the head of the causes
	list   *fyne.Container
	rows   []*row
	groups []*group
	none   *nothing
	model  Model
}

// The widths of the columns; what was last known of a parcel has what is left. Where the page is wide, numbers are whole.
const (
	causeWidth  = 200
	orderWidth  = 104
	wholeWidth  = 248
	marketWidth = 40
	clockWidth  = 184
	ownerWidth  = 112
	actWidth    = 240
)

func newTable(tongue words.Tongue, hands Hands) *table {
	t := &table{tongue: tongue, hands: hands, none: newNothing(tongue)}
	t.head = newRow(tongue, nil, nil)
	t.head.title()
	t.cause = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, tongue.Text("overdue.head.cause"))
	t.list = kit.Place(t.fill, t.none.object)
	gap, hair := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHair)
	heads := kit.Place(func(size fyne.Size) {
		kit.Put(t.cause, 2*gap, 0, causeWidth-2*gap, size.Height)
		kit.Put(t.head.object, causeWidth, 0, size.Width-causeWidth, size.Height)
	}, t.cause, t.head.object)
	head := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorSurfaceAlt, Radius: kit.SizeRadius}), heads)
	t.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(0, kit.Fixed(head, kit.Unit(kit.SizeMark)), kit.Grow(t.list)), hair, hair, hair, hair))
	return t
}

func (t *table) room() int {
	const tolerance = 2 // the card's edges
	return max(1, int((t.list.Size().Height+tolerance)/kit.Unit(kit.SizeRow)))
}

func (t *table) render(m Model) {
	t.model = m
	t.none.render(m)
	t.fill(t.list.Size())
}

func (t *table) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	kit.Put(t.none.object, 0, 0, size.Width, size.Height)
	high, at, groups := kit.Unit(kit.SizeRow), 0, 0
	for _, g := range t.model.Groups {
		shown := min(len(g.Rows), t.room()-at)
		if shown <= 0 {
			break
		}
		t.group(groups).render(g)
		kit.Put(t.groups[groups].object, 0, float32(at)*high, causeWidth, float32(shown)*high)
		groups++
		for _, of := range g.Rows[:shown] {
			r := t.row(at)
			r.render(of, t.model.Now, at == t.model.Chosen)
			kit.Put(r.object, causeWidth, float32(at)*high, size.Width-causeWidth, high)
			at++
		}
	}
	for i, r := range t.rows {
		kit.Show(r.object, i < at)
	}
	for i, g := range t.groups {
		kit.Show(g.object, i < groups)
	}
}

// row is the row of a place, made where there was none.
func (t *table) row(at int) *row {
	for len(t.rows) <= at {
		n := len(t.rows)
		made := newRow(t.tongue, func() { t.hands.Open(n) }, func() { t.hands.Act(n) })
		t.rows = append(t.rows, made)
		t.list.Objects = append(t.list.Objects, made.object)
	}
	return t.rows[at]
}

func (t *table) group(at int) *group {
	for len(t.groups) <= at {
		made := newGroup()
		made.tongue = t.tongue
		t.groups = append(t.groups, made)
		t.list.Objects = append(t.list.Objects, made.object)
	}
	return t.groups[at]
}

// group is a cause and how many parcels are late for it.
type group struct {
	object *fyne.Container
	tongue words.Tongue
	count  *kit.Steps
	cause  *kit.Steps
}

func newGroup() *group {
	g := &group{}
	g.count = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 1})
	g.cause = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeText, Lines: 2})
	line, side := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator}), kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	gap, hair := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHair)
	g.object = kit.Place(func(size fyne.Size) {
		const figures = 54
		left := 2*gap + figures + gap
		kit.Put(line, 0, size.Height-hair, size.Width, hair)
		kit.Put(side, size.Width-hair, 0, hair, size.Height)
		kit.Put(g.count, 2*gap, 0, figures, size.Height)
		kit.Put(g.cause, left, 0, size.Width-left-gap, size.Height)
	}, g.count, g.cause, line, side)
	return g
}

func (g *group) render(of Group) {
	g.count.Set(strconv.Itoa(of.Count))
	g.cause.Set(g.tongue.Say(of.Cause))
}

// row is a parcel, or the heads of the columns.
type row struct {
	object *fyne.Container
	tongue words.Tongue
	box    *kit.Box
	number *kit.Text
	market *kit.Text
	mark   *kit.Icon
	late   *kit.Text
	clock  *kit.Text
	known  *kit.Text
	owner  *kit.Text
	act    *act
	order  Row
	whole  bool // there is room for the whole number
}

func newRow(tongue words.Tongue, open, do func()) *row {
	r := &row{tongue: tongue, box: kit.NewBox(kit.Coat{}), mark: kit.NewMark(kit.MarkRefused, kit.ColorError, kit.ColorOnError, kit.Unit(kit.SizeIcon)-kit.Unit(kit.SizeStroke))}
	text := func(face kit.Face) *kit.Text {
		if open == nil {
			face = 0 // a head is words
		}
		return kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Face: face}, "")
	}
	r.number, r.market, r.late, r.clock, r.owner = text(kit.FaceCode), text(kit.FaceFigures), text(0), text(0), text(0)
	r.known = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	r.act = newAct(do)
	line, tap := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator}), kit.NewTap(open)
	kit.Show(line, open != nil)
	kit.Show(tap, open != nil)
	r.object = kit.Place(func(size fyne.Size) { r.fit(size, line, tap) }, r.box, line, r.number, r.market, r.mark, r.late, r.clock, r.known, r.owner, tap, r.act.object)
	return r
}

func (r *row) fit(size fyne.Size, line, tap fyne.CanvasObject) {
	const wide = 1200
	gap, hair := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHair)
	numbers := float32(orderWidth)
	if r.whole = size.Width >= wide; r.whole {
		numbers = wholeWidth
	}
	r.write()
	kit.Put(r.box, 0, 0, size.Width, size.Height)
	kit.Put(line, 0, size.Height-hair, size.Width, hair)
	kit.Put(tap, 0, 0, size.Width-actWidth-2*gap, size.Height)
	put := func(x float32, o fyne.CanvasObject, width float32) float32 {
		kit.Put(o, x, 0, width, size.Height)
		return x + width + gap
	}
	x := put(gap, r.number, numbers)
	x = put(x, r.market, marketWidth)
	end := x + clockWidth
	if r.mark.Visible() {
		x = put(x, r.mark, kit.Unit(kit.SizeIcon))
	}
	kit.Put(r.late, x, 0, end-x, size.Height)
	if r.clock.Visible() {
		kit.Put(r.late, x, 0, end-x, size.Height/2)
		kit.Put(r.clock, x, size.Height/2, end-x, size.Height/2)
	}
	right := size.Width - actWidth - gap
	kit.Put(r.act.object, right, 0, actWidth, size.Height)
	right -= ownerWidth + gap
	kit.Put(r.owner, right, 0, ownerWidth, size.Height)
	put(end+gap, r.known, max(0, right-gap-end-gap))
}

// title makes the row the heads of the columns.
func (r *row) title() {
	r.order.Order = r.tongue.Text("overdue.head.order")
	for cell, word := range map[*kit.Text]string{
		r.late: r.tongue.Text("overdue.head.clock"), r.owner: r.tongue.Text("overdue.head.owner"), r.act.word: r.tongue.Text("overdue.head.act"),
	} {
		cell.Set(word)
		cell.Paint(kit.ColorSoft, false)
	}
	r.known.Set(r.tongue.Text("overdue.head.known"))
	r.number.Paint(kit.ColorSoft, false)
	r.mark.Hide()
	r.clock.Hide()
	r.act.title()
}

// write writes the number as far as there is room.
func (r *row) write() {
	number := r.order.Order
	if !r.whole {
		number = kit.Tail(number)
	}
	if r.order.Orders > 1 {
		number = r.tongue.Text("orders.more", "order", number, "n", r.order.Orders-1)
	}
	r.number.Set(number)
}

func (r *row) render(of Row, now time.Time, chosen bool) {
	r.order = of
	fill := kit.ColorSurface
	if chosen {
		fill = kit.ColorPrimarySoft
	}
	r.box.Paint(kit.Coat{Fill: fill})
	r.number.Paint(kit.ColorForeground, chosen)
	r.market.Set(of.Market)
	said, late := clock.Due(r.tongue, of.Due, now)
	r.late.Set(said)
	ink := kit.ColorForeground
	if late {
		ink = kit.ColorErrorDeep
	}
	r.late.Paint(ink, true)
	kit.Show(r.mark, late)
	r.clock.Set(r.tongue.Say(of.Clock))
	r.clock.Paint(kit.ColorSoft, false)
	r.known.Set(r.tongue.Say(of.Known))
	owner := of.Owner
	if owner == "" {
		owner = r.tongue.Text("overdue.owner.none")
	}
	r.owner.Set(owner)
	r.owner.Paint(kit.ColorForeground, chosen)
	r.act.render(r.tongue.Say(of.Act), chosen)
	kit.Arrange(r.object)
}

// act is what is to be done next with a parcel. That of the marked row is filled and names its key.
type act struct {
	object *fyne.Container
	box    *kit.Box
	key    *kit.Text
	word   *kit.Text
	arrow  *kit.Icon
}

func newAct(do func()) *act {
	a := &act{box: kit.NewBox(kit.Coat{}), arrow: kit.NewIcon(kit.SignArrow, kit.ColorPrimary, kit.Unit(kit.SizeIcon)-kit.Unit(kit.SizeHalf))}
	a.key = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorOnPrimary, Bold: true, Face: kit.FaceFigures}, ActKey)
	a.word = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorPrimary, Bold: true}, "")
	gap, half := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHalf)
	row := kit.Row(gap, kit.Natural(a.key), kit.Grow(a.word), kit.Natural(a.arrow))
	painted := kit.Inset(kit.Layers(a.box, kit.Inset(row, gap, 0, gap, 0)), 0, half, 0, half)
	a.object = kit.Layers(painted)
	if do != nil {
		a.object.Add(kit.NewTap(do)) // the sheet is as high as the row, which is what a finger needs
	}
	return a
}

// title makes it the head of its column.
func (a *act) title() {
	a.key.Hide()
	a.arrow.Hide()
}

func (a *act) render(word string, chosen bool) {
	kit.Show(a.object, word != "")
	a.word.Set(word)
	coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorPrimary, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	ink := kit.ColorPrimary
	if chosen {
		coat.Fill, ink = kit.ColorPrimary, kit.ColorOnPrimary
	}
	a.box.Paint(coat)
	a.word.Paint(ink, true)
	a.arrow.Paint(kit.SignArrow, ink, "")
	kit.Show(a.key, chosen)
}

// nothing is what is said where no row is.
type nothing struct {
	object *fyne.Container
	tongue words.Tongue
	mark   *kit.Icon
	says   *kit.Text
	next   *kit.Text
}

func newNothing(tongue words.Tongue) *nothing {
	n := &nothing{tongue: tongue, mark: kit.NewMark(kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess, kit.Unit(kit.SizeMarkBig))}
	n.says = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true}, "")
	n.next = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, "")
	gap := kit.Unit(kit.SizeGap2)
	n.object = kit.Row(gap, kit.Space(gap), kit.Natural(n.mark), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(n.says), kit.Natural(n.next), kit.Spring())).Across())
	return n
}

func (n *nothing) render(m Model) {
	kit.Show(n.object, len(m.Groups) == 0)
	kit.Show(n.mark, !m.AsOf.IsZero())
	says, next := n.tongue.Text("overdue.reading"), ""
	switch {
	case m.AsOf.IsZero():
	case m.Numbers.Overdue > 0:
		says = n.tongue.Text("overdue.none.fits")
	default:
		says = n.tongue.Text("overdue.none")
		if !m.NextDue.IsZero() {
			next = n.tongue.Text("overdue.none.next", "time", clock.Moment(n.tongue, m.NextDue, m.Now))
		}
	}
	n.says.Set(says)
	n.next.Set(next)
	kit.Show(n.next, next != "")
}

// foot says which part of the list is seen, and how old all of it is: quietly, or loudly where it is too old.
type foot struct {
	object *fyne.Container
	tongue words.Tongue
	box    *kit.Box
	mark   *kit.Icon
	part   *kit.Text
	asOf   *kit.Text
}

func newFoot(tongue words.Tongue) *foot {
	f := &foot{tongue: tongue, box: kit.NewBox(kit.Coat{}), mark: kit.NewMark(kit.MarkAsk, kit.ColorOnWarning, kit.ColorWarning, kit.Unit(kit.SizeIcon))}
	f.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	f.asOf = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")
	gap := kit.Unit(kit.SizeGap)
	f.object = kit.Layers(f.box, kit.Inset(kit.Row(gap, kit.UpTo(f.part), kit.Spring(), kit.Natural(f.mark), kit.Natural(f.asOf)), gap, 0, gap, 0))
	return f
}

func (f *foot) render(m Model, room int) {
	part := ""
	if m.Count > 0 {
		part = f.tongue.Text("pick.part", "from", m.First+1, "to", min(m.First+room, m.Count), "of", m.Count)
	}
	f.part.Set(part)
	asOf := ""
	if !m.AsOf.IsZero() {
		pairs := []any{"time", m.AsOf.Format("15:04:05"), "age", clock.Span(f.tongue, m.Now.Sub(m.AsOf))}
		asOf = f.tongue.Text("overdue.as_of", pairs...)
		if m.Stale {
			asOf = f.tongue.Text("overdue.stale", pairs...)
		}
	}
	f.asOf.Set(asOf)
	ink, fill := kit.ColorSoft, fyne.ThemeColorName("")
	if m.Stale {
		ink, fill = kit.ColorOnWarning, kit.ColorWarning
	}
	f.box.Paint(kit.Coat{Fill: fill, Radius: kit.SizeRadiusSmall})
	f.part.Paint(ink, m.Stale)
	f.asOf.Paint(ink, m.Stale)
	kit.Show(f.mark, m.Stale)
}
