package label

import (
	"image"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"

	"packbench/internal/page"
)

const (
	// qrMargin in dots of white around the page, for codes at its edge.
	qrMargin = 8
	// qrAttempts bounds the search; a label has one or two.
	qrAttempts = 8
)

// readQR gives the texts of all QR codes: one is read and blanked, until no more is found.
func readQR(p *page.Page) []string {
	matrix, err := matrixOf(p)
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
		blank(matrix, areaOf(found))
	}
	return texts
}

// matrixOf copies the page to what the library reads.
func matrixOf(p *page.Page) (*gozxing.BitMatrix, error) {
	matrix, err := gozxing.NewBitMatrix(p.Width+2*qrMargin, p.Height+2*qrMargin)
	if err != nil {
		return nil, err
	}
	for y := range p.Height {
		for i, b := range p.Bits[y*p.Stride:][:p.Stride] {
			if b == 0 {
				continue
			}
			for bit := range min(8, p.Width-8*i) {
				if b&(0x80>>bit) != 0 {
					matrix.Set(qrMargin+8*i+bit, qrMargin+y)
				}
			}
		}
	}
	return matrix, nil
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
