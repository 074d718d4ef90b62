package order

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// What can happen to a parcel that cannot go on as it should.
const (
	Undone     EventKind = "undone" // the piece taken last is out of the box again, in the packer's hand
	ParkedAway EventKind = "parked" // the parcel waits for a supervisor as it is; SKU and Shortage tell what is missing, if anything
)

// Shortage is why an article cannot be taken.
type Shortage string

// Why an article is short.
const (
	OutOfStock Shortage = "out_of_stock" // its bin is empty
	AllDamaged Shortage = "damaged"      // what lies there cannot be sold
	OtherGoods Shortage = "wrong_bin"    // something else lies there
)

// Shortages are all of them, in the order in which they are offered.
var Shortages = []Shortage{OutOfStock, AllDamaged, OtherGoods}

// Given tells whether a person may give it as a reason.
func (s Shortage) Given() bool { return slices.Contains(Shortages, s) }

// Parked is why a parcel waits for a supervisor.
type Parked struct {
	At       time.Time `json:"at,omitzero"` // zero: it does not
	SKU      string    `json:"sku,omitempty"`
	Shortage Shortage  `json:"shortage,omitempty"` // empty: a person parked it
}

// Contents are pieces as a person reads them: tee × 2, cap × 1.
func Contents(pieces []Piece) string {
	var skus []string
	count := map[string]int{}
	for _, p := range pieces {
		if count[p.SKU]++; count[p.SKU] == 1 {
			skus = append(skus, p.SKU)
		}
	}
	for i, sku := range skus {
		skus[i] = sku + " × " + strconv.Itoa(count[sku])
	}
	return strings.Join(skus, ", ")
}
