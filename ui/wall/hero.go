package wall

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// dress is how a mood looks.
type dress struct {
	fill, ink fyne.ThemeColorName
	sign      kit.Sign // none for Calm
}

var dresses = map[Mood]dress{
	Calm:    {kit.ColorPrimary, kit.ColorOnPrimary, ""},
	Refused: {kit.ColorErrorFill, kit.ColorOnFill, kit.MarkRefused},
	Halt:    {kit.ColorWarning, kit.ColorOnWarning, kit.MarkAsk},
}

// hero is the large card at the left: what hands do now, read from two metres.
type hero struct {
	object  *fyne.Container
	tongue  words.Tongue
	box     *kit.Box
	hatch   *kit.Hatch
	mark    *kit.Icon
	title   *kit.Steps
	big     *kit.Steps
	code    *kit.Steps // as big, for what has letters
	tote    *kit.Icon
	got     *kit.Text
	crossed *kit.Icon
	instead *fyne.Container
	note    *kit.Steps
	item    *item
	// text is what stands large, number whether it has figures only.
	text   string
	number bool
}

func newHero(tongue words.Tongue) *hero {
	h := &hero{tongue: tongue, box: kit.NewBox(kit.Coat{}), hatch: kit.NewHatch(), item: newItem()}
	centre := fyne.TextAlignCenter
	h.mark = kit.NewMark(kit.MarkRefused, kit.ColorOnFill, kit.ColorErrorFill, kit.Unit(kit.SizeMarkBig))
	h.title = kit.NewSteps(kit.Voice{Bold: true, Align: centre}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 1},
		kit.Step{Size: kit.SizeHead, Lines: 2}, kit.Step{Size: kit.SizeSub, Lines: 4}, kit.Step{Size: kit.SizeText, Lines: 6})
	h.big = kit.NewSteps(kit.Voice{Bold: true, Face: kit.FaceFigures, Align: centre}, kit.Step{Size: kit.SizeSlot, Lines: 1}, kit.Step{Size: kit.SizeTail, Lines: 1})
	h.code = kit.NewSteps(kit.Voice{Bold: true, Face: kit.FaceCode, Align: centre}, kit.Step{Size: kit.SizeTail, Lines: 1}, kit.Step{Size: kit.SizeVariant, Lines: 1},
		kit.Step{Size: kit.SizeBig, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 2}, kit.Step{Size: kit.SizeHead, Lines: 4})
	h.tote = kit.NewIcon(kit.SignBox, kit.ColorOnPrimary, toteSide)
	h.got = kit.NewText(kit.Voice{Size: kit.SizeBig, Bold: true, Face: kit.FaceFigures}, "")
	h.crossed = kit.NewMark(kit.MarkRefused, kit.ColorOnFill, kit.ColorErrorFill, kit.Unit(kit.SizeSay))
	h.instead = kit.Row(kit.Unit(kit.SizeGap), kit.Spring(), kit.Natural(h.crossed), kit.Natural(h.got), kit.Spring())
	h.note = kit.NewSteps(kit.Voice{Bold: true, Align: centre}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 3})
	h.object = kit.Place(h.fit, h.box, h.hatch, h.mark, h.title, h.instead, h.big, h.code, h.tote, h.note, h.item.object)
	return h
}

// fit sets the title on top, the article at the bottom, and the rest in the middle of what is left: figures as large as there is room for.
func (h *hero) fit(size fyne.Size) {
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	width, y := size.Width-2*pad, pad
	kit.Put(h.box, 0, 0, size.Width, size.Height)
	kit.Put(h.hatch, gap, gap, size.Width-2*gap, pad)
	if h.hatch.Visible() {
		y += pad
	}
	x, room := pad, width
	if side := kit.Unit(kit.SizeMarkBig); h.mark.Visible() {
		kit.Put(h.mark, pad, y, side, side)
		x, room = pad+side+gap, width-side-gap
	}
	title := h.title.HeightFor(room)
	if h.mark.Visible() {
		title = max(title, kit.Unit(kit.SizeMarkBig))
	}
	kit.Put(h.title, x, y, room, title)
	y += title + gap
	bottom := size.Height - pad
	if h.item.object.Visible() {
		height := h.item.heightFor(width)
		kit.Put(h.item.object, pad, bottom-height, width, height)
		bottom -= height + gap
	}
	note, instead := float32(0), float32(0)
	if h.note.Visible() {
		note = h.note.HeightFor(width)
	}
	if h.instead.Visible() {
		instead = kit.Line(kit.SizeBig)
	}
	large := h.number && kit.Line(kit.SizeSlot)+note+instead <= bottom-y && h.big.HeightFor(width) == kit.Line(kit.SizeSlot)
	kit.Show(h.big, large)
	kit.Show(h.code, h.text != "" && !large)
	middle := float32(0)
	switch {
	case large:
		middle = kit.Line(kit.SizeSlot)
	case h.tote.Visible():
		middle = toteSide
	case h.text != "":
		middle = h.code.HeightFor(width)
	}
	y += max(0, (bottom-y-instead-middle-note)/2)
	kit.Put(h.instead, pad, y, width, instead)
	for _, one := range []fyne.CanvasObject{h.big, h.code, h.tote} {
		kit.Put(one, pad, y+instead, width, middle)
	}
	kit.Put(h.note, pad, y+instead+middle, width, note)
}

