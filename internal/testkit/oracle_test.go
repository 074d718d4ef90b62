package testkit_test

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"packbench/internal/label"
	"packbench/internal/page"
	"packbench/internal/testkit"
	"packbench/internal/virtual"
	"packbench/printer/escpos"
	"packbench/printer/medium"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
)

// TestLabelsComeOutAsDrawnOnARendererThatIsNotOurs takes documents the whole way: drawn, encoded, rendered by another
// program, compared dot by dot, and read by another reader.
func TestLabelsComeOutAsDrawnOnARendererThatIsNotOurs(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		t.Run(fmt.Sprint(dpi), func(t *testing.T) {
			var pages []*page.Page
			var stream []byte
			settings := zpl.Settings{Darkness: 3, Speed: 4, Tracking: medium.Gap, Taking: medium.Tear}
			for _, p := range drawn(t, dpi) {
				for _, settings.Encoding = range []zpl.Encoding{zpl.ACS, zpl.Hex, zpl.Z64} {
					pages = append(pages, p)
					stream = append(stream, zpl.Encode(p, settings)...)
				}
			}
			pictures := testkit.RenderZPL(t, stream, dpi)
			if len(pictures) != len(pages) {
				t.Fatalf("%d labels came out, want %d", len(pictures), len(pages))
			}
			for i, p := range pages {
				if n := difference(t, pictures[i], p); n != 0 {
					t.Errorf("label %d: %d dots differ", i+1, n)
				}
				readable(t, fmt.Sprintf("label %d", i+1), pictures[i])
			}
		})
	}
}

// TestReceiptPrintersDrawWhatWasDrawn takes documents the same way in ESC/POS. Its rows are whole bytes: beyond the page they are white.
func TestReceiptPrintersDrawWhatWasDrawn(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		t.Run(fmt.Sprint(dpi), func(t *testing.T) {
			pages := drawn(t, dpi)
			var stream []byte
			for _, p := range pages {
				stream = append(stream, escpos.Encode(p, escpos.Settings{})...)
			}
			pictures := testkit.RenderESCPOS(t, stream)
			if len(pictures) != len(pages) {
				t.Fatalf("%d labels came out, want %d", len(pictures), len(pages))
			}
			for i, p := range pages {
				whole := page.New(8*p.Stride, p.Height, dpi)
				copy(whole.Bits, p.Bits)
				if n := difference(t, pictures[i], whole); n != 0 {
					t.Errorf("label %d: %d dots differ", i+1, n)
				}
				readable(t, fmt.Sprintf("label %d", i+1), pictures[i])
			}
		})
	}
}

// TestCodesAreReadFromWhatOurMachinesDraw reads labels as our own machines draw them, TSPL among them, for which no other renderer is at hand.
func TestCodesAreReadFromWhatOurMachinesDraw(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		for i, p := range drawn(t, dpi) {
			for lang, draw := range map[string]func() ([]*page.Page, error){
				"escpos": func() ([]*page.Page, error) {
					return virtual.ESCPOS{DPI: dpi, Medium: page.Label}.Decode(escpos.Encode(p, escpos.Settings{}))
				},
				"tspl": func() ([]*page.Page, error) {
					return virtual.TSPL{DPI: dpi, Medium: page.Label}.Decode(tspl.Encode(p, tspl.Settings{Darkness: 8, Speed: 4, Taking: medium.Tear}))
				},
			} {
				name := fmt.Sprintf("%s, %d dpi, label %d", lang, dpi, i+1)
				pages, err := draw()
				if err != nil || len(pages) != 1 {
					t.Fatalf("%s: %d labels, %v", name, len(pages), err)
				}
				dir := t.TempDir()
				if err := virtual.SavePNG(dir)(1, pages[0]); err != nil {
					t.Fatal(err)
				}
				picture := filepath.Join(dir, "label-0001.png")
				if n := difference(t, picture, p); n != 0 {
					t.Errorf("%s: %d dots differ", name, n)
				}
				readable(t, name, picture)
			}
		}
	}
}

// drawn draws two documents.
func drawn(t *testing.T, dpi int) (pages []*page.Page) {
	t.Helper()
	maker := label.NewMaker(filepath.Join(os.TempDir(), "packbench-test-cache"))
	t.Cleanup(func() {
		if err := maker.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for _, name := range []string{"a6_cairo.pdf", "100x150_cairo.pdf"} {
		document, err := os.ReadFile(filepath.Join("..", "label", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		p, err := maker.Make(t.Context(), document, page.Label, dpi)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return pages
}

// readable demands the codes of the two documents on a picture.
func readable(t *testing.T, name, picture string) {
	t.Helper()
	codes := testkit.ReadCodes(t, picture)
	for _, want := range []string{"JX100000000000", "576120260000000000"} {
		if !slices.Contains(codes, want) {
			t.Errorf("%s: %q cannot be read from it, only %v", name, want, codes)
		}
	}
}

// difference counts the dots in which a picture is not the page; a picture of another size is an error.
func difference(t *testing.T, path string, p *page.Page) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := decoded(f)
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != p.Width || size.Y != p.Height {
		t.Fatalf("a picture of %v dots, want %d × %d", size, p.Width, p.Height)
	}
	n := 0
	for y := range p.Height {
		for x := range p.Width {
			r, _, _, _ := picture.At(picture.Bounds().Min.X+x, picture.Bounds().Min.Y+y).RGBA()
			if (r < 0x8000) != p.Black(x, y) {
				n++
			}
		}
	}
	return n
}

// decoded reads a PNG or a PGM of one byte a pixel.
func decoded(f io.ReadSeeker) (image.Image, error) {
	var size image.Point
	if n, _ := fmt.Fscanf(f, "P5\n%d %d\n255\n", &size.X, &size.Y); n < 2 {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		return png.Decode(f)
	}
	grey := image.NewGray(image.Rectangle{Max: size})
	_, err := io.ReadFull(f, grey.Pix)
	return grey, err
}
