package paper

import (
	"fmt"
	"image"
	"strings"

	"packbench/internal/page"
)

// Slip is what stands on a packing slip, the paper that lies in a parcel and says what is in it.
type Slip struct {
	Title, Warning string // what it is, and that it is no shipping label
	Shop           string
	Order          string   // a line that names the orders
	Orders         []string // their ids, for the bars
	Facts          []string // a line each
	Items          []Item
	Sum            string
	// NoteTitle stands over Notes, what buyers wrote. They are personal: they stand on the paper and nowhere else.
	NoteTitle string
	Notes     []string
}

// Item is an article of a slip.
type Item struct {
	Pieces             int
	Name, Variant, SKU string
	Gift               string // the word for a gift; empty where it is none
}

// The type and measures of a slip, in millimetres.
var (
	bannerType = style{points: 20, bold: true}
	noteType   = style{points: 10}
)

const (
	slipBarsMM  = 9.0
	slipItemMM  = 15.0 // the column of numbers
	bannerMM    = 1.5  // black around the banner's words
	noteApartMM = 3.0
)

// PackingSlip draws a packing slip for a medium at a resolution, on as many pages as it takes. A black band at its head tells it from a shipping label at a glance. It
// fails with paper.too_small (blanks width, height) and paper.token.
func PackingSlip(size page.Size, dpi int, slip Slip) ([]*page.Page, error) {
	p, err := slipPages(size, dpi, slip)
	if err != nil {
		return nil, err
	}
	return p.done()
}

func slipPages(size page.Size, dpi int, slip Slip) (*pages, error) {
	var codes []symbol
	for _, id := range slip.Orders {
		code, err := barsOf(id)
		if err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	p := newPages(size, dpi, func(f *flow) {
		f.banner(slip.Title, slip.Warning)
		f.titled(headType, slip.Shop)
		for _, l := range f.lines(plainType, slip.Order, f.room.Dx()) {
			f.put(l, f.take(l.width, l.above+l.below).Min)
		}
		f.gap()
	})
	for _, code := range codes {
		p.bars(code, slipBarsMM)
	}
	for _, fact := range slip.Facts {
		p.text(strongType, fact)
	}
	for _, item := range slip.Items {
		p.block(p.item(item))
	}
	p.rule()
	p.text(strongType, slip.Sum)
	if len(slip.Notes) > 0 {
		p.notes(slip.NoteTitle, strings.Join(slip.Notes, "\n"))
	}
	return p, nil
}

// banner puts down white words on a black band.
func (f *flow) banner(title, warning string) {
	top, edge := f.room.Min.Y, f.dots(bannerMM)
	f.take(0, edge)
	for _, part := range []struct {
		style
		text string
	}{{bannerType, title}, {headType, warning}} {
		for _, l := range f.lines(part.style, part.text, f.room.Dx()-2*edge) {
			f.put(l, f.take(l.width+2*edge, l.above+l.below).Min.Add(image.Pt(edge, 0)))
		}
	}
	f.take(0, edge)
	f.invert(image.Rect(f.room.Min.X, top, f.room.Max.X, f.room.Min.Y))
	f.gap()
}

// invert makes black of white and white of black.
func (s *sheet) invert(area image.Rectangle) {
	area = area.Intersect(s.Bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if s.Black(x, y) {
				s.Clear(x, y)
			} else {
				s.Set(x, y)
			}
		}
	}
}

// text puts lines down, each of which may be the first of another page.
func (p *pages) text(t style, text string) {
	things, _ := p.things(t, text, image.Point{}, p.room.Dx())
	for _, one := range things {
		one.at.Y = 0
		p.block([]thing{one})
	}
}

// notes put down notes under a title that never stands alone at the foot of a page.
func (p *pages) notes(title, text string) {
	head, next := p.things(headType, title, image.Pt(0, p.dots(noteApartMM)), p.room.Dx())
	lines, _ := p.things(noteType, text, image.Pt(0, next), p.room.Dx())
	with := min(2, len(lines))
	p.block(append(head, lines[:with]...))
	for _, one := range lines[with:] {
		one.at.Y = 0
		p.block([]thing{one})
	}
}

// rule puts down a hair of a line.
func (p *pages) rule() {
	wide := p.room.Dx()
	p.block([]thing{hair(wide, p.dots(hairMM)), space(0, p.dots(pickApartMM))})
}

func hair(wide, high int) thing {
	return thing{high: high, draw: func(s *sheet, at image.Point) { s.fill(image.Rectangle{at, at.Add(image.Pt(wide, high))}) }}
}

// bars puts down a code, so high in millimetres, as wide as it is read well.
func (p *pages) bars(c symbol, mm float64) {
	module := p.moduleOn(c)
	if module < modules[0] {
		p.full = true
		return
	}
	high := p.dots(mm)
	p.block([]thing{{high: high, draw: func(s *sheet, at image.Point) { s.draw(c, at, module, high) }}, space(high, p.dots(apartMM))})
}

// moduleOn is how wide the modules of a code are in what is left of a page: as wide as they go in, and at most widestBarMM.
func (f *flow) moduleOn(c symbol) int {
	return min(moduleFor(c, f.room.Dx()), max(modules[0], int(widestBarMM*f.perMM)))
}

// item are the things of an article: above them a hair of a line, at the left its number.
func (p *pages) item(i Item) []thing {
	s, wide := p.sheet, p.room.Dx()
	top := s.dots(pickApartMM)
	things, low := s.things(largeType, fmt.Sprintf("×%d", i.Pieces), image.Pt(0, top), wide)
	left := max(s.dots(slipItemMM), s.wide(largeType, fmt.Sprintf("×%d", i.Pieces))+s.dots(apartMM))
	at := image.Pt(left, top)
	for _, part := range []struct {
		style
		text string
	}{{headType, i.Gift}, {strongType, i.Variant}, {plainType, i.Name}, {plainType, i.SKU}} {
		more, next := s.things(part.style, part.text, at, wide-left)
		things, at.Y = append(things, more...), next
	}
	return append(things, hair(wide, s.dots(hairMM)), space(max(low, at.Y), s.dots(pickApartMM)))
}
