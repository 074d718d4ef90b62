package order

import (
	"slices"
	"strings"
	"time"
)

// What can happen to the seller's goods. But for a barcode that is learnt at the bench these events are of no parcel.
const (
	GoodsImported    EventKind = "goods_imported"    // Goods articles were taken in, and took the place of those with their SKUs
	GoodChanged      EventKind = "good_changed"      // the Cells of SKU say something else now
	BarcodeLearnt    EventKind = "barcode_learnt"    // Code is a barcode of a piece of SKU from now on
	BarcodeForgotten EventKind = "barcode_forgotten" // Code is none of SKU any more
)

// OfGoods tells whether an event is about the seller's goods.
func (e Event) OfGoods() bool {
	return e.Kind == GoodsImported || e.Kind == GoodChanged || e.Kind == BarcodeLearnt || e.Kind == BarcodeForgotten
}

// After is the good once an event about one of its barcodes has happened.
func (g Good) After(e Event) Good {
	same := func(code string) bool { return code == e.Code }
	switch e.Kind {
	case BarcodeLearnt:
		g.SKU = e.SKU
		if !slices.ContainsFunc(g.Barcodes, same) {
			g.Barcodes = append(slices.Clone(g.Barcodes), e.Code)
		}
	case BarcodeForgotten:
		g.Barcodes = slices.DeleteFunc(slices.Clone(g.Barcodes), same)
		g.Cases = slices.DeleteFunc(slices.Clone(g.Cases), func(c Case) bool { return same(c.Code) })
	}
	return g
}

// mostInBarcode bounds what is learnt as a barcode: no symbol on goods holds more (GS1 General Specifications 5.4.1, 48 characters of GS1-128), and a QR code
// with an address in it is another one on each piece.
const mostInBarcode = 48

// BarcodeOf is what of a scanned code is the barcode of an article: the number it names where it is a GS1 code, else the whole. It is empty where a code cannot
// be one: it is too long, or the GS1 code of a lot only, or has what parts the values of a cell in the catalogue.
func BarcodeOf(code string, now time.Time) string {
	if gs1, is := ReadGS1(code, now); is {
		return shortGTIN(gs1.GTIN)
	}
	if len(code) > mostInBarcode || strings.ContainsAny(code, "|*\x00\x1d") || strings.TrimSpace(code) != code {
		return ""
	}
	return code
}

// shortGTIN is a number of 14 digits as it stands on the piece itself: an EAN-8, an EAN-13 or a UPC-A has zeros before it there (GS1 General
// Specifications 3.3.2).
func shortGTIN(gtin string) string {
	if short, is := strings.CutPrefix(gtin, "000000"); is {
		return short
	}
	return strings.TrimPrefix(gtin, "0")
}
