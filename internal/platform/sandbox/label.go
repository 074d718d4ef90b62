package sandbox

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"unicode"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"
)

// label is what stands on a carrier's label.
type label struct {
	size                  string // A6 or A5
	across                string // see Options.Across
	carrier, service      string
	sortCode, hub, region string
	tracking              string
	to, toAddress         string
	from, fromAddress     string
	handover              string
	weightG, pieces       int
	orders, contents      []string
	items                 []item
}

// item is what a parcel holds of one SKU.
type item struct {
	sku, name string
	count     int
	dangerous bool
}

// The label is drawn on A6 and enlarged for A5.
const (
	labelWidth  = 105.0 // mm
	labelHeight = 148.0 // mm
	labelMargin = 3.0   // mm
)

// dot is one dot of a 203 dpi print head (8 a mm) on the A6 page, as a bench prints it: 105 mm brought to 100 mm.
// Bars of whole dots stay sharp and readable.
const dot = 0.125 * labelWidth / 100

// draw is the label as a sheet.
func (l label) draw(d drawing) error {
	d.frame(l)
	d.head(l)
	if err := d.codes(l); err != nil {
		return err
	}
	d.addresses(l)
	d.foot(l)
	return nil
}

// drawing is a sheet in the making.
type drawing struct{ canvas }

// The rows of the label, by their lower edges in mm.
const (
	rowCarrier = 17.0
	rowSort    = 38.0
	rowBars    = 76.0
	rowTo      = 97.0
	rowFrom    = 117.0
	split      = 68.0 // where the hub's box begins
)

func (d drawing) frame(l label) {
	const right, bottom = labelWidth - labelMargin, labelHeight - labelMargin
	d.box(labelMargin, labelMargin, right-labelMargin, bottom-labelMargin)
	for _, y := range []float64{rowCarrier, rowSort, rowBars, rowTo, rowFrom} {
		d.line(labelMargin, y, right, y)
	}
	if l.across == "" {
		d.line(split, rowCarrier, split, rowSort)
	}
}

func (d drawing) head(l label) {
	d.text(7, 13.2, 70, 22, true, l.carrier)
	d.textRight(98, 12.4, 16, true, l.service)
	if l.across != "" {
		d.text(7, 33.5, 91, acrossPoints, true, l.across)
		return
	}
	d.text(7, 32.5, 59, 38, true, l.sortCode)
	d.text(71, 24, 27, 12, false, "Hub")
	d.text(71, 33.5, 28, 22, true, l.hub)
}

// codes draws the tracking number as Code 128 and the routing QR.
func (d drawing) codes(l label) error {
	bars, err := code128.Encode(l.tracking)
	if err != nil {
		return fmt.Errorf("tracking number: %w", err)
	}
	module, left := place128(bars)
	d.modules(bars, left, 42, module, 23)
	d.text(left, 72.5, room, 18, true, l.tracking)

	// It routes the parcel and names this one only.
	routing, err := qr.Encode(l.sortCode+"|"+l.tracking+"|"+l.region, qr.M, qr.Auto)
	if err != nil {
		return fmt.Errorf("routing code: %w", err)
	}
	side := 6 * dot
	size := side * float64(routing.Bounds().Dy())
	d.modules(routing, dot*math.Floor((98-size)/dot), 131-size/2, side, side)
	return nil
}

// room is the width that bars may take in mm, quiet zones apart.
const room = labelWidth - 2*labelMargin - 6

// place128 is the width of a module and the left edge of the bars, in mm: four dots a module, three or fewer where the
// number is long.
func place128(bars barcode.Barcode) (module, left float64) {
	modules := float64(bars.Bounds().Dx())
	module = dot * min(4, max(1, math.Floor(room/modules/dot)))
	return module, dot * math.Floor((labelWidth-modules*module)/2/dot)
}

// modules draws the black modules of a code as rectangles, neighbours in a row as one: no hairline can part them.
func (d drawing) modules(code barcode.Barcode, left, top, width, height float64) {
	bounds := code.Bounds()
	for y := range bounds.Dy() {
		for x := 0; x < bounds.Dx(); x++ {
			run := 0
			for x+run < bounds.Dx() && black(code.At(bounds.Min.X+x+run, bounds.Min.Y+y)) {
				run++
			}
			if run > 0 {
				d.fill(left+float64(x)*width, top+float64(y)*height, float64(run)*width, height)
				x += run
			}
		}
	}
}

func black(c color.Color) bool { return color.GrayModel.Convert(c).(color.Gray).Y < 128 }

// acrossPoints is the size of what is printed across a label: as large as a sort code's row is high.
const acrossPoints = 46

func (d drawing) addresses(l label) {
	if l.across != "" {
		d.text(7, 92.5, 91, acrossPoints, true, l.across)
	} else {
		d.text(7, 82.5, 8, 11, false, "To")
		d.text(16, 82.7, 83, 14, true, l.to)
		for i, line := range d.wrap(l.toAddress, 83, 12, 2) {
			d.text(16, 88.7+5.4*float64(i), 83, 12, false, line)
		}
	}
	d.text(7, 102.5, 11, 11, false, "From")
	d.text(19, 102.5, 79, 11, false, l.from)
	d.text(19, 107.7, 79, 11, false, l.fromAddress)
	d.text(7, 114.2, 40, 12, true, l.handover)
	d.textRight(98, 114.2, 11, false, fmt.Sprintf("%.2f kg   %d pcs", float64(l.weightG)/1000, l.pieces))
}

func (d drawing) foot(l label) {
	d.text(7, 122.5, 20, 10, false, "Order")
	for i, id := range firstFew(l.orders, 2) {
		d.text(7, 127.2+4.5*float64(i), 62, 11, false, id)
	}
	for i, line := range d.wrap(strings.Join(l.contents, ", "), 60, 10, 2) {
		d.text(7, 137.5+4.5*float64(i), 60, 10, false, line)
	}
}

func firstFew(all []string, most int) []string {
	if len(all) <= most {
		return all
	}
	few := append([]string(nil), all[:most]...)
	few[most-1] += fmt.Sprintf(" +%d", len(all)-most)
	return few
}

// text writes a line no wider than width: in smaller letters where they stay readable, else cut.
func (d drawing) text(x, y, width, points float64, bold bool, text string) {
	text = drawable(text)
	size := points
	for ; d.wide(text, size, bold) > width; size-- {
		if size <= points*0.6 {
			text = d.cut(text, width, size, bold)
			break
		}
	}
	d.write(x, y, size, bold, text)
}

func (d drawing) textRight(x, y, points float64, bold bool, text string) {
	text = drawable(text)
	d.write(x-d.wide(text, points, bold), y, points, bold, text)
}

func (d drawing) cut(text string, width, points float64, bold bool) string {
	letters := []rune(text)
	for len(letters) > 0 && d.wide(string(letters)+"…", points, bold) > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// wrap breaks a text at its blanks into at most so many lines; the last one takes what is left.
func (d drawing) wrap(text string, width, points float64, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(drawable(text)) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && len(lines) < most-1 && d.wide(longer, points, false) > width {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	return append(lines, line)
}

// drawable leaves out what the label's face has no letters for: a sorting hub reads Latin.
func drawable(text string) string {
	return strings.Map(func(r rune) rune {
		const pastPunctuation = 0x2100
		if r < pastPunctuation && unicode.In(r, unicode.Latin, unicode.Common, unicode.Inherited) && unicode.IsPrint(r) || r == ' ' {
			return r
		}
		return -1
	}, text)
}
