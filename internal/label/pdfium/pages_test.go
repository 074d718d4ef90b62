package pdfium

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// Also where several workers share the pages.
func TestEachPageIsDrawnAsItIs(t *testing.T) {
	document := pdf("0 0 141.7323 141.7323", "", "0 0 10 10 re f", "0 0 20 20 re f", "0 0 30 30 re f", "0 0 40 40 re f", "0 0 50 50 re f")
	for _, e := range []*Engine{engine, within} {
		all, pages, err := e.Render(t.Context(), document, 5, narrow)
		if err != nil || pages != 5 || len(all) != 5 {
			t.Fatalf("%d pages of %d: %v", len(all), pages, err)
		}
		for n, drawn := range all {
			side := int(float64(10*(n+1)) * mmPerPoint * 8)
			if got := black(drawn); got < (side-1)*(side-1) || got > (side+1)*(side+1) {
				t.Errorf("page %d: %d black dots, want about %d", n, got, side*side)
			}
		}
		if first, pages, err := e.Render(t.Context(), document, 4, narrow); err != nil || pages != 5 || len(first) != 1 {
			t.Errorf("more than are wanted: %d pages of %d: %v", len(first), pages, err)
		}
	}
}

// A page that does not load refuses the document, wherever it stands.
func TestADocumentIsWholeOrRefused(t *testing.T) {
	document := pdf("0 0 100 100", "", "0 0 10 10 re f", "0 0 10 10 re f", "0 0 10 10 re f", "0 0 10 10 re f")
	for n := range 4 {
		damaged := bytes.Replace(document, fmt.Appendf(nil, "\n%d 0 obj", 3+2*n), []byte("\n99 0 obj"), 1)
		for _, e := range []*Engine{engine, within} {
			if drawn, _, err := e.Render(t.Context(), damaged, 4, narrow); !errors.Is(err, ErrDamaged) {
				t.Errorf("page %d is not there: %d pages, %v", n, len(drawn), err)
			}
		}
	}
}

// The pages of a document have one limit together.
func TestManySlowPagesAreGivenUpTogether(t *testing.T) {
	if _, err := render(t, engine, read(t, "a6_cairo.pdf")); err != nil {
		t.Fatal(err) // and PDFium is compiled
	}
	hasty := New(cacheDir)
	hasty.timeout = 600 * time.Millisecond
	defer hasty.Close(t.Context())
	slow := []string{"0 0 10 10 re f"}
	for range 9 {
		slow = append(slow, strings.Repeat("0 0 283 425 re f ", 4_000)) // about 0.2 s
	}
	began := time.Now()
	_, pages, err := hasty.Render(t.Context(), pdf("0 0 283 425", "", slow...), 10, narrow)
	if took := time.Since(began); !errors.Is(err, ErrTimeout) || pages != 10 || took > 5*time.Second {
		t.Errorf("%d pages, %v after %v", pages, err, took)
	}
}
