package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// engine is shared: compiling PDFium takes seconds.
var engine = New(cacheDir)

var cacheDir = filepath.Join(os.TempDir(), "packbench-test-cache")

// narrow is the label at 203 dpi.
var narrow = Frame{Width: 800, Height: 1200, DotsPerMM: 8}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// black counts the dark dots of a part of the picture.
func black(p *image.Gray, part image.Rectangle) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if p.GrayAt(x, y).Y < 128 {
				n++
			}
		}
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

func TestAPageIsDrawnAtItsSizeAndShrunkOnlyToFit(t *testing.T) {
	for _, c := range []struct {
		name, box     string
		width, height int
	}{
		{"as large as the label", "0 0 283.4646 425.1969", 800, 1200},
		{"A6 is 105 mm wide", "0 0 297.6378 419.5276", 800, 1128},
		{"smaller is not enlarged", "0 0 141.7323 141.7323", 400, 400},
		{"lying on its side is turned", "0 0 425.1969 283.4646", 800, 1200},
		{"small and lying fits as it is", "0 0 226.7717 113.3858", 640, 320},
	} {
		t.Run(c.name, func(t *testing.T) {
			picture, err := engine.Render(t.Context(), pdf(c.box, "", "0 0 10 10 re f"), narrow)
			if err != nil {
				t.Fatal(err)
			}
			if got := picture.Bounds().Size(); got.X != c.width || got.Y != c.height {
				t.Errorf("drawn at %v, want %d × %d", got, c.width, c.height)
			}
			if black(picture, picture.Bounds()) < 100 {
				t.Error("the square in the corner is missing")
			}
		})
	}
}

func TestChineseOfAFontThatIsNotEmbeddedIsDrawn(t *testing.T) {
	const song = `/Font<</F<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[
		<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/DW 1000
		/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 752/Descent -271/CapHeight 737/ItalicAngle 0/StemV 58/FontBBox[-25 -254 1000 880]>>>>]>>>>`
	picture, err := engine.Render(t.Context(), pdf("0 0 200 100", song, "BT /F 60 Tf 10 20 Td <4E2D6587> Tj ET"), narrow)
	if err != nil {
		t.Fatal(err)
	}
	if n := black(picture, picture.Bounds()); n < 3000 {
		t.Errorf("%d black dots where two Chinese characters of 2 cm are due", n)
	}
}

func TestWhatIsWrongWithADocumentIsSaid(t *testing.T) {
	var many *PagesError
	_, err := engine.Render(t.Context(), pdf("0 0 100 100", "", "f", "f", "f"), narrow)
	if !errors.As(err, &many) || many.Pages != 3 {
		t.Errorf("three pages: %v", err)
	}
	for name, document := range map[string][]byte{
		"empty":     nil,
		"not a PDF": []byte("hello"),
		"cut short": read(t, "a6_cairo.pdf")[:300],
		"no pages":  pdf("0 0 100 100", ""),
		"vast page": bytes.Replace(pdf("0 0 100 100", "", "f"), []byte("0 0 100 100"), []byte("0 0 9999999 9999999"), 1),
	} {
		if _, err := engine.Render(t.Context(), document, narrow); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

// endless draws a form that draws ten forms that draw ten forms …: 10^8 squares out of a kilobyte.
func endless() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n")
	b.WriteString("3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283 425]/Resources<</XObject<</X 10 0 R>>>>/Contents 4 0 R>>endobj\n")
	b.WriteString("4 0 obj<</Length 4>>stream\n/X Do\nendstream endobj\n")
	const depth = 8
	for i := range depth {
		body := strings.Repeat("/X Do ", 10)
		if i == depth-1 {
			body = "0 0 200 200 re f"
		}
		fmt.Fprintf(&b, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 283 425]/Resources<</XObject<</X %d 0 R>>>>/Length %d>>stream\n%s\nendstream endobj\n", 10+i, 11+i, len(body), body)
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF")
	return b.Bytes()
}

func TestARunawayDocumentEndsAndTheNextIsDrawn(t *testing.T) {
	if _, err := engine.Render(t.Context(), read(t, "a6_cairo.pdf"), narrow); err != nil {
		t.Fatal(err) // and PDFium is compiled
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := engine.Render(ctx, endless(), narrow); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("runaway document: %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("stopped after %v", took)
	}
	if _, err := engine.Render(t.Context(), read(t, "a6_cairo.pdf"), narrow); err != nil {
		t.Errorf("the document after it: %v", err)
	}
}

func TestADocumentThatTakesTooLongIsSaid(t *testing.T) {
	hasty := New(cacheDir)
	hasty.timeout = 200 * time.Millisecond
	if _, err := hasty.Render(t.Context(), endless(), narrow); !errors.Is(err, ErrTimeout) {
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
	want, err := engine.Render(t.Context(), document, narrow)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		damaged := bytes.Clone(document)
		for range 1 + random.IntN(30) {
			damaged[random.IntN(len(damaged))] = byte(random.IntN(256))
		}
		var many *PagesError
		_, err := engine.Render(t.Context(), damaged, narrow)
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrEncrypted) && !errors.Is(err, ErrTimeout) && !errors.As(err, &many) {
			t.Errorf("round %d: %v", round, err)
		}
	}
	if got, err := engine.Render(t.Context(), document, narrow); err != nil || !bytes.Equal(got.Pix, want.Pix) {
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
	if _, err := slow.Render(t.Context(), read(t, "a6_reportlab.pdf"), narrow); err != nil {
		t.Error(err)
	}
	if err := slow.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestGoroutinesDrawTheSame(t *testing.T) {
	document := read(t, "a6_cairo.pdf")
	want, err := engine.Render(t.Context(), document, narrow)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			got, err := engine.Render(t.Context(), document, narrow)
			if err != nil || !bytes.Equal(got.Pix, want.Pix) {
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
	if _, err := closed.Render(t.Context(), read(t, "a6_cairo.pdf"), narrow); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func BenchmarkRender(b *testing.B) {
	document := read(b, "a6_cairo.pdf")
	for _, frame := range []Frame{narrow, {Width: 1181, Height: 1772, DotsPerMM: 300 / 25.4}} {
		b.Run(fmt.Sprintf("%.0f dots per mm", frame.DotsPerMM), func(b *testing.B) {
			for b.Loop() {
				if _, err := engine.Render(b.Context(), document, frame); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
