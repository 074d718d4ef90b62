// Package paper draws our own sheets: those a printer of labels is set up and tested by, and those that go with goods, such as pick lists and packing slips. It never
// draws a shipping label. It is pure: what stands on a sheet is passed in, and every bar and line has whole dots.
package paper

import (
	"image"
	"math"

	"packbench/internal/order"
	"packbench/internal/page"
)

// sheet is a page in the making. Positions are dots from its top left corner; rectangles go from their first dot to the one after their last.
type sheet struct {
	*page.Page
	perMM float64
	// placed is the room of everything that was put on it, for crowded.
	placed []image.Rectangle
}

func newSheet(size page.Size, dpi int) *sheet {
	width, height := size.Dots(dpi)
	return &sheet{Page: page.New(width, height, dpi), perMM: page.DotsPerMM(dpi)}
}

// dots are so many millimetres, at least one dot.
func (s *sheet) dots(mm float64) int { return max(1, int(math.Round(mm*s.perMM))) }

func (s *sheet) fill(area image.Rectangle) {
	area = area.Intersect(s.Bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			s.Set(x, y)
		}
	}
}

// frame draws the outline of an area, inside of it.
func (s *sheet) frame(area image.Rectangle, stroke int) {
	s.fill(image.Rect(area.Min.X, area.Min.Y, area.Max.X, area.Min.Y+stroke))
	s.fill(image.Rect(area.Min.X, area.Max.Y-stroke, area.Max.X, area.Max.Y))
	s.fill(image.Rect(area.Min.X, area.Min.Y, area.Min.X+stroke, area.Max.Y))
	s.fill(image.Rect(area.Max.X-stroke, area.Min.Y, area.Max.X, area.Max.Y))
}

// tooSmall is the Problem with a medium that a sheet has no room on.
func tooSmall(size page.Size) error {
	return order.Trouble(nil, "paper.too_small", "width", size.WidthMM, "height", size.HeightMM)
}

// perPoint is dots a point.
func (s *sheet) perPoint() float64 { return s.perMM * 25.4 / 72 }

// wide is the width of a text in dots.
func (s *sheet) wide(t style, text string) int {
	return setter.first(t, s.perPoint(), text, math.MaxInt32/64).width
}

// lineHeight is the distance of two lines of text in dots.
func (s *sheet) lineHeight(t style) int { return int(math.Ceil(t.points / 72 * 25.4 * s.perMM * 1.25)) }

// write draws a text whose line begins at its top left corner, as much of it as goes into a width, and gives the width it took.
func (s *sheet) write(at image.Point, width int, t style, text string) int {
	set := setter.first(t, s.perPoint(), text, width)
	s.put(set, at)
	return set.width
}

// lines sets a text into lines that go into a width.
func (s *sheet) lines(t style, text string, width int) []line {
	return setter.set(t, s.perPoint(), text, width)
}
