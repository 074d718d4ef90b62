package pick

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// walk is one wave: what it is, and its pick list in the order of the walk.
type walk struct {
	object *fyne.Container
	tongue words.Tongue
	code   *kit.Text
	due    *kit.Text
	sum    *kit.Steps
	packed *kit.Text
	bar    *progressBar
	list   *fyne.Container
	rows   []*stopRow
	part   *kit.Text
	none   *kit.Steps
	report *kit.Report
	acts   *buttons
	model  Model
}

// mostWaveActs is how many acts have room under the walk.
const mostWaveActs = 6

func newWalk(tongue words.Tongue, press func(string)) *walk {
	w := &walk{tongue: tongue, bar: newProgressBar(), report: kit.NewReport(), acts: newButtons(tongue, mostWaveActs, press)}
	w.code = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	w.due = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	w.sum = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 1})
	w.packed = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, "")
	w.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	w.none = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 2})
	w.none.Set(tongue.Text("pick.walk.none"))
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	w.list = kit.Place(w.fill, w.none)
	head := kit.Row(2*gap, kit.UpTo(w.code), kit.Grow(w.sum).Across(), kit.Natural(w.due))
	foot := kit.Row(2*gap, kit.Natural(w.packed), kit.Grow(kit.Column(0, kit.Spring(), kit.Fixed(w.bar.object, 2*gap), kit.Spring())).Across(), kit.Natural(w.part))
	w.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(gap,
		kit.Fixed(head, kit.Line(kit.SizeHead)), kit.Fixed(foot, kit.Line(kit.SizeLead)), kit.Grow(w.list), kit.Natural(w.report), kit.Fixed(w.acts.object, kit.Unit(kit.SizeRow)+gap)),
		pad, gap, pad, 2*gap))
	return w
}

// stopHeight is a thumbnail and the room around it.
func stopHeight() float32 { return kit.Unit(kit.SizeThumb) + kit.Unit(kit.SizeHalf) }

func (w *walk) room() int { return max(1, int(w.list.Size().Height/stopHeight())) }

func (w *walk) render(m Model) {
	w.model = m
	w.code.Set(m.Wave.Code)
	due, late := clock.Due(w.tongue, m.Wave.Due, m.Now)
	w.due.Set(due)
	ink := kit.ColorForeground
	if late {
		ink = kit.ColorErrorDeep
	}
	w.due.Paint(ink, true)
	sum := w.tongue.Text("pick.sum", "parcels", w.tongue.Text("pick.parcels", "count", m.Wave.Parcels), "pieces", w.tongue.Text("unit.pieces", "count", m.Wave.Pieces))
	sum = w.tongue.Text("unit.pair", "a", m.Wave.Shape, "b", sum)
	if m.Wave.Metres > 0 {
		sum = w.tongue.Text("unit.pair", "a", sum, "b", w.tongue.Text("pick.metres", "metres", m.Wave.Metres))
	}
	w.sum.Set(sum)
	packed := w.tongue.Text("pick.packed", "packed", m.Wave.Packed, "of", m.Wave.Parcels-m.Wave.Out)
	if m.Wave.Out > 0 {
		packed = w.tongue.Text("unit.pair", "a", packed, "b", w.tongue.Text("pick.out", "count", m.Wave.Out))
	}
	if m.Wave.Sorted > 0 {
		packed = w.tongue.Text("unit.pair", "a", w.tongue.Text("pick.sorted", "sorted", m.Wave.Sorted, "of", m.Wave.Pieces), "b", packed)
	}
	if m.Wave.Picked > 0 {
		packed = w.tongue.Text("unit.pair", "a", w.tongue.Text("pick.picked", "picked", m.Wave.Picked, "of", m.Wave.Pieces), "b", packed)
	}
	w.packed.Set(packed)
	w.bar.set(m.Wave)
	w.report.Set(m.Report.Tone, w.tongue.Say(m.Report.Said))
	w.acts.render(m.Acts)
	kit.Show(w.none, len(m.Stops) == 0)
	w.fill(w.list.Size())
}

// fill shows as many whole stops as there is room for.
func (w *walk) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	kit.Put(w.none, 0, 0, size.Width, kit.Unit(kit.SizeThumb))
	all, room := w.model.Stops, w.room()
	first := max(0, min(w.model.First, len(all)-1))
	shown := min(room, len(all)-first)
	for len(w.rows) < shown {
		row := newStopRow(w.tongue)
		w.rows = append(w.rows, row)
		w.list.Objects = append(w.list.Objects, row.object)
	}
	for i, row := range w.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			kit.Put(row.object, 0, float32(i)*stopHeight(), size.Width, stopHeight())
			row.render(all[first+i], first+i == w.model.Current)
		}
	}
	part := ""
	if len(all) > 0 {
		part = w.tongue.Text("pick.part", "from", first+1, "to", first+shown, "of", len(all))
	}
	w.part.Set(part)
}

