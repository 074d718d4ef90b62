// Package label turns the platform's label document into a page at the printer's resolution and reads it back: what a
// scanner will find on the paper decides whether the label may go out.
package label

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"packbench/internal/label/pdfium"
	"packbench/internal/order"
	"packbench/internal/page"
)

// maxDocument is the largest document taken, in bytes; the platform's labels have 30 to 500 KB.
const maxDocument = 20 << 20

// Maker makes pages out of documents. It may be used from several goroutines at once.
type Maker struct{ engine *pdfium.Engine }

// NewMaker makes a Maker that keeps what it compiles in cacheDir (14 MB, made if missing). It returns at once.
func NewMaker(cacheDir string) *Maker { return &Maker{engine: pdfium.New(cacheDir)} }

// Warm starts what the first label would have to wait for (up to 3 s on a new installation), and does not wait itself.
func (m *Maker) Warm(ctx context.Context) { m.engine.Warm(ctx) }

// Close waits for the labels being made and gives their memory back.
func (m *Maker) Close(ctx context.Context) error { return m.engine.Close(ctx) }

// mostPages is the most pages of one document that are printed; a run has at most 50 labels.
const mostPages = 50

// Make draws a document of one page on a page of exactly medium.Dots(dpi): centred across, at the upper edge, black where
// the drawing is darker than half.
//
//   - A PDF is drawn at its own size, never enlarged. One that is larger than the medium loses white at its margins; where
//     that is not enough it is shrunk while drawing, and turned a quarter where it would otherwise shrink more.
//   - A PNG or JPEG carries no size one can trust, so it fills the medium, shrunk or enlarged, in its own proportions.
//
// What is wrong with a document is an *order.Problem with one of the keys label.not_a_document, label.too_large,
// label.damaged, label.encrypted, label.pages and label.timeout. When ctx ends first its error is returned.
func (m *Maker) Make(ctx context.Context, document []byte, medium page.Size, dpi int) (*page.Page, error) {
	drawn, err := m.make(ctx, document, 1, medium, dpi)
	if err != nil {
		return nil, err
	}
	return drawn[0], nil
}

// MakeAll draws each page of a document as Make draws the only one, in their order. label.many_pages is a document of more
// than 50, label.slow_pages one whose pages take too long together.
func (m *Maker) MakeAll(ctx context.Context, document []byte, medium page.Size, dpi int) ([]*page.Page, error) {
	return m.make(ctx, document, mostPages, medium, dpi)
}

// make draws all pages of a document of at most most.
func (m *Maker) make(ctx context.Context, document []byte, most int, medium page.Size, dpi int) ([]*page.Page, error) {
	width, height := medium.Dots(dpi)
	if width < 1 || height < 1 || width > page.MaxDots || height > page.MaxDots {
		return nil, fmt.Errorf("label: a medium of %g × %g mm at %d dpi", medium.WidthMM, medium.HeightMM, dpi)
	}
	if len(document) > maxDocument {
		return nil, order.Trouble(fmt.Errorf("%d bytes", len(document)), "label.too_large")
	}
	switch kind(document) {
	case kindPDF:
		drawn, pages, err := m.engine.Render(ctx, document, most, pdfium.Frame{Width: width, Height: height, DPI: dpi})
		switch {
		case err != nil:
			return nil, problemOf(err, pages)
		case pages <= most:
			return drawn, nil
		case most == 1:
			return nil, order.Trouble(nil, "label.pages", "pages", pages)
		}
		return nil, order.Trouble(nil, "label.many_pages", "pages", pages, "most", most)
	case kindPicture:
		picture, err := decodePicture(ctx, document)
		if err != nil {
			return nil, err
		}
		p := page.New(width, height, dpi)
		p.Draw(fill(picture, width, height))
		return []*page.Page{p}, nil
	}
	return nil, order.Trouble(nil, "label.not_a_document")
}

type documentKind int

const (
	kindOther documentKind = iota
	kindPDF
	kindPicture
)

// kind looks at the bytes, never at a name. Readers find a PDF's mark anywhere in the first 1024 bytes (ISO 32000-1 Annex H, note 13).
func kind(document []byte) documentKind {
	switch {
	case bytes.HasPrefix(document, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(document, []byte("\xff\xd8\xff")):
		return kindPicture
	case bytes.Contains(document[:min(len(document), 1024)], []byte("%PDF-")):
		return kindPDF
	}
	return kindOther
}

// problemOf says in a person's words what PDFium found wrong with a document of so many pages, 0 where they were not counted.
func problemOf(err error, pages int) error {
	switch {
	case errors.Is(err, pdfium.ErrTimeout) && pages > 1:
		return order.Trouble(err, "label.slow_pages", "pages", pages)
	case errors.Is(err, pdfium.ErrTimeout):
		return order.Trouble(err, "label.timeout")
	case errors.Is(err, pdfium.ErrEncrypted):
		return order.Trouble(err, "label.encrypted")
	case errors.Is(err, pdfium.ErrDamaged):
		return order.Trouble(err, "label.damaged")
	}
	return err
}
