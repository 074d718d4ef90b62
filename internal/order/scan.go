package order

import "time"

// Scan is one reading of a code: by a scanner, or typed by hand and ended with Enter.
type Scan struct {
	Code   string
	Device string // which scanner; two devices never make one double read
	Typed  bool
	At     time.Time
}

// Good is an article of the seller's catalogue.
type Good struct {
	SKU      string // seller_sku, or the platform's sku_id where the seller left it empty
	Barcodes []string
	Name     string
	Bin      string
	WeightG  int
	Stock    int
	Picture  string // a path or URL; may be empty
}

// Candidates is all that a scanned code can mean, as the store knows it. packing alone decides which it is.
type Candidates struct {
	// SKUs whose barcode this is; a SKU's own text counts where the catalogue knows no barcode of it.
	SKUs []string
	// Parcels with this package id, order id or tracking number, the most urgent first.
	Parcels []Parcel
}
