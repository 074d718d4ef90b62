package handover

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// sheets are the sheets that were closed, as whole rows.
type sheets struct {
	object *fyne.Container
	tongue words.Tongue
	hands  Hands
	title  *kit.Text
	part   *kit.Text
	none   *kit.Steps
	list   *fyne.Container
	rows   []*sheetRow
	report *kit.Report
	acts   *buttons
	model  Model
	first  int
}

func newSheets(tongue words.Tongue, hands Hands) *sheets {
	s := &sheets{tongue: tongue, hands: hands, report: kit.NewReport(), acts: newButtons(tongue, hands.Press)}
	s.title = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true}, tongue.Text("shelfpage.sheets"))
	s.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	s.none = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeSub, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 4})
	s.none.Set(tongue.Text("shelfpage.sheets.none"))
	s.list = kit.Place(s.fill)
	head := kit.Row(kit.Unit(kit.SizeGap), kit.Grow(s.title), kit.Natural(s.part))
	s.object = titled(head, kit.Column(0, kit.Natural(s.none), kit.Grow(s.list)), s.report, s.acts)
	return s
}

// sheetHeight is a row with the room under it.
func sheetHeight() float32 {
	return kit.Line(kit.SizeSub) + kit.Line(kit.SizeText) + 4*kit.Unit(kit.SizeGap)
}

func (s *sheets) room() int {
	return max(1, int((s.list.Size().Height+kit.Unit(kit.SizeGap))/sheetHeight()))
}

func (s *sheets) render(m Model) {
	s.model = m
	kit.Show(s.none, len(m.Closed) == 0)
	s.report.Set(m.Report.Tone, s.tongue.Say(m.Report.Said))
	s.acts.render(m.Acts)
	s.fill(s.list.Size())
}

// fill shows the page of whole rows that the chosen one is on.
func (s *sheets) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	all, room := s.model.Closed, s.room()
	s.first = max(0, s.model.Sheet) / room * room
	shown := max(0, min(room, len(all)-s.first))
	for len(s.rows) < shown {
		n := len(s.rows)
		row := newSheetRow(s.tongue, func() { s.hands.Open(s.first + n) })
		s.rows, s.list.Objects = append(s.rows, row), append(s.list.Objects, row.object)
	}
	for i, row := range s.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			kit.Put(row.object, 0, float32(i)*sheetHeight(), size.Width, sheetHeight()-kit.Unit(kit.SizeGap))
			row.render(all[s.first+i], s.model.Now, s.first+i == s.model.Sheet)
		}
	}
	part := ""
	if len(all) > shown {
		part = s.tongue.Text("pick.part", "from", s.first+1, "to", s.first+shown, "of", len(all))
	}
	s.part.Set(part)
}

// sheetRow is a sheet that was closed.
type sheetRow struct {
	object  *fyne.Container
	tongue  words.Tongue
	box     *kit.Box
	carrier *kit.Text
	when    *kit.Text
	sum     *kit.Text
	mark    *kit.Icon
	photo   *kit.Text
}

func newSheetRow(tongue words.Tongue, pressed func()) *sheetRow {
	r := &sheetRow{tongue: tongue, box: kit.NewBox(kit.Coat{}), mark: kit.NewIcon(kit.SignTick, kit.ColorSuccess, kit.Unit(kit.SizeIcon))}
	r.carrier = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	r.when = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	r.sum = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	r.photo = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	gap := kit.Unit(kit.SizeGap)
	head := kit.Row(gap, kit.Grow(r.carrier), kit.Natural(r.when))
	line := kit.Row(gap, kit.Grow(r.sum), kit.Natural(r.mark), kit.Natural(r.photo))
	column := kit.Column(0, kit.Natural(head), kit.Natural(line))
	r.object = kit.Layers(r.box, kit.Inset(column, 2*gap, gap, 2*gap, gap), kit.NewTap(pressed))
	return r
}

func (r *sheetRow) render(of Sheet, now time.Time, chosen bool) {
	coat := kit.Coat{Fill: kit.ColorSurfaceAlt, Stroke: kit.ColorSeparator, Width: kit.SizeHair, Radius: kit.SizeRadius}
	if chosen {
		coat = kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	}
	r.box.Paint(coat)
	r.carrier.Set(of.Carrier)
	when := clock.Moment(r.tongue, of.At, now)
	if of.By != "" {
		when = r.tongue.Text("unit.pair", "a", of.By, "b", when)
	}
	r.when.Set(when)
	sum := r.tongue.Text("unit.pair", "a", r.tongue.Text("shelfpage.sheet.sum", "code", of.Code, "count", of.Parcels), "b", r.form(of))
	if of.Missing > 0 {
		sum = r.tongue.Text("unit.pair", "a", sum, "b", r.tongue.Text("shelfpage.sheet.missing", "count", of.Missing))
	}
	r.sum.Set(sum)
	if of.Photo {
		r.mark.Paint(kit.SignTick, kit.ColorSuccess, "")
		r.photo.Set(r.tongue.Text("shelfpage.sheet.photo"))
	} else {
		r.mark.Paint(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning)
		r.photo.Set(r.tongue.Text("shelfpage.sheet.photo.none"))
	}
	kit.Arrange(r.object)
}

// form is the number of the carrier's own form.
func (r *sheetRow) form(of Sheet) string {
	if of.Form == "" {
		return r.tongue.Text("shelfpage.sheet.form.none")
	}
	return r.tongue.Text("shelfpage.sheet.form", "form", of.Form)
}
