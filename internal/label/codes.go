package label

import (
	"math"

	"packbench/internal/page"
)

// Format is the symbology of a code.
type Format string

// The symbologies on the platform's labels (printing facts 5).
const (
	Code128 Format = "CODE_128"
	QR      Format = "QR_CODE"
)

// Code is one code on a page, its text as a scanner that adds no symbology identifier sends it.
type Code struct {
	Text   string
	Format Format
}

// Codes reads back every Code 128, upright or turned, and every QR code on a page, each text once. The page's edge counts
// as white. A code that is too fine for the page's resolution, or whose lines do not agree, is not there: see readCode128.
func Codes(p *page.Page) []Code {
	var codes []Code
	for _, text := range readCode128(p) {
		codes = append(codes, Code{Text: text, Format: Code128})
	}
	for _, text := range readQR(p) {
		codes = append(codes, Code{Text: text, Format: QR})
	}
	return codes
}

// dots converts millimetres to at least one dot.
func dots(mm float64, dpi int) int { return max(1, int(math.Round(mm*page.DotsPerMM(dpi)))) }
