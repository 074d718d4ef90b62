package orders

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// drawer is everything known of one order, in sections that a digit leads to.
type drawer struct {
	object *fyne.Container
	tongue words.Tongue
	number *kit.Steps
	due    *kit.Text
	status *kit.Text
	age    *kit.Text
	tabs   [sections]*tab
	list   *fyne.Container
	lines  []*line
	none   *kit.Text
	part   *kit.Text
	order  Order
}

// BackKey leads back to the table, PackKey makes the order's appeal pack.
const (
	BackKey = "Esc"
	PackKey = "F10"
)

func newDrawer(tongue words.Tongue, press func(string)) *drawer {
	d := &drawer{tongue: tongue}
	d.number = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	d.due = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignTrailing}, "")
	d.status = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Face: kit.FaceCode}, "")
	d.age = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")
	d.none = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, tongue.Text("orders.lines.none"))
	d.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	var tabs []kit.Part
	for i, name := range [sections]string{
		Goods: tongue.Text("orders.goods"), Parcels: tongue.Text("orders.parcels"), Happened: tongue.Text("orders.happened"), Platform: tongue.Text("orders.platform"),
	} {
		digit := strconv.Itoa(i + 1)
		d.tabs[i] = newTab(digit, name, func() { press(digit) })
		tabs = append(tabs, kit.Grow(d.tabs[i].object).Across())
	}
	back := kit.NewKeyButton(false, func() { press(BackKey) })
	back.Set(BackKey, tongue.Text("pick.act.back"))
	d.list = kit.Place(d.fill, d.none)
	gap := kit.Unit(kit.SizeGap)
	head := kit.Row(gap, kit.Grow(d.number).Across(), kit.Natural(d.due))
	second := kit.Row(gap, kit.UpTo(d.status), kit.Spring(), kit.Natural(d.age))
	pack := kit.NewKeyButton(false, func() { press(PackKey) })
	pack.Set(PackKey, tongue.Text("appeal.act"))
	foot := kit.Row(gap, kit.Grow(d.part), kit.Natural(pack.Object).Across(), kit.Natural(back.Object).Across())
	d.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(gap, kit.Fixed(head, kit.Line(kit.SizeHead)), kit.Fixed(second, kit.Line(kit.SizeText)),
		kit.Fixed(kit.Row(gap, tabs...), kit.Unit(kit.SizeRow)), kit.Grow(d.list), kit.Fixed(foot, kit.Unit(kit.SizeRow))), 2*gap, gap, 2*gap, 2*gap))
	return d
}

// lineHeight is two lines of words, or a small picture; one line where none of the section's has more.
func (d *drawer) lineHeight() float32 {
	if slices.ContainsFunc(d.order.Lines, func(l Line) bool { return l.Text != "" || l.SKU != "" }) {
		return 2*kit.Line(kit.SizeText) + kit.Unit(kit.SizeGap)
	}
	return kit.Line(kit.SizeText) + kit.Unit(kit.SizeGap)
}

func (d *drawer) room() int { return max(1, int(d.list.Size().Height/d.lineHeight())) }

func (d *drawer) render(o Order, now time.Time) {
	d.order = o
	d.number.Set(o.Number)
	due, late := clock.Due(d.tongue, o.Due, now)
	d.due.Set(due)
	ink := kit.ColorForeground
	if late {
		ink = kit.ColorErrorDeep
	}
	d.due.Paint(ink, true)
	status := o.Status
	if o.Market != "" {
		status = d.tongue.Text("unit.pair", "a", o.Market, "b", o.Status)
	}
	d.status.Set(status)
	age := ""
	if !o.ReadAt.IsZero() {
		age = d.tongue.Text("orders.read", "age", clock.Span(d.tongue, now.Sub(o.ReadAt)))
	}
	d.age.Set(age)
	for i, t := range d.tabs {
		t.choose(Section(i) == o.Section)
	}
	kit.Show(d.none, len(o.Lines) == 0)
	d.fill(d.list.Size())
}

