package paper

import (
	"fmt"
	"image"
	"image/color"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"

	"packbench/internal/order"
)

// Quiet zones in modules: white that must stand around a code (ISO/IEC 15417 and ISO/IEC 18004).
const (
	quietBars = 10 // on both sides of a Code 128
	quietQR   = 4  // on all sides of a QR code
)

// symbol is a code in modules, and the white it needs.
type symbol struct {
	barcode.Barcode
	quiet int
}

// barsOf makes a Code 128, qrOf a QR code that stands 15 % damage. Both fail with paper.token for what they cannot hold.
func barsOf(text string) (symbol, error) {
	made, err := code128.Encode(text)
	if err != nil {
		return symbol{}, order.Trouble(err, "paper.token")
	}
	return symbol{made, quietBars}, nil
}

func qrOf(text string) (symbol, error) {
	made, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return symbol{}, order.Trouble(err, "paper.token")
	}
	return symbol{made, quietQR}, nil
}

// wide is the width of a symbol with its quiet zones, for modules of so many dots.
func (c symbol) wide(module int) int { return (c.Bounds().Dx() + 2*c.quiet) * module }

// draw draws a symbol whose quiet zone begins at a point: modules of so many dots, each row of them as high as given.
func (s *sheet) draw(c symbol, at image.Point, module, height int) {
	bounds := c.Bounds()
	s.placed = append(s.placed, image.Rectangle{at, at.Add(image.Pt(c.wide(module), bounds.Dy()*height))})
	left := at.X + c.quiet*module
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			if color.GrayModel.Convert(c.At(bounds.Min.X+x, bounds.Min.Y+y)).(color.Gray).Y < 128 {
				s.fill(image.Rect(left+x*module, at.Y+y*height, left+(x+1)*module, at.Y+(y+1)*height))
			}
		}
	}
}

// Token makes of a random number the token of a test page: no shop's goods are called so, and its Code 128 is short.
func Token(random uint32) string { return fmt.Sprintf("PB%08d", random%100_000_000) }
