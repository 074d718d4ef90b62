package rules

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// rowHeight leaves room for two lines a row.
const rowHeight = 54

// row is one of the list, or the heads of its columns.
type row struct {
	object *fyne.Container
	digit  *kit.Text
	name   *kit.Text
	under  *kit.Text
	cells  [cells]*kit.Text
	tab    Tab
}

// widths are how wide the cells of each tab are; 0 takes no room.
var widths = [Tabs][cells]float32{
	Clocks:     {136, 240, 72, 184},
	Extensions: {136, 240, 320, 0},
	CutOffs:    {240, 0, 0, 0},
	Holidays:   {128, 72, 264, 0},
}

// heads are the words over the columns: of the name, then of the cells.
func heads(tongue words.Tongue, tab Tab) [1 + cells]string {
	say := func(key string) string { return tongue.Text(key) }
	return [Tabs][1 + cells]string{
		Clocks:     {say("rulespage.clock"), say("rulespage.limit"), say("rulespage.missed"), say("rulespage.source"), say("rulespage.valid")},
		Extensions: {say("rulespage.clock"), say("rulespage.longer"), say("rulespage.placed"), say("rulespage.why"), ""},
		CutOffs:    {say("rulespage.shop"), say("rulespage.cutoff_or_zone"), "", "", ""},
		Holidays:   {say("rulespage.holiday"), say("rulespage.date"), say("rulespage.day"), say("rulespage.mark"), ""},
	}[tab]
}

// newRow makes a row; one that is not pressed is a head.
func newRow(pressed func()) *row {
	r := &row{}
	r.digit = kit.NewText(kit.Voice{Size: kit.SizeSub, Bold: true, Face: kit.FaceFigures, Color: kit.ColorPrimary}, "")
	r.name = kit.NewText(kit.Voice{Size: kit.SizeText, Bold: true, Color: kit.ColorForeground}, "")
	r.under = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	objects := []fyne.CanvasObject{r.digit, r.name, r.under, line}
	for i := range r.cells {
		r.cells[i] = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
		objects = append(objects, r.cells[i])
	}
	r.object = kit.Layers(kit.Place(func(size fyne.Size) { r.place(size, line) }, objects...))
	if pressed != nil {
		r.object.Add(kit.NewTap(pressed))
	}
	return r
}

// place lays the row out: the cells at the right, as wide as the tab's are, the name and what stands below it in what is left.
func (r *row) place(size fyne.Size, line fyne.CanvasObject) {
	const digitWidth = 24
	gap, hair := kit.Unit(kit.SizeGap2), kit.Unit(kit.SizeHair)
	right := size.Width
	for i := len(r.cells) - 1; i >= 0; i-- {
		wide := widths[r.tab][i]
		kit.Show(r.cells[i], wide > 0)
		if wide > 0 {
			right -= wide
			kit.Put(r.cells[i], right, 0, wide, size.Height)
			right -= gap
		}
	}
	kit.Put(r.digit, 0, 0, digitWidth, size.Height)
	left := digitWidth + gap
	if !r.under.Visible() {
		kit.Put(r.name, left, 0, right-left, size.Height)
	} else {
		high := kit.Line(kit.SizeText) + 1
		kit.Put(r.name, left, 0, right-left, high)
		kit.Put(r.under, left, high, right-left, high)
	}
	kit.Put(line, 0, size.Height-hair, size.Width, hair)
}

// title makes the row the heads of a tab's columns.
func (r *row) title(tongue words.Tongue, tab Tab) {
	r.tab = tab
	words := heads(tongue, tab)
	r.name.Set(words[0])
	r.name.Paint(kit.ColorSoft, false)
	kit.Show(r.under, false)
	for i, cell := range r.cells {
		cell.Set(words[i+1])
		cell.Paint(kit.ColorSoft, false)
	}
}

func (r *row) render(tab Tab, digit string, m Row) {
	r.tab = tab
	r.digit.Set(digit)
	r.name.Set(m.Name)
	r.under.Set(m.Under)
	kit.Show(r.under, m.Under != "")
	color := kit.ColorForeground
	if m.Off {
		color = kit.ColorSoft
	}
	r.name.Paint(color, true)
	for i, cell := range r.cells {
		cell.Set(m.Cells[i])
		cell.Paint(color, false)
	}
}
