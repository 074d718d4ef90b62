package wall

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// look is how a place looks: its box, its inks, its sign and its word.
type look struct {
	coat       kit.Coat
	number     fyne.ThemeColorName
	sign       kit.Sign // none for Lacking, whose blocks say it
	shape, cut fyne.ThemeColorName
	word       order.Said
}

func coat(fill, stroke fyne.ThemeColorName, width fyne.ThemeSizeName) kit.Coat {
	return kit.Coat{Fill: fill, Stroke: stroke, Width: width, Radius: kit.SizeRadius}
}

// looks are those of the states; a place that is lit, or next to be packed, has one of its own.
var looks = [states]look{
	Empty:    {coat(kit.ColorSurfaceAlt, kit.ColorSeparator, kit.SizeStroke), kit.ColorFaint, kit.SignQueued, kit.ColorFaint, "", order.Say("wall.empty")},
	Lacking:  {coat(kit.ColorSurface, kit.ColorOutline, kit.SizeStroke), kit.ColorForeground, "", "", "", order.Said{}},
	Complete: {coat(kit.ColorSuccessSoft, kit.ColorSuccess, kit.SizeStroke), kit.ColorSuccessDeep, kit.SignTick, kit.ColorSuccessDeep, "", order.Say("wall.complete")},
	Packing:  {coat(kit.ColorPrimarySoft, kit.ColorPrimary, kit.SizeStroke), kit.ColorForeground, kit.SignPack, kit.ColorForeground, "", order.Say("wall.packing")},
	Waiting:  {coat(kit.ColorWarningSoft, kit.ColorWarningHatch, kit.SizeStroke), kit.ColorForeground, kit.SignPerson, kit.ColorForeground, "", order.Say("wall.waiting")},
	Stopped:  {coat(kit.ColorWarningSoft, kit.ColorWarning, kit.SizeLoud), kit.ColorForeground, kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, order.Say("wall.stopped")},
	Foreign:  {coat(kit.ColorSurfaceAlt, kit.ColorOutline, kit.SizeStroke), kit.ColorFaint, kit.SignParcels, kit.ColorFaint, "", order.Say("wall.foreign")},
}

var (
	litLook  = look{coat(kit.ColorPrimary, kit.ColorForeground, kit.SizeLoud), kit.ColorOnPrimary, kit.SignArrow, kit.ColorOnPrimary, "", order.Say("wall.here")}
	nextLook = look{coat(kit.ColorSuccess, kit.ColorForeground, kit.SizeLoud), kit.ColorOnSuccess, kit.SignTick, kit.ColorOnSuccess, "", order.Say("wall.next")}
)

// lookOf is how a place looks.
func lookOf(p Place) look {
	switch {
	case p.Lit:
		return litLook
	case p.Next == 1:
		return nextLook
	}
	l := looks[p.State]
	if p.Next > 1 {
		l.word = order.Say("wall.next.later", "n", p.Next)
	}
	if p.State == Stopped && p.Why.Key != "" {
		l.word = p.Why
	}
	return l
}

// tile is a place: its number, and pieces that fill it, or what else is the matter with it. Where it is small the words stand in the legend.
type tile struct {
	object *fyne.Container
	tongue words.Tongue
	box    *kit.Box
	number *kit.Text
	word   *kit.Text
	sign   *kit.Icon
	mark   *kit.Icon // as sign, where there is little room
	pieces *pieces
	name   string
	small  bool
}

// smallSign is the side of a sign where there is little room.
const smallSign float32 = 14

func newTile(tongue words.Tongue) *tile {
	t := &tile{tongue: tongue, box: kit.NewBox(kit.Coat{}), sign: kit.NewIcon(kit.SignQueued, kit.ColorFaint, kit.Unit(kit.SizeIcon)), pieces: newPieces()}
	t.mark = kit.NewIcon(kit.SignQueued, kit.ColorFaint, smallSign)
	t.number = kit.NewText(kit.Voice{Size: kit.SizeWord, Bold: true, Face: kit.FaceFigures}, "")
	t.word = kit.NewText(kit.Voice{Size: kit.SizeText, Bold: true}, "")
	t.object = kit.Place(t.fit, t.box, t.number, t.word, t.sign, t.mark, t.pieces.object)
	return t
}

func (t *tile) render(p Place, small bool) {
	l := lookOf(p)
	t.small, t.name = small, p.Name
	t.box.Paint(l.coat)
	t.number.Paint(l.number, true)
	t.word.Set(t.tongue.Say(l.word))
	t.word.Paint(l.number, true)
	fills := p.Lit || p.State == Lacking
	kit.Show(t.sign, l.sign != "" && !small)
	kit.Show(t.mark, l.sign != "" && small && !fills)
	if l.sign != "" {
		t.sign.Paint(l.sign, l.shape, l.cut)
		t.mark.Paint(l.sign, l.shape, l.cut)
	}
	kit.Show(t.pieces.object, fills)
	kit.Show(t.word, !fills && !small)
	t.pieces.set(p.In, p.Of, p.Lit)
}

