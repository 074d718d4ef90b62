package label

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"packbench/internal/label/pdfium"
	"packbench/internal/order"
	"packbench/internal/page"
)

// maker is shared: compiling PDFium takes seconds.
var maker *Maker

// TestMain makes the tests' program a worker where it is asked to be one.
func TestMain(m *testing.M) {
	pdfium.WorkIfAsked()
	maker = NewMaker(filepath.Join(os.TempDir(), "packbench-test-cache"))
	code := m.Run()
	if err := maker.Close(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// documents are the labels in testdata and the codes each must come to at 203 and at 300 dpi.
var documents = map[string][]Code{
	"a6_cairo.pdf":      {{"JX100000000000", Code128}, {"576120260000000000", Code128}, {"576120260000000000", QR}},
	"100x150_cairo.pdf": {{"JX100000000000", Code128}, {"576120260000000000", Code128}, {"576120260000000000", QR}},
	"4x6_jpeg.pdf":      {{"JX100000000000", Code128}, {"576120260000000000", Code128}, {"576120260000000000", QR}},
	"a6_reportlab.pdf":  {{"JX100000000000", Code128}, {"576120260000000000", QR}},
}

func document(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustMake(t testing.TB, document []byte, dpi int) *page.Page {
	t.Helper()
	p, err := maker.Make(t.Context(), document, page.Label, dpi)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// bounds is the smallest rectangle that holds all black dots.
func bounds(p *page.Page) image.Rectangle {
	var r image.Rectangle
	for y := range p.Height {
		for x := range p.Width {
			if p.Black(x, y) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func TestDocumentsBecomeReadablePages(t *testing.T) {
	for name, want := range documents {
		for _, dpi := range []int{203, 300} {
			t.Run(fmt.Sprintf("%s at %d", name, dpi), func(t *testing.T) {
				p := mustMake(t, document(t, name), dpi)
				if w, h := page.Label.Dots(dpi); p.Width != w || p.Height != h || p.DPI != dpi {
					t.Errorf("%d × %d at %d dpi, want %d × %d at %d", p.Width, p.Height, p.DPI, w, h, dpi)
				}
				if got := Codes(p); !slices.Equal(got, want) {
					t.Errorf("read back %v, want %v", got, want)
				}
			})
		}
	}
}

func TestALabelSmallerThanTheMediumIsCentredAtTheTop(t *testing.T) {
	const square = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 141.7323 141.7323]/Contents 4 0 R>>endobj\n" +
		"4 0 obj<</Length 18>>stream\n0 0 142 142 re f  \nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
	if got, want := bounds(mustMake(t, []byte(square), 203)), image.Rect(200, 0, 600, 400); got != want {
		t.Errorf("50 mm square drawn at %v, want %v", got, want)
	}
}

func encodePNG(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicturesFillTheMedium(t *testing.T) {
	label := mustMake(t, document(t, "100x150_cairo.pdf"), 300)
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, label, nil); err != nil {
		t.Fatal(err)
	}
	small := mustMake(t, document(t, "100x150_cairo.pdf"), 203)
	onItsSide := image.NewGray(image.Rect(0, 0, small.Height, small.Width))
	for y := range small.Height {
		for x := range small.Width {
			onItsSide.Set(y, small.Width-1-x, small.At(x, y))
		}
	}
	for name, picture := range map[string][]byte{
		"as large":     encodePNG(t, small),
		"larger":       encodePNG(t, label),
		"a JPEG":       jpg.Bytes(),
		"on its side":  encodePNG(t, onItsSide),
		"smaller":      encodePNG(t, resample(grey(small), 600, 900)),
		"see-through":  encodePNG(t, seeThrough(small)),
		"other aspect": encodePNG(t, resample(grey(label), 1181, 1600)),
	} {
		t.Run(name, func(t *testing.T) {
			p := mustMake(t, picture, 203)
			if got, want := Codes(p), documents["100x150_cairo.pdf"]; !slices.Equal(got, want) {
				t.Errorf("read back %v, want %v", got, want)
			}
		})
	}
}

// A 4 × 6 inch picture at the printer's own resolution is a little larger than the medium: its white is cut, its bars are
// kept dot for dot.
func TestAPictureOfThePrintersResolutionIsNotScaled(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 812, 1218))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	bars := bars(t, "JX100000000007")
	for y := 100; y < 200; y++ {
		for x := range 2 * bars.Bounds().Dx() {
			if r, _, _, _ := bars.At(x/2, 0).RGBA(); r == 0 {
				picture.Pix[y*picture.Stride+30+x] = 0
			}
		}
	}
	for _, c := range []struct {
		dpi, module int
		medium      page.Size
	}{{203, 2, page.Label}, {203, 4, page.Size{WidthMM: 200, HeightMM: 300}}} {
		p, err := maker.Make(t.Context(), encodePNG(t, picture), c.medium, c.dpi)
		if err != nil {
			t.Fatal(err)
		}
		ink := bounds(p)
		if want := c.module * bars.Bounds().Dx(); ink.Dx() != want {
			t.Fatalf("bars of %d dots, want %d", ink.Dx(), want)
		}
		for x := range ink.Dx() {
			r, _, _, _ := bars.At(x/c.module, 0).RGBA()
			if p.Black(ink.Min.X+x, ink.Min.Y+20) != (r == 0) {
				t.Fatalf("dot %d of the bars is not what it was", x)
			}
		}
	}
}

func grey(p *page.Page) *image.Gray {
	g := image.NewGray(p.Bounds())
	for y := range p.Height {
		for x := range p.Width {
			g.Set(x, y, p.At(x, y))
		}
	}
	return g
}

// seeThrough has no white: the dots of the label lie on nothing.
func seeThrough(p *page.Page) image.Image {
	picture := image.NewNRGBA(p.Bounds())
	for y := range p.Height {
		for x := range p.Width {
			if p.Black(x, y) {
				picture.Set(x, y, color.Black)
			}
		}
	}
	return picture
}

// sheets is a PDF of so many pages, each with a square of 10 n + 20 points in the corner.
func sheets(pages int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count %d/Kids[", pages)
	for n := range pages {
		fmt.Fprintf(&b, "%d 0 R ", 3+2*n)
	}
	b.WriteString("]>>endobj\n")
	for n := range pages {
		drawing := fmt.Sprintf("0 0 %d %[1]d re f", 20+10*n)
		fmt.Fprintf(&b, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283 425]/Contents %d 0 R>>endobj\n", 3+2*n, 4+2*n)
		fmt.Fprintf(&b, "%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", 4+2*n, len(drawing), drawing)
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF")
	return b.Bytes()
}

func TestEachPageOfADocumentIsALabel(t *testing.T) {
	drawn, err := maker.MakeAll(t.Context(), sheets(5), page.Label, 203)
	if err != nil || len(drawn) != 5 {
		t.Fatalf("%d pages, %v", len(drawn), err)
	}
	for n, p := range drawn {
		side := float64(20+10*n) / 72 * 25.4 * 8
		if got := float64(bounds(p).Dx()); math.Abs(got-side) > 1 {
			t.Errorf("page %d: a square of %g dots, want %g", n, got, side)
		}
	}
	for pages, key := range map[int]string{51: "label.many_pages", 0: "label.damaged"} {
		_, err := maker.MakeAll(t.Context(), sheets(pages), page.Label, 203)
		if problem := order.AsProblem(err); problem.Key != key {
			t.Errorf("%d pages: %v", pages, err)
		}
	}
	if drawn, err := maker.MakeAll(t.Context(), encodePNG(t, image.NewGray(image.Rect(0, 0, 10, 10))), page.Label, 203); err != nil || len(drawn) != 1 {
		t.Errorf("a picture: %d pages, %v", len(drawn), err)
	}
}

func TestWhatIsWrongWithADocumentHasAKey(t *testing.T) {
	whole := document(t, "a6_cairo.pdf")
	picture := encodePNG(t, image.NewGray(image.Rect(0, 0, 10, 10)))
	vast := bytes.Clone(picture)
	copy(vast[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65,536 × 65,536
	for _, c := range []struct {
		name, key string
		document  []byte
	}{
		{"nothing", "label.not_a_document", nil},
		{"text", "label.not_a_document", []byte("hello")},
		{"ZPL", "label.not_a_document", []byte("^XA^FO0,0^XZ")},
		{"half a PDF", "label.damaged", whole[:500]},
		{"half a picture", "label.damaged", picture[:40]},
		{"a picture with a broken end", "label.damaged", encodePNG(t, image.NewGray(image.Rect(0, 0, 500, 500)))[:80]},
		{"too many bytes", "label.too_large", make([]byte, maxDocument+1)},
		{"two pages", "label.pages", []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
			"2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" +
			"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")},
		{"needs a password", "label.encrypted", []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
			"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n5 0 obj<</Filter/Standard/V 1/R 2/P -4" +
			"/O(oooooooooooooooooooooooooooooooo)/U(uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu)>>endobj\n" +
			"trailer<</Root 1 0 R/Encrypt 5 0 R/ID[(i)(i)]>>\n%%EOF")},
	} {
		_, err := maker.Make(t.Context(), c.document, page.Label, 203)
		var problem *order.Problem
		if !errors.As(err, &problem) || problem.Key != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
	if _, err := maker.Make(t.Context(), vast, page.Label, 203); err == nil {
		t.Error("a picture of four thousand million pixels was taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := maker.Make(ctx, whole, page.Label, 203); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := maker.Make(t.Context(), whole, page.Size{}, 203); err == nil {
		t.Error("a medium without size was taken")
	}
}

func BenchmarkMake(b *testing.B) {
	for _, dpi := range []int{203, 300} {
		b.Run(fmt.Sprint(dpi), func(b *testing.B) {
			d := document(b, "a6_cairo.pdf")
			mustMake(b, d, dpi) // PDFium is compiled
			for b.Loop() {
				mustMake(b, d, dpi)
			}
		})
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, dpi := range []int{203, 300} {
		b.Run(fmt.Sprint(dpi), func(b *testing.B) {
			picture := grey(mustMake(b, document(b, "100x150_cairo.pdf"), dpi))
			p := page.New(picture.Rect.Dx(), picture.Rect.Dy(), dpi)
			for b.Loop() {
				p.Draw(picture)
			}
		})
	}
}

func BenchmarkCodes(b *testing.B) {
	for name := range documents {
		for _, dpi := range []int{203, 300} {
			b.Run(fmt.Sprintf("%s/%d", name, dpi), func(b *testing.B) {
				p := mustMake(b, document(b, name), dpi)
				for b.Loop() {
					Codes(p)
				}
			})
		}
	}
}
