package label

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"
	"pgregory.net/rapid"

	"packbench/internal/page"
)

// placed is a code to be drawn with its upper left corner at x, y, its modules scale dots wide, turned by quarters clockwise.
type placed struct {
	code            barcode.Barcode
	x, y            int
	scale, quarters int
	height          int // dots, of bars
}

func bars(t testing.TB, text string) barcode.Barcode {
	t.Helper()
	c, err := code128.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func square(t testing.TB, text string) barcode.Barcode {
	t.Helper()
	c, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (c placed) draw(p *page.Page) {
	size := c.code.Bounds().Size()
	w, h := size.X*c.scale, size.Y*c.scale
	if c.height > 0 {
		h = c.height
	}
	for y := range h {
		for x := range w {
			if r, _, _, _ := c.code.At(x/c.scale, min(y/c.scale, size.Y-1)).RGBA(); r != 0 {
				continue
			}
			switch c.quarters {
			case 0:
				p.Set(c.x+x, c.y+y)
			case 1:
				p.Set(c.x+h-1-y, c.y+x)
			case 2:
				p.Set(c.x+w-1-x, c.y+h-1-y)
			case 3:
				p.Set(c.x+y, c.y+w-1-x)
			}
		}
	}
}

func frame(p *page.Page, left, top, right, bottom, width int) {
	for y := top; y < bottom; y++ {
		for x := left; x < right; x++ {
			if x < left+width || x >= right-width || y < top+width || y >= bottom-width {
				p.Set(x, y)
			}
		}
	}
}

func blankLabel() *page.Page {
	w, h := page.Label.Dots(203)
	return page.New(w, h, 203)
}

func TestEveryCodeIsReadWhereverItStands(t *testing.T) {
	p := blankLabel()
	for _, c := range []placed{
		{bars(t, "JX100000000001"), 40, 40, 2, 0, 80},
		{bars(t, "JX100000000002"), 450, 40, 2, 0, 80}, // beside the first
		{bars(t, "JX100000000003"), 40, 160, 3, 2, 60}, // upside down
		{bars(t, "JX100000000004"), 700, 200, 2, 1, 70},
		{bars(t, "JX100000000005"), 40, 300, 2, 3, 70},
		{square(t, "https://example.test/p?id=576120260000000001"), 200, 300, 4, 0, 0},
		{square(t, "576120260000000002"), 400, 300, 5, 1, 0},
	} {
		c.draw(p)
	}
	right := 40 + 2*bars(t, "JX100000000001").Bounds().Dx()
	frame(p, 31, 31, right+9, 130, 3) // 3 modules beside the bars
	want := []Code{
		{"JX100000000001", Code128}, {"JX100000000002", Code128}, {"JX100000000003", Code128}, {"JX100000000004", Code128},
		{"JX100000000005", Code128}, {"https://example.test/p?id=576120260000000001", QR}, {"576120260000000002", QR},
	}
	got := Codes(p)
	for _, code := range want {
		if !slices.Contains(got, code) {
			t.Errorf("%v is not among %v", code, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("read %v, want %v", got, want)
	}
}

func TestABlankOrFullPageHoldsNoCode(t *testing.T) {
	p := blankLabel()
	if got := Codes(p); len(got) != 0 {
		t.Errorf("white page: %v", got)
	}
	for i := range p.Bits {
		p.Bits[i] = 0xff
	}
	if got := Codes(p); len(got) != 0 {
		t.Errorf("black page: %v", got)
	}
}

func TestACodeAtTheEdgeIsRead(t *testing.T) {
	for x := range 3 {
		p := page.New(bars(t, "4711").Bounds().Dx()*2+x, 40, 203)
		placed{bars(t, "4711"), x, 0, 2, 0, 40}.draw(p)
		if got := Codes(p); !slices.Equal(got, []Code{{"4711", Code128}}) {
			t.Errorf("%d dots from the edge: %v", x, got)
		}
	}
}

// What is read on a damaged page is either a code that is there or nothing: a wrong text would be a wrong parcel.
func TestDamageNeverMakesAnotherCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Z]{2}[0-9]{8,14}`).Draw(t, "text")
		payload := rapid.StringMatching(`[0-9]{17,19}`).Draw(t, "payload")
		p := page.New(640, 320, 203)
		c, err := code128.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		q, err := qr.Encode(payload, qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		placed{c, 20, 20, 2, 0, 60}.draw(p)
		placed{q, 40, 120, 5, 0, 0}.draw(p)
		for range rapid.IntRange(0, 400).Draw(t, "specks") {
			x, y := rapid.IntRange(0, 639).Draw(t, "x"), rapid.IntRange(0, 319).Draw(t, "y")
			if p.Black(x, y) {
				p.Clear(x, y)
			} else {
				p.Set(x, y)
			}
		}
		for _, code := range Codes(p) {
			if code != (Code{text, Code128}) && code != (Code{payload, QR}) {
				t.Errorf("read %v where %q and %q are", code, text, payload)
			}
		}
	})
}

// Random pictures must not bring the reader down.
func TestAnyPageIsReadWithoutFalling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := page.New(rapid.IntRange(1, 200).Draw(t, "width"), rapid.IntRange(1, 120).Draw(t, "height"), 203)
		density := rapid.SliceOfN(rapid.Byte(), 1, 64).Draw(t, "pattern")
		for i := range p.Bits {
			p.Bits[i] = density[i%len(density)]
		}
		if got := Codes(p); len(got) > 0 {
			t.Logf("random page reads as %v", got)
		}
	})
}

// The quick ways to see a page's lines say what its dots say.
func TestLinesAreWhatTheDotsAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := page.New(rapid.IntRange(1, 200).Draw(t, "width"), rapid.IntRange(1, 40).Draw(t, "height"), 203)
		for range rapid.IntRange(0, 30).Draw(t, "strokes") {
			x, y := rapid.IntRange(0, p.Width-1).Draw(t, "x"), rapid.IntRange(0, p.Height-1).Draw(t, "y")
			for i := range rapid.IntRange(1, 130).Draw(t, "length") {
				p.Set(x+i, y)
			}
		}
		turned := transposed(p)
		for y := range p.Height {
			var want []int
			run, colour := 0, false
			for x := range p.Width {
				if p.Black(x, y) != turned.Black(y, x) {
					t.Fatalf("transposed, %d, %d differs", x, y)
				}
				if p.Black(x, y) != colour {
					want, run, colour = append(want, run), 0, !colour
				}
				run++
			}
			want = append(want, run)
			if colour {
				want = append(want, 0)
			}
			if got := runLengths(nil, p.Bits[y*p.Stride:][:p.Stride], p.Width); !slices.Equal(got, want) {
				t.Fatalf("row %d: %v, want %v", y, got, want)
			}
		}
	})
}

// A page full of the corners of QR codes has no label on it, and the search for its codes must not take for ever.
func TestAPageFullOfFinderPatternsIsGivenUp(t *testing.T) {
	for module := 1; module <= 3; module++ {
		tiles := finderTiles(page.Label, module, 2)
		began := time.Now()
		if codes := Codes(tiles); len(codes) != 0 {
			t.Errorf("%d dots a module: %v", module, codes)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("%d dots a module: %v", module, took)
		}
	}
}

// As many codes as are looked for are read, though a page of them has many finder patterns.
func TestAPageOfManyQRCodes(t *testing.T) {
	p := page.New(800, 1200, 203)
	want := map[string]bool{}
	for i := range qrAttempts {
		text := fmt.Sprintf("JX%011d", i)
		placed{code: square(t, text), x: 60 + i%4*180, y: 60 + i/4*300, scale: 5}.draw(p)
		want[text] = true
	}
	for _, code := range Codes(p) {
		delete(want, code.Text)
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}
