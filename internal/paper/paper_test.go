package paper_test

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"pgregory.net/rapid"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/testkit"
)

const token = "PB40719386"

var sheetOf = paper.Test{
	Token: token, Title: "Test page 测试页",
	Facts: []string{"Printer: usb:/dev/usb/lp0", "Language: zpl", "203 dpi", "Encoding: acs", "Darkness: 4", "Speed: 6", "2026-11-22 08:00"},
}

func testPage(t *testing.T, dpi int) *page.Page {
	t.Helper()
	p, err := paper.TestPage(page.Label, dpi, sheetOf)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// band is the rows of one Code 128.
type band struct{ module, top, bottom int }

// bands finds the rows in which a Code 128 of whole dots lies, by the library's own reader and by measuring: quiet zones of 10 modules on both sides,
// and every bar and gap between them a multiple of the module.
func bands(t *testing.T, p *page.Page) []band {
	t.Helper()
	reader := oned.NewCode128Reader().(oned.RowDecoder)
	var found []band
	for y := range p.Height {
		from := int(7.5 * page.DotsPerMM(p.DPI)) // right of the ruler
		row := gozxing.NewBitArray(p.Width - from)
		for x := from; x < p.Width-8; x++ {
			if p.Black(x, y) {
				row.Set(x - from)
			}
		}
		result, err := reader.DecodeRow(y, row, nil)
		if err != nil || result.GetText() != token {
			continue
		}
		module := moduleOf(t, p, y, from)
		if n := len(found); n > 0 && found[n-1].module == module && found[n-1].bottom == y {
			found[n-1].bottom++
		} else {
			found = append(found, band{module, y, y + 1})
		}
	}
	return found
}

// moduleOf measures the bars of a row and gives the width of its narrowest.
func moduleOf(t *testing.T, p *page.Page, y, from int) int {
	t.Helper()
	var runs []int // white first
	black := false
	for x := from; x < p.Width-8; x++ { // as far as the frame
		if len(runs) == 0 || p.Black(x, y) != black {
			black = p.Black(x, y)
			runs = append(runs, 0)
		}
		runs[len(runs)-1]++
	}
	if len(runs)%2 == 0 {
		t.Fatalf("row %d is no code on white: %v", y, runs)
	}
	module := slices.Min(runs)
	for i, run := range runs[1 : len(runs)-1] {
		if run%module != 0 {
			t.Errorf("row %d: run %d has %d dots, the module %d", y, i, run, module)
		}
	}
	if left, right := runs[0], runs[len(runs)-1]; left < 10*module || right < 10*module {
		t.Errorf("row %d: quiet zones of %d and %d dots at a module of %d", y, left, right, module)
	}
	return module
}

func TestEveryCodeOfTheTestPageHasWholeDotsAndReadsTheToken(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		p := testPage(t, dpi)
		found := bands(t, p)
		if len(found) != 3 {
			t.Fatalf("%d dpi: codes at %v, want three", dpi, found)
		}
		for i, b := range found {
			if b.module != i+2 || float64(b.bottom-b.top) < 7.5*page.DotsPerMM(dpi) {
				t.Errorf("%d dpi: code %d has modules of %d dots and %d rows", dpi, i, b.module, b.bottom-b.top)
			}
			if read := readCut(t, p, image.Rect(0, b.top, p.Width, b.bottom)); !slices.Contains(read, token) {
				t.Errorf("%d dpi, %d dots a module: zbarimg reads %q", dpi, b.module, read)
			}
		}
		codes := label.Codes(p)
		for _, format := range []label.Format{label.Code128, label.QR} {
			if !slices.Contains(codes, label.Code{Text: token, Format: format}) {
				t.Errorf("%d dpi: no %s in %v", dpi, format, codes)
			}
		}
		below := image.Rect(int(7*page.DotsPerMM(dpi)), found[2].bottom, p.Width/3, p.Height)
		if read := readCut(t, p, below); !slices.Equal(read, []string{token}) {
			t.Errorf("%d dpi: zbarimg reads %q as the QR code", dpi, read)
		}
	}
}

