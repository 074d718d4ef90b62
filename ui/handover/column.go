package handover

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// column is a carrier: how many of its parcels are on the sheet, which are missing, and the button that closes it.
type column struct {
	object  *fyne.Container
	tongue  words.Tongue
	box     *kit.Box
	name    *kit.Steps
	where   *kit.Steps
	note    *kit.Steps
	here    *fyne.Container
	scanned *kit.Text
	of      *kit.Text
	left    *kit.Steps
	bar     *bar
	toPack  *kit.Text
	title   *kit.Text // over the missing
	part    *kit.Text
	lack    *fyne.Container
	rows    *rows
	all     *fyne.Container // in the place of the missing
	allSaid *kit.Steps
	act     *closing
}

func newColumn(tongue words.Tongue, choose, closeSheet func()) *column {
	c := &column{tongue: tongue, box: kit.NewBox(kit.CoatCard), bar: newBar(), rows: newRows(tongue), act: newClosing(tongue, closeSheet)}
	c.name = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	c.where = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeText, Lines: 2})
	c.note = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	c.here = newHere(tongue)
	c.scanned = kit.NewText(kit.Voice{Size: kit.SizeVariant, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	c.of = kit.NewText(kit.Voice{Size: kit.SizeWord, Color: kit.ColorSoft, Bold: true, Face: kit.FaceFigures}, "")
	c.left = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignTrailing}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	c.toPack = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
	c.title = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, tongue.Text("shelfpage.missing"))
	c.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Face: kit.FaceFigures}, "")
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	left := kit.Column(0, kit.Spring(), kit.Natural(c.left), kit.Spring())
	figures := kit.Row(gap, kit.Natural(c.scanned), kit.Natural(c.of), kit.Grow(left).Across())
	lackHead := kit.Row(gap, kit.Grow(c.title), kit.Natural(c.part))
	c.lack = kit.Column(0, kit.Natural(lackHead), kit.Grow(c.rows.object))
	c.all, c.allSaid = newAll(tongue)
	about := kit.Column(0, kit.Natural(c.name), kit.Natural(c.where), kit.Natural(c.note), kit.Natural(c.here), kit.Fixed(figures, kit.Line(kit.SizeBig)), kit.Fixed(c.bar.object, 2*gap),
		kit.Space(gap), kit.Natural(c.toPack), kit.Grow(kit.Layers(c.lack, c.all)))
	parts := kit.Column(gap, kit.Grow(kit.Layers(about, kit.NewTap(choose))), kit.Fixed(c.act.object, kit.Unit(kit.SizeButton)))
	c.object = kit.Layers(c.box, kit.Inset(parts, pad, 2*gap, pad, 2*gap))
	return c
}

// newHere is the sign that what was scanned last goes into this cage.
func newHere(tongue words.Tongue) *fyne.Container {
	gap := kit.Unit(kit.SizeGap)
	word := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorOnPrimary, Bold: true}, tongue.Text("shelfpage.here"))
	row := kit.Row(gap, kit.Natural(kit.NewIcon(kit.SignArrow, kit.ColorOnPrimary, kit.Unit(kit.SizeIcon))), kit.UpTo(word))
	pill := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorPrimary, Radius: kit.SizeRadius}), kit.Inset(row, gap, kit.Unit(kit.SizeHalf), gap, kit.Unit(kit.SizeHalf)))
	return kit.Row(0, kit.UpTo(pill).Across(), kit.Spring())
}

// newAll says that every parcel is on the sheet, and what follows.
func newAll(tongue words.Tongue) (*fyne.Container, *kit.Steps) {
	said := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignCenter}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	hint := kit.NewSteps(kit.Voice{Color: kit.ColorSoft, Align: fyne.TextAlignCenter}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	hint.Set(tongue.Text("shelfpage.all.hint"))
	box, sign := kit.NewBox(kit.Coat{Fill: kit.ColorSuccess, Radius: kit.SizeRadius}), kit.NewIcon(kit.SignTick, kit.ColorOnSuccess, kit.Unit(kit.SizeRow))
	tick := kit.Place(func(size fyne.Size) {
		side := min(size.Height, kit.Unit(kit.SizeMarkBig))
		kit.Put(box, (size.Width-side)/2, (size.Height-side)/2, side, side)
		kit.Put(sign, (size.Width-side)/2, (size.Height-side)/2, side, side)
	}, box, sign)
	gap := kit.Unit(kit.SizeGap)
	return kit.Inset(kit.Column(gap, kit.Grow(tick), kit.Natural(said), kit.Natural(hint)), 0, gap, 0, gap), said
}

