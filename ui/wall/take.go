package wall

import (
	"fmt"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// take is the article a picker takes at the stop, and how many pieces of it.
type take struct {
	object  *fyne.Container
	tongue  words.Tongue
	picture *kit.Picture
	name    *kit.Text
	variant *kit.Steps
	more    *kit.Steps
	count   *kit.Text
	blocks  *kit.Blocks
	sku     *kit.Text
}

func newTake(tongue words.Tongue) *take {
	t := &take{tongue: tongue, picture: kit.NewPicture(), blocks: kit.NewBlocks()}
	t.name = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorSoft}, "")
	t.variant = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeBig, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 1},
		kit.Step{Size: kit.SizeWord, Lines: 2}, kit.Step{Size: kit.SizeHead, Lines: 3}, kit.Step{Size: kit.SizeSub, Lines: 5})
	t.more = kit.NewSteps(kit.Voice{Color: kit.ColorPrimary, Bold: true}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	t.count = kit.NewText(kit.Voice{Size: kit.SizeSay, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	t.sku = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Face: kit.FaceCode}, "")
	gap := kit.Unit(kit.SizeGap)
	column := kit.Column(0, kit.Natural(t.name), kit.Natural(t.variant), kit.Spring(), kit.Natural(t.sku), kit.Spring())
	low := kit.Row(2*gap, kit.Grow(t.more).Across(), kit.Natural(t.count))
	box, pad := kit.NewBox(kit.CoatCard), kit.Unit(kit.SizeGap3)
	t.object = kit.Place(func(size fyne.Size) {
		foot := kit.Line(kit.SizeSay) + kit.Unit(kit.SizeRow) + gap
		tall := size.Height - 3*pad - foot
		side := min(tall, size.Width*0.46)
		kit.Put(box, 0, 0, size.Width, size.Height)
		kit.Put(t.picture, pad, pad, side, tall)
		kit.Put(column, 2*pad+side, pad, size.Width-side-3*pad, tall)
		y := 2*pad + tall
		kit.Put(low, pad, y, size.Width-2*pad, kit.Line(kit.SizeSay))
		kit.Put(t.blocks.Object, pad, y+kit.Line(kit.SizeSay)+gap, size.Width-2*pad, kit.Unit(kit.SizeRow))
	}, box, t.picture, column, low, t.blocks.Object)
	return t
}

func (t *take) render(a Article) {
	t.picture.Set(a.Photo, a.SKU)
	t.name.Set(a.named())
	variant := a.Variant
	if variant == "" {
		variant = a.SKU // without a variant the SKU is what tells two goods apart
	}
	t.variant.Set(variant)
	t.sku.Set(a.SKU)
	kit.Show(t.sku, variant != a.SKU)
	t.more.Set(t.tongue.Text("wall.take", "count", max(0, a.Of-a.Done)))
	t.count.Set(outOf(a.Done, a.Of))
	t.blocks.Set(a.Done, a.Of)
}

func outOf(done, of int) string { return fmt.Sprintf("%d / %d", done, of) }
