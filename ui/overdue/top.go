package overdue

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// marks are the signs of tones that want a hand.
var marks = map[kit.Tone]struct {
	sign       kit.Sign
	shape, cut fyne.ThemeColorName
}{
	kit.Loud: {kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning}, kit.Bad: {kit.MarkRefused, kit.ColorError, kit.ColorOnError},
}

// number is one of the four on top: a figure, a mark where it wants a hand, and what it counts.
type number struct {
	object *fyne.Container
	figure *kit.Steps
	mark   *kit.Icon
	says   *kit.Steps
}

func newNumber() *number {
	n := &number{mark: kit.NewMark(kit.MarkRefused, kit.ColorError, kit.ColorOnError, kit.Unit(kit.SizeMark))}
	n.figure = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 1})
	n.says = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 2})
	gap := kit.Unit(kit.SizeGap)
	n.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Place(func(size fyne.Size) {
		const figures = 60
		side := kit.Unit(kit.SizeMark)
		kit.Put(n.figure, 2*gap, 0, size.Width-4*gap-side, figures)
		kit.Put(n.mark, size.Width-2*gap-side, 2*gap, side, side)
		kit.Put(n.says, 2*gap, figures, size.Width-3*gap, n.says.HeightFor(size.Width-3*gap))
	}, n.figure, n.mark, n.says))
	return n
}

// render shows a figure; a tone that wants a hand has a mark and a colour.
func (n *number) render(figure, says string, tone kit.Tone) {
	n.figure.Set(figure)
	n.says.Set(says)
	mark, wants := marks[tone]
	kit.Show(n.mark, wants)
	ink := kit.ColorForeground
	if wants {
		n.mark.Paint(mark.sign, mark.shape, mark.cut)
	}
	if tone == kit.Bad {
		ink = kit.ColorError
	}
	n.figure.Paint(ink)
}

// day is the curve of the day with its words.
type day struct {
	object     *fyne.Container
	tongue     words.Tongue
	pace, done *kit.Text
	curve      *kit.Curve
	hours      [3]*kit.Text // from, the middle, to
	none       *kit.Steps
}

func newDay(tongue words.Tongue) *day {
	d := &day{tongue: tongue, curve: kit.NewCurve()}
	d.pace = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	d.done = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")
	for i, align := range []fyne.TextAlign{fyne.TextAlignLeading, fyne.TextAlignCenter, fyne.TextAlignTrailing} {
		d.hours[i] = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorFaint, Face: kit.FaceFigures, Align: align}, "")
	}
	d.none = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 3})
	d.none.Set(tongue.Text("overdue.curve.none"))
	gap, line := kit.Unit(kit.SizeGap), kit.Line(kit.SizeText)
	d.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Place(func(size fyne.Size) {
		done := d.done.MinSize().Width
		kit.Put(d.pace, 0, 0, max(0, size.Width-done-gap), line)
		kit.Put(d.done, size.Width-done, 0, done, line)
		kit.Put(d.curve, 0, line, size.Width, size.Height-2*line)
		for _, hour := range d.hours {
			kit.Put(hour, 0, size.Height-line, size.Width, line)
		}
		kit.Put(d.none, 0, gap, size.Width, d.none.HeightFor(size.Width))
	}, d.pace, d.done, d.curve, d.hours[0], d.hours[1], d.hours[2], d.none), 2*gap, gap, 2*gap, gap/2))
	return d
}

