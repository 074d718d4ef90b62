package paper

import (
	"fmt"
	"image"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	subpixel "golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// put draws a line that begins at its top left corner. Each group of glyphs begins at a whole dot, so that a letter looks the same wherever it stands.
func (s *sheet) put(l line, at image.Point) {
	if l.width > 0 {
		s.placed = append(s.placed, image.Rect(at.X, at.Y, at.X+l.width, at.Y+l.above+l.below))
	}
	base := at.Y + l.above
	for from := 0; from < len(l.glyphs); {
		to := from + 1
		for to < len(l.glyphs) && l.glyphs[to].group == l.glyphs[from].group {
			to++
		}
		first := l.glyphs[from].x
		origin := image.Pt(at.X+first.Round(), base)
		for _, g := range l.glyphs[from:to] {
			if g.missing != 0 {
				s.box(boxFor(s.perPoint(), g.missing), image.Pt(at.X+g.x.Round(), base), g.missing)
			}
		}
		s.stamp(l.glyphs[from:to], first, origin)
		from = to
	}
}

// stamp draws the outlines of a group. Its dots are those that are at least half covered: a thermal head knows no grey. Where strokes are so thin that none would be
// there, or a third of the ink would be gone, those that are covered less count too.
func (s *sheet) stamp(group []glyph, first subpixel.Int26_6, origin image.Point) {
	bounds := boundsOf(group, first)
	if bounds.Empty() {
		return
	}
	raster := vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	for _, g := range group {
		at := func(p opentype.SegmentPoint) (x, y float32) {
			return float32(g.x-first)/64 + p.X*g.scale - float32(bounds.Min.X), -float32(g.y)/64 - p.Y*g.scale - float32(bounds.Min.Y)
		}
		trace(raster, g.outline, at)
	}
	cover := image.NewAlpha(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	raster.Draw(cover, cover.Rect, image.Opaque, image.Point{})
	least := threshold(cover)
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			if cover.Pix[y*cover.Stride+x] >= least {
				s.Set(origin.X+bounds.Min.X+x, origin.Y+bounds.Min.Y+y)
			}
		}
	}
}

// threshold is how much of a dot is covered, of 255, that it is drawn.
func threshold(cover *image.Alpha) uint8 {
	total := 0
	for _, c := range cover.Pix {
		total += int(c)
	}
	for least := uint8(128); least > 16; least -= 16 {
		dots := 0
		for _, c := range cover.Pix {
			if c >= least {
				dots++
			}
		}
		if dots > 0 && dots*255*3 >= total*2 {
			return least
		}
	}
	return 1
}

// boundsOf are the dots that a group's outlines can reach, from its first glyph on the base line; down is positive.
func boundsOf(group []glyph, first subpixel.Int26_6) image.Rectangle {
	left, top, right, bottom := math.MaxFloat64, math.MaxFloat64, -math.MaxFloat64, -math.MaxFloat64
	for _, g := range group {
		for _, segment := range g.outline {
			for _, p := range segment.ArgsSlice() {
				x, y := float64(g.x-first)/64+float64(p.X*g.scale), -float64(g.y)/64-float64(p.Y*g.scale)
				left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
			}
		}
	}
	if left > right {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(left)), int(math.Floor(top)), int(math.Ceil(right)), int(math.Ceil(bottom)))
}

func trace(raster *vector.Rasterizer, outline []font.Segment, at func(opentype.SegmentPoint) (x, y float32)) {
	for _, segment := range outline {
		x, y := at(segment.Args[0])
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			raster.ClosePath()
			raster.MoveTo(x, y)
		case opentype.SegmentOpLineTo:
			raster.LineTo(x, y)
		case opentype.SegmentOpQuadTo:
			x2, y2 := at(segment.Args[1])
			raster.QuadTo(x, y, x2, y2)
		case opentype.SegmentOpCubeTo:
			x2, y2 := at(segment.Args[1])
			x3, y3 := at(segment.Args[2])
			raster.CubeTo(x, y, x2, y2, x3, y3)
		}
	}
	raster.ClosePath()
}

// codeBox is the box that stands for a character no face has: its code in two rows of digits, in dots.
type codeBox struct {
	module, columns, wide, high int
}

// The digits of a box in modules: 3 × 5, a module apart; around them a line and white.
const (
	digitWide, digitHigh = 3, 5
	boxEdge              = 2
)

// boxFor is the box of a character; a module is two dots at 203 dpi, so that its code can be read whatever size the text has.
func boxFor(perPoint float64, r rune) codeBox {
	module := max(1, int(math.Round(perPoint*72/25.4/4)))
	columns := (len(codeOf(r)) + 1) / 2
	return codeBox{
		module: module, columns: columns,
		wide: module * (columns*(digitWide+1) - 1 + 2*boxEdge + 1), // and a module to the next character
		high: module * (2*(digitHigh+1) - 1 + 2*boxEdge),
	}
}

func codeOf(r rune) string { return fmt.Sprintf("%04X", r) }

// hexDigits are the rows of the digits 0 to F, three dots each.
var hexDigits = [16][digitHigh]uint8{
	{7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 7, 1, 7}, {5, 5, 7, 1, 1}, {7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 1, 2, 2},
	{7, 5, 7, 5, 7}, {7, 5, 7, 1, 7}, {2, 5, 7, 5, 5}, {6, 5, 6, 5, 6}, {7, 4, 4, 4, 7}, {6, 5, 5, 5, 6}, {7, 4, 6, 4, 7}, {7, 4, 6, 4, 4},
}

// box draws the box of a character that stands on the base line at a point.
func (s *sheet) box(b codeBox, at image.Point, r rune) {
	area := image.Rect(at.X, at.Y-b.high, at.X+b.wide-b.module, at.Y)
	s.frame(area, b.module)
	code := codeOf(r)
	if len(code)%2 == 1 {
		code = "0" + code
	}
	for i, digit := range code {
		value := int(digit - '0')
		if digit >= 'A' {
			value = int(digit-'A') + 10
		}
		left := area.Min.X + b.module*(boxEdge+i%b.columns*(digitWide+1))
		top := area.Min.Y + b.module*(boxEdge+i/b.columns*(digitHigh+1))
		for y, row := range hexDigits[value] {
			for x := range digitWide {
				if row&(4>>x) != 0 {
					corner := image.Pt(left+x*b.module, top+y*b.module)
					s.fill(image.Rectangle{corner, corner.Add(image.Pt(b.module, b.module))})
				}
			}
		}
	}
}
