// Package tspl speaks TSPL, TSC's language, which most inexpensive printers of 10 × 15 cm labels speak natively: a page becomes one label. It is
// pure: bytes in, bytes out. Commands are those of TSC's "TSPL/TSPL2 Programming Language" and Gprinter's GP-2120T manual.
package tspl

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"packbench/internal/page"
	"packbench/printer/medium"
)

// Settings go into each label, so that a printer that was switched off in between prints the next one the same.
type Settings struct {
	// Darkness is 1 to 15 (DENSITY); 0 leaves the printer's own.
	Darkness int
	// Speed is the print speed in inches a second, 1 to 18 (SPEED); 0 leaves the printer's own.
	Speed int
	// Tracking is how labels are found (GAP, BLINE); empty is Gap: with the size of a label goes what lies between two of them.
	Tracking medium.Tracking
	// GapMM is the height of the gap or mark between two labels in millimetres; 0 is DefaultGap.
	GapMM float64
	// Taking is how labels come out (SET TEAR, SET PEEL); empty leaves the printer's own.
	Taking medium.Taking
}

// Limits of the settings.
const (
	MaxDarkness = 15
	MinSpeed    = 1
	MaxSpeed    = 18
	DefaultGap  = 2.0  // mm, of most label rolls
	MaxGap      = 25.4 // mm, one inch
)

// Encode makes exactly one label of a page, with every setting inside. Settings must be within their limits. It is a little larger than the bitmap:
// the language knows no compression that clones share.
func Encode(p *page.Page, s Settings) []byte {
	out := bytes.NewBuffer(make([]byte, 0, len(p.Bits)+256))
	line := func(format string, values ...any) { fmt.Fprintf(out, format+"\r\n", values...) }
	out.WriteString("\r\n") // ends a line that another program left open
	perMM := page.DotsPerMM(p.DPI)
	line("SIZE %s mm,%s mm", millimetres(float64(p.Width)/perMM), millimetres(float64(p.Height)/perMM))
	gap := s.GapMM
	if gap == 0 {
		gap = DefaultGap
	}
	switch s.Tracking {
	case medium.Mark:
		line("BLINE %s mm,0 mm", millimetres(gap))
	case medium.Continuous:
		line("GAP 0 mm,0 mm")
	default:
		line("GAP %s mm,0 mm", millimetres(gap))
	}
	line("DIRECTION 0")
	line("REFERENCE 0,0") // an origin left behind by another program would move the picture
	if s.Darkness != 0 {
		line("DENSITY %d", s.Darkness)
	}
	if s.Speed != 0 {
		line("SPEED %d", s.Speed)
	}
	switch s.Taking {
	case medium.Tear:
		line("SET PEEL OFF")
		line("SET TEAR ON")
	case medium.Peel:
		line("SET PEEL ON")
	}
	line("CLS")
	writeBitmap(out, p)
	line("PRINT 1,1")
	return out.Bytes()
}

// writeBitmap writes BITMAP x,y,bytes a row,rows,mode,data: mode 0 overwrites. A bit that is set is a dot that is not burnt, the other way round
// than in a page.
func writeBitmap(out *bytes.Buffer, p *page.Page) {
	fmt.Fprintf(out, "BITMAP 0,0,%d,%d,0,", p.Stride, p.Height)
	row := make([]byte, p.Stride)
	for y := range p.Height {
		for i, b := range p.CopyRow(row, y) {
			row[i] = ^b
		}
		out.Write(row)
	}
	out.WriteString("\r\n")
}

// millimetres writes a length so fine that a dot of any head is found again.
func millimetres(mm float64) string {
	return strconv.FormatFloat(math.Round(mm*1000)/1000, 'f', -1, 64)
}
