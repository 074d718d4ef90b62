package kit

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif"  // shops send what sellers uploaded
	_ "image/jpeg" //
	_ "image/png"  //
	"strings"

	"fyne.io/fyne/v2"
)

// Photo is a picture ready to be shown at any size: a ladder of copies, each half as large as the one before.
// Making one is slow and belongs on a worker's goroutine; showing one is not. A Photo never changes.
type Photo struct {
	rungs  []*image.RGBA // the largest first
	vector fyne.Resource // an SVG instead
}

// largestSide bounds the memory of a photo: twice the largest picture on the largest screen.
const largestSide, smallestSide = 1400, 48

// ReadPhoto decodes a PNG, JPEG, GIF or SVG. The name tells apart what has no pixels of its own.
func ReadPhoto(name string, data []byte) (*Photo, error) {
	if head := bytes.TrimSpace(data[:min(len(data), 256)]); bytes.HasPrefix(head, []byte("<svg")) || bytes.HasPrefix(head, []byte("<?xml")) {
		if !strings.HasSuffix(name, ".svg") {
			name += ".svg"
		}
		return &Photo{vector: fyne.NewStaticResource(name, data)}, nil
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", name, err)
	}
	return NewPhoto(picture), nil
}

// NewPhoto makes a photo of a decoded picture.
func NewPhoto(picture image.Image) *Photo {
	rung := image.NewRGBA(image.Rect(0, 0, picture.Bounds().Dx(), picture.Bounds().Dy()))
	draw.Draw(rung, rung.Bounds(), picture, picture.Bounds().Min, draw.Src)
	p := &Photo{}
	for {
		side := max(rung.Rect.Dx(), rung.Rect.Dy())
		if side <= largestSide || len(p.rungs) > 0 {
			p.rungs = append(p.rungs, rung)
		}
		if side/2 < smallestSide {
			break
		}
		rung = halve(rung)
	}
	if len(p.rungs) == 0 {
		p.rungs = append(p.rungs, rung)
	}
	return p
}

// rung is the smallest copy that covers w × h pixels, else the largest.
func (p *Photo) rung(w, h float32) image.Image {
	for i := len(p.rungs) - 1; i >= 0; i-- {
		if size := p.rungs[i].Rect.Size(); float32(size.X) >= w && float32(size.Y) >= h {
			return p.rungs[i]
		}
	}
	return p.rungs[0]
}

// aspect is width by height; a drawing counts as square.
func (p *Photo) aspect() float32 {
	if p.vector != nil || p.rungs[0].Rect.Empty() {
		return 1
	}
	size := p.rungs[0].Rect.Size()
	return float32(size.X) / float32(size.Y)
}

// halve averages each 2 × 2 pixels; an odd last row or column is left out.
func halve(from *image.RGBA) *image.RGBA {
	w, h := max(1, from.Rect.Dx()/2), max(1, from.Rect.Dy()/2)
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	right, down := 4*min(1, from.Rect.Dx()-1), from.Stride*min(1, from.Rect.Dy()-1)
	for y := range h {
		for x := range w {
			at := 2*y*from.Stride + 8*x
			for c := range 4 {
				sum := int(from.Pix[at+c]) + int(from.Pix[at+right+c]) + int(from.Pix[at+down+c]) + int(from.Pix[at+right+down+c])
				to.Pix[y*to.Stride+4*x+c] = uint8((sum + 2) / 4)
			}
		}
	}
	return to
}
