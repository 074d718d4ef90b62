package printersetup

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/ui/kit"
)

// finder lists the printers there are, and has a field for the address of one that was not found.
type finder struct {
	object *fyne.Container
	rows   [MostFound]*foundRow
	none   *kit.Steps
	shown  int
}

func (s *Screen) newFinder() *finder {
	f := &finder{}
	f.none = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeSub, Lines: 4}, kit.Step{Size: kit.SizeText, Lines: 6})
	f.none.Set(s.tongue.Text("setup.pick.none"))
	cells := []fyne.CanvasObject{f.none}
	for i := range f.rows {
		f.rows[i] = newFoundRow(strconv.Itoa(i+1), func() { s.Key(strconv.Itoa(i + 1)) })
		cells = append(cells, f.rows[i].object)
	}
	gap := kit.Unit(kit.SizeGap2)
	label := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, s.tongue.Text("setup.pick.address"))
	address := kit.Row(gap, kit.Natural(label), kit.Grow(s.entries[Address]).Across())
	f.object = kit.Column(kit.Unit(kit.SizeGap), kit.Grow(kit.Place(f.fill, cells...)), kit.Fixed(address, kit.Unit(kit.SizeButton)))
	return f
}

func (f *finder) content() fyne.CanvasObject { return f.object }

// rowsAColumn is how many printers stand under each other before a second column begins.
const rowsAColumn = 5

func (f *finder) fill(size fyne.Size) {
	gap := kit.Unit(kit.SizeStroke)
	wide, tall := size.Width, min((size.Height-gap*(rowsAColumn-1))/rowsAColumn, kit.Unit(kit.SizeThumb))
	if f.shown > rowsAColumn {
		wide = (size.Width - gap) / 2
	}
	for i, row := range f.rows {
		kit.Put(row.object, float32(i/rowsAColumn)*(wide+gap), float32(i%rowsAColumn)*(tall+gap), wide, tall)
	}
	kit.Put(f.none, 0, 0, size.Width, min(size.Height, f.none.HeightFor(size.Width)))
}

func (f *finder) render(m Model) {
	f.shown = min(len(m.Found), MostFound)
	kit.Show(f.none, f.shown == 0)
	for i, row := range f.rows {
		kit.Show(row.object, i < f.shown)
		if i < f.shown {
			row.render(m.Found[i])
		}
	}
}

// foundRow is what can be chosen by its digit: a printer that was found, by its name and where it is, or an answer in words alone.
type foundRow struct {
	object        *fyne.Container
	box           *kit.Box
	digit         *kit.Text
	name, address *kit.Text
}

func newFoundRow(digit string, pressed func()) *foundRow {
	r := &foundRow{box: kit.NewBox(kit.Coat{})}
	r.digit = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorPrimary, Bold: true, Face: kit.FaceFigures}, digit)
	r.name = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	r.address = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	gap := kit.Unit(kit.SizeGap2)
	row := kit.Row(gap, kit.Natural(r.digit), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(r.name), kit.Natural(r.address), kit.Spring())).Across())
	r.object = kit.Layers(r.box, kit.Inset(row, gap, 0, gap, 0), kit.NewTap(pressed))
	return r
}

func (r *foundRow) render(f Found) {
	r.name.Set(f.Name)
	r.address.Set(f.Address)
	kit.Show(r.address, f.Address != "")
	coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	if f.Chosen {
		coat.Fill, coat.Stroke = kit.ColorPrimarySoft, kit.ColorPrimary
	}
	r.box.Paint(coat)
}
