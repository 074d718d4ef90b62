package station

import (
	"context"
	"errors"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

// drawing is the page of a label document. It is drawn once, beside the loop; done is closed when the rest is set, and nothing changes after that.
type drawing struct {
	document string // SHA-256 of the document it is of
	done     chan struct{}
	page     *page.Page
	codes    []label.Code // what was read back from the page
	err      error
}

func newDrawing(document string) *drawing {
	return &drawing{document: document, done: make(chan struct{})}
}

// is tells whether it is a drawing of this document.
func (d *drawing) is(document string) bool {
	return d != nil && document != "" && d.document == document
}

// of waits for the drawing if it is one of this document. It is nil where it is of another one, or came to nothing.
func (d *drawing) of(ctx context.Context, document string) *drawing {
	if !d.is(document) {
		return nil
	}
	select {
	case <-d.done:
		if d.err == nil {
			return d
		}
	case <-ctx.Done():
	}
	return nil
}

// drawn is the page of a document: the one that was drawn ahead, or is being drawn, if it is of this very document; else one that is drawn now.
func (s *Station) drawn(ctx context.Context, ahead *drawing, name string, document []byte) (*drawing, error) {
	if ready := ahead.of(ctx, name); ready != nil {
		return ready, nil
	}
	d := newDrawing(name)
	if s.draw(ctx, d, document); d.err != nil {
		return nil, d.err
	}
	return d, nil
}

// draw draws the page and reads it back.
func (s *Station) draw(ctx context.Context, d *drawing, document []byte) {
	defer close(d.done)
	if d.page, d.err = s.Labels.Make(ctx, document, s.Printer.Medium(), s.Printer.DPI()); d.err == nil {
		d.codes = label.Codes(d.page)
	}
}

// drawAhead draws the label of the open parcel while its pieces are still being scanned, if its document is here already: then the label need not be
// drawn once the last piece is in. A document of another version than the parcel has now is not drawn: there will be another one.
func (s *Station) drawAhead() {
	p, w := s.state.Parcel, s.state.Work
	wanted := s.state.Phase == packing.Packing && w.Arranged && w.Label.State == order.NoLabel && w.DocumentVersion == p.LabelVersion
	inRun := s.run != nil && s.run.making[p.Key]
	if wanted && w.Document != "" && !inRun && !s.label.is(w.Document) {
		s.drawKept()
	}
}

// errNotKept keeps a page from being drawn ahead. Who needs it fetches the document.
var errNotKept = errors.New("station: the document is not there any more")

// aheadDrawn is the end of a drawing that nothing waited for.
type aheadDrawn struct{ *drawing }

// drawKept draws the open parcel's kept document, for when it is wanted and for the screen.
func (s *Station) drawKept() {
	key, d := s.state.Parcel.Key, newDrawing(s.state.Work.Document)
	s.label = d
	s.beside(func(ctx context.Context) any {
		document, err := s.kept(d.document)
		if err == nil && document == nil {
			err = errNotKept
		}
		if d.err = err; err != nil {
			close(d.done)
		} else {
			s.draw(ctx, d, document)
		}
		s.logTrouble("the label was not drawn ahead", key, d.err)
		return aheadDrawn{d}
	})
}

// shownLabel is the open parcel's label, nil while it is not drawn, or what is drawn is of another document.
func (s *Station) shownLabel() *page.Page {
	if !s.label.is(s.state.Work.Document) {
		return nil
	}
	select {
	case <-s.label.done:
		return s.label.page
	default:
		return nil
	}
}
