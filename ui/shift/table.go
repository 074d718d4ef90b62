package shift

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// table is packers and benches by name.
type table struct {
	object *fyne.Container
	list   *fyne.Container
	tongue words.Tongue
	rows   []*row
	none   *kit.Steps
	part   *kit.Text
	model  Model
}

// row is a packer or a bench, or the head of those below it.
type row struct {
	object *fyne.Container
	name   *kit.Text
	cells  [columns]*kit.Text
}

const (
	columns   = 8
	cellWidth = 104
)

// heights of a head of two lines, and of a row.
const (
	headHeight = 64
	rowHeight  = 40
)

func newTable(tongue words.Tongue) *table {
	t := &table{tongue: tongue, part: kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")}
	t.none = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 2})
	t.none.Set(tongue.Text("shift.none"))
	gap := kit.Unit(kit.SizeGap)
	name := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, tongue.Text("shift.head.who"))
	parts := []kit.Part{kit.Grow(name)}
	for _, word := range [columns]string{tongue.Text("shift.head.parcels"), tongue.Text("shift.head.pieces"), tongue.Text("shift.head.pace"), tongue.Text("shift.head.caught"), tongue.Text("shift.head.labels"),
		tongue.Text("shift.head.overrides"), tongue.Text("shift.head.reprints"), tongue.Text("shift.head.time")} {
		head := kit.NewSteps(kit.Voice{Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, kit.Step{Size: kit.SizeText, Lines: 2})
		head.Set(word)
		parts = append(parts, kit.Fixed(kit.Layers(head), cellWidth).Across())
	}
	heads := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorSurfaceAlt, Radius: kit.SizeRadius}), kit.Inset(kit.Row(gap, parts...), 2*gap, 0, 2*gap, 0))
	t.list = kit.Place(t.fill, t.none)
	hair := kit.Unit(kit.SizeHair)
	t.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(0, kit.Fixed(heads, headHeight), kit.Grow(t.list), kit.Fixed(kit.Inset(t.part, 0, 0, 2*gap, 0), kit.Line(kit.SizeText))), hair, hair, hair, hair))
	return t
}

func (t *table) room() int { return max(1, int(t.list.Size().Height/rowHeight)) }

func (t *table) render(m Model) {
	t.model = m
	kit.Show(t.none, len(m.Rows) == 0 && !m.AsOf.IsZero())
	t.fill(t.list.Size())
}

func newRow() *row {
	r := &row{name: kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")}
	gap := kit.Unit(kit.SizeGap)
	parts := []kit.Part{kit.Grow(r.name)}
	for i := range r.cells {
		r.cells[i] = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Face: kit.FaceFigures, Align: fyne.TextAlignTrailing}, "")
		parts = append(parts, kit.Fixed(r.cells[i], cellWidth))
	}
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	r.object = kit.Column(0, kit.Grow(kit.Inset(kit.Row(gap, parts...), 2*gap, 0, 2*gap, 0)), kit.Fixed(line, kit.Unit(kit.SizeHair)))
	return r
}

func (t *table) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	gap := kit.Unit(kit.SizeGap)
	kit.Put(t.none, 2*gap, gap, size.Width-4*gap, t.none.HeightFor(size.Width-4*gap))
	all := t.model.Rows
	first := max(0, min(t.model.First, len(all)-1))
	shown := min(t.room(), len(all)-first)
	for len(t.rows) < shown {
		made := newRow()
		t.rows = append(t.rows, made)
		t.list.Objects = append(t.list.Objects, made.object)
	}
	for i, r := range t.rows {
		kit.Show(r.object, i < shown)
		if i < shown {
			r.render(t.tongue, all[first+i])
			kit.Put(r.object, 0, float32(i)*rowHeight, size.Width, rowHeight)
			kit.Arrange(r.object)
		}
	}
	t.part.Set(partOf(t.tongue, first, shown, len(all)))
}

// partOf says which part of a list is seen; nothing where all of it is.
func partOf(tongue words.Tongue, first, shown, all int) string {
	if shown >= all {
		return ""
	}
	return tongue.Text("pick.part", "from", first+1, "to", first+shown, "of", all)
}

func (r *row) render(tongue words.Tongue, of Row) {
	head := of.Head.Key != ""
	name := of.Name
	switch {
	case head:
		name = tongue.Say(of.Head)
	case name == "":
		name = tongue.Text("shift.nobody")
	}
	r.name.Set(name)
	ink := kit.ColorForeground
	if head {
		ink = kit.ColorSoft
	}
	r.name.Paint(ink, head)
	for i, value := range [columns]string{strconv.Itoa(of.Parcels), strconv.Itoa(of.Pieces), pace(of.LinesAnHour), strconv.Itoa(of.Caught), strconv.Itoa(of.WrongLabels),
		strconv.Itoa(of.Overrides), strconv.Itoa(of.Reprints), clock.Span(tongue, of.Worked)} {
		if head {
			value = ""
		}
		r.cells[i].Set(value)
	}
}
