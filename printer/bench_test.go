package printer_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/label"
	"packbench/internal/page"
	"packbench/printer"
	"packbench/printer/zpl"
)

// documents are the label documents of the repository: dense, A6, and a scan.
var documents = []string{"100x150_cairo", "a6_cairo", "4x6_jpeg"}

// drawnFrom draws a document for a label at a resolution.
func drawnFrom(tb testing.TB, name string, dpi int) *page.Page {
	tb.Helper()
	maker := label.NewMaker(filepath.Join(os.TempDir(), "packbench-test-cache"))
	document, err := os.ReadFile(filepath.Join("..", "internal", "label", "testdata", name+".pdf"))
	if err != nil {
		tb.Fatal(err)
	}
	drawn, err := maker.Make(tb.Context(), document, page.Label, dpi)
	if err := errors.Join(err, maker.Close(tb.Context())); err != nil {
		tb.Fatal(err)
	}
	return drawn
}

// BenchmarkEncode makes labels of the label documents in the repository: time and bytes a label, and how many times larger the bitmap is.
func BenchmarkEncode(b *testing.B) {
	for _, name := range documents {
		for _, dpi := range []int{203, 300} {
			drawn := drawnFrom(b, name, dpi)
			for _, how := range []struct {
				name, lang string
				encoding   zpl.Encoding
			}{
				{"zpl-acs", printer.ZPL, zpl.ACS}, {"zpl-hex", printer.ZPL, zpl.Hex}, {"zpl-z64", printer.ZPL, zpl.Z64},
				{"escpos", printer.ESCPOS, ""}, {"tspl", printer.TSPL, ""},
			} {
				p, err := printer.Open("file:unused", printer.Options{Lang: how.lang, DPI: dpi, Medium: page.Label, Setup: printer.Setup{Encoding: how.encoding}})
				if err != nil {
					b.Fatal(err)
				}
				b.Run(fmt.Sprintf("%s/%d/%s", name, dpi, how.name), func(b *testing.B) {
					size := 0
					for b.Loop() {
						size = len(p.Encode(drawn))
					}
					b.ReportMetric(float64(size), "B/label")
					b.ReportMetric(float64(len(drawn.Bits))/float64(size), "bitmap/label")
				})
			}
		}
	}
}

// TestALabelInZ64IsAnEighthOfItsBitmap holds the promise of the design: at most so many bytes a label.
func TestALabelInZ64IsAnEighthOfItsBitmap(t *testing.T) {
	for _, name := range documents {
		for _, dpi := range []int{203, 300} {
			drawn := drawnFrom(t, name, dpi)
			if size := len(zpl.Encode(drawn, zpl.Settings{Encoding: zpl.Z64})); 8*size > len(drawn.Bits) {
				t.Errorf("%s at %d dpi: %d bytes of %d", name, dpi, size, len(drawn.Bits))
			}
		}
	}
}
