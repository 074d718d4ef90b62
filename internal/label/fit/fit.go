// Package fit brings a drawing that is larger than the medium onto it: by cutting off white where that is enough, so that
// bars keep their whole dots, else by telling how far to shrink.
package fit

import "image"

// half is the grey below which a dot is black (printing facts 1).
const half = 128

// Ink is the smallest rectangle that holds all that will be black, empty where nothing will.
func Ink(p *image.Gray) image.Rectangle {
	width, height := p.Rect.Dx(), p.Rect.Dy()
	left, right, top, bottom := width, 0, height, 0
	for y := range height {
		row := p.Pix[y*p.Stride:][:width]
		first := 0
		for first < width && row[first] >= half {
			first++
		}
		if first == width {
			continue
		}
		last := width
		for row[last-1] >= half {
			last--
		}
		left, right, top, bottom = min(left, first), max(right, last), min(top, y), y+1
	}
	if right == 0 {
		return image.Rectangle{}
	}
	return image.Rect(left, top, right, bottom)
}

// Crop is the part of a drawing with its ink there that goes onto a medium of width × height dots, not a copy: white goes evenly from both
// sides and from below, but never ink. It tells false where the ink is larger.
func Crop(p *image.Gray, ink image.Rectangle, width, height int) (*image.Gray, bool) {
	if ink.Dx() > width || ink.Dy() > height {
		return nil, false
	}
	return p.SubImage(Window(p.Rect.Size(), ink, width, height)).(*image.Gray), true
}

// Window is the part of a sheet of the given size that goes onto a medium of width × height, where the ink fits.
func Window(sheet image.Point, ink image.Rectangle, width, height int) image.Rectangle {
	width, height = min(width, sheet.X), min(height, sheet.Y)
	place := func(wanted, inkFrom, inkTo, length, whole int) int {
		at := max(inkTo-length, min(wanted, inkFrom))
		return max(0, min(at, whole-length))
	}
	at := image.Pt(
		place((sheet.X-width)/2, ink.Min.X, ink.Max.X, width, sheet.X),
		place(0, ink.Min.Y, ink.Max.Y, height, sheet.Y))
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(width, height))}
}

// Shrink tells how far something of w × h dots must shrink to fit width × height, never more than 1, and whether it is turned a quarter because
// it shrinks less when lying on its side.
func Shrink(w, h float64, width, height int) (scale float64, turned bool) {
	upright := min(1, float64(width)/w, float64(height)/h)
	onItsSide := min(1, float64(width)/h, float64(height)/w)
	if onItsSide > upright {
		return onItsSide, true
	}
	return upright, false
}

// Turn rotates a quarter clockwise.
func Turn(p *image.Gray) *image.Gray {
	width, height := p.Rect.Dx(), p.Rect.Dy()
	turned := image.NewGray(image.Rect(0, 0, height, width))
	for y := range height {
		for x := range width {
			turned.Pix[x*turned.Stride+height-1-y] = p.Pix[y*p.Stride+x]
		}
	}
	return turned
}
