package paper

import (
	"image"

	"packbench/internal/page"
)

// SlotLabel is the label of a tote or of a slot of a put wall: what it is called, and its barcode.
type SlotLabel struct{ Name, Code string }

// Measures of labels in millimetres: a thumb's width for the name, and bars a hand finds in a hurry.
const (
	slotLabelMM     = 30.0 // the height of one, where the paper is as high
	slotLabelBarsMM = 9.0
	slotLabelWideMM = 44.0 // the least width of one
)

// SlotLabels draws labels to be cut out and stuck on, for a medium at a resolution: as many beside each other as have room, on as many pages as it takes. It fails with
// paper.too_small (blanks width, height) and paper.token.
func SlotLabels(size page.Size, dpi int, title string, labels []SlotLabel) ([]*page.Page, error) {
	p, err := slotLabelPages(size, dpi, title, labels)
	if err != nil {
		return nil, err
	}
	return p.done()
}

func slotLabelPages(size page.Size, dpi int, title string, labels []SlotLabel) (*pages, error) {
	var codes []symbol
	widest := 0
	for _, one := range labels {
		code, err := barsOf(one.Code)
		if err != nil {
			return nil, err
		}
		codes, widest = append(codes, code), max(widest, code.wide(modules[0]))
	}
	p := newPages(size, dpi, func(f *flow) {
		f.titled(headType, title)
		f.gap()
	})
	columns := max(1, p.room.Dx()/max(p.dots(slotLabelWideMM), widest+2*p.dots(apartMM)))
	high := min(p.dots(slotLabelMM), p.room.Dy())
	for from := 0; from < len(labels); from += columns {
		wide := p.room.Dx() / columns
		var row []thing
		for i := from; i < min(from+columns, len(labels)); i++ {
			row = append(row, p.slotLabel(labels[i], codes[i], image.Rect((i-from)*wide, 0, (i-from+1)*wide, high))...)
		}
		p.block(row)
	}
	return p, nil
}

// slotLabel are the things of a label in an area of a block, with a line to cut along around them.
func (p *pages) slotLabel(one SlotLabel, code symbol, area image.Rectangle) []thing {
	left, wide, high, edge, bars := area.Min.X, area.Dx(), area.Dy(), p.dots(apartMM), p.dots(slotLabelBarsMM)
	inner := wide - 2*edge
	module := min(moduleFor(code, inner), max(modules[0], int(widestBarMM*p.perMM)))
	words := p.lines(plainType, one.Code, inner)
	if module < modules[0] || len(words) != 1 {
		p.full = true
		return nil
	}
	text := words[0]
	top := high - edge - text.above - text.below
	name, fits := p.largest(one.Name, inner, top-bars-2*edge)
	if !fits {
		p.full = true
		return nil
	}
	return []thing{
		{at: image.Pt(left, 0), high: high, draw: func(s *sheet, at image.Point) {
			s.frame(image.Rectangle{at, at.Add(image.Pt(wide, high))}, s.dots(hairMM))
		}},
		{at: image.Pt(left+(wide-name.width)/2, edge), high: name.above + name.below, draw: func(s *sheet, at image.Point) { s.put(name, at) }},
		{at: image.Pt(left+(wide-code.wide(module))/2, top-bars), high: bars, draw: func(s *sheet, at image.Point) { s.draw(code, at, module, bars) }},
		{at: image.Pt(left+(wide-text.width)/2, top), high: text.above + text.below, draw: func(s *sheet, at image.Point) { s.put(text, at) }},
	}
}
