package pack

import (
	"fmt"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// open shows the piece to take now, and the parcel's other lines at the side.
type open struct {
	object  *fyne.Container
	tongue  words.Tongue
	picture *kit.Picture
	name    *kit.Text
	variant *kit.Steps
	marks   *marks
	take    *kit.Steps
	count   *kit.Text
	blocks  *kit.Blocks
	bin     *kit.Text
	place   *fyne.Container
	lot     *kit.Text
	side    *side
}

// variantSteps never cut a size or a colour: the wrong one is what costs money.
var variantSteps = []kit.Step{
	{Size: kit.SizeVariant, Lines: 1}, {Size: kit.SizeSay, Lines: 1}, {Size: kit.SizeSay, Lines: 2},
	{Size: kit.SizeWord, Lines: 2}, {Size: kit.SizeHead, Lines: 3}, {Size: kit.SizeSub, Lines: 5}, {Size: kit.SizeText, Lines: 7},
}

func newOpen(tongue words.Tongue, press func(string)) *open {
	o := &open{tongue: tongue, picture: kit.NewPicture(), blocks: kit.NewBlocks(), side: newSide(tongue, press), marks: newMarks(tongue)}
	o.name = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorSoft}, "")
	o.variant = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, variantSteps...)
	o.take = kit.NewSteps(kit.Voice{Color: kit.ColorPrimary, Bold: true},
		kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	o.count = kit.NewText(kit.Voice{Size: kit.SizeBig, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	o.bin = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	label := kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, tongue.Text("pack.bin"))
	gap := kit.Unit(kit.SizeGap)
	o.place = kit.Row(gap, kit.Natural(kit.NewIcon(kit.SignBin, kit.ColorSoft, kit.Line(kit.SizeText))), kit.Natural(label), kit.UpTo(o.bin))
	o.lot = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")

	// The words stand on the figures' base line, not in their middle.
	act := kit.Row(2*gap, kit.Grow(kit.Inset(o.take, 0, gap, 0, 0)).Across(), kit.Natural(o.count))
	column := kit.Column(0, kit.Natural(o.name), kit.Natural(o.variant), kit.Spring(),
		kit.Fixed(act, kit.Line(kit.SizeBig)), kit.Space(gap), kit.Fixed(o.blocks.Object, kit.Unit(kit.SizeRow)),
		kit.Spring(), kit.Natural(kit.Row(2*gap, kit.Natural(o.place), kit.UpTo(o.lot))))
	box, pad := kit.NewBox(kit.CoatCard), kit.Unit(kit.SizeGap3)
	o.object = kit.Place(func(size fyne.Size) {
		main := mainWidth(size)
		kit.Put(box, 0, 0, main, size.Height)
		height := size.Height - 2*pad
		width := max(kit.Unit(kit.SizePicture), min(main/2, height*pictureAspect))
		kit.Put(o.picture, pad, pad, width, height)
		kit.Put(o.marks.object, pad+gap, pad+gap, width-2*gap, height-2*gap)
		kit.Put(column, 2*pad+width, pad, main-width-3*pad, height)
		kit.Put(o.side.object, main+pad, 0, size.Width-main-pad, size.Height)
	}, box, o.picture, o.marks.object, column, o.side.object)
	return o
}

// pictureAspect is the width of the picture by its height: goods are taller than wide more often than not.
const pictureAspect = 0.85

// mainWidth is what the hands' work takes of the body; the list of lines has the rest.
func mainWidth(size fyne.Size) float32 {
	const share = 0.705
	return float32(int(size.Width * share))
}

func (o *open) render(m Model) {
	l := m.Take
	o.picture.Set(l.Photo, l.SKU)
	o.name.Set(l.Name)
	variant := l.Variant
	if variant == "" {
		variant = l.SKU // without a variant the SKU is what tells two goods apart
	}
	o.variant.Set(variant)
	o.marks.set(l.Marks)
	more := max(0, l.Of-l.Taken)
	switch {
	case more == 0:
		o.take.Set(o.tongue.Text("pack.take.none"))
	case l.Taken == 0:
		o.take.Set(o.tongue.Text("pack.take", "n", more))
	default:
		o.take.Set(o.tongue.Text("pack.take.more", "n", more))
	}
	o.count.Grow(kit.SizeBig)
	if l.Of >= 10 {
		o.count.Grow(kit.SizeSay) // more digits leave room for the act beside them
	}
	o.count.Set(outOf(l.Taken, l.Of))
	o.blocks.Set(l.Taken, l.Of)
	o.bin.Set(l.Bin)
	kit.Show(o.place, l.Bin != "")
	o.lot.Set(o.tongue.Say(l.Lot))
	o.side.render(m)
}

func outOf(taken, of int) string { return fmt.Sprintf("%d / %d", taken, of) }
