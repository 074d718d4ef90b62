package sandbox

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"sync"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	subpixel "golang.org/x/image/math/fixed"

	"packbench/assets"
)

// canvas is what a sheet is drawn on. Measures are mm on A6, texts stand on their base lines, their sizes are points.
type canvas interface {
	box(x, y, width, height float64)  // its outline
	line(x1, y1, x2, y2 float64)      // across or down
	fill(x, y, width, height float64) // black
	wide(text string, points float64, bold bool) float64
	write(x, y, points float64, bold bool, text string)
}

// stroke is the width of lines in mm.
const stroke = 0.5

// sheet draws one page.
type sheet func(drawing) error

// paperSizes are the widths and heights of papers in mm.
var paperSizes = map[string]fpdf.SizeType{
	"A6": {Wd: labelWidth, Ht: labelHeight}, "A5": {Wd: 148, Ht: 210}, "A4": {Wd: 210, Ht: 297},
}

// pdf draws sheets, a page each: vectors only, without a time or anything else that differs between two drawings.
func pdf(size string, sheets ...sheet) ([]byte, error) {
	page := paperSizes[size]
	scale := page.Wd / labelWidth
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: page})
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetCatalogSort(true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddUTF8FontFromBytes("sans", "", assets.SansRegular)
	doc.AddUTF8FontFromBytes("sans", "B", assets.SansBold)
	for _, draw := range sheets {
		doc.AddPage()
		doc.TransformBegin()
		doc.TransformScale(scale*100, scale*100, 0, 0)
		doc.SetLineWidth(stroke)
		if err := draw(drawing{vectors{doc}}); err != nil {
			return nil, err
		}
		doc.TransformEnd()
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		return nil, fmt.Errorf("draw document: %w", err)
	}
	return out.Bytes(), nil
}

// vectors is a page of a PDF.
type vectors struct{ doc *fpdf.Fpdf }

func (v vectors) box(x, y, width, height float64)  { v.doc.Rect(x, y, width, height, "D") }
func (v vectors) line(x1, y1, x2, y2 float64)      { v.doc.Line(x1, y1, x2, y2) }
func (v vectors) fill(x, y, width, height float64) { v.doc.Rect(x, y, width, height, "F") }

func (v vectors) wide(text string, points float64, bold bool) float64 {
	v.face(points, bold)
	return v.doc.GetStringWidth(text)
}

func (v vectors) write(x, y, points float64, bold bool, text string) {
	v.face(points, bold)
	v.doc.Text(x, y, text)
}

func (v vectors) face(points float64, bold bool) {
	style := ""
	if bold {
		style = "B"
	}
	v.doc.SetFont("sans", style, points)
}

// pictureWidth is the width of a label's picture in pixels: two for each dot of the head it is made for (see dot), so that bars
// stay whole. The platform documents no size.
const pictureWidth = 2 * 800

// picture draws a sheet as a grey PNG.
func picture(draw sheet) ([]byte, error) {
	perMM := pictureWidth / labelWidth
	r := raster{image.NewGray(image.Rect(0, 0, pictureWidth, int(math.Round(labelHeight*perMM)))), perMM, map[faceKey]font.Face{}}
	for i := range r.page.Pix {
		r.page.Pix[i] = 255
	}
	if err := draw(drawing{r}); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, r.page); err != nil {
		return nil, fmt.Errorf("draw picture: %w", err)
	}
	return out.Bytes(), nil
}

// raster is a page of dots.
type raster struct {
	page  *image.Gray
	perMM float64
	faces map[faceKey]font.Face
}

type faceKey struct {
	points float64
	bold   bool
}

func (r raster) fill(x, y, width, height float64) {
	at := func(mm float64) int { return int(math.Round(mm * r.perMM)) }
	for row := max(0, at(y)); row < min(at(y+height), r.page.Rect.Dy()); row++ {
		for column := max(0, at(x)); column < min(at(x+width), r.page.Rect.Dx()); column++ {
			r.page.SetGray(column, row, color.Gray{})
		}
	}
}

func (r raster) line(x1, y1, x2, y2 float64) {
	if x1 == x2 {
		r.fill(x1-stroke/2, y1, stroke, y2-y1)
		return
	}
	r.fill(x1, y1-stroke/2, x2-x1, stroke)
}

func (r raster) box(x, y, width, height float64) {
	const half = stroke / 2
	for _, edge := range []float64{y, y + height} {
		r.line(x-half, edge, x+width+half, edge)
	}
	for _, edge := range []float64{x, x + width} {
		r.line(edge, y-half, edge, y+height+half)
	}
}

func (r raster) wide(text string, points float64, bold bool) float64 {
	return float64(font.MeasureString(r.face(points, bold), text)) / 64 / r.perMM
}

func (r raster) write(x, y, points float64, bold bool, text string) {
	at := func(mm float64) subpixel.Int26_6 { return subpixel.Int26_6(math.Round(mm * r.perMM * 64)) }
	d := font.Drawer{Dst: r.page, Src: image.Black, Face: r.face(points, bold), Dot: subpixel.Point26_6{X: at(x), Y: at(y)}}
	d.DrawString(text)
}

// fonts are the label's faces, read once.
var fonts = sync.OnceValue(func() map[bool]*opentype.Font {
	read := func(file []byte) *opentype.Font {
		f, err := opentype.Parse(file)
		if err != nil {
			panic(err) // never: the files are part of the program
		}
		return f
	}
	return map[bool]*opentype.Font{false: read(assets.SansRegular), true: read(assets.SansBold)}
})

func (r raster) face(points float64, bold bool) font.Face {
	key := faceKey{points, bold}
	if r.faces[key] == nil {
		face, err := opentype.NewFace(fonts()[bold], &opentype.FaceOptions{Size: points, DPI: r.perMM * 25.4, Hinting: font.HintingFull})
		if err != nil {
			panic(err) // never: the options are right
		}
		r.faces[key] = face
	}
	return r.faces[key]
}
