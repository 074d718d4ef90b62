package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Coat is how a box is painted: its fill, and the stroke that lies inside its edge. A stroke needs a fill.
type Coat struct {
	Fill   fyne.ThemeColorName
	Stroke fyne.ThemeColorName
	Width  fyne.ThemeSizeName
	Radius fyne.ThemeSizeName
	// RightOnly rounds the two right corners alone, for a panel that closes a card.
	RightOnly bool
}

// CoatCard is the coat of a card on the floor.
var CoatCard = Coat{Fill: ColorSurface, Stroke: ColorSeparator, Width: SizeHair, Radius: SizeRadius}

// Box is a painted rectangle. It is two rectangles, one in the other, because Fyne's painters do not agree on
// which side of an edge its stroke lies.
type Box struct {
	widget.BaseWidget
	coat         Coat
	outer, inner *canvas.Rectangle
}

// NewBox makes a box.
func NewBox(coat Coat) *Box {
	b := &Box{coat: coat, outer: &canvas.Rectangle{}, inner: &canvas.Rectangle{}}
	b.ExtendBaseWidget(b)
	return b
}

// Paint changes the coat.
func (b *Box) Paint(coat Coat) {
	if b.coat != coat {
		b.coat = coat
		b.Refresh()
	}
}

// CreateRenderer belongs to fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	l := &leaf{
		objects: []fyne.CanvasObject{b.outer, b.inner}, layout: b.fit,
		min:     func() fyne.Size { return fyne.Size{} },
		refresh: func() { b.fit(b.Size()); b.paint() },
	}
	b.paint()
	return l
}

func (b *Box) fit(size fyne.Size) {
	stroke := Unit(b.coat.Width)
	b.outer.Resize(size)
	b.inner.Resize(size.SubtractWidthHeight(2*stroke, 2*stroke))
	b.inner.Move(fyne.NewSquareOffsetPos(stroke))
}

func (b *Box) paint() {
	b.outer.FillColor, b.inner.FillColor = ink(b.coat.Stroke), ink(b.coat.Fill)
	b.round(b.outer, Unit(b.coat.Radius))
	b.round(b.inner, max(0, Unit(b.coat.Radius)-Unit(b.coat.Width)))
	b.outer.Refresh()
	b.inner.Refresh()
}

func (b *Box) round(r *canvas.Rectangle, radius float32) {
	if b.coat.RightOnly {
		r.CornerRadius, r.TopRightCornerRadius, r.BottomRightCornerRadius = 0, radius, radius
		return
	}
	r.CornerRadius, r.TopRightCornerRadius, r.BottomRightCornerRadius = radius, 0, 0
}