// numberSizes are the sizes a number may have, the largest first.
var numberSizes = []fyne.ThemeSizeName{kit.SizeBig, kit.SizeSay, kit.SizeWord, kit.SizeHead, kit.SizeSub, kit.SizeLead, kit.SizeText}

func (t *tile) fit(size fyne.Size) {
	if size.IsZero() {
		return
	}
	kit.Put(t.box, 0, 0, size.Width, size.Height)
	if t.small {
		t.fitSmall(size)
		return
	}
	gap, icon, line := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeIcon), kit.Line(kit.SizeText)
	room, top := size.Width-2*gap, size.Height-line-2*gap
	if t.sign.Visible() {
		room -= icon + kit.Unit(kit.SizeHalf)
	}
	t.grow(room, top)
	kit.Put(t.number, gap, gap, room, max(0, top-gap))
	kit.Put(t.sign, size.Width-gap-icon, gap, icon, max(0, top-gap))
	kit.Put(t.word, gap, size.Height-line-gap, size.Width-2*gap, line)
	high := kit.Unit(kit.SizeGap2)
	kit.Put(t.pieces.object, gap, size.Height-gap-(line+high)/2, size.Width-2*gap, high)
}

// fitSmall sets the number over its sign or its pieces.
func (t *tile) fitSmall(size fyne.Size) {
	edge, blocks := kit.Unit(kit.SizeHalf), kit.Unit(kit.SizeGap)
	low := smallSign
	if t.pieces.object.Visible() {
		low = blocks
	}
	top := size.Height - low - 2*edge
	t.grow(size.Width-2*edge-2, top)
	kit.Put(t.number, edge+2, edge/2, size.Width-2*edge-2, top)
	kit.Put(t.mark, size.Width-edge-smallSign, size.Height-edge-smallSign, smallSign, smallSign)
	kit.Put(t.pieces.object, edge+2, size.Height-edge-blocks, size.Width-2*edge-4, blocks)
}

// grow gives the number the largest size that fits. A tote's code that fits at none is told by its end.
func (t *tile) grow(width, height float32) {
	t.number.Set(t.name)
	for _, s := range numberSizes {
		t.number.Grow(s)
		if kit.Unit(s)+2 <= height && t.number.MinSize().Width <= width {
			return
		}
	}
	runes := []rune(t.name)
	for from := 1; from < len(runes) && t.number.MinSize().Width > width; from++ {
		t.number.Set("…" + string(runes[from:]))
	}
}

// pieces are small blocks that fill.
type pieces struct {
	object *fyne.Container
	blocks []*kit.Box
	in, of int
	lit    bool
}

func newPieces() *pieces {
	p := &pieces{}
	p.object = kit.Place(p.fit)
	return p
}

// mostPieces is how many blocks can be told apart in a slot; more pieces share them, and the last one fills with the last piece alone.
const mostPieces = 8

func (p *pieces) set(in, of int, lit bool) {
	if p.in == in && p.of == of && p.lit == lit {
		return
	}
	p.in, p.of, p.lit = in, of, lit
	count := min(of, mostPieces)
	p.object.Objects = p.object.Objects[:0]
	for len(p.blocks) < count {
		p.blocks = append(p.blocks, kit.NewBox(kit.Coat{}))
	}
	full, empty := kit.ColorSuccess, kit.ColorSurface
	edge := kit.ColorOutline
	if lit {
		full, empty, edge = kit.ColorOnPrimary, kit.ColorPrimary, kit.ColorOnPrimary
	}
	for i := range count {
		c := kit.Coat{Fill: empty, Stroke: edge, Width: kit.SizeStroke, Radius: kit.SizeRadiusSmall}
		if i < in*count/max(of, 1) {
			c.Fill, c.Stroke = full, full
		}
		p.blocks[i].Paint(c)
		p.object.Objects = append(p.object.Objects, p.blocks[i])
	}
	p.fit(p.object.Size())
	p.object.Refresh()
}

func (p *pieces) fit(size fyne.Size) {
	const widest = 24
	count, gap := float32(len(p.object.Objects)), kit.Unit(kit.SizeHalf)
	width := min(widest, (size.Width-gap*(count-1))/max(count, 1))
	for i, block := range p.object.Objects {
		kit.Put(block, float32(i)*(width+gap), 0, width, size.Height)
	}
}
