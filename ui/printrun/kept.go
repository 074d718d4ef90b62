package printrun

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// keptList says which labels were kept back and why, as whole rows; the rest is a number.
type keptList struct {
	object *fyne.Container
	tongue words.Tongue
	large  bool // with what to do about each
	all    []Kept
	rows   []*keptRow
	more   *kit.Text
}

func newKeptList(tongue words.Tongue, large bool) *keptList {
	l := &keptList{tongue: tongue, large: large}
	l.more = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	l.object = kit.Place(l.fill, l.more)
	return l
}

func (l *keptList) render(all []Kept) {
	l.all = all
	l.fill(l.object.Size())
}

func (l *keptList) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	for len(l.rows) < len(l.all) {
		row := newKeptRow(l.large)
		l.rows = append(l.rows, row)
		l.object.Objects = append(l.object.Objects, row.object)
	}
	heights := make([]float32, len(l.all))
	for i, kept := range l.all {
		l.rows[i].render(l.tongue, kept)
		heights[i] = l.rows[i].height(size.Width)
	}
	shown, used := fitting(heights, size.Height, kit.Line(kit.SizeText))
	y := float32(0)
	for i, row := range l.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			kit.Put(row.object, 0, y, size.Width, heights[i])
			y += heights[i]
		}
	}
	kit.Show(l.more, shown < len(l.all))
	kit.Put(l.more, 0, used, size.Width, max(0, size.Height-used))
	l.more.Set(l.tongue.Text("run.held.more", "n", len(l.all)-shown))
}

// fitting is how many rows fit, with room for a line of words under them where some do not, and how much of the room they use.
func fitting(heights []float32, room, line float32) (shown int, used float32) {
	total := float32(0)
	for _, h := range heights {
		total += h
	}
	if total <= room {
		return len(heights), total
	}
	for _, h := range heights {
		if used+h > room-line {
			break
		}
		used += h
		shown++
	}
	return shown, used
}

// keptRow is a label that was kept back.
type keptRow struct {
	object    *fyne.Container
	number    *kit.Text
	code      *kit.Text
	why, next *kit.Steps
	words     *fyne.Container
	large     bool
}

func newKeptRow(large bool) *keptRow {
	r := &keptRow{large: large}
	size, mark := kit.SizeText, kit.Unit(kit.SizeIcon)
	if large {
		size, mark = kit.SizeSub, kit.Unit(kit.SizeMark)
	}
	r.number = kit.NewText(kit.Voice{Size: size, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	r.code = kit.NewText(kit.Voice{Size: size, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	r.why = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: large}, kit.Step{Size: size, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 3})
	r.next = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 3})
	sign := kit.NewMark(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, mark)
	gap := kit.Unit(kit.SizeGap)
	head := kit.Row(gap, kit.Natural(sign), kit.Natural(r.number), kit.UpTo(r.code))
	if !large {
		r.words = kit.Column(0, kit.Natural(head), kit.Natural(r.why))
		r.object = r.words
		return r
	}
	r.words = kit.Column(0, kit.Natural(r.why), kit.Natural(r.next))
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	r.object = kit.Place(func(size fyne.Size) {
		kit.Put(line, 0, size.Height-kit.Unit(kit.SizeHair), size.Width, kit.Unit(kit.SizeHair))
		kit.Put(head, 0, gap, headWidth-gap, kit.Line(kit.SizeSub))
		kit.Put(r.words, headWidth, gap, size.Width-headWidth, size.Height-2*gap)
	}, line, head, r.words)
	return r
}

// headWidth is the room for the number and the code of a label before its sentences.
const headWidth = 280

func (r *keptRow) render(tongue words.Tongue, kept Kept) {
	r.number.Set(strconv.Itoa(kept.Number))
	r.code.Set(kit.Tail(kept.Code))
	r.why.Set(tongue.Say(kept.Why))
	r.next.Set(tongue.Say(kept.Next))
	kit.Show(r.next, r.large && kept.Next.Key != "")
}

func (r *keptRow) height(width float32) float32 {
	if !r.large {
		return kit.Line(kit.SizeText) + r.why.HeightFor(width) + kit.Unit(kit.SizeHalf)
	}
	height := r.why.HeightFor(width-headWidth) + 2*kit.Unit(kit.SizeGap)
	if r.next.Visible() {
		height += r.next.HeightFor(width - headWidth)
	}
	return height
}
