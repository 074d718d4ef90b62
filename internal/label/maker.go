// Package label turns the platform's label document into a page at the printer's resolution and reads it back: what a
// scanner will find on the paper decides whether the label may go out.
package label

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"sync"
	"time"

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
	drawn, pages, err := m.make(ctx, document, 0, medium, dpi)
	if err != nil {
		return nil, err
	}
	if pages > 1 {
		return nil, order.Trouble(nil, "label.pages", "pages", pages)
	}
	return drawn, nil
}

// MakeAll draws each page of a document as Make draws the only one, in their order; label.many_pages is a document of more
// than 50.
func (m *Maker) MakeAll(ctx context.Context, document []byte, medium page.Size, dpi int) ([]*page.Page, error) {
	first, pages, err := m.make(ctx, document, 0, medium, dpi)
	if err != nil {
		return nil, err
	}
	if pages > mostPages {
		return nil, order.Trouble(nil, "label.many_pages", "pages", pages, "most", mostPages)
	}
	drawn := make([]*page.Page, pages)
	drawn[0] = first
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	most := furtherTimeout(pages)
	late := time.AfterFunc(most, func() { giveUp(order.Trouble(fmt.Errorf("%d pages take more than %v", pages, most), "label.timeout")) })
	defer late.Stop()
	var wait sync.WaitGroup
	for n := 1; n < pages; n++ {
		wait.Go(func() {
			var err error
			if drawn[n], _, err = m.make(ctx, document, n, medium, dpi); err != nil {
				giveUp(err)
			}
		})
	}
	wait.Wait()
	// The first alone, for it is one sentence.
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return drawn, nil
}

// furtherTimeout is how long the pages after the first may take together: a second, and 0.1 s for each, three times what a dense label takes. Each page
// has its own limit; this one is for documents of many pages that stay just below it.
func furtherTimeout(pages int) time.Duration {
	return time.Second + time.Duration(pages)*100*time.Millisecond
}

// make draws page n, counted from 0, and tells how many there are.
func (m *Maker) make(ctx context.Context, document []byte, n int, medium page.Size, dpi int) (p *page.Page, pages int, err error) {
	width, height := medium.Dots(dpi)
	if width < 1 || height < 1 || width > page.MaxDots || height > page.MaxDots {
		return nil, 0, fmt.Errorf("label: a medium of %g × %g mm at %d dpi", medium.WidthMM, medium.HeightMM, dpi)
	}
	if len(document) > maxDocument {
		return nil, 0, order.Trouble(fmt.Errorf("%d bytes", len(document)), "label.too_large")
	}
	picture, pages, err := m.draw(ctx, document, n, pdfium.Frame{Width: width, Height: height, DotsPerMM: page.DotsPerMM(dpi)})
	if err != nil {
		return nil, 0, err
	}
	p = page.New(width, height, dpi)
	threshold(p, picture)
	return p, pages, nil
}

// draw gives a page of the document as a grey picture that fits the frame.
func (m *Maker) draw(ctx context.Context, document []byte, n int, frame pdfium.Frame) (*image.Gray, int, error) {
	switch kind(document) {
	case kindPDF:
		picture, pages, err := m.engine.Render(ctx, document, n, frame)
		return picture, pages, problemOf(err)
	case kindPicture:
		picture, err := decodePicture(ctx, document)
		if err != nil {
			return nil, 0, err
		}
		return fill(picture, frame.Width, frame.Height), 1, nil
	}
	return nil, 0, order.Trouble(nil, "label.not_a_document")
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

// problemOf says in a person's words what PDFium found wrong.
func problemOf(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pdfium.ErrTimeout):
		return order.Trouble(err, "label.timeout")
	case errors.Is(err, pdfium.ErrEncrypted):
		return order.Trouble(err, "label.encrypted")
	case errors.Is(err, pdfium.ErrDamaged):
		return order.Trouble(err, "label.damaged")
	}
	return err
}

// threshold copies the picture to the page, centred across and at the upper edge. Grey drawing and a threshold at half
// keep bars true to 0.75 dot; a renderer's own black-and-white mode fattens them by a dot (printing facts 1).
func threshold(p *page.Page, picture *image.Gray) {
	const half = 128
	width, height := picture.Rect.Dx(), picture.Rect.Dy()
	left := (p.Width - width) / 2
	for y := range height {
		grey := picture.Pix[y*picture.Stride:][:width]
		row := p.Bits[y*p.Stride:][:p.Stride]
		for i, g := range grey {
			if g < half {
				x := left + i
				row[x>>3] |= 0x80 >> (x & 7)
			}
		}
	}
}
