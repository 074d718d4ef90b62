package store

import (
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// parcelRecord is of what is kept of a parcel the orders it is derived from whenever it is read, and what it is found by, so that this can be
// undone when it changes. A parcel without orders is gone and has no record.
type parcelRecord struct {
	Orders   []string       // the ids of the orders that lie in it, sorted
	Standing order.Standing // as it was when the orders were last read
	Due      moment
	Codes    []string
	// Shop and Warehouse are whose queue the parcel stands in.
	Shop, Warehouse string
}

func (r parcelRecord) place() order.Place {
	return order.Place{ShopID: r.Shop, WarehouseID: r.Warehouse}
}

func recordOf(f *order.Facts) parcelRecord {
	record := parcelRecord{Orders: f.OrderIDs, Standing: f.Standing, Due: momentOf(f.Due), Shop: f.ShopID, Warehouse: f.WarehouseID}
	if f.Standing.Packable() {
		record.Standing = order.Ready // one queue for all that can be packed
	}
	for _, code := range []string{f.Tracking, f.LastMile} {
		if code != "" {
			record.Codes = append(record.Codes, code)
		}
	}
	return record
}

// recordAt is what is kept of a parcel; one that is gone has no orders.
func recordAt(tx *bolt.Tx, key order.ParcelKey) (parcelRecord, error) {
	data := tx.Bucket(bucketParcels).Get([]byte(key))
	if data == nil {
		return parcelRecord{}, nil
	}
	f, err := readFacts(tx, key, data, nil)
	if err != nil {
		return parcelRecord{}, err
	}
	return recordOf(f), nil
}

// derive makes a parcel from the orders that lie in it, as it stands now. It was last heard of when the oldest of them was.
func derive(key order.ParcelKey, ids []string, read func(id string) (orderRecord, error), now time.Time) (order.Parcel, bool, error) {
	var orders []order.Order
	var oldest time.Time
	for i, id := range ids {
		record, err := read(id)
		if err != nil {
			return order.Parcel{}, false, err
		}
		orders = append(orders, record.Order)
		if i == 0 || record.ReadAt.Before(oldest) {
			oldest = record.ReadAt
		}
	}
	for _, parcel := range order.Parcels(orders, now) {
		if parcel.Key == key {
			parcel.ReadAt = oldest
			return parcel, true, nil
		}
	}
	return order.Parcel{}, false, nil
}

// reindex makes a parcel be found by what it is after and no longer by what it was before. What did not change is left alone, so that no
// page of the file is written for it.
func reindex(tx *bolt.Tx, key order.ParcelKey, before, after parcelRecord) error {
	codes, states := tx.Bucket(bucketCodes), tx.Bucket(bucketStates)
	for _, code := range before.Codes {
		if !slices.Contains(after.Codes, code) {
			if err := codes.Delete(pair(code, string(key))); err != nil {
				return err
			}
		}
	}
	for _, code := range after.Codes {
		if !slices.Contains(before.Codes, code) {
			if err := codes.Put(pair(code, string(key)), nil); err != nil {
				return err
			}
		}
	}
	moved := before.Standing != after.Standing || before.Due != after.Due
	if moved && len(before.Orders) > 0 {
		if err := states.Delete(before.stateKey(key)); err != nil {
			return err
		}
	}
	if moved && len(after.Orders) > 0 {
		return states.Put(after.stateKey(key), nil)
	}
	return nil
}

// noDue stands for no deadline, so that parcels without one come last.
const noDue moment = 999_999_999_999

// stateKey sorts a standing's parcels by deadline.
func (r parcelRecord) stateKey(key order.ParcelKey) []byte {
	due := r.Due
	if due == 0 {
		due = noDue
	}
	return fmt.Appendf(nil, "%s\x00%012d\x00%s", r.Standing, due, key)
}

// parcelIn reads a parcel as it stands now. Orders that were read already are handed in.
func parcelIn(cache *bolt.Tx, key order.ParcelKey, now time.Time, have ...orderRecord) (order.Parcel, bool, error) {
	record, err := recordAt(cache, key)
	if err != nil {
		return order.Parcel{}, false, err
	}
	parcel, found, err := derive(key, record.Orders, func(id string) (orderRecord, error) {
		for _, known := range have {
			if known.Order.ID == id {
				return known, nil
			}
		}
		return getOrder(cache, id)
	}, now)
	if err != nil || !found {
		return parcel, found, err
	}
	shop, err := get[shopRecord](cache, bucketShops, []byte(parcel.ShopID))
	parcel.LocalSeller = shop.Shop.SellerType == order.LocalSeller
	return parcel, found, err
}

// keysOf are the parcels that have a code among their numbers, sorted: their own keys, their orders' ids, what carriers call them, and the key of an order that
// had no package when somebody wrote it down.
func keysOf(cache *bolt.Tx, code string) ([]order.ParcelKey, error) {
	var keys []order.ParcelKey
	if cache.Bucket(bucketParcels).Get([]byte(code)) != nil {
		keys = append(keys, order.ParcelKey(code))
	}
	orderID, _ := order.ParcelKey(code).OrderID()
	record, err := getOrder(cache, orderID)
	if err != nil {
		return nil, err
	}
	if record.Order.ID != "" {
		keys = append(keys, record.Order.ParcelKeys()...)
	}
	for _, key := range seconds(cache, bucketCodes, code) {
		keys = append(keys, order.ParcelKey(key))
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}
