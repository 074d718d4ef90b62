package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Hatch is the striped amber floor of a stop. No word stands on it: an opaque card lies over it.
type Hatch struct {
	widget.BaseWidget
	raster *canvas.Raster
}

// NewHatch makes a hatching.
func NewHatch() *Hatch {
	h := &Hatch{}
	h.raster = canvas.NewRaster(func(w, h int) image.Image { return stripes(w, h, ink(ColorWarning), ink(ColorWarningHatch)) })
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer belongs to fyne.Widget.
func (h *Hatch) CreateRenderer() fyne.WidgetRenderer {
	return &leaf{
		objects: []fyne.CanvasObject{h.raster}, layout: h.raster.Resize, refresh: h.raster.Refresh,
		min: func() fyne.Size { return fyne.Size{} },
	}
}

// stripes draws diagonals 32 pixels wide. A paletted image is a quarter of the memory of a full-colour one.
func stripes(w, h int, light, dark color.Color) image.Image {
	const period, half = 64, 32
	picture := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{light, dark})
	for y := range h {
		row := picture.Pix[y*picture.Stride : y*picture.Stride+w]
		for x := range row {
			if (x+y)%period < half {
				row[x] = 1
			}
		}
	}
	return picture
}
