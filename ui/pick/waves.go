package pick

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// waves are the waves that are open, as whole rows.
type waves struct {
	object *fyne.Container
	tongue words.Tongue
	title  *kit.Text
	part   *kit.Text
	none   *kit.Steps
	list   *fyne.Container
	rows   []*waveRow
	open   func(int)
	model  Model
	first  int
}

func newWaves(tongue words.Tongue, open func(int)) *waves {
	w := &waves{tongue: tongue, open: open}
	w.title = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	w.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	w.none = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 4})
	w.none.Set(tongue.Text("pick.waves.none"))
	w.list = kit.Place(w.fill)
	gap := kit.Unit(kit.SizeGap)
	head := kit.Row(gap, kit.Grow(w.title), kit.Natural(w.part))
	w.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(gap, kit.Fixed(head, kit.Unit(kit.SizeRow)), kit.Natural(w.none), kit.Grow(w.list)), 2*gap, gap, 2*gap, gap))
	return w
}

// waveHeight is a row of a wave with the room under it.
func waveHeight() float32 {
	return kit.Line(kit.SizeSub) + kit.Line(kit.SizeText) + 4*kit.Unit(kit.SizeGap)
}

func (w *waves) room() int {
	return max(1, int((w.list.Size().Height+kit.Unit(kit.SizeGap))/waveHeight()))
}

func (w *waves) render(m Model) {
	w.model = m
	w.title.Set(w.tongue.Text("pick.waves", "count", len(m.Waves)))
	kit.Show(w.none, len(m.Waves) == 0)
	w.fill(w.list.Size())
}

// fill shows the page of whole rows that the chosen one is on.
func (w *waves) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	all, room := w.model.Waves, w.room()
	w.first = max(0, w.model.Chosen) / room * room // whole pages: nothing moves while the next one is chosen
	shown := min(room, len(all)-w.first)
	for len(w.rows) < shown {
		n := len(w.rows)
		row := newWaveRow(w.tongue, func() { w.open(w.first + n) })
		w.rows = append(w.rows, row)
		w.list.Objects = append(w.list.Objects, row.object)
	}
	for i, row := range w.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			kit.Put(row.object, 0, float32(i)*waveHeight(), size.Width, waveHeight()-kit.Unit(kit.SizeGap))
			row.render(all[w.first+i], w.model.Now, w.first+i == w.model.Chosen)
		}
	}
	part := ""
	if len(all) > shown {
		part = w.tongue.Text("pick.part", "from", w.first+1, "to", w.first+shown, "of", len(all))
	}
	w.part.Set(part)
}

// waveRow is a wave that is open.
type waveRow struct {
	object *fyne.Container
	tongue words.Tongue
	box    *kit.Box
	code   *kit.Text
	due    *kit.Text
	sum    *kit.Text
	packed *kit.Text
	bar    *progressBar
}

func newWaveRow(tongue words.Tongue, pressed func()) *waveRow {
	r := &waveRow{tongue: tongue, box: kit.NewBox(kit.Coat{}), bar: newProgressBar()}
	r.code = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	r.due = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	r.sum = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	r.packed = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	gap := kit.Unit(kit.SizeGap)
	head := kit.Row(gap, kit.UpTo(r.code), kit.Spring(), kit.Natural(r.due))
	line := kit.Row(gap, kit.Grow(r.sum), kit.Natural(r.packed))
	column := kit.Column(kit.Unit(kit.SizeHalf), kit.Natural(head), kit.Natural(line), kit.Fixed(r.bar.object, gap))
	r.object = kit.Layers(r.box, kit.Inset(column, gap+kit.Unit(kit.SizeHalf), 0, gap+kit.Unit(kit.SizeHalf), gap), kit.NewTap(pressed))
	return r
}

func (r *waveRow) render(of Wave, now time.Time, chosen bool) {
	coat := kit.Coat{Fill: kit.ColorSurfaceAlt, Stroke: kit.ColorSeparator, Width: kit.SizeHair, Radius: kit.SizeRadius}
	if chosen {
		coat = kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	}
	r.box.Paint(coat)
	r.code.Set(of.Code)
	due, late := clock.Due(r.tongue, of.Due, now)
	r.due.Set(due)
	ink := kit.ColorForeground
	if late {
		ink = kit.ColorErrorDeep
	}
	r.due.Paint(ink, true)
	r.sum.Set(r.tongue.Text("unit.pair", "a", of.Shape, "b", r.tongue.Text("unit.pieces", "count", of.Pieces)))
	r.packed.Set(stage(r.tongue, of))
	r.bar.set(of)
}

// stage is how far a wave is, by the last of picking, sorting and packing that has begun.
func stage(tongue words.Tongue, of Wave) string {
	switch {
	case of.Packed > 0 || of.Picked == 0:
		return tongue.Text("pick.packed", "packed", of.Packed, "of", of.Parcels-of.Out)
	case of.Sorted > 0:
		return tongue.Text("pick.sorted", "sorted", of.Sorted, "of", of.Pieces)
	}
	return tongue.Text("pick.picked", "picked", of.Picked, "of", of.Pieces)
}

// progressBar is how far a wave is: its picked pieces, and over them its packed parcels.
type progressBar struct {
	object *fyne.Container
	of     Wave
}

func newProgressBar() *progressBar {
	b := &progressBar{}
	edge := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeHair, Radius: kit.SizeRadiusSmall})
	picked := kit.NewBox(kit.Coat{Fill: kit.ColorPrimary, Radius: kit.SizeRadiusSmall})
	packed := kit.NewBox(kit.Coat{Fill: kit.ColorSuccess, Radius: kit.SizeRadiusSmall})
	b.object = kit.Place(func(size fyne.Size) {
		share := func(part, of int) float32 { return size.Width * float32(min(part, of)) / float32(max(1, of)) }
		kit.Put(edge, 0, 0, size.Width, size.Height)
		kit.Put(picked, 0, 0, share(b.of.Picked, b.of.Pieces), size.Height)
		kit.Put(packed, 0, 0, share(b.of.Packed, b.of.Parcels-b.of.Out), size.Height)
	}, edge, picked, packed)
	return b
}

func (b *progressBar) set(of Wave) {
	b.of = of
	kit.Arrange(b.object)
}
