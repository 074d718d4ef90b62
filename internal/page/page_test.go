package page_test

import (
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
