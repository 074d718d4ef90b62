package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// done is the green band of a confirmed parcel. It lies over the page and takes nothing: the next scan already counts.
type done struct{ object *fyne.Container }

func newDone(tongue words.Tongue) *done {
	floor := kit.NewBox(kit.Coat{Fill: kit.ColorSuccess})
	word := kit.NewText(kit.Voice{Size: kit.SizeTail, Color: kit.ColorOnSuccess, Bold: true}, tongue.Text("pack.done"))
	row := kit.Row(kit.Unit(kit.SizeGap3), kit.Spring(),
		kit.Natural(kit.NewIcon(kit.SignTick, kit.ColorOnSuccess, kit.Unit(kit.SizeTail))), kit.Natural(word), kit.Spring())
	band := kit.Layers(floor, row)
	object := kit.Place(func(size fyne.Size) {
		const share = 0.4 // of the page's height: what was there before stays to be seen above and below
		height := size.Height * share
		kit.Put(band, 0, (size.Height-height)/2, size.Width, height)
	}, band)
	return &done{object}
}

func (d *done) render(m Model) {
	since := m.Now.Sub(m.DoneAt)
	kit.Show(d.object, !m.DoneAt.IsZero() && since >= 0 && since < DoneTime)
}
