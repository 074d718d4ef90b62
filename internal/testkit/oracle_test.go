package testkit_test

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"packbench/internal/label"
	"packbench/internal/page"
	"packbench/internal/testkit"
	"packbench/printer/zpl"
)

// TestLabelsComeOutAsDrawnOnARendererThatIsNotOurs takes documents the whole way: drawn, encoded, rendered by another
// program, compared dot by dot, and read by another reader.
func TestLabelsComeOutAsDrawnOnARendererThatIsNotOurs(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		t.Run(fmt.Sprint(dpi), func(t *testing.T) {
			pages, stream := encoded(t, dpi)
			pictures := testkit.RenderZPL(t, stream, dpi)
			if len(pictures) != len(pages) {
				t.Fatalf("%d labels came out, want %d", len(pictures), len(pages))
			}
			for i, p := range pages {
				if n := difference(t, pictures[i], p); n != 0 {
					t.Errorf("label %d: %d dots differ", i+1, n)
				}
				codes := testkit.ReadCodes(t, pictures[i])
				for _, want := range []string{"JX100000000000", "576120260000000000"} {
					if !slices.Contains(codes, want) {
						t.Errorf("label %d: %q cannot be read from it, only %v", i+1, want, codes)
					}
				}
			}
		})
	}
}

// encoded draws two documents and puts them into one stream.
func encoded(t *testing.T, dpi int) (pages []*page.Page, stream []byte) {
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
		stream = append(stream, zpl.Encode(p, zpl.Settings{Darkness: 3, Speed: 4})...)
	}
	return pages, stream
}

// difference counts the dots in which a picture is not the page; a picture of another size is an error.
func difference(t *testing.T, path string, p *page.Page) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
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
