package paper

import (
	"image"

	"packbench/internal/page"
)

// Lates is what stands on the list of what is late.
type Lates struct {
	Title  string
	Sum    string // the numbers, a line each
	Groups []LateGroup
}

// LateGroup are parcels that are late for one cause.
type LateGroup struct {
	Cause   string // with how many they are
	Parcels []LateParcel
}

// LateParcel is a parcel of the list.
type LateParcel struct {
	Order string // its number, and the market
	Late  string // by how much, of which clock
	About string // who does what next, and what was last known
	Code  string // what opens it at a bench; empty: nothing does
}

// Measures of the list in millimetres.
const (
	lateBoxMM   = 4.5 // the box that is ticked when it is done
	lateBarsMM  = 8.0
	lateWordsMM = 38.0 // the least beside the bars
)

// LateList draws the list of what is late for a medium at a resolution, on as many pages as it takes: on each its title and which page of how many it is, then a
// parcel each under its cause, with a box to tick and the Code 128 that opens it. Nothing is cut. It fails with paper.too_small (blanks width, height) and paper.token.
func LateList(size page.Size, dpi int, list Lates) ([]*page.Page, error) {
	p := newPages(size, dpi, func(f *flow) { f.titled(headType, list.Title) })
	p.text(plainType, list.Sum)
	for _, group := range list.Groups {
		head, end := p.things(headType, group.Cause, image.Pt(0, p.dots(apartMM)), p.room.Dx())
		for i, parcel := range group.Parcels {
			things, err := p.late(parcel)
			if err != nil {
				return nil, err
			}
			if i == 0 { // a cause does not stand alone at the end of a page
				for n := range things {
					things[n].at.Y += end
				}
				things = append(head, things...)
			}
			p.block(things)
			if p.full {
				return p.done()
			}
		}
	}
	return p.done()
}

// late are the things of a parcel: above it a hair of a line, at the left a box, at the right its bars, or below where they have no room there.
func (p *pages) late(parcel LateParcel) (things []thing, err error) {
	s, wide, top := p.sheet, p.room.Dx(), p.dots(pickApartMM)
	box, left := p.dots(lateBoxMM), p.dots(lateBoxMM)+p.dots(apartMM)
	things = append(things, hair(wide, p.dots(hairMM)), thing{at: image.Pt(0, top), high: box, draw: func(s *sheet, at image.Point) {
		s.frame(image.Rectangle{at, at.Add(image.Pt(box, box))}, s.dots(hairMM))
	}})
	right, low := wide, top+box
	if parcel.Code != "" {
		bars, err := barsOf(parcel.Code)
		if err != nil {
			return nil, err
		}
		at, high := image.Pt(wide-bars.wide(modules[0]), top), p.dots(lateBarsMM)
		if right = at.X - p.dots(apartMM); right-left < p.dots(lateWordsMM) {
			at, right = image.Pt(max(0, at.X), p.under(parcel, left, wide, top)+p.dots(hairMM)), wide
		}
		if at.X < 0 || bars.wide(modules[0]) > wide {
			p.full = true
		}
		things = append(things, thing{at: at, high: high, draw: func(s *sheet, at image.Point) { s.draw(bars, at, modules[0], high) }})
		low = max(low, at.Y+high)
	}
	words, end := s.lateWords(parcel, left, right, top)
	return append(append(things, words...), space(max(low, end), p.dots(pickApartMM))), nil
}

// under is how far down the words of a parcel reach.
func (p *pages) under(parcel LateParcel, left, right, top int) int {
	_, end := p.lateWords(parcel, left, right, top)
	return end
}

// lateWords are the words of a parcel between two margins.
func (s *sheet) lateWords(parcel LateParcel, left, right, top int) (things []thing, end int) {
	end = top
	for _, part := range []struct {
		style
		text string
	}{{strongType, parcel.Order}, {strongType, parcel.Late}, {plainType, parcel.About}} {
		var more []thing
		more, end = s.things(part.style, part.text, image.Pt(left, end), right-left)
		things = append(things, more...)
	}
	return things, end
}
