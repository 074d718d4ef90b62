package paper

import (
	"image"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/code128"

	"packbench/internal/page"
)

// scannerModule is the width of a bar on the scanners' page in dots: a quarter of a millimetre at 203 dpi.
const scannerModule = 2

// ScannerPage draws the page by which scanners are tested: a title, a line that says what to do, and each code as a Code 128 with a number before it.
// A code that holds the separator of GS1 fields is printed as GS1-128. It fails with paper.too_small and paper.token.
func ScannerPage(size page.Size, dpi int, title, todo string, codes []string) (*page.Page, error) {
	s := newSheet(size, dpi)
	s.frame(s.Bounds(), s.dots(frameMM))
	f := flow{sheet: s, room: image.Rect(s.dots(edgeMM), s.dots(edgeMM), s.Width-s.dots(edgeMM), s.Height-s.dots(edgeMM))}
	f.text(style{points: 10, bold: true}, title)
	f.text(style{points: 8}, todo)
	for i, code := range codes {
		bars, err := barsOf(gs1(code))
		if err != nil {
			return nil, err
		}
		for range 4 {
			f.gap()
		}
		f.text(style{points: 10, bold: true}, string(rune('1'+i)))
		f.bars(bars, scannerModule, strings.ReplaceAll(code, groupSeparator, "<GS>"))
	}
	if f.full {
		return nil, tooSmall(size)
	}
	return s.Page, nil
}

// groupSeparator parts the fields of a GS1 code, as scanners send its FNC1.
const groupSeparator = "\x1d"

// gs1 is a code as its bars hold it: in GS1-128 FNC1 stands at the beginning and between fields.
func gs1(code string) string {
	if !strings.Contains(code, groupSeparator) {
		return code
	}
	return string(code128.FNC1) + strings.ReplaceAll(code, groupSeparator, string(code128.FNC1))
}

// ScannerBars are the modules of a test code from left to right, true for black, with its quiet zones: as ScannerPage prints it, for a screen.
// It fails with paper.token for what a Code 128 cannot hold.
func ScannerBars(code string) ([]bool, error) {
	bars, err := barsOf(gs1(code))
	if err != nil {
		return nil, err
	}
	bounds := bars.Bounds()
	modules := make([]bool, bounds.Dx()+2*bars.quiet)
	for x := range bounds.Dx() {
		modules[bars.quiet+x] = color.GrayModel.Convert(bars.At(bounds.Min.X+x, bounds.Min.Y)).(color.Gray).Y < 128
	}
	return modules, nil
}
