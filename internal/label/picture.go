package label

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the platform's pictures are PNG, scans are JPEG
	_ "image/png"
	"math"
	"time"

	"packbench/internal/label/fit"
	"packbench/internal/order"
	"packbench/internal/page"
)

const (
	// maxPixels bounds a picture's memory, at most 8 bytes a pixel, and time; A6 at 600 dpi has 8.7 million.
	maxPixels = 10_000_000
	// pictureTimeout bounds what unpacking a picture may cost; that of a label takes 20 ms. With what follows a refusal comes within 2 s.
	pictureTimeout = 1800 * time.Millisecond
)

// decodePicture reads a PNG or JPEG as grey on white.
func decodePicture(ctx context.Context, document []byte) (*image.Gray, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(document))
	if err != nil {
		return nil, order.Trouble(err, "label.damaged")
	}
	// The size is asked before the picture is unpacked: a few bytes can claim a gigabyte.
	if config.Width > page.MaxDots || config.Height > page.MaxDots || config.Width*config.Height > maxPixels {
		return nil, order.Trouble(fmt.Errorf("%d × %d pixels", config.Width, config.Height), "label.too_large")
	}
	limited, cancel := context.WithTimeout(ctx, pictureTimeout)
	defer cancel()
	decoded, _, err := image.Decode(&sips{limited, bytes.NewReader(document)})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, order.Trouble(limited.Err(), "label.timeout")
	case err != nil:
		return nil, order.Trouble(err, "label.damaged")
	}
	if size := decoded.Bounds().Size(); size.X < 1 || size.Y < 1 {
		return nil, order.Trouble(fmt.Errorf("%d × %d pixels", size.X, size.Y), "label.damaged")
	}
	return greyOf(decoded), nil
}

// sips gives a document in small pieces, until ctx ends: a few bytes can make a decoder go over the whole picture once
// more, a JPEG's scans above all, and nothing else stops one.
type sips struct {
	ctx  context.Context
	from *bytes.Reader
}

// Read gives at most 64 bytes.
func (s *sips) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.from.Read(p[:min(len(p), 64)])
}

// greyOf puts a picture on white. The kinds of picture that labels come as have ways of their own, ten times as fast.
func greyOf(picture image.Image) *image.Gray {
	at, size := picture.Bounds().Min, picture.Bounds().Size()
	grey := image.NewGray(image.Rectangle{Max: size})
	each := func(row func(y int, to []uint8)) *image.Gray {
		for y := range size.Y {
			row(at.Y+y, grey.Pix[y*grey.Stride:][:size.X])
		}
		return grey
	}
	switch p := picture.(type) {
	case *image.Gray:
		return each(func(y int, to []uint8) { copy(to, p.Pix[p.PixOffset(at.X, y):]) })
	case *image.YCbCr:
		return each(func(y int, to []uint8) { copy(to, p.Y[p.YOffset(at.X, y):]) })
	case *image.Paletted:
		var shades [256]uint8
		for i, c := range p.Palette {
			shades[i] = onWhite(c)
		}
		return each(func(y int, to []uint8) {
			for x, i := range p.Pix[p.PixOffset(at.X, y):][:len(to)] {
				to[x] = shades[i]
			}
		})
	case *image.NRGBA:
		return each(coloured(p.Pix, p.PixOffset, at.X, 1, true))
	case *image.RGBA: // PNG without transparency
		return each(coloured(p.Pix, p.PixOffset, at.X, 1, false))
	case *image.NRGBA64:
		return each(coloured(p.Pix, p.PixOffset, at.X, 2, true))
	case *image.RGBA64: // likewise
		return each(coloured(p.Pix, p.PixOffset, at.X, 2, false))
	}
	return each(func(y int, to []uint8) {
		for x := range to {
			to[x] = onWhite(picture.At(at.X+x, y))
		}
	})
}

// coloured gives a row's shades of red, green, blue and alpha in so many bytes each, the highest first.
func coloured(pix []uint8, offset func(x, y int) int, left, bytes int, seeThrough bool) func(y int, to []uint8) {
	return func(y int, to []uint8) {
		from := pix[offset(left, y):][:4*bytes*len(to)]
		alpha := uint8(255)
		for x := range to {
			dot := from[4*bytes*x:][:4*bytes]
			if seeThrough {
				alpha = dot[3*bytes]
			}
			to[x] = shade(dot[0], dot[bytes], dot[2*bytes], alpha)
		}
	}
}

func onWhite(c color.Color) uint8 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return shade(n.R, n.G, n.B, n.A)
}

// shade is the grey of a colour on white, with the weights of color.GrayModel.
func shade(r, g, b, alpha uint8) uint8 {
	y := (19595*uint32(r) + 38470*uint32(g) + 7471*uint32(b) + 1<<15) >> 16
	return uint8((y*uint32(alpha) + 255*(255-uint32(alpha)) + 127) / 255)
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
		if cut, ok := fit.Crop(picture, fit.Ink(picture), width/int(whole), height/int(whole)); ok {
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
