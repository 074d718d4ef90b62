package seen_test

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"packbench/ui/seen"
)

func TestPicturesKeepTheirColours(t *testing.T) {
	screen := image.NewRGBA(image.Rect(0, 0, 260, 40))
	for x := range 260 {
		for y := range 40 {
			screen.SetRGBA(x, y, color.RGBA{R: 200, G: 40, B: 20, A: 255})
		}
		screen.SetRGBA(x, 0, color.RGBA{R: uint8(x), G: uint8(x / 2), B: 7, A: 255}) // a soft edge of 260 colours
	}
	path := filepath.Join(t.TempDir(), "screen.png")
	if err := seen.Save(path, screen); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for x := range 260 {
		if r, g, b, _ := got.At(x, 20).RGBA(); r>>8 != 200 || g>>8 != 40 || b>>8 != 20 {
			t.Fatalf("%v at %d", got.At(x, 20), x)
		}
		r, _, _, _ := got.At(x, 0).RGBA()
		if off := int(r>>8) - int(uint8(x)); off > 16 || off < -16 {
			t.Errorf("red %d at %d, want %d", r>>8, x, uint8(x))
		}
	}
	if err := seen.Save(filepath.Join(t.TempDir(), "none", "screen.png"), screen); err == nil {
		t.Error("a folder that is not there takes a picture")
	}
}
