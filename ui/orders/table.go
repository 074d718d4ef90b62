package orders

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// table is the rows that are seen: as many as there is room for, whatever number there is in all. Beside an open order it has its first columns only.
type table struct {
	object *fyne.Container
	tongue words.Tongue
	head   *row
	list   *fyne.Container
	rows   []*row
	none   *kit.Steps
	open   func(int)
	model  Model
}

func newTable(tongue words.Tongue, open func(int)) *table {
	t := &table{tongue: tongue, open: open, head: newRow(tongue, nil)}
	t.head.title()
	t.none = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 2})
	t.none.Set(tongue.Text("orders.none"))
	t.list = kit.Place(t.fill, t.none)
	gap := kit.Unit(kit.SizeGap)
	head := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorSurfaceAlt, Radius: kit.SizeRadius}), kit.Inset(t.head.object, 2*gap, 0, gap, 0))
	hair := kit.Unit(kit.SizeHair)
	t.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(0, kit.Fixed(head, kit.Unit(kit.SizeBadge)), kit.Grow(t.list)), hair, hair, hair, hair))
	return t
}

func (t *table) room() int { return max(1, int(t.list.Size().Height/kit.Unit(kit.SizeRow))) }

func (t *table) render(m Model) {
	t.model = m
	t.head.narrow(m.IsOpen)
	kit.Show(t.none, len(m.Rows) == 0 && !m.Counting)
	t.fill(t.list.Size())
}

func (t *table) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	gap := kit.Unit(kit.SizeGap)
	kit.Put(t.none, 2*gap, gap, size.Width-4*gap, t.none.HeightFor(size.Width-4*gap))
	shown := min(t.room(), len(t.model.Rows))
	for len(t.rows) < shown {
		n := len(t.rows)
		made := newRow(t.tongue, func() { t.open(n) })
		t.rows = append(t.rows, made)
		t.list.Objects = append(t.list.Objects, made.object)
	}
	for i, row := range t.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			row.narrow(t.model.IsOpen)
			row.render(t.model.Rows[i], t.model.Now, i == t.model.Chosen)
			kit.Put(row.object, 0, float32(i)*kit.Unit(kit.SizeRow), size.Width, kit.Unit(kit.SizeRow))
		}
	}
}

// row is a parcel, or the heads of the columns.
type row struct {
	object *fyne.Container
	tongue words.Tongue
	box    *kit.Box
	mark   *fyne.Container // keeps the sign's room where there is none
	sign   *kit.Icon
	number *kit.Text
	market *kit.Text
	state  *kit.Text
	due    *kit.Text
	pieces *kit.Text
	wave   *kit.Text
	rest   *kit.Text // the carrier
}

// The widths of the columns; the carrier has what is left.
const (
	numberWidth = 232
	marketWidth = 40
	dueWidth    = 160
	stateWidth  = 200
	piecesWidth = 72
	waveWidth   = 128
)

func newRow(tongue words.Tongue, pressed func()) *row {
	r := &row{tongue: tongue, box: kit.NewBox(kit.Coat{}), sign: kit.NewIcon(kit.SignQueued, kit.ColorSoft, kit.Unit(kit.SizeIcon))}
	text := func(face kit.Face) *kit.Text {
		if pressed == nil {
			face = 0 // a head is words
		}
		return kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Face: face}, "")
	}
	r.number, r.market, r.state, r.due, r.pieces, r.wave, r.rest = text(kit.FaceCode), text(kit.FaceFigures), text(0), text(0), text(kit.FaceFigures), text(kit.FaceCode), text(0)
	r.mark = kit.Layers(r.sign)
	gap := kit.Unit(kit.SizeGap)
	cells := kit.Row(gap, kit.Fixed(r.number, numberWidth), kit.Fixed(r.due, dueWidth), kit.Fixed(r.market, marketWidth), kit.Fixed(r.mark, kit.Unit(kit.SizeIcon)).Across(), kit.Fixed(r.state, stateWidth),
		kit.Fixed(r.pieces, piecesWidth), kit.Fixed(r.wave, waveWidth), kit.Grow(r.rest))
	if pressed == nil {
		r.object = cells
		return r
	}
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	r.object = kit.Layers(r.box, kit.Column(0, kit.Grow(kit.Inset(cells, 2*gap, 0, gap, 0)), kit.Fixed(line, kit.Unit(kit.SizeHair))), kit.NewTap(pressed))
	return r
}

// narrow leaves the number and the deadline alone.
func (r *row) narrow(narrow bool) {
	for _, cell := range []fyne.CanvasObject{r.market, r.mark, r.state, r.pieces, r.wave, r.rest} {
		kit.Show(cell, !narrow)
	}
}

// title makes the row the heads of the columns.
func (r *row) title() {
	for cell, word := range map[*kit.Text]string{
		r.number: r.tongue.Text("orders.head.order"), r.due: r.tongue.Text("orders.head.due"), r.state: r.tongue.Text("orders.head.state"),
		r.pieces: r.tongue.Text("orders.head.pieces"), r.wave: r.tongue.Text("orders.head.wave"), r.rest: r.tongue.Text("orders.head.carrier"),
	} {
		cell.Set(word)
		cell.Paint(kit.ColorSoft, false)
	}
	r.sign.Hide()
}

// toneMarks are the signs of tones; what is neither good nor bad has none.
var toneMarks = map[kit.Tone]struct {
	sign       kit.Sign
	shape, cut fyne.ThemeColorName
}{
	kit.Calm: {kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess}, kit.Loud: {kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning}, kit.Bad: {kit.MarkRefused, kit.ColorError, kit.ColorOnError},
}

func (r *row) render(of Row, now time.Time, chosen bool) {
	fill := kit.ColorSurface
	if chosen {
		fill = kit.ColorPrimarySoft
	}
	r.box.Paint(kit.Coat{Fill: fill})
	number := of.Order
	if of.Orders > 1 {
		number = r.tongue.Text("orders.more", "order", of.Order, "n", of.Orders-1)
	}
	r.number.Set(number)
	r.number.Paint(kit.ColorForeground, chosen)
	r.market.Set(of.Market)
	mark := toneMarks[of.State.Tone]
	if kit.Show(r.sign, of.State.Tone != kit.Told); r.sign.Visible() {
		r.sign.Paint(mark.sign, mark.shape, mark.cut)
	}
	r.state.Set(r.tongue.Say(of.State.Said))
	due, late := clock.Due(r.tongue, of.Due, now)
	r.due.Set(due)
	ink := kit.ColorForeground
	if late {
		ink = kit.ColorErrorDeep
	}
	r.due.Paint(ink, late)
	r.pieces.Set(strconv.Itoa(of.Pieces))
	r.wave.Set(of.Wave)
	r.rest.Set(of.Carrier)
}
