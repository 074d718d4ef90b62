package pdfium

import (
	"image"
	"math"

	"packbench/internal/label/fit"
)

// Frame is the space a page is drawn into: dots, both sides between 1 and page.MaxDots, at the print head's nominal resolution.
type Frame struct{ Width, Height, DPI int }

// lookedAt bounds the dots of a page that is drawn to see where its ink is; A4 at 300 dpi has 8.7 million.
const lookedAt = 10_000_000

// placing is where on a bitmap a page is drawn, and how large.
type placing struct {
	bitmap image.Point     // the bitmap's size
	sheet  image.Rectangle // where the page's corners lie; it may be larger than the bitmap
	turned bool            // a quarter clockwise
}

// whole places a page of w × h dots so that all of it is drawn at that size.
func whole(w, h float64, turned bool) placing {
	size := image.Pt(max(1, int(math.Round(w))), max(1, int(math.Round(h))))
	if turned {
		size.X, size.Y = size.Y, size.X
	}
	return placing{bitmap: size, sheet: image.Rectangle{Max: size}, turned: turned}
}

// look places a page so that its ink can be found, and tells how much smaller than its own size that is.
func look(w, h float64) (p placing, scale float64) {
	scale = min(1, math.Sqrt(lookedAt/w/h))
	return whole(w*scale, h*scale, false), scale
}

// holds tells whether a page of w × h dots fits as it is, and whether turned.
func (f Frame) holds(w, h float64) (fits, turned bool) {
	size := whole(w, h, false).bitmap
	switch {
	case size.X <= f.Width && size.Y <= f.Height:
		return true, false
	case size.Y <= f.Width && size.X <= f.Height:
		return true, true
	}
	return false, false
}

// shrunk places a page of w × h dots so that its ink, found in a drawing of it that was scale times as large, just fits.
func (f Frame) shrunk(w, h float64, ink image.Rectangle, scale float64) placing {
	ink = ink.Inset(-1) // a dot may be grey here and black there
	factor, turned := fit.Shrink(float64(ink.Dx())/scale, float64(ink.Dy())/scale, f.Width, f.Height)
	p := whole(w*factor, h*factor, turned)
	if turned { // the ink too
		across := int(math.Round(h * scale))
		ink = image.Rect(across-ink.Max.Y, ink.Min.X, across-ink.Min.Y, ink.Max.X)
	}
	move := func(at int) int { return int(math.Round(float64(at) * factor / scale)) }
	window := fit.Window(p.bitmap, image.Rect(move(ink.Min.X), move(ink.Min.Y), move(ink.Max.X), move(ink.Max.Y)), f.Width, f.Height)
	p.bitmap, p.sheet = window.Size(), p.sheet.Sub(window.Min)
	return p
}
