package pdfium

import "math"

// Frame is the space a page is drawn into.
type Frame struct {
	Width, Height int     // dots, both at least 1
	DotsPerMM     float64 // of the print head
}

// fit gives the size in dots a page of the given millimetres is drawn at: its own, or shrunk until it is inside the frame,
// never enlarged. A page that would have to shrink less when lying on its side is turned a quarter clockwise.
func (f Frame) fit(widthMM, heightMM float64) (width, height int, turned bool) {
	w, h := widthMM*f.DotsPerMM, heightMM*f.DotsPerMM
	scale := f.scale(w, h)
	if onItsSide := f.scale(h, w); onItsSide > scale {
		w, h, scale, turned = h, w, onItsSide, true
	}
	return max(1, min(f.Width, int(math.Round(w*scale)))), max(1, min(f.Height, int(math.Round(h*scale)))), turned
}

func (f Frame) scale(w, h float64) float64 {
	return min(1, float64(f.Width)/w, float64(f.Height)/h)
}
