package kit

import (
	"image"
	"image/color"
	"slices"
	"testing"
)

func TestWrap(t *testing.T) {
	width := func(s string) float32 { return float32(len([]rune(s))) }
	for _, c := range []struct {
		text string
		room float32
		want []string
	}{
		{"", 5, []string{""}},
		{"Black, L", 8, []string{"Black, L"}},
		{"Black, L", 7, []string{"Black,", "L"}},
		{"黑色大码", 3, []string{"黑色大", "码"}},
		{"黑色，大码", 2, []string{"黑", "色，", "大码"}},
		{"ABCDEFGH", 3, []string{"ABC", "DEF", "GH"}},
		{"一 ABCDEF", 4, []string{"一", "ABCD", "EF"}},
	} {
		if got := wrap(c.text, c.room, width); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %v) = %q, want %q", c.text, c.room, got, c.want)
		}
	}
}

func TestBalanceLeavesNoLonelyWord(t *testing.T) {
	width := func(s string) float32 { return float32(len(s)) }
	lines := wrap("scan a waybill or a number", 20, width)
	if got := balance(lines, "scan a waybill or a number", 20, width); !slices.Equal(got, []string{"scan a waybill", "or a number"}) {
		t.Errorf("balanced %q", got)
	}
	if got := balance(wrap("Answer on", 8, width), "Answer on", 8, width); !slices.Equal(got, []string{"Answer", "on"}) {
		t.Errorf("a word is broken for it: %q", got)
	}
}

func TestPhotoHalvesByAveraging(t *testing.T) {
	board := image.NewGray(image.Rect(0, 0, 200, 200))
	for i := range board.Pix {
		board.Pix[i] = uint8(255 * ((i + i/200) % 2)) // a chess board: a sampled copy would be all black or all white
	}
	photo := NewPhoto(board)
	small := photo.rung(90, 90)
	if size := small.Bounds().Size(); size != image.Pt(100, 100) {
		t.Fatalf("for 90 × 90 it chose %v", size)
	}
	if got := color.GrayModel.Convert(small.At(50, 50)).(color.Gray).Y; got < 120 || got > 135 {
		t.Errorf("half black and half white became %d", got)
	}
	if got := NewPhoto(image.NewGray(image.Rect(0, 0, 1, 3000))).rung(10, 10).Bounds().Dy(); got > largestSide {
		t.Errorf("a photo %d high was kept", got)
	}
}
