package paper

import (
	"fmt"
	"image"
	"slices"

	"packbench/internal/page"
)

// pages is a paper in the making that goes on to another page when one is full. Nothing on it is ever cut.
type pages struct {
	size page.Size
	dpi  int
	// head draws what stands on every page into what is left of it.
	head    func(f *flow)
	sheets  []*sheet
	numbers []int // how far down the number of each stands
	flow
}

// The type of the papers that go with goods.
var (
	headType   = style{points: 11, bold: true}
	largeType  = style{points: 15, bold: true}
	strongType = style{points: 8.5, bold: true}
	plainType  = style{points: 8.5}
)

// hairMM is a line between two things.
const hairMM = 0.15

func newPages(size page.Size, dpi int, head func(f *flow)) *pages {
	p := &pages{size: size, dpi: dpi, head: head}
	p.turn()
	return p
}

// turn begins another page.
func (p *pages) turn() {
	s := newSheet(p.size, p.dpi)
	p.sheets = append(p.sheets, s)
	full := p.full
	p.flow = flow{sheet: s, room: image.Rect(s.dots(edgeMM), s.dots(edgeMM), s.Width-s.dots(edgeMM), s.Height-s.dots(edgeMM)), full: full}
	p.head(&p.flow)
	p.numbers = append(p.numbers, p.numberAt)
}

// fresh tells how high the room of a page is on which nothing but its head stands.
func (p *pages) fresh() int {
	s := newSheet(p.size, p.dpi)
	f := flow{sheet: s, room: image.Rect(s.dots(edgeMM), s.dots(edgeMM), s.Width-s.dots(edgeMM), s.Height-s.dots(edgeMM))}
	p.head(&f)
	return f.room.Dy()
}

// thing is something that stands at a place of a block: draw draws it at its top left corner, dots on its page.
type thing struct {
	at   image.Point // from the block's top left corner
	high int
	draw func(s *sheet, at image.Point)
}

// block puts things down together, or on the next page; those of a block that is higher than a page go on from page to page.
func (p *pages) block(things []thing) {
	high := 0
	for _, t := range things {
		high = max(high, t.at.Y+t.high)
	}
	if high > p.room.Dy() && high <= p.fresh() {
		p.turn()
	}
	slices.SortStableFunc(things, func(a, b thing) int { return a.at.Y - b.at.Y })
	top := 0 // of the page, in the block
	for _, t := range things {
		if t.at.Y-top+t.high > p.room.Dy() {
			top = t.at.Y
			p.turn()
			if t.high > p.room.Dy() {
				p.full = true
				return
			}
		}
		t.draw(p.sheet, p.room.Min.Add(t.at).Sub(image.Pt(0, top)))
	}
	p.room.Min.Y += min(high-top, p.room.Dy())
}

// things are those of a text set into lines that go into a width: at a place of its block, and to the right of it where it runs from the right. next is the height
// at which the text ends.
func (s *sheet) things(t style, text string, at image.Point, width int) (things []thing, next int) {
	for _, l := range s.lines(t, text, width) {
		place := at
		if l.fromRight {
			place.X += width - l.width
		}
		things = append(things, thing{at: place, high: l.above + l.below, draw: func(s *sheet, at image.Point) { s.put(l, at) }})
		at.Y += l.above + l.below
	}
	return things, at.Y
}

// numberRoom is the room at the upper right that a page's number takes: 88/88.
func (s *sheet) numberRoom() int { return s.wide(headType, "88/88") + s.dots(apartMM) }

// done are the pages, each with its number. It fails with paper.too_small where something had no room.
func (p *pages) done() (made []*page.Page, err error) {
	for i, s := range p.sheets {
		number := fmt.Sprintf("%d/%d", i+1, len(p.sheets))
		wide := s.wide(headType, number)
		s.write(image.Pt(s.Width-s.dots(edgeMM)-wide, max(s.dots(edgeMM), p.numbers[i])), wide, headType, number)
		if p.full || s.crowded() {
			return nil, tooSmall(p.size)
		}
		made = append(made, s.Page)
	}
	return made, nil
}

// crowded tells whether something that was put on the sheet stands over its edge or on something else.
func (s *sheet) crowded() bool {
	for i, one := range s.placed {
		if !one.In(s.Bounds()) || slices.ContainsFunc(s.placed[:i], one.Overlaps) {
			return true
		}
	}
	return false
}
