package paper

import (
	"image"
	"math"
	"strings"

	"packbench/internal/page"
)

// Ticket is what stands on the ticket of a parcel that lies in a tote or a slot.
type Ticket struct {
	Wave  string   // a line; empty where it is in none
	Slot  string   // what the tote or slot is called, in figures as large as the paper; empty: none is given
	Code  string   // what opens the parcel
	Facts []string // a line each: pieces, deadline
}

// The type and measures of a ticket.
var (
	ticketHead = style{points: 15, bold: true}
	ticketFact = style{points: 20, bold: true}
)

const (
	largestFigure = 200.0 // points
	leastFigure   = 11.0
	ticketBarsMM  = 16.0
	lowBarsMM     = 9.0
)

// SlotTicket draws the ticket of a slot for a medium at a resolution. It fails with paper.too_small (blanks width, height) and paper.token.
func SlotTicket(size page.Size, dpi int, ticket Ticket) ([]*page.Page, error) {
	p, err := ticketPages(size, dpi, ticket)
	if err != nil {
		return nil, err
	}
	return p.done()
}

func ticketPages(size page.Size, dpi int, ticket Ticket) (*pages, error) {
	code, err := barsOf(ticket.Code)
	if err != nil {
		return nil, err
	}
	p := newPages(size, dpi, func(f *flow) { f.titled(ticketHead, ticket.Wave) })
	bars, factType, facts := ticketBarsMM, ticketFact, ticket.Facts
	if size.HeightMM < page.Label.HeightMM/2 {
		bars, factType, facts = lowBarsMM, ticketHead, []string{strings.Join(facts, " · ")}
	}
	rest := p.dots(bars) + 2*p.dots(apartMM)
	for _, l := range p.lines(plainType, ticket.Code, p.room.Dx()) {
		rest += l.above + l.below
	}
	for _, fact := range facts {
		for _, l := range p.lines(factType, fact, p.room.Dx()) {
			rest += l.above + l.below
		}
	}
	p.figure(ticket.Slot, p.room.Dy()-rest)
	p.bars(code, bars)
	p.text(plainType, ticket.Code)
	p.block([]thing{space(0, p.dots(apartMM))})
	for _, fact := range facts {
		p.text(factType, fact)
	}
	return p, nil
}

// figure puts down a text as large as it goes on one line of a height, in the middle; where it does not go on one, on as many as it takes.
func (p *pages) figure(text string, high int) {
	l, fits := p.largest(text, p.room.Dx(), high)
	if !fits {
		p.text(style{points: leastFigure, bold: true}, text)
		return
	}
	at := image.Pt((p.room.Dx()-l.width)/2, 0)
	p.block([]thing{{at: at, high: l.above + l.below, draw: func(s *sheet, at image.Point) { s.put(l, at) }}})
}

// largest is a text on one line, as large as it goes into a width and a height; false where it does not go in.
func (s *sheet) largest(text string, wide, high int) (line, bool) {
	for points := largestFigure; points >= leastFigure; points = math.Floor(points * 0.94) {
		set := s.lines(style{points: points, bold: true}, text, wide)
		if len(set) == 1 && set[0].width <= wide && set[0].above+set[0].below <= high {
			return set[0], true
		}
	}
	return line{}, false
}