// toteSide is the side of the picture of a tote: as large as a slot's number is high.
const toteSide = 160

func (h *hero) render(m Hero) {
	d := dresses[m.Mood]
	h.box.Paint(kit.Coat{Fill: d.fill, Stroke: d.fill, Width: kit.SizeHair, Radius: kit.SizeRadius})
	kit.Show(h.hatch, m.Mood == Halt)
	kit.Show(h.mark, d.sign != "")
	if d.sign != "" {
		h.mark.Paint(d.sign, d.ink, d.fill)
	}
	for _, words := range []*kit.Steps{h.title, h.big, h.code, h.note} {
		words.Paint(d.ink)
	}
	h.title.Set(h.tongue.Say(m.Title))
	h.text, h.number = m.Big, m.Big != "" && figures(m.Big)
	if m.Box {
		h.text, h.number = "", false
	}
	h.big.Set(m.Big)
	h.code.Set(m.Big)
	kit.Show(h.tote, m.Box)
	h.tote.Paint(kit.SignBox, d.ink, "")
	kit.Show(h.instead, m.Got != "")
	h.got.Set(m.Got)
	h.got.Paint(d.ink, true)
	h.crossed.Paint(kit.MarkRefused, d.ink, d.fill)
	h.note.Set(h.tongue.Say(m.Note))
	kit.Show(h.note, m.Note.Key != "")
	kit.Show(h.item.object, m.Item.SKU != "")
	if m.Item.SKU != "" {
		h.item.render(m.Item)
	}
}

// figures tells whether a text has figures only.
func figures(text string) bool {
	for _, r := range text {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// item is the article in the hand: its picture, name and variant.
type item struct {
	object  *fyne.Container
	picture *kit.Picture
	name    *kit.Text
	variant *kit.Steps
}

// heightFor is the height it takes in a room of that width: its words are never cut.
func (i *item) heightFor(width float32) float32 {
	gap := kit.Unit(kit.SizeGap)
	words := kit.Line(kit.SizeSub)
	if i.variant.Visible() {
		words += i.variant.HeightFor(width - thumb() - 5*gap)
	}
	return max(thumb(), words) + 2*gap
}

// thumb is the side of its picture.
func thumb() float32 { return kit.Unit(kit.SizeTail) - 2*kit.Unit(kit.SizeGap) }

func newItem() *item {
	i := &item{picture: kit.NewPicture()}
	i.name = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	i.variant = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeLead, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 3})
	gap := kit.Unit(kit.SizeGap)
	words := kit.Column(0, kit.Spring(), kit.Natural(i.name), kit.Natural(i.variant), kit.Spring())
	row := kit.Row(2*gap, kit.Fixed(i.picture, thumb()).Across(), kit.Grow(words).Across())
	box := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorSurface, Width: kit.SizeHair, Radius: kit.SizeRadius})
	i.object = kit.Layers(box, kit.Inset(row, gap, gap, 2*gap, gap))
	return i
}

func (i *item) render(a Article) {
	i.picture.Set(a.Photo, a.SKU)
	i.name.Set(a.named())
	i.variant.Set(a.Variant)
	kit.Show(i.variant, a.Variant != "")
}

// named is what an article is called, its SKU where nothing better is known.
func (a Article) named() string {
	if a.Name != "" {
		return a.Name
	}
	return a.SKU
}
