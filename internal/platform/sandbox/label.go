package sandbox

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"

	"packbench/assets"
)

// label is what stands on a carrier's label.
type label struct {
	size                  string // A6 or A5
	carrier, service      string
	sortCode, hub, region string
	tracking              string
	to, toAddress         string
	from, fromAddress     string
	handover              string
	weightG, pieces       int
	orders, contents      []string
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

// pdf draws the label: vectors only, without a time or anything else that differs between two drawings.
func (l label) pdf() ([]byte, error) {
	page := fpdf.SizeType{Wd: labelWidth, Ht: labelHeight}
	if l.size == "A5" {
		page = fpdf.SizeType{Wd: 148, Ht: 210}
	}
	scale := page.Wd / labelWidth
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: page})
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetCatalogSort(true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddUTF8FontFromBytes("sans", "", assets.SansRegular)
	doc.AddUTF8FontFromBytes("sans", "B", assets.SansBold)
	doc.AddPage()
	doc.TransformBegin()
	doc.TransformScale(scale*100, scale*100, 0, 0)
	d := drawing{doc}
	d.frame()
	d.head(l)
	if err := d.codes(l); err != nil {
		return nil, err
	}
	d.addresses(l)
	d.foot(l)
	doc.TransformEnd()
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		return nil, fmt.Errorf("draw label: %w", err)
	}
	return out.Bytes(), nil
}

// drawing is a label in the making. All its measures are mm on A6; text stands on its base line.
type drawing struct{ doc *fpdf.Fpdf }

// The rows of the label, by their lower edges in mm.
const (
	rowCarrier = 17.0
	rowSort    = 38.0
	rowBars    = 76.0
	rowTo      = 97.0
	rowFrom    = 117.0
	split      = 68.0 // where the hub's box begins
)

func (d drawing) frame() {
	const right, bottom = labelWidth - labelMargin, labelHeight - labelMargin
	d.doc.SetLineWidth(0.5)
	d.doc.Rect(labelMargin, labelMargin, right-labelMargin, bottom-labelMargin, "D")
	for _, y := range []float64{rowCarrier, rowSort, rowBars, rowTo, rowFrom} {
		d.doc.Line(labelMargin, y, right, y)
	}
	d.doc.Line(split, rowCarrier, split, rowSort)
}

func (d drawing) head(l label) {
	d.text(7, 13.2, 70, 22, "B", l.carrier)
	d.textRight(98, 12.4, 16, "B", l.service)
	d.text(7, 32.5, 59, 38, "B", l.sortCode)
	d.text(71, 24, 27, 12, "", "Hub")
	d.text(71, 33.5, 28, 22, "B", l.hub)
}

// codes draws the tracking number as Code 128 and the routing QR.
func (d drawing) codes(l label) error {
	bars, err := code128.Encode(l.tracking)
	if err != nil {
		return fmt.Errorf("tracking number: %w", err)
	}
	module, left := place128(bars)
	d.modules(bars, left, 42, module, 23)
	d.text(left, 72.5, room, 18, "B", l.tracking)

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
				d.doc.Rect(left+float64(x)*width, top+float64(y)*height, float64(run)*width, height, "F")
				x += run
			}
		}
	}
}

func black(c color.Color) bool { return color.GrayModel.Convert(c).(color.Gray).Y < 128 }

func (d drawing) addresses(l label) {
	d.text(7, 82.5, 8, 11, "", "To")
	d.text(16, 82.7, 83, 14, "B", l.to)
	for i, line := range d.wrap(l.toAddress, 83, 12, 2) {
		d.text(16, 88.7+5.4*float64(i), 83, 12, "", line)
	}
	d.text(7, 102.5, 11, 11, "", "From")
	d.text(19, 102.5, 79, 11, "", l.from)
	d.text(19, 107.7, 79, 11, "", l.fromAddress)
	d.text(7, 114.2, 40, 12, "B", l.handover)
	d.textRight(98, 114.2, 11, "", fmt.Sprintf("%.2f kg   %d pcs", float64(l.weightG)/1000, l.pieces))
}

func (d drawing) foot(l label) {
	d.text(7, 122.5, 20, 10, "", "Order")
	for i, id := range firstFew(l.orders, 2) {
		d.text(7, 127.2+4.5*float64(i), 62, 11, "", id)
	}
	for i, line := range d.wrap(strings.Join(l.contents, ", "), 60, 10, 2) {
		d.text(7, 137.5+4.5*float64(i), 60, 10, "", line)
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
func (d drawing) text(x, y, width, points float64, style, text string) {
	text = drawable(text)
	for size := points; ; size-- {
		d.doc.SetFont("sans", style, size)
		if d.doc.GetStringWidth(text) <= width {
			break
		}
		if size <= points*0.6 {
			text = d.cut(text, width)
			break
		}
	}
	d.doc.Text(x, y, text)
}

func (d drawing) textRight(x, y, points float64, style, text string) {
	text = drawable(text)
	d.doc.SetFont("sans", style, points)
	d.doc.Text(x-d.doc.GetStringWidth(text), y, text)
}

func (d drawing) cut(text string, width float64) string {
	letters := []rune(text)
	for len(letters) > 0 && d.doc.GetStringWidth(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// wrap breaks a text at its blanks into at most so many lines; the last one takes what is left.
func (d drawing) wrap(text string, width, points float64, most int) []string {
	d.doc.SetFont("sans", "", points)
	var lines []string
	line := ""
	for _, word := range strings.Fields(drawable(text)) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && len(lines) < most-1 && d.doc.GetStringWidth(longer) > width {
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
