package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/internal/label/fit"
	"packbench/internal/page"
)

// engine and within are shared: compiling PDFium takes seconds. The one draws in workers, the other in this process.
var engine, within *Engine

// TestMain makes the tests' program a worker where it is asked to be one.
func TestMain(m *testing.M) {
	if os.Getenv(greedyVariable) != "" {
		takeTooMuch()
	}
	within = New(cacheDir) // while no workers are possible
	WorkIfAsked()
	engine = New(cacheDir)
	code := m.Run()
	for _, e := range []*Engine{engine, within} {
		if err := e.Close(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

var cacheDir = filepath.Join(os.TempDir(), "packbench-test-cache")

// narrow is the label at 203 dpi.
var narrow = Frame{Width: 800, Height: 1200, DPI: 203}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// black counts a page's black dots.
func black(p *page.Page) (n int) {
	for _, dots := range p.Bits {
		n += bits.OnesCount8(dots)
	}
	return n
}

// pdf writes a document with as many pages as contents, each of the media box given in points.
func pdf(mediaBox, resources string, contents ...string) []byte {
	var b bytes.Buffer
	var kids strings.Builder
	for i := range contents {
		fmt.Fprintf(&kids, "%d 0 R ", 3+2*i)
	}
	b.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n")
	fmt.Fprintf(&b, "2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\n", kids.String(), len(contents))
	for i, content := range contents {
		fmt.Fprintf(&b, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<%s>>/Contents %d 0 R>>endobj\n", 3+2*i, mediaBox, resources, 4+2*i)
		fmt.Fprintf(&b, "%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", 4+2*i, len(content), content)
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF")
	return b.Bytes()
}

// render draws a document's first page.
func render(t testing.TB, e *Engine, document []byte) (*page.Page, error) {
	t.Helper()
	drawn, _, err := e.Render(t.Context(), document, 1, narrow)
	if err != nil {
		return nil, err
	}
	return drawn[0], nil
}

// grey is a page as the picture that fit works on.
func grey(p *page.Page) *image.Gray {
	picture := image.NewGray(p.Bounds())
	draw.Draw(picture, p.Bounds(), p, image.Point{}, draw.Src)
	return picture
}

func TestAPageIsDrawnAtItsSizeAndShrunkOnlyToFit(t *testing.T) {
	const side = 29 // the 28.2 dots of the 10 points in the page's lower left corner
	for _, c := range []struct {
		name, box string
		at        image.Point // the square's upper left
	}{
		{"as large as the label", "0 0 283.4646 425.1969", image.Pt(0, 1200-side)},
		{"A6 is 105 mm wide and white at the right", "0 0 297.6378 419.5276", image.Pt(0, 1184-side)},
		{"4 × 6 inch, white at the right", "0 0 288 432", image.Pt(0, 1200-side)},
		{"A5, white at the right", "0 0 419.5276 595.2756", image.Pt(0, 1200-side)},
		{"smaller is not enlarged, and in the middle", "0 0 141.7323 141.7323", image.Pt(200, 400-side)},
		{"lying on its side is turned", "0 0 425.1969 283.4646", image.Pt(0, 0)},
		{"small and lying fits as it is", "0 0 226.7717 113.3858", image.Pt(80, 320-side)},
	} {
		drawn, err := render(t, engine, pdf(c.box, "", "0 0 10 10 re f"))
		if err != nil {
			t.Fatal(err)
		}
		if drawn.Width != narrow.Width || drawn.Height != narrow.Height || drawn.DPI != narrow.DPI {
			t.Errorf("%s: a page of %d × %d dots", c.name, drawn.Width, drawn.Height)
		}
		if got, want := fit.Ink(grey(drawn)), (image.Rectangle{Min: c.at, Max: c.at.Add(image.Pt(side, side))}); got != want {
			t.Errorf("%s: the square is at %v, want %v", c.name, got, want)
		}
	}
}

// Bars that are whole dots wide on the page must be so on the label, although 4 × 6 inch and A6 are larger than it: shrunk
// they would be 3 or 4 dots by turns. Whichever way the sheet lies and is said to be turned.
func TestBarsKeepTheirWholeDots(t *testing.T) {
	const module = 4 * 72 / 25.4 / 8 // 4 dots at 203 dpi
	for _, c := range []struct {
		name, box   string
		rotate      int
		left, depth float64 // points; the bars are 26 modules wide
	}{
		{"4 × 6 inch", "0 0 288 432", 0, 60 * module / 4, 100},
		{"A6", "0 0 297.6378 419.5276", 0, 60 * module / 4, 100},
		{"A5, the label in its upper half", "0 0 419.5276 595.2756", 0, 100 * module / 4, 400},
		{"6 × 4 inch", "0 0 432 288", 0, 60 * module / 4, 100},
		{"4 × 6 inch said to lie on its side", "0 0 288 432", 90, 60 * module / 4, 100},
		{"4 × 6 inch upside down", "0 0 288 432", 180, 60 * module / 4, 100},
		{"huge, and turned", "0 0 800 800", 270, 60 * module / 4, 100},
	} {
		var bars strings.Builder
		for i := range 13 {
			fmt.Fprintf(&bars, "%.6f %.6f %.6f 28.346457 re ", c.left+float64(2*i)*module, c.depth, module)
		}
		document := bytes.Replace(pdf(c.box, "", bars.String()+"f"), []byte("/Parent 2"), fmt.Appendf(nil, "/Rotate %d/Parent 2", c.rotate), 1)
		drawn, err := render(t, engine, document)
		if err != nil {
			t.Fatal(err)
		}
		picture := grey(drawn)
		ink := fit.Ink(picture)
		if ink.Dx() < ink.Dy() { // the bars lie
			picture = fit.Turn(picture)
			ink = fit.Ink(picture)
		}
		if ink.Dx() < 99 || ink.Dx() > 101 {
			t.Errorf("%s: the bars are %d dots wide, want 25 modules of 4", c.name, ink.Dx())
			continue
		}
		y, wide := ink.Min.Y+ink.Dy()/2, 0
		for x := ink.Min.X; x <= ink.Max.X; x++ {
			if picture.GrayAt(x, y).Y < 128 && x < ink.Max.X {
				wide++
				continue
			}
			if wide > 0 && (wide < 4 || wide > 4) {
				t.Errorf("%s: a bar of %d dots", c.name, wide)
			}
			wide = 0
		}
	}
}

// Where white is not enough to cut, or the page is only a little too large, all of it is there, smaller.
func TestInkLargerThanTheMediumIsShrunkWhole(t *testing.T) {
	for _, c := range []struct {
		name, box, drawing string
		width, height      int
	}{
		{"A6 to its edges", "0 0 297.6378 419.5276", "0 0 20 20 re 277.6378 399.5276 20 20 re f", 800, 1128},
		{"a frame around A5", "0 0 419.5276 595.2756", "20 w 10 10 399.5276 575.2756 re S", 800, 1135},
		{"a frame around A5, lying", "0 0 595.2756 419.5276", "20 w 10 10 575.2756 399.5276 re S", 800, 1135},
		{"in the midst of A4", "0 0 595.2756 841.8898", "20 w 110 110 340.1575 510.2362 re S", 800, 1180},
	} {
		drawn, err := render(t, engine, pdf(c.box, "", c.drawing))
		if err != nil {
			t.Fatal(err)
		}
		ink := fit.Ink(grey(drawn))
		if ink.Dx() < c.width-8 || ink.Dx() > c.width || ink.Dy() < c.height-8 || ink.Dy() > c.height+8 {
			t.Errorf("%s: ink of %v dots, want %d × %d", c.name, ink.Size(), c.width, c.height)
		}
	}
}

// The largest page there is, 5 m a side, is looked at small, and its ink still comes out as large as fits.
func TestAHugePageIsBounded(t *testing.T) {
	drawn, err := render(t, engine, pdf("0 0 14400 14400", "", "5000 5000 567 850 re f"))
	if err != nil {
		t.Fatal(err)
	}
	if ink := fit.Ink(grey(drawn)).Size(); ink.X < 720 || ink.X > 800 || ink.Y < 1080 || ink.Y > 1200 {
		t.Errorf("20 × 30 cm of ink on %v dots", ink)
	}
}

func TestChineseOfAFontThatIsNotEmbeddedIsDrawn(t *testing.T) {
	const song = `/Font<</F<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[
		<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/DW 1000
		/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 752/Descent -271/CapHeight 737/ItalicAngle 0/StemV 58/FontBBox[-25 -254 1000 880]>>>>]>>>>`
	drawn, err := render(t, engine, pdf("0 0 200 100", song, "BT /F 60 Tf 10 20 Td <4E2D6587> Tj ET"))
	if err != nil {
		t.Fatal(err)
	}
	if n := black(drawn); n < 3000 {
		t.Errorf("%d black dots where two Chinese characters of 2 cm are due", n)
	}
}

func TestWhatIsWrongWithADocumentIsSaid(t *testing.T) {
	for name, document := range map[string][]byte{
		"empty":     nil,
		"not a PDF": []byte("hello"),
		"cut short": read(t, "a6_cairo.pdf")[:300],
		"no pages":  pdf("0 0 100 100", ""),
		"vast page": bytes.Replace(pdf("0 0 100 100", "", "f"), []byte("0 0 100 100"), []byte("0 0 9999999 9999999"), 1),
	} {
		for _, e := range []*Engine{engine, within} {
			if _, err := render(t, e, document); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: %v, want ErrDamaged", name, err)
			}
		}
	}
}

// endless has a shade computed for each dot in 100,000 steps, out of 800 KB: minutes, without any memory.
func endless() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n")
	b.WriteString("3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283 425]/Resources<</Shading<</S 5 0 R>>>>/Contents 4 0 R>>endobj\n")
	b.WriteString("4 0 obj<</Length 5>>stream\n/S sh\nendstream endobj\n")
	b.WriteString("5 0 obj<</ShadingType 1/ColorSpace/DeviceGray/Matrix[283 0 0 425 0 0]/Function 6 0 R>>endobj\n")
	steps := "{pop " + strings.Repeat("dup mul ", 100_000) + "}"
	fmt.Fprintf(&b, "6 0 obj<</FunctionType 4/Domain[0 1 0 1]/Range[0 1]/Length %d>>stream\n%s\nendstream endobj\n", len(steps), steps)
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF")
	return b.Bytes()
}

func TestARunawayDocumentEndsAndTheNextIsDrawn(t *testing.T) {
	if _, err := render(t, engine, read(t, "a6_cairo.pdf")); err != nil {
		t.Fatal(err) // and PDFium is compiled
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, _, err := engine.Render(ctx, endless(), 1, narrow); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("runaway document: %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("stopped after %v", took)
	}
	if _, err := render(t, engine, read(t, "a6_cairo.pdf")); err != nil {
		t.Errorf("the document after it: %v", err)
	}
}

func TestADocumentThatTakesTooLongIsSaid(t *testing.T) {
	hasty := New(cacheDir)
	hasty.timeout = 200 * time.Millisecond
	if _, err := render(t, hasty, endless()); !errors.Is(err, ErrTimeout) {
		t.Errorf("%v, want ErrTimeout", err)
	}
	if err := hasty.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// Bytes changed at random make a document that is drawn somehow or refused, never one that brings the program down or that
// changes what the next document looks like.
func TestDamageStaysWithItsDocument(t *testing.T) {
	document := read(t, "a6_reportlab.pdf")
	want, err := render(t, engine, document)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		damaged := bytes.Clone(document)
		for range 1 + random.IntN(30) {
			damaged[random.IntN(len(damaged))] = byte(random.IntN(256))
		}
		_, err := render(t, engine, damaged)
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrEncrypted) && !errors.Is(err, ErrTimeout) {
			t.Errorf("round %d: %v", round, err)
		}
	}
	if got, err := render(t, engine, document); err != nil || !bytes.Equal(got.Bits, want.Bits) {
		t.Errorf("after them the whole document is another picture: %v", err)
	}
}

func TestACacheThatCannotBeUsedOnlyCostsTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	slow := New(file)
	slow.Warm(t.Context())
	if _, err := render(t, slow, read(t, "a6_reportlab.pdf")); err != nil {
		t.Error(err)
	}
	if err := slow.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestGoroutinesDrawTheSame(t *testing.T) {
	document := read(t, "a6_cairo.pdf")
	want, err := render(t, engine, document)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			got, err := render(t, engine, document)
			if err != nil || !bytes.Equal(got.Bits, want.Bits) {
				t.Errorf("drawn at the same time: another picture (%v)", err)
			}
		})
	}
	wait.Wait()
}

func TestAfterCloseNothingIsDrawn(t *testing.T) {
	closed := New(t.TempDir())
	if err := closed.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(t.Context()); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := render(t, closed, read(t, "a6_cairo.pdf")); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func BenchmarkRender(b *testing.B) {
	document := read(b, "a6_cairo.pdf")
	for name, e := range map[string]*Engine{"in a worker": engine, "in this process, guarded": within} {
		for _, frame := range []Frame{narrow, {Width: 1181, Height: 1772, DPI: 300}} {
			b.Run(fmt.Sprintf("%s/%d dpi", name, frame.DPI), func(b *testing.B) {
				for b.Loop() {
					if _, _, err := e.Render(b.Context(), document, 1, frame); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkStart is what the first label waits for where no worker is ready yet.
func BenchmarkStart(b *testing.B) {
	document := read(b, "a6_cairo.pdf")
	if _, err := render(b, engine, document); err != nil {
		b.Fatal(err) // and PDFium is compiled
	}
	for b.Loop() {
		e := New(cacheDir)
		if _, err := render(b, e, document); err != nil {
			b.Fatal(err)
		}
		if err := e.Close(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
