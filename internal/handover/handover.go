// Package handover decides what may leave on a carrier's hand-over sheet. It is pure: parcels, sheets and times are passed in.
package handover

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
)

// Place is what a hand-over sheet is of: the parcels of one carrier, handed over in one way from one warehouse.
type Place struct {
	Carrier   string             `json:"carrier"`
	Mode      order.HandoverMode `json:"mode,omitempty"`
	Warehouse string             `json:"warehouse,omitempty"`
}

// PlaceOf is the place of a sheet.
func PlaceOf(s order.Sheet) Place { return Place{s.Carrier, s.Mode, s.Warehouse} }

// Named is a carrier as people read it: a dash where the platform names none.
func Named(carrier string) string {
	if carrier == "" {
		return "—"
	}
	return carrier
}

// Compare sorts places by carrier, mode and warehouse.
func (p Place) Compare(other Place) int {
	return cmp.Or(cmp.Compare(p.Carrier, other.Carrier), cmp.Compare(p.Mode, other.Mode), cmp.Compare(p.Warehouse, other.Warehouse))
}

// takes tells whether a parcel of another place can stand on a sheet of this one. What nobody has told yet keeps it from no sheet.
func (p Place) takes(other Place) bool {
	return p.Carrier == other.Carrier && (p.Warehouse == other.Warehouse || p.Warehouse == "" || other.Warehouse == "") &&
		(p.Mode == other.Mode || p.Mode == "" || other.Mode == "")
}

// Rules are what was decided about the shelf.
type Rules struct {
	// Warehouse is the bench's own, whose parcels alone stand at its shelf; empty: of any.
	Warehouse string
	Together  []Together
	Cards     []Card
	// BundlePrefix is what the codes of bags begin with; empty: a bag's code is told otherwise.
	BundlePrefix string
}

// Together are carriers whose parcels are handed over together for a while, as when the first mile goes from one to another (fulfilment rules 3: old and new labels
// are handed over together).
type Together struct {
	Name string // the carrier on the sheet
	// Carriers are the platform's names of them, Prefixes what their tracking numbers begin with. One that fits is enough.
	Carriers, Prefixes []string
	From, To           time.Time // the first moment and the one after the last; zero: no end on that side
}

func (t Together) covers(provider, tracking string, now time.Time) bool {
	if now.Before(t.From) || !t.To.IsZero() && !now.Before(t.To) {
		return false
	}
	return slices.ContainsFunc(t.Carriers, func(name string) bool { return strings.EqualFold(name, provider) }) ||
		slices.ContainsFunc(t.Prefixes, func(prefix string) bool { return prefix != "" && strings.HasPrefix(tracking, prefix) })
}

// Carrier is the carrier on whose sheet a parcel goes at a moment, by the platform's name of its provider and its tracking number.
func (r Rules) Carrier(provider, tracking string, now time.Time) string {
	for _, t := range r.Together {
		if t.covers(provider, tracking, now) {
			return t.Name
		}
	}
	return provider
}

// Card is what is to be known of a carrier at a warehouse (fulfilment rules 3, first-mile carrier's card).
type Card struct {
	Carrier   string // as on its sheets
	Warehouse string // empty: at every one
	Person    string
	Phone     string
	Hours     string
	Comes     string // when the driver comes
	Hub       string // where parcels are brought that are dropped off: several lines
}

// Card is the card of a carrier, that of the warehouse before one of every warehouse; the zero Card: there is none.
func (r Rules) Card(p Place) (found Card) {
	for _, card := range r.Cards {
		if strings.EqualFold(card.Carrier, p.Carrier) && (card.Warehouse == p.Warehouse || card.Warehouse == "" && found.Carrier == "") {
			found = card
		}
	}
	return found
}

// Bundles tells whether a code is that of a bag, by what bags' codes begin with.
func (r Rules) Bundles(code string) bool {
	return r.BundlePrefix != "" && strings.HasPrefix(code, r.BundlePrefix)
}

// SheetAt is the open sheet for parcels of a place; false where none is open.
func SheetAt(open []order.Sheet, p Place) (order.Sheet, bool) {
	at := slices.IndexFunc(open, func(s order.Sheet) bool { return s.Open() && PlaceOf(s) == p })
	if at < 0 {
		return order.Sheet{}, false
	}
	return open[at], true
}