// readCut has zbarimg read a part of a page, put on white.
func readCut(t *testing.T, p *page.Page, area image.Rectangle) []string {
	t.Helper()
	const margin = 40
	cut := page.New(area.Dx()+2*margin, area.Dy()+2*margin, p.DPI)
	for y := range area.Dy() {
		for x := range area.Dx() {
			if p.Black(area.Min.X+x, area.Min.Y+y) {
				cut.Set(margin+x, margin+y)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "cut.png")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(png.Encode(file, cut), file.Close()); err != nil {
		t.Fatal(err)
	}
	return testkit.ReadCodes(t, path)
}

// The modules of the QR code are squares of as many dots, too.
func TestQRModulesHaveWholeDots(t *testing.T) {
	for dpi, module := range map[int]int{203: 4, 300: 6} {
		p := testPage(t, dpi)
		found := bands(t, p)
		from, to := int(8*page.DotsPerMM(dpi)), int(21*page.DotsPerMM(dpi))
		rows := 0
		for y := found[2].bottom + int(4*page.DotsPerMM(dpi)); y < found[2].bottom+int(15*page.DotsPerMM(dpi)); y++ {
			run := 0
			for x := from; x < to; x++ {
				if p.Black(x, y) {
					run++
					continue
				}
				if run%module != 0 {
					t.Fatalf("%d dpi: a run of %d dots at %d, %d; modules have %d", dpi, run, x, y, module)
				}
				rows += run
				run = 0
			}
		}
		if rows == 0 {
			t.Errorf("%d dpi: no QR code where one was looked for", dpi)
		}
	}
}

// The ruler's marks stand at their millimetre, so that what a person reads off is what the printer did.
func TestTheRulersCountMillimetres(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		p := testPage(t, dpi)
		perMM := page.DotsPerMM(dpi)
		below := int(2.6 * perMM) // where only the marks of tens reach
		for mm := 10; mm < 100; mm += 10 {
			at := int(float64(mm)*perMM + 0.5)
			if !p.Black(at, below) || p.Black(at-1, below) || !p.Black(below, at) || p.Black(below, at-1) {
				t.Errorf("%d dpi: no mark begins at %d mm", dpi, mm)
			}
		}
		for mm := 1; mm < 100; mm++ {
			if at := int(float64(mm)*perMM + 0.5); !p.Black(at, int(perMM)) || !p.Black(int(perMM), at) {
				t.Errorf("%d dpi: no mark at %d mm", dpi, mm)
			}
		}
		for x := range p.Width {
			if !p.Black(x, 0) || !p.Black(x, p.Height-1) {
				t.Fatalf("%d dpi: the frame is open at %d", dpi, x)
			}
		}
		for y := range p.Height {
			if !p.Black(0, y) || !p.Black(p.Width-1, y) {
				t.Fatalf("%d dpi: the frame is open at %d", dpi, y)
			}
		}
	}
}

// The wedge's fields hold as many black dots as they say, each more than the one before.
func TestTheWedgeGrowsDarker(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		p := testPage(t, dpi)
		var shares []float64
		// The darkest field is the only place with 4 mm of black in both directions; the others stand left of it.
		side := int(4 * page.DotsPerMM(dpi))
		right := p.Width - int(3*page.DotsPerMM(dpi)) - 8
		top := -1
		for y := p.Height / 2; y+side < p.Height && top < 0; y++ {
			if blackShare(p, image.Rect(right-side, y, right, y+side)) == 1 {
				top = y
			}
		}
		if top < 0 {
			t.Fatalf("%d dpi: no black field", dpi)
		}
		left := int(8.2 * page.DotsPerMM(dpi))
		field := (p.Width - int(3*page.DotsPerMM(dpi)) - left) / 8
		for i := range 8 {
			x := (left+i*field)/4*4 + 8
			shares = append(shares, blackShare(p, image.Rect(x, top/4*4+4, x+16, top/4*4+20)))
		}
		if want := []float64{.125, .25, .375, .5, .625, .75, .875, 1}; !slices.Equal(shares, want) {
			t.Errorf("%d dpi: %v of the fields is black, want %v", dpi, shares, want)
		}
	}
}

func blackShare(p *page.Page, area image.Rectangle) float64 {
	n := 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if p.Black(x, y) {
				n++
			}
		}
	}
	return float64(n) / float64(area.Dx()*area.Dy())
}

