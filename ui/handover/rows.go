package handover

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// rows are the missing parcels of a column, as many as there is room for, and below them all that must be taken out.
type rows struct {
	object  *fyne.Container
	tongue  words.Tongue
	missing []*missingRow
	out     []*outRow
	of      Column
	wanted  int // the first missing one that is asked for
	first   int // that is shown
}

// The heights of rows, and the room between those to take out.
const (
	missingHeight = 40
	outHeight     = 48
	outGap        = 4
)

func newRows(tongue words.Tongue) *rows {
	r := &rows{tongue: tongue}
	r.object = kit.Place(r.fit)
	return r
}

func (r *rows) render(of Column, first int) {
	r.of, r.wanted = of, first
	r.fit(r.object.Size())
}

// outs are how many of those to take out are shown: all, but for a missing one there is room.
func (r *rows) outs() int {
	height := r.object.Size().Height
	if len(r.of.Missing) > 0 {
		height -= missingHeight
	}
	return min(len(r.of.TakeOut), max(1, int(height/(outHeight+outGap))))
}

// room is how many missing parcels are shown at once.
func (r *rows) room() int {
	return max(0, int((r.object.Size().Height-float32(r.outs())*(outHeight+outGap))/missingHeight))
}

func (r *rows) fit(size fyne.Size) {
	if size.IsZero() {
		return
	}
	outs, room := r.outs(), r.room()
	r.first = max(0, min(r.wanted, len(r.of.Missing)-room))
	shown := min(room, len(r.of.Missing))
	for len(r.missing) < shown {
		made := newMissingRow()
		r.missing, r.object.Objects = append(r.missing, made), append(r.object.Objects, made.object)
	}
	for len(r.out) < outs {
		made := newOutRow()
		r.out, r.object.Objects = append(r.out, made), append(r.object.Objects, made.object)
	}
	for i, row := range r.missing {
		kit.Show(row.object, i < shown)
		if i < shown {
			row.render(r.tongue, r.of.Missing[r.first+i], i > 0)
			kit.Put(row.object, 0, float32(i)*missingHeight, size.Width, missingHeight)
			kit.Arrange(row.object)
		}
	}
	for i, row := range r.out {
		kit.Show(row.object, i < outs)
		if i < outs {
			more := 0
			if i == outs-1 {
				more = len(r.of.TakeOut) - outs
			}
			row.render(r.tongue, r.of.TakeOut[i], more)
			kit.Put(row.object, 0, float32(shown)*missingHeight+float32(i)*(outHeight+outGap)+outGap, size.Width, outHeight)
			kit.Arrange(row.object)
		}
	}
}

// named is the end of a parcel's number, by which people tell parcels apart.
func named(code string) string {
	first, second := kit.LastSix(code)
	if second == "" {
		return first
	}
	return first + " " + second
}

// missingRow is a parcel that was not scanned yet.
type missingRow struct {
	object *fyne.Container
	line   *kit.Box
	code   *kit.Text
	where  *kit.Text
}

func newMissingRow() *missingRow {
	r := &missingRow{line: kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})}
	r.code = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	r.where = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")
	row := kit.Row(kit.Unit(kit.SizeGap), kit.Natural(r.code), kit.Grow(r.where))
	r.object = kit.Place(func(size fyne.Size) {
		kit.Put(r.line, 0, 0, size.Width, kit.Unit(kit.SizeHair))
		kit.Put(row, 0, 0, size.Width, size.Height)
	}, r.line, row)
	return r
}

func (r *missingRow) render(tongue words.Tongue, of Parcel, lined bool) {
	kit.Show(r.line, lined)
	r.code.Set(named(of.Code))
	r.where.Set(tongue.Say(of.Said))
}

// outRow is a parcel that must not go.
type outRow struct {
	object *fyne.Container
	code   *kit.Text
	why    *kit.Steps
}

func newOutRow() *outRow {
	r := &outRow{}
	r.code = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	r.why = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignTrailing}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	gap := kit.Unit(kit.SizeGap)
	mark := kit.NewMark(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, kit.Unit(kit.SizeIcon))
	row := kit.Row(gap, kit.Natural(mark), kit.Natural(r.code), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(r.why), kit.Spring())).Across())
	box := kit.NewBox(kit.Coat{Fill: kit.ColorWarningSoft, Stroke: kit.ColorWarningHatch, Width: kit.SizeStroke, Radius: kit.SizeRadius})
	r.object = kit.Layers(box, kit.Inset(row, gap, 0, gap, 0))
	return r
}

// render shows a parcel, and in its place how many more there are where they do not fit.
func (r *outRow) render(tongue words.Tongue, of Parcel, more int) {
	r.code.Set(named(of.Code))
	why := tongue.Say(of.Said)
	if more > 0 {
		why = tongue.Text("shelfpage.out.more", "why", why, "count", more)
	}
	r.why.Set(why)
}
