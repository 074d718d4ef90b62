package sandbox

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/boombuler/barcode/code128"
)

// The documents the platform makes for a package (platform API 3.7).
const (
	labelKind   = "SHIPPING_LABEL"
	slipKind    = "PACKING_SLIP"
	bothKind    = "SHIPPING_LABEL_AND_PACKING_SLIP"
	pictureKind = "SHIPPING_LABEL_PICTURE"
	hazmatKind  = "HAZMAT_LABEL"
	invoiceKind = "INVOICE_LABEL"
)

var documentTypes = []string{labelKind, slipKind, bothKind, pictureKind, hazmatKind, invoiceKind}

// drawn is a document and its media type. The platform does not document which it sends ZPL as.
func (d document) drawn(l label) (file []byte, media string, err error) {
	switch d.format {
	case "PNG":
		file, err = picture(l.draw)
		return file, "image/png", err
	case "ZPL":
		file, err = zpl(d.kind, l)
		return file, "text/plain; charset=utf-8", err
	}
	sheets := map[string][]sheet{
		labelKind: {l.draw}, slipKind: {l.slip}, bothKind: {l.draw, l.slip}, hazmatKind: {l.hazmat}, invoiceKind: {l.invoice},
	}[d.kind]
	file, err = pdf(d.size, sheets...)
	return file, "application/pdf", err
}

// slipRows is how many SKUs a slip names; the rest is counted.
const slipRows = 16

// slip is the packing slip as a sheet: what lies in the parcel, for the buyer.
func (l label) slip(d drawing) error {
	const right = labelWidth - labelMargin
	d.box(labelMargin, labelMargin, right-labelMargin, labelHeight-2*labelMargin)
	d.text(7, 12, 60, 18, true, "Packing slip")
	d.textRight(98, 12, 11, false, l.from)
	for i, id := range firstFew(l.orders, 2) {
		d.text(7, 19+5*float64(i), 60, 11, false, "Order "+id)
	}
	d.textRight(98, 19, 11, false, l.tracking)
	d.line(labelMargin, 27, right, 27)
	rows := l.items[:min(len(l.items), slipRows)]
	for i, row := range rows {
		y := 33 + 6.4*float64(i)
		d.text(7, y, 28, 11, true, row.sku)
		d.text(37, y, 50, 11, false, row.name)
		d.textRight(98, y, 11, true, strconv.Itoa(row.count))
	}
	d.line(labelMargin, 136, right, 136)
	if more := len(l.items) - len(rows); more > 0 {
		d.text(7, 142, 60, 11, false, fmt.Sprintf("and %d more kinds", more))
	}
	d.textRight(98, 142, 12, true, fmt.Sprintf("%d pcs", l.pieces))
	return nil
}

// hazmat is the warning for dangerous goods as a sheet; it is A4 whatever is asked for.
func (l label) hazmat(d drawing) error {
	const right = labelWidth - labelMargin
	d.box(labelMargin, labelMargin, right-labelMargin, labelHeight-2*labelMargin)
	d.text(7, 18, 90, 26, true, "DANGEROUS GOODS")
	d.text(7, 26, 90, 12, false, "Handle with care. Keep away from heat and fire.")
	d.warning(32, 34, 41)
	d.text(7, 86, 90, 14, true, l.tracking)
	y := 96.0
	for _, held := range l.items {
		if held.dangerous && y < 138 {
			d.text(7, y, 90, 12, false, fmt.Sprintf("%d x %s  %s", held.count, held.sku, held.name))
			y += 6
		}
	}
	return nil
}

// warning draws an exclamation mark in a thick square.
func (d drawing) warning(x, y, side float64) {
	const edge = 3.5
	d.fill(x, y, side, edge)
	d.fill(x, y+side-edge, side, edge)
	d.fill(x, y, edge, side)
	d.fill(x+side-edge, y, edge, side)
	d.fill(x+side/2-2, y+side*0.2, 4, side*0.4)
	d.fill(x+side/2-2, y+side*0.68, 4, 4)
}

// invoiceDigits is the length of an invoice's access key in Brazil.
const invoiceDigits = 44

