package paper

import (
	"image"
	"math"
	"strconv"

	"packbench/internal/page"
)

// measures of the calibrating page in millimetres.
const (
	crossMM  = 10.0 // from both edges to the middle of a cross
	reachMM  = 3.0  // from the middle of a cross to the end of its arms
	scaleMM  = 20.0 // the length of the scale at an edge
	byteDots = 8    // a step of the staircase: languages count widths in bytes
	labelled = 5    // every so many steps have their number
)

// CalibratingPage draws the calibrating page for a medium at a resolution: a frame at its edge; at each corner a cross 10 mm from both edges and scales that
// count millimetres from the edges inwards, so that a person reads at the paper's edge how much of the picture is lost there; and a staircase whose steps
// end at every eighth dot, so that the last one that can be seen tells the real width of the head. title stands in the middle. It fails with the
// problem paper.too_small (blanks width, height).
func CalibratingPage(size page.Size, dpi int, title string) (*page.Page, error) {
	s := newSheet(size, dpi)
	s.frame(s.Bounds(), s.dots(frameMM))
	corner := s.dots(scaleMM + apartMM)
	if s.Width < 2*s.dots(scaleMM+edgeMM) || s.Height < 2*s.dots(scaleMM+edgeMM) {
		return nil, tooSmall(size)
	}
	for _, right := range []bool{false, true} {
		for _, below := range []bool{false, true} {
			s.corner(right, below)
		}
	}
	s.write(image.Pt(corner, s.dots(rulerMM)), s.Width-2*corner, style{points: 10, bold: true}, title)
	if !s.staircase(corner+s.lineHeight(style{points: numberPoints}), s.Height-corner) {
		return nil, tooSmall(size)
	}
	return s.Page, nil
}

// corner draws a cross and the two scales of a corner.
func (s *sheet) corner(right, below bool) {
	// from the corner, whichever it is, to dots from the sheet's upper left
	area := func(x1, y1, x2, y2 int) {
		if right {
			x1, x2 = s.Width-x2, s.Width-x1
		}
		if below {
			y1, y2 = s.Height-y2, s.Height-y1
		}
		s.fill(image.Rect(x1, y1, x2, y2))
	}
	stroke := max(1, s.dots(0.2))
	middle, reach := s.dots(crossMM), s.dots(reachMM)
	area(middle-reach, middle, middle+reach, middle+stroke)
	area(middle, middle-reach, middle+stroke, middle+reach)
	for mm := 1; mm <= int(scaleMM); mm++ {
		at, long := int(math.Round(float64(mm)*s.perMM)), s.dots(markLength(mm))
		area(at, 0, at+stroke, long)
		area(0, at, long, at+stroke)
	}
	s.scaleNumbers(right, below)
}

// scaleNumbers writes 10 and 20 at a corner's scales.
func (s *sheet) scaleNumbers(right, below bool) {
	number := style{points: numberPoints}
	high := s.lineHeight(number)
	for mm := 10; mm <= int(scaleMM); mm += 10 {
		text := strconv.Itoa(mm)
		wide, at, off := s.wide(number, text), int(math.Round(float64(mm)*s.perMM)), s.dots(tenthMM)+1
		along, down := image.Pt(at-wide/2, off), image.Pt(off, at-high/2)
		if right {
			along.X, down.X = s.Width-at-wide/2, s.Width-off-wide
		}
		if below {
			along.Y, down.Y = s.Height-off-high, s.Height-at-high/2
		}
		s.write(along, wide, number, text)
		s.write(down, wide, number, text)
	}
}

// staircase draws its steps from the sheet's right edge to a third of its width, between two heights. Each is a block that ends at its number of dots, and
// the numbers stand left of them, where a head that prints the step prints them too. It tells false where they have no room.
func (s *sheet) staircase(top, bottom int) bool {
	widest := s.Width / byteDots * byteDots
	steps := (widest - s.Width/3 + byteDots - 1) / byteDots
	high := s.dots(0.75)
	if steps*high > bottom-top {
		return false
	}
	number := style{points: numberPoints}
	for i := range steps {
		end := widest - i*byteDots
		s.fill(image.Rect(end-byteDots, top, end, top+high))
		if i%labelled == 0 {
			text := strconv.Itoa(end)
			wide := s.wide(number, text)
			s.write(image.Pt(end-byteDots-s.dots(apartMM)-wide, top+high-s.lineHeight(number)), wide, number, text)
		}
		top += high
	}
	return true
}
