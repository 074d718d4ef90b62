package paper

import (
	"fmt"
	"image"

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

// titled puts down a title that leaves room for the page's number.
func (f *flow) titled(t style, text string) {
	for _, l := range f.lines(t, text, f.room.Dx()-f.numberRoom()) {
		f.put(l, f.take(l.width, l.above+l.below).Min)
	}
}

// barsBeside puts down a code, so high in millimetres, and words at its right, or below it where there is no room.
func (f *flow) barsBeside(c symbol, mm float64, t style, words string) {
	module := min(moduleFor(c, f.room.Dx()), max(modules[0], int(widestBarMM*f.perMM)))
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
	things = append(things, thing{high: s.dots(hairMM), draw: func(s *sheet, at image.Point) {
		s.fill(image.Rectangle{at, at.Add(image.Pt(wide, s.dots(hairMM)))})
	}})
	things = append(things, thing{at: image.Pt(0, top), high: side, draw: func(s *sheet, at image.Point) {
		s.photo(pick.Picture, image.Rectangle{at, at.Add(image.Pt(side, side))})
	}})
	left := side + s.dots(apartMM)
	words := wide - left
	number := s.lines(largeType, fmt.Sprintf("×%d", pick.Pieces), words)
	for _, l := range number { // one
		things = append(things, thing{at: image.Pt(wide-l.width, top), high: l.above + l.below, draw: func(s *sheet, at image.Point) { s.put(l, at) }})
	}
	add := func(t style, text string, width int) {
		var more []thing
		more, top = s.text(t, text, image.Pt(left, top), width)
		things = append(things, more...)
	}
	bin := pick.Bin
	if bin == "" {
		bin = "—"
	}
	add(largeType, bin, words-max(s.dots(piecesMM), number[0].width+s.dots(apartMM)))
	add(strongType, pick.Variant, words)
	add(plainType, pick.Name, words)
	add(plainType, pick.SKU, words)
	if pick.Into != "" {
		add(headType, "→ "+pick.Into, words)
	}
	return append(things, thing{at: image.Pt(0, top), high: s.dots(pickApartMM), draw: func(*sheet, image.Point) {}})
}
