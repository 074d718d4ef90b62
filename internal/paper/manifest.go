package paper

import (
	"image"

	"packbench/internal/page"
)

// Manifest is what stands on a hand-over sheet on paper: what a carrier takes, and the boxes in which its driver says so.
type Manifest struct {
	Title string // with the sheet's number
	Code  string // the sheet's number, for its bars and its QR code
	// Carrier stands large, with how the parcels are handed over; Sum is a line: parcels, weight.
	Carrier string
	Sum     string
	Facts   []string // beside the QR code: warehouse, shops, the carrier's card, times
	Parcels []ManifestLine
	Totals  []string
	// AbsentTitle stands over Absent, the parcels the sheet was closed without. Both are empty where it is complete.
	AbsentTitle string
	Absent      []string
	// Signature and Stamp are what stands in the boxes.
	Signature, Stamp string
}

// ManifestLine is a parcel of a manifest.
type ManifestLine struct {
	Number   string // its place on the sheet
	Tracking string
	Orders   string
	Bundle   string // empty: it lies in no bag
	Weight   string // with a mark where the catalogue says so
}

// Measures of a manifest in millimetres.
const (
	manifestBarsMM = 9.0
	manifestQRMM   = 22.0
	placeMM        = 8.0  // the column of places
	trackingMM     = 62.0 // on a wide page
	weightMM       = 24.0
	signMM         = 30.0 // the height of the boxes
)

// HandoverManifest draws a hand-over sheet for a medium at a resolution, on as many pages as it takes: on each its title, which page of how many it is, its Code 128
// and the sum. The boxes for signature and stamp stand together, behind the last parcel. It fails with paper.too_small (blanks width, height) and paper.token.
func HandoverManifest(size page.Size, dpi int, m Manifest) ([]*page.Page, error) {
	p, err := manifestPages(size, dpi, m)
	if err != nil {
		return nil, err
	}
	return p.done()
}

func manifestPages(size page.Size, dpi int, m Manifest) (*pages, error) {
	bars, err := barsOf(m.Code)
	if err != nil {
		return nil, err
	}
	square, err := qrOf(m.Code)
	if err != nil {
		return nil, err
	}
	p := newPages(size, dpi, func(f *flow) {
		f.titled(headType, m.Title)
		f.barsBeside(bars, manifestBarsMM, plainType, m.Sum)
	})
	p.text(largeType, m.Carrier)
	p.squareBeside(square, manifestQRMM, m.Facts)
	for _, line := range m.Parcels {
		p.block(p.manifestLine(line))
	}
	p.rule()
	for _, total := range m.Totals {
		p.text(strongType, total)
	}
	if len(m.Absent) > 0 {
		p.gapBlock()
		p.text(headType, m.AbsentTitle)
		for _, absent := range m.Absent {
			p.text(plainType, absent)
		}
	}
	p.gapBlock()
	p.block(p.boxes(m.Signature, m.Stamp))
	return p, nil
}

func (p *pages) gapBlock() { p.block([]thing{space(0, 2*p.dots(apartMM))}) }

// squareBeside puts down a QR code, so wide in millimetres with the white it needs, and lines at its right.
func (p *pages) squareBeside(c symbol, mm float64, lines []string) {
	module := max(modules[0], p.dots(mm)/c.wide(1))
	wide := c.wide(module)
	inside := wide - 2*c.quiet*module
	things := []thing{{at: image.Pt(0, c.quiet*module), high: inside + c.quiet*module, draw: func(s *sheet, at image.Point) { s.draw(c, at, module, module) }}}
	at := image.Pt(wide+p.dots(apartMM), 0)
	for _, text := range lines {
		more, next := p.things(plainType, text, at, p.room.Dx()-at.X)
		things, at.Y = append(things, more...), next
	}
	p.block(append(things, space(max(at.Y, wide), p.dots(apartMM))))
}

// manifestLine are the things of a parcel: above them a hair of a line. On a wide page its orders stand beside its number, else below it.
func (p *pages) manifestLine(l ManifestLine) []thing {
	s, wide := p.sheet, p.room.Dx()
	top, left := s.dots(pickApartMM), s.dots(placeMM)
	things := []thing{hair(wide, s.dots(hairMM))}
	place, low := s.things(plainType, l.Number, image.Pt(0, top), left)
	weight, end := s.things(plainType, l.Weight, image.Pt(wide-s.dots(weightMM), top), s.dots(weightMM))
	things, low = append(append(things, place...), weight...), max(low, end)
	right := wide - s.dots(weightMM) - s.dots(apartMM)
	under := l.Orders
	if l.Bundle != "" {
		under += " · " + l.Bundle
	}
	if wide >= s.dots(wideMM) {
		number, end := s.things(strongType, l.Tracking, image.Pt(left, top), s.dots(trackingMM))
		from := left + s.dots(trackingMM) + s.dots(apartMM)
		words, next := s.things(plainType, under, image.Pt(from, top), right-from)
		return append(append(append(things, number...), words...), space(max(low, end, next), s.dots(pickApartMM)))
	}
	number, end := s.things(strongType, l.Tracking, image.Pt(left, top), right-left)
	words, next := s.things(plainType, under, image.Pt(left, end), right-left)
	return append(append(append(things, number...), words...), space(max(low, next), s.dots(pickApartMM)))
}

// boxes are two frames side by side, with a word in the upper left corner of each.
func (p *pages) boxes(words ...string) (things []thing) {
	s := p.sheet
	apart, stroke, inner := 2*s.dots(apartMM), s.dots(2*hairMM), s.dots(apartMM)
	wide, high := (p.room.Dx()-apart*(len(words)-1))/len(words), s.dots(signMM)
	for i, word := range words {
		at := image.Pt(i*(wide+apart), 0)
		things = append(things, thing{at: at, high: high, draw: func(s *sheet, at image.Point) {
			s.frame(image.Rectangle{at, at.Add(image.Pt(wide, high))}, stroke)
			down := at.Add(image.Pt(inner, inner))
			for _, l := range s.lines(plainType, word, wide-2*inner) {
				s.put(l, down)
				down.Y += l.above + l.below
			}
		}})
	}
	return things
}
