package label

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // the platform's pictures are PNG, scans are JPEG
	_ "image/png"
	"math"

	"packbench/internal/label/fit"
	"packbench/internal/order"
	"packbench/internal/page"
)

// maxPixels bounds a picture's memory; a 4 × 6 inch label at 600 dpi has 8.6 million.
const maxPixels = 50_000_000

// decodePicture reads a PNG or JPEG as grey on white.
func decodePicture(document []byte) (*image.Gray, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(document))
	if err != nil {
		return nil, order.Trouble(err, "label.damaged")
	}
	// The size is asked before the picture is unpacked: a few bytes can claim a gigabyte.
	if config.Width > page.MaxDots || config.Height > page.MaxDots || config.Width*config.Height > maxPixels {
		return nil, order.Trouble(fmt.Errorf("%d × %d pixels", config.Width, config.Height), "label.too_large")
	}
	decoded, _, err := image.Decode(bytes.NewReader(document))
	if err != nil {
		return nil, order.Trouble(err, "label.damaged")
	}
	size := decoded.Bounds().Size()
	if size.X < 1 || size.Y < 1 {
		return nil, order.Trouble(fmt.Errorf("%d × %d pixels", size.X, size.Y), "label.damaged")
	}
	grey := image.NewGray(image.Rectangle{Max: size})
	draw.Draw(grey, grey.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(grey, grey.Rect, decoded, decoded.Bounds().Min, draw.Over)
	return grey, nil
}

// wholeWithin is how far a picture may be from a whole number of dots a pixel to be drawn so: 4 × 6 inch are 2 % off the
// medium and A6 is 5 %.
const wholeWithin = 0.06

// fill scales a picture to the largest size of its own proportions inside width × height, turned a quarter where that is
// larger. Where that comes near a whole number of dots a pixel it is that number, so that bars keep their widths: white
// that is too much for the medium is cut off, ink never.
func fill(picture *image.Gray, width, height int) *image.Gray {
	scaleOf := func(w, h int) float64 {
		return min(float64(width)/float64(w), float64(height)/float64(h))
	}
	size := picture.Rect.Size()
	scale := scaleOf(size.X, size.Y)
	if onItsSide := scaleOf(size.Y, size.X); onItsSide > scale {
		picture, scale = fit.Turn(picture), onItsSide
		size = picture.Rect.Size()
	}
	if whole := math.Round(scale); whole >= 1 && math.Abs(scale/whole-1) <= wholeWithin {
		if cut, ok := fit.Crop(picture, width/int(whole), height/int(whole)); ok {
			return resample(cut, cut.Rect.Dx()*int(whole), cut.Rect.Dy()*int(whole))
		}
	}
	side := func(pixels, most int) int {
		return max(1, min(most, int(math.Round(float64(pixels)*scale))))
	}
	return resample(picture, side(size.X, width), side(size.Y, height))
}

// resample gives each new pixel the mean of the area it covers, so that after the threshold an edge lies on the dot nearest
// to it, whether the picture shrinks or grows.
func resample(p *image.Gray, width, height int) *image.Gray {
	if p.Rect.Dx() == width && p.Rect.Dy() == height {
		return p
	}
	columns, rows := spans(p.Rect.Dx(), width), spans(p.Rect.Dy(), height)
	scaled := image.NewGray(image.Rect(0, 0, width, height))
	sums := make([]float64, p.Rect.Dx()) // of the rows that one new row covers
	for y, row := range rows {
		clear(sums)
		row.each(func(i int, weight float64) {
			for x, v := range p.Pix[i*p.Stride:][:len(sums)] {
				sums[x] += weight * float64(v)
			}
		})
		for x, column := range columns {
			var mean float64
			column.each(func(i int, weight float64) { mean += weight * sums[i] })
			scaled.Pix[y*scaled.Stride+x] = uint8(math.Round(min(mean, 255)))
		}
	}
	return scaled
}

// span is the part of the old pixels that one new pixel covers.
type span struct{ from, to float64 }

func spans(old, wanted int) []span {
	s := make([]span, wanted)
	step := float64(old) / float64(wanted)
	for i := range s {
		s[i] = span{float64(i) * step, min(float64(i+1)*step, float64(old))}
	}
	return s
}

// each calls f with every old pixel the span touches and its share; the shares add up to 1.
func (s span) each(f func(i int, weight float64)) {
	for i := int(s.from); float64(i) < s.to; i++ {
		covered := min(float64(i+1), s.to) - max(float64(i), s.from)
		f(i, covered/(s.to-s.from))
	}
}
