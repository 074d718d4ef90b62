package cli

import (
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/store"
)

// OrderNow is everything that is known of an order. Who bought it and where they live is not: the bench does not keep it.
type OrderNow struct {
	Order   order.Order
	Parcels []order.Known
	Waves   map[order.ParcelKey]string
	Goods   map[string]order.Article // those that lie in its parcels, by SKU
	// Happened is what happened to its parcels here and on their way, the newest first.
	Happened []Happening
}

// Happening is one thing that happened.
type Happening struct {
	At      time.Time // zero where the carrier did not say when
	Parcel  order.ParcelKey
	Said    string // in words
	Code    string // that was scanned
	Packer  string
	Carrier bool // the carrier said it
}

// OrderNow reads an order; found is false where the platform has not told of it.
func (b *Bench) OrderNow(tongue words.Tongue, id string) (now OrderNow, found bool, err error) {
	err = b.Store.OrdersOf([]string{id}, func(row store.OrderParcels) error {
		now.Order, now.Parcels, found = row.Order, row.Parcels, true
		return nil
	})
	if err != nil || !found {
		return now, false, err
	}
	now.Waves, now.Goods = map[order.ParcelKey]string{}, map[string]order.Article{}
	facts, err := b.Store.Find(func(f *order.Facts) bool { return slices.Contains(f.OrderIDs, id) }, 0, len(now.Parcels))
	if err != nil {
		return now, true, err
	}
	for _, f := range facts.Facts {
		now.Waves[f.Key] = f.Wave
	}
	for _, known := range now.Parcels {
		for _, unit := range known.Units {
			if now.Goods[unit.SKU()], err = b.Store.Article(unit.SKU()); err != nil {
				return now, true, err
			}
		}
		lines, err := historyOf(b, known.Key)
		if err != nil {
			return now, true, err
		}
		for _, line := range lines {
			now.Happened = append(now.Happened, Happening{At: line.at, Parcel: line.PackageID, Said: line.said(tongue), Code: line.Code, Packer: line.Packer, Carrier: line.By == "carrier"})
		}
	}
	slices.SortStableFunc(now.Happened, func(a, b Happening) int { return b.At.Compare(a.At) })
	return now, true, nil
}

// OrderOf is the order a code is the number of, or of whose parcel; of several the first. found is false where it is no such number.
func (b *Bench) OrderOf(code string) (id string, found bool, err error) {
	keys, err := b.Store.ParcelsOf(code)
	if err != nil {
		return "", false, err
	}
	for _, key := range keys {
		switch known, is, err := b.Store.Parcel(key); {
		case err != nil:
			return "", false, err
		case is && slices.Contains(known.OrderIDs, code):
			return code, true, nil
		case is && len(known.OrderIDs) > 0:
			return known.OrderIDs[0], true, nil
		}
	}
	return "", false, nil
}