// Whatever stands on it and however large the medium is, a test page keeps the white at its right and lower edge and reads back, or is refused.
func TestNothingRunsOffAnyMedium(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := page.Size{WidthMM: rapid.Float64Range(20, 120).Draw(t, "width"), HeightMM: rapid.Float64Range(20, 200).Draw(t, "height")}
		dpi := rapid.SampledFrom([]int{203, 300}).Draw(t, "dpi")
		facts := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("Ag一龘 /:")), 0, 150, -1), 0, 8).Draw(t, "facts")
		p, err := paper.TestPage(size, dpi, paper.Test{Token: token, Title: strings.Repeat("Test page 测试页", 1+len(facts)), Facts: facts})
		if err != nil {
			if problem := order.AsProblem(err); problem.Key != "paper.too_small" || size.WidthMM >= 100 && size.HeightMM >= 150 {
				t.Fatalf("%v on %v", err, size)
			}
			return
		}
		perMM := page.DotsPerMM(dpi)
		ruler, edge, frame := int(7*perMM), int(3*perMM), int(0.4*perMM)+1
		if n := blackShare(p, image.Rect(p.Width-edge+1, ruler, p.Width-frame, p.Height-frame)); n > 0 {
			t.Fatalf("%v at %d dpi: ink in the right margin", size, dpi)
		}
		if n := blackShare(p, image.Rect(ruler, p.Height-edge+1, p.Width-frame, p.Height-frame)); n > 0 {
			t.Fatalf("%v at %d dpi: ink in the lower margin", size, dpi)
		}
		if !slices.Contains(label.Codes(p), label.Code{Text: token, Format: label.QR}) {
			t.Fatalf("%v at %d dpi: the QR code cannot be read", size, dpi)
		}
	})
}

func TestATokenThatNoCodeHoldsIsRefused(t *testing.T) {
	for _, token := range []string{"", "码", strings.Repeat("1", 200)} {
		if _, err := paper.TestPage(page.Label, 203, paper.Test{Token: token}); order.AsProblem(err) == nil {
			t.Errorf("%q was drawn", token)
		}
	}
}

func TestTheCalibratingPageTellsOffsetAndWidth(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		p, err := paper.CalibratingPage(page.Label, dpi, "Calibrating page 校准页")
		if err != nil {
			t.Fatal(err)
		}
		perMM := page.DotsPerMM(dpi)
		at := func(mm float64) int { return int(mm*perMM + 0.5) }
		for corner, middle := range map[string]image.Point{
			"upper left": {at(10), at(10)}, "upper right": {p.Width - 1 - at(10), at(10)},
			"lower left": {at(10), p.Height - 1 - at(10)}, "lower right": {p.Width - 1 - at(10), p.Height - 1 - at(10)},
		} {
			for _, arm := range []image.Point{{at(2.5), 0}, {-at(2.5), 0}, {0, at(2.5)}, {0, -at(2.5)}} {
				if at := middle.Add(arm); !p.Black(at.X, at.Y) {
					t.Errorf("%d dpi, %s: the cross has no arm %v", dpi, corner, arm)
				}
			}
			if beside := middle.Add(image.Pt(at(1), at(1))); p.Black(beside.X, beside.Y) {
				t.Errorf("%d dpi, %s: ink beside the cross", dpi, corner)
			}
		}
		staircase(t, p)
	}
}

// staircase cuts the page as narrower heads would, and finds the step that a person would read.
func staircase(t *testing.T, p *page.Page) {
	t.Helper()
	lowest, steps := p.Height, 0
	for end := p.Width / 8 * 8; end > p.Width/3; end -= 8 {
		y := step(p, end)
		if y < 0 || y < p.Height/8 {
			t.Fatalf("%d dpi: no step ends at dot %d", p.DPI, end)
		}
		if steps > 0 && y <= lowest {
			t.Fatalf("%d dpi: the step at dot %d is not below the one before", p.DPI, end)
		}
		lowest, steps = y, steps+1
	}
	if steps < 50 {
		t.Errorf("%d dpi: %d steps", p.DPI, steps)
	}
}

// step is the first row below the corners from which on five rows have exactly the eight dots before end black; -1 where there is none. The numbers'
// strokes are thinner.
func step(p *page.Page, end int) int {
	rows := 0
	for y := p.Height / 8; y < p.Height*7/8; y++ {
		exact := !p.Black(end-9, y) && (!p.Black(end, y) || end >= p.Width/8*8-8) // the frame stands right of the widest
		for x := end - 8; x < end; x++ {
			exact = exact && p.Black(x, y)
		}
		if !exact {
			rows = 0
		} else if rows++; rows == 5 {
			return y - 4
		}
	}
	return -1
}

func TestACalibratingPageNeedsRoom(t *testing.T) {
	if _, err := paper.CalibratingPage(page.Size{WidthMM: 40, HeightMM: 30}, 203, "x"); order.AsProblem(err) == nil || order.AsProblem(err).Key != "paper.too_small" {
		t.Errorf("%v", err)
	}
}

func ExampleTestPage() {
	p, err := paper.TestPage(page.Label, 203, paper.Test{Token: "PB40719386", Title: "Test page"})
	fmt.Println(p.Width, p.Height, err)
	// Output: 800 1200 <nil>
}
