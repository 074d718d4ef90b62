package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Spot is a place on a curve: both from 0, at the left and at the bottom, to 1.
type Spot struct{ X, Y float32 }

// Curve is a line through a day: what was, a dot where it stands, what is needed from there on, and the moment by which.
type Curve struct {
	widget.BaseWidget
	spots  []Spot
	needed float32 // height; 0: nothing is needed
	until  float32 // where it ends; 0: nowhere

	floor, end, bar *canvas.Line
	lines           []*canvas.Line
	dot             *canvas.Circle
	face            *leaf
}

// NewCurve makes a curve without a line.
func NewCurve() *Curve {
	c := &Curve{floor: &canvas.Line{StrokeWidth: 1}, end: &canvas.Line{StrokeWidth: 2}, bar: &canvas.Line{StrokeWidth: 6}, dot: &canvas.Circle{}}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the line; what is needed is drawn from its last spot to until, where an upright stands.
func (c *Curve) Set(spots []Spot, needed, until float32) {
	c.spots, c.needed, c.until = spots, needed, until
	for len(c.lines) < len(spots)-1 {
		c.lines = append(c.lines, &canvas.Line{StrokeWidth: 4})
	}
	if c.face != nil {
		c.face.objects = c.objects()
	}
	c.Refresh()
}

func (c *Curve) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{c.floor, c.end, c.bar}
	for _, line := range c.lines {
		all = append(all, line)
	}
	return append(all, c.dot)
}

// CreateRenderer belongs to fyne.Widget.
func (c *Curve) CreateRenderer() fyne.WidgetRenderer {
	c.face = &leaf{objects: c.objects(), layout: c.fit, refresh: func() { c.fit(c.Size()) }, min: func() fyne.Size { return fyne.NewSize(Unit(SizeRow), Unit(SizeRow)) }}
	return c.face
}

func (c *Curve) fit(size fyne.Size) {
	side := Unit(SizeGap)
	at := func(s Spot) fyne.Position {
		return fyne.NewPos(side+s.X*(size.Width-2*side), side+(1-s.Y)*(size.Height-2*side))
	}
	draw := func(l *canvas.Line, from, to fyne.Position, color fyne.ThemeColorName, shown bool) {
		l.Position1, l.Position2, l.StrokeColor = from, to, ink(color)
		Show(l, shown)
		l.Refresh()
	}
	draw(c.floor, fyne.NewPos(0, size.Height-1), fyne.NewPos(size.Width, size.Height-1), ColorOutline, true)
	end := at(Spot{c.until, 0}).X
	draw(c.end, fyne.NewPos(end, 0), fyne.NewPos(end, size.Height), ColorWarning, c.until > 0)
	for i, line := range c.lines {
		if i+1 >= len(c.spots) {
			line.Hide()
			continue
		}
		draw(line, at(c.spots[i]), at(c.spots[i+1]), ColorPrimary, true)
	}
	last := Spot{}
	if len(c.spots) > 0 {
		last = c.spots[len(c.spots)-1]
	}
	draw(c.bar, at(Spot{last.X, c.needed}), at(Spot{c.until, c.needed}), ColorWarning, c.needed > 0 && c.until > last.X)
	const radius = 6
	c.dot.FillColor = ink(ColorPrimary)
	spot := at(last)
	Put(c.dot, spot.X-radius, spot.Y-radius, 2*radius, 2*radius)
	Show(c.dot, len(c.spots) > 0)
	c.dot.Refresh()
}