// stopRow is a stop: where, what, how many.
type stopRow struct {
	object  *fyne.Container
	tongue  words.Tongue
	box     *kit.Box
	bin     *kit.Steps
	photo   *kit.Picture
	name    *kit.Text
	variant *kit.Text
	pieces  *kit.Text
	parcels *kit.Text
	into    *kit.Text
	tick    *kit.Icon
}

// The widths of the columns of a stop: a bin is never cut, and names may be.
const binWidth, piecesWidth, parcelsWidth = 184, 128, 192

func newStopRow(tongue words.Tongue) *stopRow {
	r := &stopRow{tongue: tongue, box: kit.NewBox(kit.Coat{}), photo: kit.NewPicture()}
	r.bin = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 3})
	r.name = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, "")
	r.variant = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground}, "")
	r.pieces = kit.NewText(kit.Voice{Size: kit.SizeWord, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures, Align: fyne.TextAlignTrailing}, "")
	r.parcels = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")
	r.into = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignTrailing}, "")
	r.tick = kit.NewMark(kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess, kit.Unit(kit.SizeIcon))
	line, gap := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator}), kit.Unit(kit.SizeGap2)
	r.object = kit.Place(func(size fyne.Size) {
		thumb, half := kit.Unit(kit.SizeThumb), kit.Unit(kit.SizeStroke)
		kit.Put(r.box, 0, 0, size.Width, size.Height-kit.Unit(kit.SizeHair))
		kit.Put(line, 0, size.Height-kit.Unit(kit.SizeHair), size.Width, kit.Unit(kit.SizeHair))
		kit.Put(r.bin, kit.Unit(kit.SizeGap), half, binWidth-kit.Unit(kit.SizeGap), thumb)
		kit.Put(r.photo, binWidth, half, thumb, thumb)
		x := binWidth + thumb + gap
		words := size.Width - x - piecesWidth - parcelsWidth - 2*gap
		kit.Put(r.name, x, half, words, thumb/2)
		kit.Put(r.variant, x, half+thumb/2, words, thumb/2)
		kit.Put(r.parcels, x+words+gap, half, parcelsWidth, thumb)
		if r.into.Visible() {
			kit.Put(r.parcels, x+words+gap, half, parcelsWidth, thumb/2)
			kit.Put(r.into, x+words+gap, half+thumb/2, parcelsWidth, thumb/2)
		}
		kit.Put(r.tick, binWidth+thumb-kit.Unit(kit.SizeIcon), half+thumb-kit.Unit(kit.SizeIcon), kit.Unit(kit.SizeIcon), kit.Unit(kit.SizeIcon))
		kit.Put(r.pieces, size.Width-piecesWidth-kit.Unit(kit.SizeGap), half, piecesWidth, thumb)
	}, r.box, line, r.bin, r.photo, r.name, r.variant, r.parcels, r.into, r.pieces, r.tick)
	return r
}

func (r *stopRow) render(s Stop, current bool) {
	fill := kit.ColorSurface
	if current {
		fill = kit.ColorPrimarySoft
	}
	r.box.Paint(kit.Coat{Fill: fill, Radius: kit.SizeRadius})
	bin := s.Bin
	if bin == "" {
		bin = r.tongue.Text("pick.bin.none")
	}
	r.bin.Set(bin)
	r.photo.Set(s.Photo, s.SKU)
	r.name.Set(s.Name)
	variant := s.SKU
	if s.Variant != "" {
		variant = r.tongue.Text("unit.pair", "a", s.Variant, "b", s.SKU)
	}
	r.variant.Set(variant)
	left := "×" + strconv.Itoa(s.Pieces)
	if s.Picked > 0 && s.Picked < s.Pieces {
		left = strconv.Itoa(s.Picked) + "/" + strconv.Itoa(s.Pieces)
	}
	r.pieces.Set(left)
	parcels := ""
	if s.Parcels > 1 {
		parcels = r.tongue.Text("pick.parcels", "count", s.Parcels)
	}
	r.parcels.Set(parcels)
	kit.Show(r.into, s.Into != "")
	r.into.Set(s.Into)
	all := s.Picked >= s.Pieces // dimmed with a tick, never hidden
	kit.Show(r.tick, all)
	r.photo.Dim(all)
	ink := kit.ColorForeground
	if all {
		ink = kit.ColorFaint
	}
	r.bin.Paint(ink)
	for _, text := range []*kit.Text{r.name, r.pieces, r.into} {
		text.Paint(ink, true)
	}
	r.variant.Paint(ink, false)
}
