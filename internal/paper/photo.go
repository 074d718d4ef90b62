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

// nearlyWhite is white: the grounds of shops' pictures would be strewn with dots.
const nearlyWhite = 225

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
	stretch(grey)
	sharpen(grey)
	for i, g := range grey.Pix {
		if g >= nearlyWhite {
			g = 255
		}
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

// stretch makes the darkest and the brightest of a picture black and white, but for a hundredth of its dots each.
func stretch(grey *image.Gray) {
	var counts [256]int
	for _, g := range grey.Pix {
		counts[g]++
	}
	few := len(grey.Pix) / 100
	dark, bright := 0, 255
	for n := counts[dark]; n <= few && dark < 255; n += counts[dark] {
		dark++
	}
	for n := counts[bright]; n <= few && bright > 0; n += counts[bright] {
		bright--
	}
	if bright-dark < 32 { // one colour, and no picture
		return
	}
	for i, g := range grey.Pix {
		grey.Pix[i] = uint8(min(255, max(0, (int(g)-dark)*255/(bright-dark))))
	}
}

// sharpen makes edges stand out: each dot differs from the mean of the five by five around it twice as much.
func sharpen(grey *image.Gray) {
	before := image.NewGray(grey.Rect)
	copy(before.Pix, grey.Pix)
	wide, high := grey.Rect.Dx(), grey.Rect.Dy()
	for y := range high {
		for x := range wide {
			sum, n := 0, 0
			for v := max(0, y-2); v < min(high, y+3); v++ {
				for u := max(0, x-2); u < min(wide, x+3); u++ {
					sum, n = sum+int(before.Pix[v*before.Stride+u]), n+1
				}
			}
			at := y*grey.Stride + x
			grey.Pix[at] = uint8(min(255, max(0, 2*int(before.Pix[at])-sum/n)))
		}
	}
}
