package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Tap is an invisible sheet over something that can be pressed. It never takes the focus, which is why it is not a Button.
type Tap struct {
	widget.BaseWidget
	pressed func()
	sheet   *canvas.Rectangle
}

var (
	_ fyne.Tappable      = (*Tap)(nil)
	_ desktop.Cursorable = (*Tap)(nil)
)

// NewTap makes a sheet that calls pressed.
func NewTap(pressed func()) *Tap {
	t := &Tap{pressed: pressed, sheet: canvas.NewRectangle(color.Transparent)}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped belongs to fyne.Tappable.
func (t *Tap) Tapped(*fyne.PointEvent) { t.pressed() }

// Cursor belongs to desktop.Cursorable.
func (t *Tap) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer belongs to fyne.Widget.
func (t *Tap) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.sheet) }
