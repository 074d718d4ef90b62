package order

import "time"

// What can happen to pieces that leave a parcel which does not go out.
const (
	LeftBox  EventKind = "left_box" // a piece is to go back to its bin: Leaving says why. One that lay in the parcel has its Unit
	Returned EventKind = "returned" // a piece is back in its bin. Parcel, SKU and Leaving name the entry of the put-back list
)

// Leaving is why a piece is to go back to its bin.
type Leaving string

// Why pieces go back.
const (
	OfStopped Leaving = "stopped" // its parcel must not go on
	OfAside   Leaving = "aside"   // its parcel was put aside
	OfDamaged Leaving = "damaged" // it broke in packing
	OfExtra   Leaving = "extra"   // it lay among a parcel's goods and belongs to no open parcel
	OfRestart Leaving = "restart" // its parcel was begun anew
)

// PutBackEntry is a line of the put-back list: pieces of one article that left one parcel for one reason and are not back in their bin.
type PutBackEntry struct {
	SKU    string    `json:"sku"`
	Parcel ParcelKey `json:"parcel,omitempty"` // empty where no parcel was open
	Why    Leaving   `json:"why"`
	Pieces int       `json:"pieces"`
	Since  time.Time `json:"since"` // when the first of them left
}

// After is the entry once an event that names it has happened. One without pieces is closed.
func (b PutBackEntry) After(e Event) PutBackEntry {
	switch e.Kind {
	case LeftBox:
		if b.Pieces == 0 {
			b = PutBackEntry{SKU: e.SKU, Parcel: e.Parcel, Why: e.Leaving, Since: e.At}
		}
		b.Pieces++
	case Returned:
		b.Pieces = max(0, b.Pieces-1)
	}
	return b
}

// ToPutBack is an entry of the put-back list with what the catalogue says of its article.
type ToPutBack struct {
	PutBackEntry
	Name string // the catalogue's, else the one the platform sells it under
	Bin  string // empty where the catalogue has none
}
