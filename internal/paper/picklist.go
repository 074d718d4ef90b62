package paper

import (
	"fmt"
	"image"

	"packbench/internal/page"
)

// Pick is a stop of a pick list: where, how many of what, and the words for it.
type Pick struct {
	Bin    string // empty: nobody knows where it lies
	Pieces int
	SKU    string
	Name   string // and variant
}

// The type of a pick list. A picker reads bin and number while walking.
var (
	pickHead  = style{points: 11, bold: true}
	pickLarge = style{points: 15, bold: true}
	pickSmall = style{points: 8.5}
)

// pickBarsMM is how high the wave's bars are, pickApartMM what is white between two stops.
const (
	pickBarsMM  = 9.0
	pickApartMM = 1.5
)

// PickList draws a pick list for a medium at a resolution, on as many pages as it takes: on the first one the wave's Code 128, on each its title and which page
// of how many it is; then a stop each. Nothing is cut: names take the lines they need. It fails with paper.too_small and paper.token.
func PickList(size page.Size, dpi int, title, code string, picks []Pick) (pages []*page.Page, err error) {
	bars, err := barsOf(code)
	if err != nil {
		return nil, err
	}
	var sheets []*sheet
	var f flow
	turn := func() {
		s := newSheet(size, dpi)
		f = flow{sheet: s, room: image.Rect(s.dots(edgeMM), s.dots(edgeMM), s.Width-s.dots(edgeMM), s.Height-s.dots(edgeMM))}
		f.take(0, s.lineHeight(pickHead))
		if len(sheets) == 0 {
			if module := moduleFor(bars, f.room.Dx()); module < modules[0] {
				f.full = true
			} else {
				at := f.take(0, s.dots(pickBarsMM)+s.dots(pickApartMM))
				s.draw(bars, at.Min, module, s.dots(pickBarsMM))
			}
		}
		sheets = append(sheets, s)
	}
	turn()
	for _, pick := range picks {
		lines, bin := f.pickWords(pick)
		high := f.pickHeight(lines, bin)
		if high > f.room.Dy() {
			if turn(); high > f.room.Dy() {
				f.full = true
			}
		}
		if f.full {
			return nil, tooSmall(size)
		}
		f.pick(pick, lines, bin, high)
	}
	for i, s := range sheets {
		number := fmt.Sprintf("%d/%d", i+1, len(sheets))
		at := image.Pt(s.dots(edgeMM), s.dots(edgeMM))
		wide := s.Width - 2*at.X
		s.write(at, wide-s.wide(pickHead, number)-s.dots(2), pickHead, title)
		s.write(image.Pt(s.Width-at.X-s.wide(pickHead, number), at.Y), wide, pickHead, number)
		pages = append(pages, s.Page)
	}
	return pages, nil
}

// The columns of a stop, in shares of the width: bin, then number, then words.
const (
	binShare    = 0.34
	piecesShare = 0.14
)

// pickWords are the lines of a stop's words, and of its bin.
func (f *flow) pickWords(p Pick) (lines, bin []string) {
	wide := f.room.Dx()
	words := wide - int(float64(wide)*(binShare+piecesShare))
	return append(f.wrapped(pickSmall, p.SKU, words), f.wrapped(pickSmall, p.Name, words)...),
		f.wrapped(pickLarge, p.Bin, int(float64(wide)*binShare)-f.dots(1))
}

func (f *flow) pickHeight(lines, bin []string) int {
	return max(len(lines)*f.lineHeight(pickSmall), max(1, len(bin))*f.lineHeight(pickLarge)) + f.dots(pickApartMM)
}

// pick draws a stop, with a hair of a line above it.
func (f *flow) pick(p Pick, lines, bin []string, high int) {
	area := f.take(0, high)
	f.fill(image.Rect(f.dots(edgeMM), area.Min.Y, f.Width-f.dots(edgeMM), area.Min.Y+1))
	wide := f.Width - 2*f.dots(edgeMM)
	left, top := f.dots(edgeMM), area.Min.Y+f.dots(0.5)
	for i, line := range bin {
		f.write(image.Pt(left, top+i*f.lineHeight(pickLarge)), wide, pickLarge, line)
	}
	number := left + int(float64(wide)*binShare)
	f.write(image.Pt(number, top), wide, pickLarge, fmt.Sprintf("×%d", p.Pieces))
	words := left + int(float64(wide)*(binShare+piecesShare))
	for i, line := range lines {
		f.write(image.Pt(words, top+i*f.lineHeight(pickSmall)), f.Width-words, pickSmall, line)
	}
}

// wrapped parts a text into lines that go into a width.
func (s *sheet) wrapped(t style, text string, width int) (lines []string) {
	for _, l := range s.lines(t, text, width) {
		lines = append(lines, l.text)
	}
	return lines
}
