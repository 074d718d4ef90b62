// Package page is the picture every printer language starts from: one bit a dot, black or white, and its true size.
package page

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"math"
)

// MaxDots bounds a page's width and height; 20,000 dots are 2.5 m at 203 dpi.
const MaxDots = 20000

// Size is the size of the medium in millimetres.
type Size struct{ WidthMM, HeightMM float64 }

// Label is the platform's label (fulfilment rules 3, label size: 10 × 15 cm).
var Label = Size{WidthMM: 100, HeightMM: 150}

// Dots is the size in dots at dpi, where printers' nominal 203 and 300 dpi are really 8 and 11.811 dots a millimetre.
func (s Size) Dots(dpi int) (width, height int) {
	perMM := DotsPerMM(dpi)
	return int(math.Round(s.WidthMM * perMM)), int(math.Round(s.HeightMM * perMM))
}

// DotsPerMM is the pitch of a print head sold as dpi: 203 means exactly 8 dots a millimetre.
func DotsPerMM(dpi int) float64 {
	if dpi == 203 {
		return 8
	}
	return float64(dpi) / 25.4
}

// Page is a 1-bit picture. Rows are packed, the leftmost dot in the highest bit, a set bit is black.
type Page struct {
	Width, Height int // dots
	Stride        int // bytes a row
	DPI           int
	Bits          []byte
}

// New is a white page. It panics where the size is not between 1 and MaxDots, which callers check first.
func New(width, height, dpi int) *Page {
	if width < 1 || height < 1 || width > MaxDots || height > MaxDots {
		panic(fmt.Sprintf("page: %d × %d dots", width, height))
	}
	stride := (width + 7) / 8
	return &Page{Width: width, Height: height, Stride: stride, DPI: dpi, Bits: make([]byte, stride*height)}
}

// Of is a page of dots that are there already, packed as Page says; false where they are not as many as it has.
func Of(width, height, dpi int, bits []byte) (*Page, bool) {
	stride := (width + 7) / 8
	return &Page{Width: width, Height: height, Stride: stride, DPI: dpi, Bits: bits}, width > 0 && height > 0 && len(bits) == stride*height
}

// Black tells whether a dot is black; outside the page all is white.
func (p *Page) Black(x, y int) bool {
	if x < 0 || y < 0 || x >= p.Width || y >= p.Height {
		return false
	}
	return p.Bits[y*p.Stride+x/8]&(0x80>>(x%8)) != 0
}

// Set makes a dot black; outside the page nothing happens.
func (p *Page) Set(x, y int) {
	if x < 0 || y < 0 || x >= p.Width || y >= p.Height {
		return
	}
	p.Bits[y*p.Stride+x/8] |= 0x80 >> (x % 8)
}

// Clear makes a dot white; outside the page nothing happens.
func (p *Page) Clear(x, y int) {
	if x < 0 || y < 0 || x >= p.Width || y >= p.Height {
		return
	}
	p.Bits[y*p.Stride+x/8] &^= 0x80 >> (x % 8)
}

// CopyRow copies row y into row, which has room for Stride bytes, and gives it; what lies beyond the page's width comes out white, whatever Bits
// holds there.
func (p *Page) CopyRow(row []byte, y int) []byte {
	row = row[:p.Stride]
	copy(row, p.Bits[y*p.Stride:])
	beyond := 8*p.Stride - p.Width
	row[p.Stride-1] = row[p.Stride-1] >> beyond << beyond
	return row
}

// Moved is a page of the same size with the picture so many dots further right and down, or left and up where they are negative. What
// falls over the edge is lost.
func (p *Page) Moved(right, down int) *Page {
	moved := New(p.Width, p.Height, p.DPI)
	for y := max(0, -down); y < min(p.Height, p.Height-down); y++ {
		for x := max(0, -right); x < min(p.Width, p.Width-right); x++ {
			if p.Black(x, y) {
				moved.Set(x+right, y+down)
			}
		}
	}
	return moved
}

// Draw makes the dots black where a grey picture, no wider and no higher than the page, is darker than half: centred across, at the
// upper edge. Grey drawing and a threshold at half keep bars true to 0.75 dot; a renderer's own black-and-white mode fattens
// them by a dot (printing facts 1).
func (p *Page) Draw(picture *image.Gray) {
	width, height := picture.Rect.Dx(), picture.Rect.Dy()
	left := (p.Width - width) / 2
	shift := left % 8
	for y := range height {
		row := p.Bits[y*p.Stride+left/8:][:p.Stride-left/8]
		grey := picture.Pix[y*picture.Stride:][:width]
		var before byte
		for at := range row {
			dots := eightDots(grey)
			grey = grey[min(8, len(grey)):]
			row[at] |= before<<(8-shift) | dots>>shift
			before = dots
			if len(grey) == 0 && before<<(8-shift) == 0 {
				break
			}
		}
	}
}

// eightDots are the first dots of a grey row, white where there are no more.
func eightDots(grey []byte) (dots byte) {
	const darkerThanHalf = 7 // the bit that such a grey has not
	if len(grey) >= 8 {
		g := (^binary.LittleEndian.Uint64(grey) >> darkerThanHalf) & 0x0101010101010101
		return byte(g * 0x8040201008040201 >> 56) // the first of them the highest
	}
	for i, g := range grey {
		dots |= (^g >> darkerThanHalf) << (7 - i)
	}
	return dots
}

// Bounds, ColorModel and At make a page an image.Image.
func (p *Page) Bounds() image.Rectangle { return image.Rect(0, 0, p.Width, p.Height) }

// ColorModel is grey: a dot is black or white.
func (p *Page) ColorModel() color.Model { return color.GrayModel }

// At is black or white.
func (p *Page) At(x, y int) color.Color {
	if p.Black(x, y) {
		return color.Gray{Y: 0}
	}
	return color.Gray{Y: 255}
}