func (d *drawer) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	kit.Put(d.none, 0, 0, size.Width, kit.Line(kit.SizeLead))
	all := d.order.Lines
	first := max(0, min(d.order.First, len(all)-1))
	shown := min(d.room(), len(all)-first)
	for len(d.lines) < shown {
		made := newLine()
		d.lines = append(d.lines, made)
		d.list.Objects = append(d.list.Objects, made.object)
	}
	for i, l := range d.lines {
		kit.Show(l.object, i < shown)
		if i < shown {
			l.render(all[first+i])
			kit.Put(l.object, 0, float32(i)*d.lineHeight(), size.Width, d.lineHeight())
		}
	}
	part := ""
	if len(all) > shown {
		part = d.tongue.Text("pick.part", "from", first+1, "to", first+shown, "of", len(all))
	}
	d.part.Set(part)
}

// tab is a section's digit and name.
type tab struct {
	object *fyne.Container
	box    *kit.Box
	digit  *kit.Text
	word   *kit.Text
}

func newTab(digit, word string, pressed func()) *tab {
	t := &tab{box: kit.NewBox(kit.Coat{})}
	t.digit = kit.NewText(kit.Voice{Size: kit.SizeText, Bold: true, Face: kit.FaceFigures, Color: kit.ColorPrimary}, digit)
	t.word = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, word)
	gap := kit.Unit(kit.SizeGap)
	t.object = kit.Layers(t.box, kit.Inset(kit.Row(gap, kit.Natural(t.digit), kit.Grow(t.word)), gap, 0, gap, 0), kit.NewTap(pressed))
	t.choose(false)
	return t
}

// choose marks the section that is seen.
func (t *tab) choose(chosen bool) {
	coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	digits, words := kit.ColorPrimary, kit.ColorForeground
	if chosen {
		coat.Fill, coat.Stroke, digits, words = kit.ColorPrimary, kit.ColorPrimary, kit.ColorOnPrimary, kit.ColorOnPrimary
	}
	t.box.Paint(coat)
	t.digit.Paint(digits, true)
	t.word.Paint(words, chosen)
}

// line is something known of the order.
type line struct {
	object *fyne.Container
	photo  *kit.Picture
	mark   *kit.Icon
	title  *kit.Text
	text   *kit.Text
	value  *kit.Text
	of     Line
}

func newLine() *line {
	l := &line{photo: kit.NewPicture(), mark: kit.NewIcon(kit.SignQueued, kit.ColorSoft, kit.Unit(kit.SizeIcon))}
	l.title = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	l.text = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	l.value = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignTrailing}, "")
	rule := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	l.object = kit.Place(func(size fyne.Size) {
		gap, half, side, x := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHalf), kit.Unit(kit.SizeRow), float32(0)
		kit.Put(rule, 0, size.Height-kit.Unit(kit.SizeHair), size.Width, kit.Unit(kit.SizeHair))
		if l.of.SKU != "" {
			kit.Put(l.photo, 0, half, side, side)
			x = side + gap
		}
		if l.mark.Visible() {
			kit.Put(l.mark, 0, half, kit.Unit(kit.SizeIcon), side)
			x = kit.Unit(kit.SizeIcon) + gap
		}
		value := min(l.value.MinSize().Width, size.Width/2)
		kit.Put(l.value, size.Width-value, half, value, side/2)
		kit.Put(l.title, x, half, max(0, size.Width-x-value-gap), side/2)
		if l.of.Text == "" { // alone, it stands in the middle
			kit.Put(l.mark, 0, 0, kit.Unit(kit.SizeIcon), size.Height)
			kit.Put(l.title, x, 0, max(0, size.Width-x-value-gap), size.Height)
			kit.Put(l.value, size.Width-value, 0, value, size.Height)
		}
		kit.Put(l.text, x, half+side/2, max(0, size.Width-x), side/2)
	}, rule, l.photo, l.mark, l.title, l.text, l.value)
	return l
}

func (l *line) render(of Line) {
	l.of = of
	kit.Show(l.photo, of.SKU != "")
	l.photo.Set(of.Photo, of.SKU)
	mark := toneMarks[of.Tone]
	kit.Show(l.mark, of.Tone != kit.Told && of.SKU == "")
	if l.mark.Visible() {
		l.mark.Paint(mark.sign, mark.shape, mark.cut)
	}
	l.title.Set(of.Title)
	l.text.Set(of.Text)
	l.value.Set(of.Value)
	kit.Arrange(l.object)
}
