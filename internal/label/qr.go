package label

import (
	"image"
	"math"
	"math/bits"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"

	"packbench/internal/page"
)

const (
	// qrMargin in dots of white around the page, for codes at its edge; the library takes 32 dots at a time.
	qrMargin = 32
	// qrAttempts bounds the search; a label has one or two.
	qrAttempts = 8
	// findersOfCode is how many finder patterns a code has (ISO/IEC 18004).
	findersOfCode = 3
	// mostFinders is how many finder patterns a page may have that is searched for QR codes. The library tries each three of
	// them, which a page full of them makes hours of work.
	mostFinders = 100
	// finderStep in dots is the distance of the rows looked through for finder patterns: the smallest middle that the library takes is two high, so
	// that none escapes the count.
	finderStep = 2
)

// readQR gives the texts of all QR codes: one is read and blanked, until no more is found.
func readQR(p *page.Page) []string {
	centres, patterns := finders(p)
	if patterns == 0 || patterns > mostFinders {
		return nil
	}
	part := p.Bounds()
	if patterns >= findersOfCode {
		part = searched(centres, part)
	}
	matrix, err := matrixOf(p, part)
	if err != nil {
		return nil // unreachable: a page has at least one dot
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	var texts []string
	for range qrAttempts {
		found, err := detector.NewDetector(matrix).Detect(hints)
		if err != nil {
			break // no further code
		}
		// A code that is found but cannot be read is blanked like one that can, so that it does not hide another.
		if result, err := decoder.NewDecoder().Decode(found.GetBits(), hints); err == nil && !slices.Contains(texts, result.GetText()) {
			texts = append(texts, result.GetText())
		}
		area := areaOf(found)
		blank(matrix, area)
		area = area.Add(part.Min).Sub(image.Pt(qrMargin, qrMargin))
		if centres = slices.DeleteFunc(centres, func(c image.Point) bool { return c.In(area) }); len(centres) == 0 {
			break
		}
	}
	return texts
}

// searched is the part of a page that holds all codes with those centres of finder patterns: the library's search costs as much as the part is
// large. A code reaches 3.5 modules beyond the centres, which are at least 14 apart (ISO/IEC 18004), and a pattern that is found twice lies
// in it; three times that is taken. It begins at a multiple of 32 dots.
func searched(centres []image.Point, whole image.Rectangle) image.Rectangle {
	around := image.Rectangle{Min: centres[0], Max: centres[0]}
	for _, c := range centres {
		around = around.Union(image.Rectangle{Min: c, Max: c.Add(image.Pt(1, 1))})
	}
	beyond := max(around.Dx(), around.Dy())*3/4 + qrMargin
	around = around.Inset(-beyond).Intersect(whole)
	around.Min.X &^= 31
	return around
}

// matrixOf copies a part of the page to what the library reads.
func matrixOf(p *page.Page, part image.Rectangle) (*gozxing.BitMatrix, error) {
	matrix, err := gozxing.NewBitMatrix(part.Dx()+2*qrMargin, part.Dy()+2*qrMargin)
	if err != nil {
		return nil, err
	}
	row := gozxing.NewBitArray(matrix.GetWidth())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		line := p.Bits[y*p.Stride:][:p.Stride]
		for x := part.Min.X; x < part.Max.X; x += 32 {
			dots := bits.Reverse32(uint32(sixtyFour(line[x/8:]) >> 32)) // the library has the leftmost dot lowest
			if left := part.Max.X - x; left < 32 {
				dots &= 1<<left - 1
			}
			row.SetBulk(qrMargin+x-part.Min.X, dots)
		}
		matrix.SetRow(qrMargin+y-part.Min.Y, row)
	}
	return matrix, nil
}

// finders gives the centres of what may be finder patterns, each as often as it is found in a row, and how many patterns that are: 1 : 1 : 3 : 1 : 1
// along a row and along the column through its middle, as far off as the library itself lets them be. Where there are more than mostFinders
// the rest is not looked for. Looking costs a tenth of the library's own search.
func finders(p *page.Page) (centres []image.Point, patterns int) {
	var found []image.Point // one centre of each pattern
	columns := transposed(p)
	var runs, down []int
	for y := finderStep / 2; y < p.Height; y += finderStep {
		runs = runLengths(runs[:0], p.Bits[y*p.Stride:][:p.Stride], p.Width)
		x := runs[0]
		for i := 1; i+finderRuns < len(runs); i += 2 {
			if isFinder(runs[i:]) {
				centre := image.Pt(x+runs[i]+runs[i+1]+runs[i+2]/2, y)
				down = runLengths(down[:0], columns.Bits[centre.X*columns.Stride:][:columns.Stride], columns.Width)
				if finderAround(down, y) {
					centres = append(centres, centre)
					own := image.Rectangle{Max: image.Pt(1, 1)}.Inset(-sum(runs[i:i+finderRuns]) / 2).Add(centre)
					if !slices.ContainsFunc(found, func(c image.Point) bool { return c.In(own) }) {
						found = append(found, centre)
					}
					if len(found) > mostFinders {
						return centres, len(found)
					}
				}
			}
			x += runs[i] + runs[i+1]
		}
	}
	return centres, len(found)
}

// finderRuns is the number of bars and gaps across a finder pattern, finderModules their modules (ISO/IEC 18004).
const finderRuns, finderModules = 5, 7

func isFinder(runs []int) bool {
	module := float64(sum(runs[:finderRuns])) / finderModules
	for i, modules := range [finderRuns]float64{1, 1, 3, 1, 1} {
		if math.Abs(float64(runs[i])-modules*module) >= modules*module/2 {
			return false
		}
	}
	return true
}

// finderAround tells whether the black run at a dot is the middle of a finder pattern.
func finderAround(runs []int, dot int) bool {
	at := 0
	for i, run := range runs {
		if at += run; dot < at {
			return i >= 3 && i+2 < len(runs) && isFinder(runs[i-2:])
		}
	}
	return false
}

// areaOf is the square a code covers. Its first three points are the centres of the finder patterns, which lie 3.5 modules
// inside the corners.
func areaOf(found *common.DetectorResult) image.Rectangle {
	points := found.GetPoints()
	bottomLeft, topLeft, topRight := points[0], points[1], points[2]
	xs := []float64{bottomLeft.GetX(), topLeft.GetX(), topRight.GetX(), bottomLeft.GetX() + topRight.GetX() - topLeft.GetX()}
	ys := []float64{bottomLeft.GetY(), topLeft.GetY(), topRight.GetY(), bottomLeft.GetY() + topRight.GetY() - topLeft.GetY()}
	side := math.Hypot(topRight.GetX()-topLeft.GetX(), topRight.GetY()-topLeft.GetY())
	module := side / float64(max(1, found.GetBits().GetWidth()-7))
	border := 4 * module
	return image.Rect(
		int(slices.Min(xs)-border), int(slices.Min(ys)-border),
		int(math.Ceil(slices.Max(xs)+border)), int(math.Ceil(slices.Max(ys)+border)))
}

func blank(m *gozxing.BitMatrix, area image.Rectangle) {
	area = area.Intersect(image.Rect(0, 0, m.GetWidth(), m.GetHeight()))
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			m.Unset(x, y)
		}
	}
}
