package wave

import (
	"cmp"
	"slices"
	"time"

	"packbench/internal/order"
)

// Article is how the stock of an article stands against what was ordered. All figures are pieces, but Lacking, which are parcels.
type Article struct {
	SKU      string
	Stock    int // as it was imported
	Packed   int // left in parcels, or broke, since then
	Promised int // of parcels in waves or begun, still to leave
	Waiting  int // of parcels to be packed that are in no wave and not begun
	Held     int // of parcels that may still come: held, pre-orders before their release, those that wait for an invoice or an answer to their buyer
	Lacking  int // parcels that packers parked because it was not in its bin
	Safety   int // what a supervisor wants to keep
}

// Free is what may still be promised; below 0 more is promised than there is.
func (a Article) Free() int { return a.Stock - a.Packed - a.Promised }

// Oversold is how many pieces are promised or waited for beyond what there is.
func (a Article) Oversold() int { return max(0, a.Waiting-a.Free()) }

// BelowSafety tells whether less is left than a supervisor wants to keep, once what is promised has gone.
func (a Article) BelowSafety() bool { return a.Safety > 0 && a.Free() < a.Safety }

// Calls tells whether a supervisor has to see to it.
func (a Article) Calls() bool { return a.Oversold() > 0 || a.Lacking > 0 || a.BelowSafety() }

// Ledger is how the stock of all articles of the catalogue stands.
type Ledger map[string]*Article

// NewLedger begins a ledger. safety is what a supervisor wants to keep of an article whose catalogue entry says nothing.
func NewLedger(goods map[string]order.Good, packed map[string]int, safety int) Ledger {
	l := Ledger{}
	for sku, good := range goods {
		l[sku] = &Article{SKU: sku, Stock: good.Stock, Packed: packed[sku], Safety: cmp.Or(good.Safety, safety)}
	}
	return l
}

// Count counts a parcel as it stands at a moment. Articles that the catalogue does not know are left out.
func (l Ledger) Count(f *order.Facts, now time.Time) {
	for _, sku := range f.SKUs {
		a := l[sku]
		switch {
		case a == nil:
		case f.Promised():
			a.Promised++
		case f.Here.Confirmed:
		case f.Standing.Packable() && !f.ReleaseAt.After(now):
			a.Waiting++
		case f.Standing.Packable(), f.Standing == order.Held, f.Standing == order.InvoiceMissing, f.Standing == order.CancelRequest:
			a.Held++
		}
	}
	if a := l[f.Here.Lacks]; a != nil {
		a.Lacking++
	}
}

// Articles are all of them, first those of which the most is missing.
func (l Ledger) Articles() (all []Article) {
	for _, a := range l {
		all = append(all, *a)
	}
	rank := func(a Article) int {
		if a.BelowSafety() {
			return 1
		}
		return 0
	}
	slices.SortFunc(all, func(a, b Article) int {
		return cmp.Or(cmp.Compare(b.Oversold(), a.Oversold()), cmp.Compare(b.Lacking, a.Lacking), cmp.Compare(rank(b), rank(a)), cmp.Compare(a.SKU, b.SKU))
	})
	return all
}
