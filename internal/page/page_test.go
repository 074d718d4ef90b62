package page_test

import (
	"image"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/page"
)

func TestARowIsWhiteBeyondTheWidth(t *testing.T) {
	for width, want := range map[int]byte{1: 0x80, 7: 0xfe, 8: 0xff, 9: 0x80, 16: 0xff} {
		p := page.New(width, 2, 203)
		for i := range p.Bits {
			p.Bits[i] = 0xff
		}
		row := p.CopyRow(make([]byte, 8), 1)
		if len(row) != p.Stride || row[len(row)-1] != want {
			t.Errorf("%d dots wide: %x, want %x at the end", width, row, want)
		}
	}
}

func TestADrawnPictureIsBlackWhereItIsDarkerThanHalf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := page.New(rapid.IntRange(1, 60).Draw(t, "width"), rapid.IntRange(1, 5).Draw(t, "height"), 203)
		whole := image.NewGray(image.Rect(0, 0, 70, 6))
		for i := range whole.Pix {
			whole.Pix[i] = rapid.SampledFrom([]uint8{0, 1, 127, 128, 254, 255}).Draw(t, "grey")
		}
		at := image.Pt(rapid.IntRange(0, 9).Draw(t, "x"), rapid.IntRange(0, 1).Draw(t, "y"))
		size := image.Pt(rapid.IntRange(1, p.Width).Draw(t, "wide"), rapid.IntRange(1, p.Height).Draw(t, "high"))
		picture := whole.SubImage(image.Rectangle{Min: at, Max: at.Add(size)}).(*image.Gray)
		p.Draw(picture)
		left := (p.Width - picture.Rect.Dx()) / 2
		for y := range p.Height {
			for x := range 8 * p.Stride {
				dot := image.Pt(x-left, y).Add(at)
				want := dot.In(picture.Rect) && whole.GrayAt(dot.X, dot.Y).Y < 128
				if got := p.Bits[y*p.Stride+x/8]&(0x80>>(x%8)) != 0; got != want {
					t.Fatalf("dot %d,%d of %v on %d × %d: %v", x, y, size, p.Width, p.Height, got)
				}
			}
		}
	})
}

func TestAMovedPictureKeepsItsDots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := page.New(rapid.IntRange(1, 40).Draw(t, "width"), rapid.IntRange(1, 40).Draw(t, "height"), 300)
		for range rapid.IntRange(0, 60).Draw(t, "dots") {
			p.Set(rapid.IntRange(0, p.Width-1).Draw(t, "x"), rapid.IntRange(0, p.Height-1).Draw(t, "y"))
		}
		right, down := rapid.IntRange(-50, 50).Draw(t, "right"), rapid.IntRange(-50, 50).Draw(t, "down")
		moved := p.Moved(right, down)
		if moved.Width != p.Width || moved.Height != p.Height || moved.DPI != p.DPI {
			t.Fatalf("%d × %d at %d", moved.Width, moved.Height, moved.DPI)
		}
		for y := range p.Height {
			for x := range p.Width {
				if moved.Black(x, y) != p.Black(x-right, y-down) {
					t.Fatalf("dot %d,%d differs", x, y)
				}
			}
		}
	})
}
