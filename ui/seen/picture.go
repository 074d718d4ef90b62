package seen

import (
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"slices"
)

// shades is how many colours a picture keeps: the most of one byte a dot. What a screen is made of has fewer, but for soft edges.
const shades = 256

// Save writes a picture of a screen as a small PNG: its most frequent colours, every other dot in the nearest of them.
func Save(path string, screen image.Image) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write a picture: %w", err)
	}
	if err := errors.Join(png.Encode(file, fewer(screen)), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func fewer(screen image.Image) *image.Paletted {
	bounds := screen.Bounds()
	plain := image.NewRGBA(bounds) // whose dots are read quickly
	draw.Draw(plain, bounds, screen, bounds.Min, draw.Src)
	at := plain.RGBAAt
	counts := map[color.RGBA]int{}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	all := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range all[:min(len(all), shades)] {
		palette = append(palette, c)
	}
	picture := image.NewPaletted(bounds, palette)
	nearest := map[color.RGBA]uint8{}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(x, y)
			index, known := nearest[c]
			if !known {
				index = uint8(palette.Index(c))
				nearest[c] = index
			}
			picture.SetColorIndex(x, y, index)
		}
	}
	return picture
}
