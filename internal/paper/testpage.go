package paper

import (
	"image"
	"strconv"

	"packbench/internal/page"
)

// Test is what stands on a test page.
type Test struct {
	// Token is what its codes hold, so that a scan proves this page and no other: printable ASCII, the shorter the better.
	Token string
	Title string   // a line
	Facts []string // a line each: printer, language, resolution, darkness, speed, date
}

// measures of the test page in millimetres.
const (
	edgeMM  = 3.0 // white between what is drawn and the sheet's right and lower edge
	apartMM = 1.2 // white between two things
	barsMM  = 8.0 // the height of a code
	wedgeMM = 9.0 // the height of the grey wedge
	frameMM = 0.4
)

// modules are the widths of the bars on the test page in dots, as labels have them: 2 dots at 203 dpi are a quarter of a millimetre.
var modules = []int{2, 3, 4}

// specimens show whether text of labels can be read.
var specimens = []string{"Rue Élysée 8B · 0O 1Il 5S 8B", "收件人 广东省深圳市南山区 已签收"}

// specimenPoints are the sizes they are shown in.
var specimenPoints = []float64{6, 8, 10}

// TestPage draws the test page for a medium at a resolution: a frame at the edge of the medium, rulers, the token in three Code 128 and a QR code, text in
// three sizes, and a grey wedge that shows whether the printer burns too light or too dark. It fails with the problems paper.too_small (blanks width,
// height) and paper.token.
func TestPage(size page.Size, dpi int, t Test) (*page.Page, error) {
	bars, err := barsOf(t.Token)
	if err != nil {
		return nil, err
	}
	square, err := qrOf(t.Token)
	if err != nil {
		return nil, err
	}
	s := newSheet(size, dpi)
	s.frame(s.Bounds(), s.dots(frameMM))
	s.rulers()
	f := flow{sheet: s, room: image.Rect(s.dots(rulerMM+apartMM), s.dots(rulerMM), s.Width-s.dots(edgeMM), s.Height-s.dots(edgeMM))}
	f.text(style{points: 10, bold: true}, t.Title)
	for _, fact := range t.Facts {
		f.text(style{points: 8}, fact)
	}
	f.gap()
	for i, module := range modules {
		if i == 0 || bars.wide(module) <= f.room.Dx() { // narrow labels go without the widest
			f.bars(bars, module, t.Token)
		}
	}
	f.squareBesideText(square)
	f.wedge()
	if f.full {
		return nil, tooSmall(size)
	}
	return s.Page, nil
}

// flow puts one thing below the other. full tells that the room did not suffice.
type flow struct {
	*sheet
	room image.Rectangle // what is left
	full bool
	// numberAt is how far down there is room for a page's number, at the right.
	numberAt int
}

// take takes so much from the room's top.
func (f *flow) take(width, height int) image.Rectangle {
	if width > f.room.Dx() || height > f.room.Dy() {
		f.full = true
	}
	taken := image.Rect(f.room.Min.X, f.room.Min.Y, f.room.Max.X, f.room.Min.Y+height)
	f.room.Min.Y += height
	return taken
}

func (f *flow) gap() { f.take(0, f.dots(apartMM)) }

func (f *flow) text(t style, text string) {
	line := f.take(0, f.lineHeight(t))
	f.write(line.Min, line.Dx(), t, text)
}

// bars draws a code, and below it what it holds and how wide its modules are.
func (f *flow) bars(c symbol, module int, text string) {
	area := f.take(c.wide(module), f.dots(barsMM))
	f.draw(c, area.Min, module, area.Dy())
	small := style{points: numberPoints}
	line := f.take(0, f.lineHeight(small))
	line.Min.X += c.quiet * module
	f.write(line.Min, line.Dx(), small, text+"  ×"+strconv.Itoa(module))
	f.gap()
}

// squareBesideText draws a QR code with half a millimetre a module, and the specimens to its right.
func (f *flow) squareBesideText(c symbol) {
	module := f.dots(0.5)
	side := c.wide(module)
	high := 0
	for _, points := range specimenPoints {
		high += len(specimens) * f.lineHeight(style{points: points})
	}
	area := f.take(side+f.dots(20), max(side, high))
	f.draw(c, area.Min, module, module)
	at := image.Pt(area.Min.X+side, area.Min.Y)
	for _, points := range specimenPoints {
		for _, text := range specimens {
			f.write(at, area.Max.X-at.X, style{points: points}, text)
			at.Y += f.lineHeight(style{points: points})
		}
	}
	f.gap()
}

// wedgeSteps are the black dots of 16 in each field of the wedge, from an eighth to full black.
var wedgeSteps = []int{2, 4, 6, 8, 10, 12, 14, 16}

// bayer is the order in which the 16 dots of a 4 × 4 square turn black, so that they lie as far apart as they can (Bayer 1973).
var bayer = [4][4]int{{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}}

// wedge draws fields that are dithered ever darker, with their percentage.
func (f *flow) wedge() {
	area := f.take(0, f.dots(wedgeMM))
	small := style{points: numberPoints}
	numbers := f.take(0, f.lineHeight(small))
	width := area.Dx() / len(wedgeSteps)
	for i, step := range wedgeSteps {
		left := area.Min.X + i*width
		for y := area.Min.Y; y < area.Max.Y; y++ {
			for x := left; x < left+width; x++ {
				if bayer[y%4][x%4] < step {
					f.Set(x, y)
				}
			}
		}
		f.write(image.Pt(left, numbers.Min.Y), width, small, strconv.Itoa(step*100/16)+"%")
	}
}