// invoice is the short form of Brazil's invoice that goes onto the parcel, as a sheet; the key is made up.
func (l label) invoice(d drawing) error {
	const right = labelWidth - labelMargin
	d.box(labelMargin, labelMargin, right-labelMargin, labelHeight-2*labelMargin)
	d.text(7, 13, 90, 16, true, "DANFE SIMPLIFICADO")
	key := invoiceKey(l.tracking)
	bars, err := code128.Encode(key)
	if err != nil {
		return fmt.Errorf("access key: %w", err)
	}
	module, left := place128(bars)
	d.modules(bars, left, 20, module, 20)
	d.text(7, 46, 91, 11, false, key)
	d.line(labelMargin, 52, right, 52)
	d.text(7, 60, 90, 12, false, l.from)
	d.text(7, 67, 90, 12, false, l.to)
	d.text(7, 78, 90, 14, true, l.tracking)
	for i, id := range firstFew(l.orders, 3) {
		d.text(7, 86+5*float64(i), 90, 11, false, id)
	}
	return nil
}

func invoiceKey(of string) string {
	digits := make([]byte, 0, invoiceDigits)
	for _, c := range derived("invoice", of)[:invoiceDigits] {
		digits = append(digits, '0'+byte(c)%10)
	}
	return string(digits)
}

// zpl writes a label, a slip or both for a printer of 8 dots a mm: the platform's ZPL is for Brazil and Mexico (platform API
// 3.7). The tracking number is a Code 128 that the printer draws.
func zpl(kind string, l label) ([]byte, error) {
	var out []byte
	if kind != slipKind {
		form, err := l.zplLabel()
		if err != nil {
			return nil, err
		}
		out = append(out, form...)
	}
	if kind != labelKind {
		out = append(out, l.zplSlip()...)
	}
	return out, nil
}

// zplForm begins a form and ends it; between lie fields.
func zplForm(fields ...string) string {
	form := "^XA\n^CI28\n^PW800\n^LL1128\n^LH0,0\n"
	for _, field := range fields {
		form += field + "\n"
	}
	return form + "^XZ\n"
}

// zplText is a field of text: its place and height in mm, as on the drawn label. What ZPL would take for its own is written in
// hexadecimal.
func zplText(x, y, height float64, text string) string {
	escaped := ""
	for _, c := range []byte(text) {
		if slices.Contains([]byte("^~_\\"), c) || c < ' ' {
			escaped += fmt.Sprintf("_%02X", c)
			continue
		}
		escaped += string([]byte{c})
	}
	return fmt.Sprintf("^FO%d,%d^A0N,%d^FH^FD%s^FS", zplDots(x), zplDots(y), zplDots(height), escaped)
}

// zplDots brings mm on A6 to dots of a head that prints the page 100 mm wide.
func zplDots(mm float64) int { return int(math.Round(mm / dot)) }

func (l label) zplLabel() (string, error) {
	bars, err := code128.Encode(l.tracking)
	if err != nil {
		return "", fmt.Errorf("tracking number: %w", err)
	}
	module, left := place128(bars)
	if l.across != "" {
		l.sortCode, l.hub, l.to, l.toAddress = l.across, "", l.across, l.across
	}
	fields := []string{
		fmt.Sprintf("^FO%d,%d^GB%d,%d,4^FS", zplDots(labelMargin), zplDots(labelMargin), zplDots(labelWidth-2*labelMargin), zplDots(labelHeight-2*labelMargin)),
		zplText(7, 6, 8, l.carrier), zplText(85, 6, 6, l.service), zplText(7, 20, 14, l.sortCode), zplText(71, 24, 9, l.hub),
		fmt.Sprintf("^BY%d^FO%d,%d^BCN,%d,N,N,N,A^FD%s^FS", zplDots(module), zplDots(left), zplDots(42), zplDots(23), l.tracking),
		zplText(12, 67, 6, l.tracking), zplText(7, 78, 5, l.to), zplText(7, 85, 4, l.toAddress), zplText(7, 99, 4, l.from),
		zplText(7, 105, 4, l.fromAddress), zplText(7, 111, 4, fmt.Sprintf("%s  %.2f kg  %d pcs", l.handover, float64(l.weightG)/1000, l.pieces)),
	}
	for i, id := range firstFew(l.orders, 2) {
		fields = append(fields, zplText(7, 120+5*float64(i), 4, id))
	}
	return zplForm(fields...), nil
}

func (l label) zplSlip() string {
	fields := []string{zplText(7, 7, 7, "Packing slip"), zplText(7, 17, 4, l.tracking)}
	for i, row := range l.items[:min(len(l.items), slipRows)] {
		fields = append(fields, zplText(7, 27+6.4*float64(i), 4, fmt.Sprintf("%d x %s  %s", row.count, row.sku, row.name)))
	}
	return zplForm(append(fields, zplText(7, 136, 5, fmt.Sprintf("%d pcs", l.pieces)))...)
}
