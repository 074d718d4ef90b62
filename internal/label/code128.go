package label

import (
	"encoding/binary"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"packbench/internal/page"
)

const (
	// lineStepMM is the distance of the lines read across the page; the lowest bars on a label are 5 mm high.
	lineStepMM = 0.4
	// linesToAgree is how many lines must say the same before a code counts: one alone may run through text.
	linesToAgree = 3
	// quietModules of white must stand on both sides of a code. ISO/IEC 15417 asks for 10, which labels with frames do not
	// keep; zbarimg and scanners read with less.
	quietModules = 2
	// A character is charModules wide, in charRuns bars and gaps; the stop has one bar more (ISO/IEC 15417).
	charModules, charRuns = 11, 6
	// edgeTolerance in modules is how far a run may be off, as edges are rounded to dots; the library's own figure.
	edgeTolerance = 0.7
)

// The widths in modules of start A, B and C, and of the stop (ISO/IEC 15417).
var (
	startPatterns = [][]int{{2, 1, 1, 4, 1, 2}, {2, 1, 1, 2, 1, 4}, {2, 1, 1, 2, 3, 2}}
	stopPattern   = []int{2, 3, 3, 1, 1, 1, 2}
)

// readCode128 gives the texts of all Code 128 symbols, those of rows first, from above.
//
// The library's own reader gives up a line after its first bad start pattern, so that text or a frame beside a code hides it.
// Here only pieces of a line that begin and end like a code go to the library, each alone and on white.
func readCode128(p *page.Page) []string {
	r := lineReader{decoder: oned.NewCode128Reader().(oned.RowDecoder), seen: map[string]int{}, pieces: map[string]string{}}
	step := dots(lineStepMM, p.DPI)
	runs := make([]int, 0, 512)
	for _, lying := range []*page.Page{p, transposed(p)} {
		for line := step / 2; line < lying.Height; line += step {
			runs = runLengths(runs[:0], lying.Bits[line*lying.Stride:][:lying.Stride], lying.Width)
			r.read(runs)
			slices.Reverse(runs) // the same line, for codes that stand on their head
			r.read(runs)
		}
	}
	return r.texts
}

// lineReader collects what the lines say.
type lineReader struct {
	decoder oned.RowDecoder
	seen    map[string]int
	pieces  map[string]string // what pieces of lines came to, "" for nothing: the lines across drawn bars are all alike
	key     []byte
	texts   []string
}

// read decodes each code on a line given as runs.
func (r *lineReader) read(runs []int) {
	for i := 1; i+charRuns < len(runs); i += 2 { // over the bars
		end, module, ok := codeAt(runs, i)
		if !ok {
			continue
		}
		text := r.textOf(runs[i:end], int(charModules*module))
		if text == "" {
			continue
		}
		if r.seen[text]++; r.seen[text] == linesToAgree {
			r.texts = append(r.texts, text)
		}
		i = end - 1 // the code's last bar
	}
}

// codeAt tells whether bar i begins something built like a Code 128: a quiet zone, a start, characters of one width, a
// stop and a quiet zone. end is the run after its last bar, module the width of its module in dots.
func codeAt(runs []int, i int) (end int, module float64, ok bool) {
	width := sum(runs[i : i+charRuns])
	module = float64(width) / charModules
	quiet := quietModules * module
	atEdge := func(run int) bool { return run == 0 || run == len(runs)-1 }
	if !atEdge(i-1) && float64(runs[i-1]) < quiet {
		return 0, 0, false
	}
	if !slices.ContainsFunc(startPatterns, func(pattern []int) bool { return resembles(runs[i:], pattern, module) }) {
		return 0, 0, false
	}
	for at := i + charRuns; at+len(stopPattern) < len(runs); at += charRuns {
		if off := float64(sum(runs[at:at+charRuns])) - float64(width); off > 2*module || off < -2*module {
			return 0, 0, false
		}
		end = at + len(stopPattern)
		if resembles(runs[at:], stopPattern, module) && (atEdge(end) || float64(runs[end]) >= quiet) {
			return end, module, true
		}
	}
	return 0, 0, false
}

// resembles tells whether the first runs have the widths of a pattern.
func resembles(runs, pattern []int, module float64) bool {
	for i, modules := range pattern {
		off := float64(runs[i]) - float64(modules)*module
		if off > edgeTolerance*module || off < -edgeTolerance*module {
			return false
		}
	}
	return true
}

func sum(runs []int) int {
	total := 0
	for _, run := range runs {
		total += run
	}
	return total
}

// textOf gives what a piece of a line reads, "" for nothing.
func (r *lineReader) textOf(piece []int, margin int) string {
	r.key = r.key[:0]
	for _, run := range piece {
		r.key = binary.AppendUvarint(r.key, uint64(run))
	}
	text, known := r.pieces[string(r.key)]
	if !known {
		text = r.decode(piece, margin)
		r.pieces[string(r.key)] = text
	}
	return text
}

// decode has the library read one piece of a line, put on white margins.
func (r *lineReader) decode(piece []int, margin int) string {
	length := 2 * margin
	for _, run := range piece {
		length += run
	}
	row := gozxing.NewBitArray(length)
	at := margin
	for k, run := range piece {
		if k%2 == 0 {
			if err := row.SetRange(at, at+run); err != nil {
				return ""
			}
		}
		at += run
	}
	result, err := r.decoder.DecodeRow(0, row, nil)
	if err != nil {
		return "" // not a code, or none this resolution carries
	}
	return result.GetText()
}