func (d *day) render(c Curve, foreseen bool) {
	drawn := !c.To.IsZero() && c.To.After(c.From)
	for _, o := range []fyne.CanvasObject{d.pace, d.done, d.curve, d.hours[0], d.hours[1], d.hours[2]} {
		kit.Show(o, drawn)
	}
	kit.Show(d.none, !drawn)
	if !drawn {
		return
	}
	pace := d.tongue.Text("overdue.pace", "pace", c.Pace, "needed", c.Needed)
	if c.Needed == 0 {
		pace = d.tongue.Text("overdue.pace.alone", "pace", c.Pace)
	}
	if !foreseen && c.Pace > 0 { // the tile beside it says that nothing is foreseen
		pace = d.tongue.Text("overdue.pace.thin", "pace", c.Pace)
	}
	d.pace.Set(pace)
	d.done.Set(d.tongue.Text("overdue.done", "count", c.Done))
	middle := c.From.Add(c.To.Sub(c.From) / 2).Truncate(time.Minute)
	for i, at := range []time.Time{c.From, middle, c.To} {
		d.hours[i].Set(clock.Moment(d.tongue, at, c.To))
	}
	highest := float64(c.Needed)
	for _, p := range c.Paces {
		highest = max(highest, p.Hour)
	}
	length, spots := float32(c.To.Sub(c.From)), []kit.Spot(nil)
	for _, p := range c.Paces {
		spots = append(spots, kit.Spot{X: float32(p.At.Sub(c.From)) / length, Y: float32(p.Hour / max(highest, 1))})
	}
	d.curve.Set(spots, float32(float64(c.Needed)/max(highest, 1)), 1)
}

// cancels are the parcels that the platform cancels by itself, in a row of their own.
type cancels struct {
	object *fyne.Container
	tongue words.Tongue
	says   *kit.Text
	more   *kit.Text
	tiles  []*cancel
}

// cancelsShown is how many of them have room side by side.
const cancelsShown = 3

type cancel struct {
	object *fyne.Container
	number *kit.Text
	left   *kit.Text
}

func newCancels(tongue words.Tongue, open func(int)) *cancels {
	c := &cancels{tongue: tongue}
	gap := kit.Unit(kit.SizeGap)
	mark := kit.NewMark(kit.MarkRefused, kit.ColorError, kit.ColorOnError, kit.Unit(kit.SizeIcon))
	c.says = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	c.more = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
	parts := []kit.Part{kit.Natural(mark), kit.Natural(c.says)}
	for i := range cancelsShown {
		t := &cancel{}
		t.number = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Face: kit.FaceCode}, "")
		t.left = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorErrorDeep, Bold: true}, "")
		edge := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorError, Width: kit.SizeStroke, Radius: kit.SizeRadius})
		words := kit.Inset(kit.Row(gap, kit.Natural(t.number), kit.UpTo(t.left)), gap, 0, gap, 0)
		half := kit.Unit(kit.SizeHalf)
		t.object = kit.Layers(kit.Inset(kit.Layers(edge, words), 0, half, 0, half), kit.NewTap(func() { open(i) })) // the sheet is as high as the row
		c.tiles = append(c.tiles, t)
		parts = append(parts, kit.UpTo(t.object).Across())
	}
	parts = append(parts, kit.Natural(c.more), kit.Spring())
	floor := kit.NewBox(kit.Coat{Fill: kit.ColorErrorSoft, Stroke: kit.ColorError, Width: kit.SizeStroke, Radius: kit.SizeRadius})
	c.object = kit.Layers(floor, kit.Inset(kit.Row(gap, parts...), 2*gap, 0, gap, 0))
	return c
}

func (c *cancels) render(m Model) {
	kit.Show(c.object, len(m.Cancels) > 0 && !m.IsOpen)
	shown := min(len(m.Cancels), cancelsShown)
	all := len(m.Cancels) + m.CancelsMore
	c.says.Set(c.tongue.Text("overdue.cancels", "count", all))
	for i, t := range c.tiles {
		kit.Show(t.object, i < shown)
		if i < shown {
			t.number.Set(kit.Tail(m.Cancels[i].Order))
			t.left.Set(clock.Span(c.tongue, m.Cancels[i].Due.Sub(m.Now)))
		}
	}
	more := ""
	if all > shown {
		more = c.tongue.Text("overdue.cancels.more", "count", all-shown)
	}
	c.more.Set(more)
	kit.Show(c.more, more != "")
}
