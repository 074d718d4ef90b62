package paper

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"packbench/internal/page"
)

// PDF writes pages of a size as a document for an office printer: each a picture of its dots, so that what comes out is what was laid out, with photos over them in their colours.
// made is the time it tells.
func PDF(w io.Writer, size page.Size, pages []*page.Page, made time.Time, photos ...PlacedPhoto) error {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: size.WidthMM, Ht: size.HeightMM}})
	doc.SetCreationDate(made)
	doc.SetModificationDate(made)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	for i, one := range pages {
		var file bytes.Buffer
		if err := PNG(&file, one); err != nil {
			return err
		}
		doc.AddPage()
		name, options := strconv.Itoa(i), fpdf.ImageOptions{ImageType: "PNG"}
		doc.RegisterImageOptionsReader(name, options, &file)
		doc.ImageOptions(name, 0, 0, size.WidthMM, size.HeightMM, false, options, 0, "")
		for n, photo := range photos {
			if photo.Page != i {
				continue
			}
			name, options := "photo"+strconv.Itoa(n), fpdf.ImageOptions{ImageType: "JPEG"}
			doc.RegisterImageOptionsReader(name, options, bytes.NewReader(photo.JPEG))
			doc.ImageOptions(name, photo.X, photo.Y, photo.WideMM, photo.HighMM, false, options, 0, "")
		}
	}
	return doc.Output(w)
}

// PNG writes a page as a picture of one bit a dot.
func PNG(w io.Writer, p *page.Page) error {
	picture := image.NewPaletted(p.Bounds(), blackWhite)
	for y := range p.Height {
		for x := range p.Width {
			if !p.Black(x, y) {
				picture.Pix[y*picture.Stride+x] = 1
			}
		}
	}
	return png.Encode(w, picture)
}
