package goods

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// rowHeight leaves room for six articles in the smallest window.
const rowHeight = 52

// row is an article in the list, or the heads of its columns.
type row struct {
	object  *fyne.Container
	digit   *kit.Text
	picture *kit.Picture
	name    *kit.Text
	variant *kit.Text
	cells   [cells]*kit.Text
}

// The cells after the name.
const (
	sku = iota
	bin
	barcodes
	stock
	cells
)

// newRow makes a row; one that is not pressed is a head.
func newRow(pressed func()) *row {
	r := &row{picture: kit.NewPicture()}
	r.digit = kit.NewText(kit.Voice{Size: kit.SizeSub, Bold: true, Face: kit.FaceFigures, Color: kit.ColorPrimary}, "")
	r.name = kit.NewText(kit.Voice{Size: kit.SizeText, Bold: true, Color: kit.ColorForeground}, "")
	r.variant = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
	const digitWidth, pictureWidth, skuWidth, binWidth, codesWidth, stockWidth = 24, 48, 200, 112, 216, 72
	parts := []kit.Part{kit.Fixed(r.digit, digitWidth), kit.Fixed(r.picture, pictureWidth).Across(), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(r.name).Across(), kit.Natural(r.variant).Across(), kit.Spring())).Across()}
	for i, width := range [cells]float32{sku: skuWidth, bin: binWidth, barcodes: codesWidth, stock: stockWidth} {
		voice := kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}
		if i == stock {
			voice.Align = fyne.TextAlignTrailing
		}
		r.cells[i] = kit.NewText(voice, "")
		parts = append(parts, kit.Fixed(r.cells[i], width))
	}
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	r.object = kit.Layers(kit.Column(0, kit.Grow(kit.Row(kit.Unit(kit.SizeGap2), parts...)), kit.Fixed(line, kit.Unit(kit.SizeHair))))
	if pressed != nil {
		r.object.Add(kit.NewTap(pressed))
	}
	return r
}

// title makes the row the heads of the columns.
func (r *row) title(tongue words.Tongue) {
	r.name.Set(tongue.Text("goodspage.name"))
	r.name.Paint(kit.ColorSoft, false)
	for i, word := range [cells]string{sku: "SKU", bin: tongue.Text("goodspage.bin"), barcodes: tongue.Text("goodspage.barcodes"), stock: tongue.Text("goodspage.stock")} {
		r.cells[i].Set(word)
	}
	r.picture.Hide()
	r.variant.Hide()
}

func (r *row) render(digit string, a Article) {
	r.digit.Set(digit)
	r.picture.Set(a.Photo, "")
	r.name.Set(a.Name)
	r.variant.Set(a.Variant)
	kit.Show(r.variant, a.Variant != "")
	for i, text := range [cells]string{sku: a.SKU, bin: a.Bin, barcodes: a.Barcodes, stock: strconv.Itoa(a.Stock)} {
		r.cells[i].Set(text)
	}
}

// field is a column of the catalogue with the words over its field and an example of what stands in it.
type field struct{ column, word, example string }

// lineup is how the fields stand: lines of fields side by side.
var lineup = [][]field{
	{{"name", "goodspage.name", ""}, {"bin", "goodspage.bin", "A-03-2"}},
	{{"barcodes", "goodspage.barcodes", "6941057733007|9550123450004"}, {"cases", "goodspage.cases", "16941057733004*12"}},
	{{"weight_g", "goodspage.weight", "170"}, {"stock", "goodspage.pieces", "40"}, {"safety", "goodspage.safety", "5"}, {"box", "goodspage.box", "BOX-S"}, {"serial", "goodspage.serial", "yes"}},
	{{"inserts", "goodspage.inserts", "MAN-1|warranty card"}, {"lot", "goodspage.lot", "lot|expiry"}},
	{{"marks", "goodspage.marks", "fragile|battery|gift|sample"}, {"picture", "goodspage.picture", "pictures/tee.png"}},
}
