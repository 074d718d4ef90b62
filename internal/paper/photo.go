package paper

import (
	"image"
	"image/color"
	stddraw "image/draw"
	"math"

	"golang.org/x/image/draw"
)

// blackWhite are the colours of paper.
var blackWhite = color.Palette{color.Black, color.White}

// lighter makes up for the dots of a thermal head, which are larger than their places: so dark a grey has so much ink.
const lighter = 0.75

// photo draws a picture as large as it goes into an area, in black dots (Floyd and Steinberg 1976); where there is none, nil, a frame with a cross.
func (s *sheet) photo(picture image.Image, area image.Rectangle) {
	s.placed = append(s.placed, area)
	if picture == nil || picture.Bounds().Empty() {
		s.frame(area, s.dots(hairMM))
		for i := range area.Dx() {
			y := i * area.Dy() / area.Dx()
			s.Set(area.Min.X+i, area.Min.Y+y)
			s.Set(area.Min.X+i, area.Max.Y-1-y)
		}
		return
	}
	size := picture.Bounds().Size()
	share := min(float64(area.Dx())/float64(size.X), float64(area.Dy())/float64(size.Y))
	wide, high := max(1, int(float64(size.X)*share)), max(1, int(float64(size.Y)*share))
	grey := image.NewGray(image.Rect(0, 0, wide, high))
	stddraw.Draw(grey, grey.Rect, image.White, image.Point{}, stddraw.Src)
	draw.BiLinear.Scale(grey, grey.Rect, picture, picture.Bounds(), draw.Over, nil)
	for i, g := range grey.Pix {
		grey.Pix[i] = uint8(math.Round(255 * math.Pow(float64(g)/255, lighter)))
	}
	dots := image.NewPaletted(grey.Rect, blackWhite)
	stddraw.FloydSteinberg.Draw(dots, dots.Rect, grey, image.Point{})
	left, top := area.Min.X+(area.Dx()-wide)/2, area.Min.Y+(area.Dy()-high)/2
	for y := range high {
		for x := range wide {
			if dots.Pix[y*dots.Stride+x] == 0 {
				s.Set(left+x, top+y)
			}
		}
	}
}
