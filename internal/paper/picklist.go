package paper

import (
	"fmt"
	"image"
	"slices"

	"packbench/internal/page"
)

// Picks is what stands on a wave's pick list.
type Picks struct {
	Title string
	Sum   string // a line: pieces, stops, metres
	Code  string // the wave's barcode
	Stops []Pick // in the order of the walk
}

// Pick is a stop of a pick list: where, how many of what, and the words for it.
type Pick struct {
	Bin     string // empty: nobody knows where it lies
	Pieces  int
	SKU     string
	Name    string
	Variant string
	// Into is where its pieces go: totes and slots, with how many where it is more than one; empty where none is given yet.
	Into    string
	Picture image.Image // nil: there is none
}

// Measures of a pick list in millimetres.
const (
	pickBarsMM  = 9.0
	pickApartMM = 1.2 // between two stops
	widestBarMM = 0.4
	thumbMM     = 13.0
	piecesMM    = 20.0 // the column of numbers
	wideMM      = 150.0
	binMM       = 45.0
)

// PickList draws a pick list for a medium at a resolution, on as many pages as it takes: on each its title, which page of how many it is, the wave's Code 128 and
// the sum; then a stop each. A picker reads bin and number while walking. Nothing is cut: names take the lines they need. It fails with paper.too_small (blanks width,
// height) and paper.token.
func PickList(size page.Size, dpi int, list Picks) ([]*page.Page, error) {
	p, err := pickPages(size, dpi, list)
	if err != nil {
		return nil, err
	}
	return p.done()
}

func pickPages(size page.Size, dpi int, list Picks) (*pages, error) {
	bars, err := barsOf(list.Code)
	if err != nil {
		return nil, err
	}
	p := newPages(size, dpi, func(f *flow) {
		f.titled(headType, list.Title)
		f.barsBeside(bars, pickBarsMM, plainType, list.Sum)
	})
	for _, pick := range list.Stops {
		p.block(p.stop(pick))
		if p.full {
			break
		}
	}
	return p, nil
}

// titled puts down a title that leaves room for the page's number at its right.
func (f *flow) titled(t style, text string) {
	f.numberAt = f.room.Min.Y
	for _, l := range f.lines(t, text, f.room.Dx()-f.numberRoom()) {
		f.put(l, f.take(l.width, l.above+l.below).Min)
	}
	f.take(0, max(0, f.numberAt+f.lineHeight(headType)+1-f.room.Min.Y)) // the number may be higher
}

// barsBeside puts down a code, so high in millimetres, and words at its right, or below it where there is no room.
func (f *flow) barsBeside(c symbol, mm float64, t style, words string) {
	module := f.moduleOn(c)
	if module < modules[0] {
		f.full = true
		return
	}
	beside := c.wide(module) + f.dots(apartMM)
	at, width := image.Pt(f.room.Min.X+beside, f.room.Min.Y), f.room.Dx()-beside
	bars := f.dots(mm)
	if width < f.dots(piecesMM) {
		at, width = image.Pt(f.room.Min.X, f.room.Min.Y+bars+f.dots(apartMM)), f.room.Dx()
	}
	f.draw(c, f.room.Min, module, bars)
	end := f.room.Min.Y + bars
	for _, l := range f.lines(t, words, width) {
		f.put(l, at)
		at.Y += l.above + l.below
		end = max(end, at.Y)
	}
	f.take(0, end-f.room.Min.Y+f.dots(apartMM))
}

// stop are the things of a stop: above them a hair of a line, at the left its picture, at the right its number.
func (p *pages) stop(pick Pick) (things []thing) {
	s, wide := p.sheet, p.room.Dx()
	top, side := s.dots(pickApartMM), s.dots(thumbMM)
	things = append(things, hair(wide, s.dots(hairMM)), thing{at: image.Pt(0, top), high: side, draw: func(s *sheet, at image.Point) {
		s.photo(pick.Picture, image.Rectangle{at, at.Add(image.Pt(side, side))})
	}})
	number := s.lines(largeType, fmt.Sprintf("×%d", pick.Pieces), wide)[0]
	things = append(things, thing{at: image.Pt(wide-number.width, top), high: number.above + number.below, draw: func(s *sheet, at image.Point) { s.put(number, at) }})
	left, right := side+s.dots(apartMM), wide-max(s.dots(piecesMM), number.width+s.dots(apartMM))
	bin := pick.Bin
	if bin == "" {
		bin = "—"
	}
	if wide >= s.dots(wideMM) { // the bin has a column of its own, the words stand beside it
		column := s.dots(binMM)
		bins, end := s.things(largeType, bin, image.Pt(left, top), column)
		into, next := s.things(headType, arrow(pick.Into), image.Pt(left+column+s.dots(apartMM), top), right-left-column-s.dots(apartMM))
		words, below := s.words(pick, image.Pt(left+column+s.dots(apartMM), next), right)
		return slices.Concat(things, bins, into, words, []thing{space(max(end, below), s.dots(pickApartMM))})
	}
	bins, end := s.things(largeType, bin, image.Pt(left, top), right-left)
	into := s.beside(s.lines(largeType, bin, right-left), arrow(pick.Into), image.Pt(left, top), right)
	if into == nil {
		into, end = s.things(headType, arrow(pick.Into), image.Pt(left, end), wide-left)
	}
	words, below := s.words(pick, image.Pt(left, end), wide)
	return slices.Concat(things, bins, into, words, []thing{space(below, s.dots(pickApartMM))})
}

// arrow says where pieces go; nothing where that is not known.
func arrow(into string) string {
	if into == "" {
		return ""
	}
	return "→ " + into
}

// beside are the things of a text that stands on the base line of a single line, to its right; nil where it has no room, or the line stands at the right itself.
func (s *sheet) beside(first []line, text string, at image.Point, right int) []thing {
	if len(first) != 1 || first[0].fromRight {
		return nil
	}
	from := at.X + first[0].width + 2*s.dots(apartMM)
	set := s.lines(headType, text, max(1, right-from))
	if len(set) > 1 || len(set) == 1 && (set[0].width > right-from || set[0].above > first[0].above || set[0].below > first[0].below) {
		return nil
	}
	things := []thing{}
	for _, l := range set {
		things = append(things, thing{at: image.Pt(from, at.Y+first[0].above-l.above), high: l.above + l.below, draw: func(s *sheet, at image.Point) { s.put(l, at) }})
	}
	return things
}

// words are the words of a stop, from a place as far as right.
func (s *sheet) words(pick Pick, at image.Point, right int) (things []thing, end int) {
	variant := pick.Variant
	if variant != "" && pick.SKU != "" {
		variant += " · "
	}
	first, next := s.things(strongType, variant+pick.SKU, at, right-at.X)
	second, end := s.things(plainType, pick.Name, image.Pt(at.X, next), right-at.X)
	return append(first, second...), end
}

// space is nothing, so high.
func space(top, high int) thing {
	return thing{at: image.Pt(0, top), high: high, draw: func(*sheet, image.Point) {}}
}
