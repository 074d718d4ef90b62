// Package paper draws our own sheets for the label printer: the test page and the calibrating page. It never draws a shipping label. It is pure: what
// stands on a sheet is passed in, and every bar and line has whole dots.
package paper

import (
	"image"
	"math"
	"sort"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	subpixel "golang.org/x/image/math/fixed"

	"packbench/assets"
	"packbench/internal/order"
	"packbench/internal/page"
)

// sheet is a page in the making. Positions are dots from its top left corner; rectangles go from their first dot to the one after their last.
type sheet struct {
	*page.Page
	perMM float64
	faces map[style]font.Face
}

type style struct {
	points float64
	bold   bool
}

func newSheet(size page.Size, dpi int) *sheet {
	width, height := size.Dots(dpi)
	return &sheet{Page: page.New(width, height, dpi), perMM: page.DotsPerMM(dpi), faces: map[style]font.Face{}}
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

// fonts are the faces, read once. Noto Sans SC holds Latin too.
var fonts = sync.OnceValue(func() map[bool]*opentype.Font {
	read := func(file []byte) *opentype.Font {
		f, err := opentype.Parse(file)
		if err != nil {
			panic(err) // never: the files are part of the program
		}
		return f
	}
	return map[bool]*opentype.Font{false: read(assets.SansSCRegular), true: read(assets.SansSCBold)}
})

func (s *sheet) face(t style) font.Face {
	if s.faces[t] == nil {
		face, err := opentype.NewFace(fonts()[t.bold], &opentype.FaceOptions{Size: t.points, DPI: s.perMM * 25.4, Hinting: font.HintingFull})
		if err != nil {
			panic(err) // never: the options are right
		}
		s.faces[t] = face
	}
	return s.faces[t]
}

// wide is the width of a text in dots.
func (s *sheet) wide(t style, text string) int { return font.MeasureString(s.face(t), text).Ceil() }

// lineHeight is the distance of two lines of text in dots.
func (s *sheet) lineHeight(t style) int { return int(math.Ceil(t.points / 72 * 25.4 * s.perMM * 1.25)) }

// write draws a text whose line begins at its top left corner, as much of it as goes into a width, and gives the width it took. Its dots are those
// that are at least half covered: a thermal head knows no grey.
func (s *sheet) write(at image.Point, width int, t style, text string) int {
	text = s.shortened(t, strings.TrimSpace(text), width)
	took := min(width, s.wide(t, text))
	height := s.lineHeight(t)
	if took < 1 {
		return 0
	}
	grey := image.NewGray(image.Rect(0, 0, took, height))
	base := subpixel.I(height) * 4 / 5
	(&font.Drawer{Dst: grey, Src: image.White, Face: s.face(t), Dot: subpixel.Point26_6{Y: subpixel.I(base.Round())}}).DrawString(text)
	for y := range height {
		for x := range took {
			if grey.Pix[y*grey.Stride+x] >= 128 {
				s.Set(at.X+x, at.Y+y)
			}
		}
	}
	return took
}

// shortened is as much of a text as goes into a width, with three dots where something is left out.
func (s *sheet) shortened(t style, text string, width int) string {
	if s.wide(t, text) <= width {
		return text
	}
	runes := []rune(text)
	cut := func(n int) string { return string(runes[:n]) + "…" }
	tooMany := sort.Search(len(runes), func(n int) bool { return s.wide(t, cut(n)) > width })
	if tooMany == 0 {
		return ""
	}
	return cut(tooMany - 1)
}
