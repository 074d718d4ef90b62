package order

import (
	"slices"
	"strconv"
	"time"
)

// Scan is one reading of a code: by a scanner, or typed by hand and ended with Enter.
type Scan struct {
	Code   string
	Device string // which scanner; two devices never make one double read
	Typed  bool
	At     time.Time
}

// Known is a parcel together with what happened to it here.
type Known struct {
	Parcel
	Work Work
}

// CaseOf is a closed case of an article.
type CaseOf struct {
	SKU    string
	Pieces int
}

// String is the case as a person reads it: tee × 12.
func (c CaseOf) String() string { return c.SKU + " × " + strconv.Itoa(c.Pieces) }

// Candidates is all that a scanned code can mean, as the store knows it. packing alone decides which it is.
type Candidates struct {
	// Command of this installation's command card; then it is nothing else.
	Command Command
	// SKUs whose barcode this is; a SKU's own text counts where the catalogue knows no barcode of it.
	SKUs []string
	// Cases are the closed cases whose barcode this is, by their article.
	Cases []CaseOf
	// Numbered are those of the articles each piece of which carries a serial number.
	Numbered []string
	// Goods is what is known of those articles, by SKU.
	Goods map[string]Article
	// Material is the packing material whose code this is, as the catalogue's column box names it.
	Material string
	// NumberIn are the parcels in which a piece with this serial number lies.
	NumberIn []ParcelKey
	// NoGoods tells that the seller's catalogue is empty, so that no barcode means anything.
	NoGoods bool
	// PutBack is the put-back list, where the code is a bin or an article on it.
	PutBack []ToPutBack
	// Replaced are the parcels that had a label with this code, which another has replaced. They are set where the code means nothing else.
	Replaced []Known
	// Badge is whose badge carries it; the zero Person: nobody's. A badge is never taken for anything else.
	Badge Person
	// Else tells that it is a bin, a wave or the SKU of another article. It is looked up only where a code is to be learnt as a barcode.
	Else bool
	// Parcels with this package id, order id or tracking number, the most urgent first.
	Parcels []Known
	// Slot is the tote or slot whose barcode this is; the zero Slot: none. The parcel it holds is among Parcels.
	Slot Slot
	// Wave is the wave whose name this is; empty: none.
	Wave string
	// Waybills are the parcels that this was scanned for as the number of the seller's own carrier.
	Waybills []ParcelKey
}

// Articles are the SKUs a code stands for, of single pieces and of cases.
func (c Candidates) Articles() []string {
	skus := slices.Clone(c.SKUs)
	for _, one := range c.Cases {
		skus = append(skus, one.SKU)
	}
	return skus
}
