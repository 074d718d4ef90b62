package paper

import (
	"image"
	"math"
	"strconv"
)

// The ruler's marks in millimetres, and their numbers in points.
const (
	markMM, fifthMM, tenthMM = 1.4, 2.2, 3.0
	numberPoints             = 6.0
	rulerMM                  = 7.0 // what a ruler takes of the sheet, with its numbers
)

// rulers draw millimetres along the sheet's upper and left edge. Both begin at the corner, so that what the paper's edge shows is how far the picture
// sits off, and what the last mark shows is how wide the head prints.
func (s *sheet) rulers() {
	stroke := max(1, s.dots(0.2))
	number := style{points: numberPoints}
	for mm := 0; ; mm++ {
		at, long := int(math.Round(float64(mm)*s.perMM)), s.dots(markLength(mm))
		if at >= s.Width && at >= s.Height {
			return
		}
		if at < s.Width {
			s.fill(image.Rect(at, 0, at+stroke, long))
		}
		if at < s.Height {
			s.fill(image.Rect(0, at, long, at+stroke))
		}
		if mm == 0 || mm%10 != 0 {
			continue
		}
		text := strconv.Itoa(mm)
		wide, high := s.wide(number, text), s.lineHeight(number)
		if at+wide < s.Width {
			s.write(image.Pt(at-wide/2, s.dots(tenthMM)), wide, number, text)
		}
		if at+high < s.Height {
			s.write(image.Pt(s.dots(tenthMM)+stroke, at-high/2), wide, number, text)
		}
	}
}

func markLength(mm int) float64 {
	switch {
	case mm%10 == 0:
		return tenthMM
	case mm%5 == 0:
		return fifthMM
	}
	return markMM
}