// render shows a carrier from its first missing parcel on. keyed tells that the closing key stands on its button.
func (c *column) render(of Column, first int, chosen, keyed bool) {
	c.box.Paint(coatOf(of, chosen))
	c.name.Set(of.Carrier)
	where := c.tongue.Say(of.Where)
	c.where.Set(where)
	kit.Show(c.where, where != "")
	note := c.tongue.Say(of.Note)
	c.note.Set(note)
	kit.Show(c.note, note != "" && !of.Lit)
	kit.Show(c.here, of.Lit)
	c.figures(of)
	c.bar.set(of.Scanned, of.Expected)
	c.toPack.Set(c.tongue.Text("shelfpage.to_pack", "count", of.ToPack))
	kit.Show(c.toPack, of.ToPack > 0)
	c.allSaid.Set(c.tongue.Text("shelfpage.all", "count", of.Scanned))
	kit.Show(c.all, of.Complete() && len(of.TakeOut) == 0)
	kit.Show(c.lack, !of.Complete() || len(of.TakeOut) > 0)
	c.rows.render(of, first)
	kit.Show(c.title, len(of.Missing) > 0)
	c.act.render(of, chosen, keyed)
	kit.Arrange(c.object)
	part := "" // how many rows there is room for is known once the column is laid out
	if room := c.rows.room(); len(of.Missing) > room {
		part = c.tongue.Text("shelfpage.missing.part", "from", c.rows.first+1, "to", c.rows.first+room, "of", len(of.Missing))
	}
	c.part.Set(part)
	kit.Arrange(c.lack)
}

// coatOf is how a column stands out: the one a scan belongs to is filled, the chosen one has a thick edge, a complete one a green edge.
func coatOf(of Column, chosen bool) kit.Coat {
	coat := kit.CoatCard
	if of.Complete() {
		coat.Stroke, coat.Width = kit.ColorSuccess, kit.SizeStroke
	}
	if chosen {
		coat.Width = kit.SizeLoud
		if !of.Complete() {
			coat.Stroke = kit.ColorPrimary
		}
	}
	if of.Lit {
		coat.Fill, coat.Stroke, coat.Width = kit.ColorPrimarySoft, kit.ColorPrimary, kit.SizeLoud
	}
	return coat
}

func (c *column) figures(of Column) {
	scanned, expected := strconv.Itoa(of.Scanned), "/ "+strconv.Itoa(of.Expected)
	large, small := kit.SizeVariant, kit.SizeWord
	if len(scanned) > 2 || len(expected) > len("/ 99") {
		large, small = kit.SizeSay, kit.SizeHead
	}
	c.scanned.Grow(large)
	c.of.Grow(small)
	c.scanned.Set(scanned)
	c.of.Set(expected)
	left := ""
	switch {
	case of.Complete():
		left = c.tongue.Text("shelfpage.left.none")
	case len(of.Missing) > 0:
		left = c.tongue.Text("shelfpage.left", "count", len(of.Missing))
	case of.toTakeOff() > 0:
		left = c.tongue.Text("shelfpage.left.out", "count", of.toTakeOff())
	}
	c.left.Set(left)
}

// bar is how much of a sheet is scanned.
type bar struct {
	object      *fyne.Container
	scanned, of int
}

func newBar() *bar {
	b := &bar{}
	edge := kit.NewBox(kit.Coat{Fill: kit.ColorRepeatSoft, Stroke: kit.ColorOutline, Width: kit.SizeHair, Radius: kit.SizeRadiusSmall})
	full := kit.NewBox(kit.Coat{Fill: kit.ColorSuccess, Radius: kit.SizeRadiusSmall})
	b.object = kit.Place(func(size fyne.Size) {
		kit.Put(edge, 0, 0, size.Width, size.Height)
		kit.Put(full, 0, 0, size.Width*float32(min(b.scanned, b.of))/float32(max(1, b.of)), size.Height)
	}, edge, full)
	return b
}

func (b *bar) set(scanned, of int) {
	b.scanned, b.of = scanned, of
	kit.Arrange(b.object)
}
