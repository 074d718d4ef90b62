package fit

import (
	"image"
	"testing"

	"pgregory.net/rapid"
)

// sheet is white with black in a rectangle.
func sheet(width, height int, ink image.Rectangle) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, width, height))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	for y := ink.Min.Y; y < ink.Max.Y; y++ {
		for x := ink.Min.X; x < ink.Max.X; x++ {
			p.Pix[y*p.Stride+x] = 0
		}
	}
	return p
}

// Whatever the sheet and the medium: all ink is kept as it is, or the sheet is refused because the ink is larger.
func TestCropKeepsInk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(1, 40).Draw(t, "width"), rapid.IntRange(1, 40).Draw(t, "height")
		x, y := rapid.IntRange(0, width-1).Draw(t, "x"), rapid.IntRange(0, height-1).Draw(t, "y")
		ink := image.Rect(x, y, rapid.IntRange(x+1, width).Draw(t, "right"), rapid.IntRange(y+1, height).Draw(t, "bottom"))
		if rapid.Bool().Draw(t, "blank") {
			ink = image.Rectangle{}
		}
		p := sheet(width, height, ink)
		if got := Ink(p); got != ink {
			t.Fatalf("ink at %v, want %v", got, ink)
		}
		w, h := rapid.IntRange(1, 40).Draw(t, "medium width"), rapid.IntRange(1, 40).Draw(t, "medium height")
		cut, ok := Crop(p, ink, w, h)
		if fits := ink.Dx() <= w && ink.Dy() <= h; ok != fits {
			t.Fatalf("fits: %v, cropped: %v", fits, ok)
		}
		if !ok {
			return
		}
		if size := cut.Rect.Size(); size != image.Pt(min(w, width), min(h, height)) || Ink(cut).Size() != ink.Size() {
			t.Errorf("cut to %v with ink %v", size, Ink(cut))
		}
	})
}

func TestWhiteGoesEvenlyFromTheSidesAndFromBelow(t *testing.T) {
	for _, c := range []struct {
		name      string
		ink, want image.Rectangle
	}{
		{"in the middle", image.Rect(10, 5, 90, 100), image.Rect(10, 0, 90, 130)},
		{"at the left", image.Rect(3, 5, 60, 100), image.Rect(3, 0, 83, 130)},
		{"at the right and below", image.Rect(40, 60, 99, 150), image.Rect(19, 20, 99, 150)},
		{"nothing", image.Rectangle{}, image.Rect(0, 0, 80, 130)},
	} {
		if got := Window(image.Pt(100, 150), c.ink, 80, 130); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestShrink(t *testing.T) {
	for _, c := range []struct {
		w, h, scale float64
		turned      bool
	}{
		{80, 100, 1, false}, {160, 100, 0.75, true}, {160, 240, 0.5, false}, {240, 160, 0.5, true}, {100, 80, 1, true}, {160, 160, 0.5, false},
	} {
		if scale, turned := Shrink(c.w, c.h, 80, 120); scale != c.scale || turned != c.turned {
			t.Errorf("%g × %g: %g, turned %v", c.w, c.h, scale, turned)
		}
	}
}

func TestTurn(t *testing.T) {
	p := sheet(30, 20, image.Rect(2, 1, 5, 2))
	if got, want := Ink(Turn(p)), image.Rect(18, 2, 19, 5); got != want {
		t.Errorf("ink at %v, want %v", got, want)
	}
}
