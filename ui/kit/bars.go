package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Bars is a bar code on white, for a scanner that reads screens: every module is as many whole pixels wide as there is room for, or none would be read.
type Bars struct {
	widget.BaseWidget
	modules []bool // true is black; quiet zones included
	picture *canvas.Raster
}

// NewBars makes a bar code of its modules from left to right, quiet zones included.
func NewBars(modules []bool) *Bars {
	b := &Bars{modules: modules}
	b.picture = canvas.NewRaster(b.draw)
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer belongs to fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	return &leaf{
		objects: []fyne.CanvasObject{b.picture}, layout: b.picture.Resize, refresh: b.picture.Refresh,
		min: func() fyne.Size { return fyne.NewSize(float32(len(b.modules)), Unit(SizeRow)) },
	}
}

// draw draws the code in the middle of so many pixels. White stays white in both themes.
func (b *Bars) draw(wide, tall int) image.Image {
	picture := image.NewGray(image.Rect(0, 0, wide, tall))
	for i := range picture.Pix {
		picture.Pix[i] = 0xFF
	}
	if len(b.modules) == 0 || wide < len(b.modules) {
		return picture // a code that would be cut is none
	}
	module := wide / len(b.modules)
	left := (wide - module*len(b.modules)) / 2
	for i, black := range b.modules {
		if !black {
			continue
		}
		for x := left + i*module; x < left+(i+1)*module; x++ {
			for y := range tall {
				picture.SetGray(x, y, color.Gray{})
			}
		}
	}
	return picture
}
