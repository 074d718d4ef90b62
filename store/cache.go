package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

var (
	bucketShops   = []byte("shops")   // shop id → shopRecord
	bucketOrders  = []byte("orders")  // order id → orderRecord
	bucketParcels = []byte("parcels") // parcel key → order.Parcel
	bucketMembers = []byte("members") // parcel key, order id → nothing: which orders lie in a parcel
	bucketCodes   = []byte("codes")   // code, parcel key → nothing: what a scan of a number can mean
	bucketStates  = []byte("states")  // standing, due, parcel key → nothing: the parcels in a state by deadline
	bucketSKUs    = []byte("skus")    // SKU → soldAs: every article that was ever ordered
	cacheBuckets  = [][]byte{bucketShops, bucketOrders, bucketParcels, bucketMembers, bucketCodes, bucketStates, bucketSKUs}
)

type shopRecord struct {
	Shop order.Shop
	// SeenTo is the newest change of an order that was read, ReadAt when the last complete reading began.
	SeenTo, ReadAt time.Time
}

// soldAs are the names an article was last ordered under.
type soldAs struct{ Product, Variant string }

type orderRecord struct {
	Order  order.Order
	ReadAt time.Time
}

// SaveShops notes the shops the seller authorized. Ciphers are secrets and are not kept. A shop that is no longer among them is forgotten: it is
// never read again, and would make LastReading older for ever. Its orders stay.
func (s *Store) SaveShops(shops []order.Shop) error {
	return s.trouble("save shops", s.cache.Update(func(tx *bolt.Tx) error {
		var gone [][]byte
		if err := tx.Bucket(bucketShops).ForEach(func(id, _ []byte) error {
			if !slices.ContainsFunc(shops, func(shop order.Shop) bool { return shop.ID == string(id) }) {
				gone = append(gone, bytes.Clone(id))
			}
			return nil
		}); err != nil {
			return err
		}
		for _, id := range gone {
			if err := tx.Bucket(bucketShops).Delete(id); err != nil {
				return err
			}
		}
		for _, shop := range shops {
			shop.Cipher = ""
			record, err := get[shopRecord](tx, bucketShops, []byte(shop.ID))
			if err != nil {
				return err
			}
			record.Shop = shop
			if err := put(tx, bucketShops, []byte(shop.ID), record); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Reading tells up to which change a shop's orders have been read, and when; both are zero before the first complete reading.
func (s *Store) Reading(shopID string) (seenTo, readAt time.Time, err error) {
	err = s.cache.View(func(tx *bolt.Tx) error {
		record, err := get[shopRecord](tx, bucketShops, []byte(shopID))
		seenTo, readAt = record.SeenTo, record.ReadAt
		return err
	})
	return seenTo, readAt, s.trouble("read the mark of shop "+shopID, err)
}

// SaveReading notes a complete reading of a shop's orders.
func (s *Store) SaveReading(shopID string, seenTo, readAt time.Time) error {
	return s.trouble("save the mark of shop "+shopID, s.cache.Update(func(tx *bolt.Tx) error {
		record, err := get[shopRecord](tx, bucketShops, []byte(shopID))
		if err != nil {
			return err
		}
		record.SeenTo, record.ReadAt = seenTo, readAt
		return put(tx, bucketShops, []byte(shopID), record)
	}))
}

// LastReading is the oldest moment at which some shop's orders were last read completely, zero while one never was.
func (s *Store) LastReading() (time.Time, error) {
	var oldest time.Time
	err := s.cache.View(func(tx *bolt.Tx) error {
		first := true
		return tx.Bucket(bucketShops).ForEach(func(_, value []byte) error {
			var record shopRecord
			if err := json.Unmarshal(value, &record); err != nil {
				return err
			}
			if first || record.ReadAt.Before(oldest) {
				oldest = record.ReadAt
			}
			first = false
			return nil
		})
	})
	return oldest, s.trouble("read the shops' marks", err)
}

// SaveOrders takes in a page of orders, as read at a moment, in one transaction: the orders, the parcels they make, and the indexes. An order
// older than the one already kept only has its reading renewed.
func (s *Store) SaveOrders(orders []order.Order, readAt time.Time) error {
	s.saving.Lock() // keeps count in the order of the transactions
	defer s.saving.Unlock()
	ready := map[order.ParcelKey]bool{}
	err := s.cache.Update(func(tx *bolt.Tx) error {
		var touched []order.ParcelKey
		for _, o := range orders {
			keys, err := saveOrder(tx, o, readAt)
			if err != nil {
				return err
			}
			touched = append(touched, keys...)
		}
		slices.Sort(touched)
		for _, key := range slices.Compact(touched) {
			standing, err := rebuildParcel(tx, key, readAt)
			if err != nil {
				return err
			}
			ready[key] = standing == order.Ready
		}
		return nil
	})
	if err == nil {
		err = s.heard(ready)
	}
	return s.trouble("save orders", err)
}

// saveOrder keeps one order and tells which parcels it lies in now or lay in before.
func saveOrder(tx *bolt.Tx, o order.Order, readAt time.Time) ([]order.ParcelKey, error) {
	id := []byte(o.ID)
	before, err := get[orderRecord](tx, bucketOrders, id)
	if err != nil {
		return nil, err
	}
	if before.Order.UpdatedAt.After(o.UpdatedAt) {
		o = before.Order
	}
	var keys []order.ParcelKey
	if before.Order.ID != "" {
		for _, key := range before.Order.ParcelKeys() {
			keys = append(keys, key)
			if err := tx.Bucket(bucketMembers).Delete(pair(string(key), o.ID)); err != nil {
				return nil, err
			}
		}
	}
	for _, key := range o.ParcelKeys() {
		keys = append(keys, key)
		if err := tx.Bucket(bucketMembers).Put(pair(string(key), o.ID), nil); err != nil {
			return nil, err
		}
	}
	for _, unit := range o.Units() {
		if unit.SKU() == "" {
			continue
		}
		if err := put(tx, bucketSKUs, []byte(unit.SKU()), soldAs{unit.ProductName, unit.VariantName}); err != nil {
			return nil, err
		}
	}
	return keys, put(tx, bucketOrders, id, orderRecord{Order: o, ReadAt: readAt})
}

// rebuildParcel makes a parcel anew from the orders that lie in it and tells its standing; one without orders is gone and has none.
func rebuildParcel(tx *bolt.Tx, key order.ParcelKey, now time.Time) (order.Standing, error) {
	if err := dropParcel(tx, key); err != nil {
		return "", err
	}
	var orders []order.Order
	oldest := now
	for _, id := range seconds(tx, bucketMembers, string(key)) {
		record, err := get[orderRecord](tx, bucketOrders, []byte(id))
		if err != nil {
			return "", err
		}
		orders = append(orders, record.Order)
		if record.ReadAt.Before(oldest) {
			oldest = record.ReadAt
		}
	}
	for _, parcel := range order.Parcels(orders, now) {
		if parcel.Key == key {
			parcel.ReadAt = oldest
			return parcel.Standing, putParcel(tx, parcel)
		}
	}
	return "", nil
}

func putParcel(tx *bolt.Tx, p order.Parcel) error {
	for _, code := range codesOf(p) {
		if err := tx.Bucket(bucketCodes).Put(pair(code, string(p.Key)), nil); err != nil {
			return err
		}
	}
	if err := tx.Bucket(bucketStates).Put(stateKey(p), nil); err != nil {
		return err
	}
	return put(tx, bucketParcels, []byte(p.Key), p)
}

func dropParcel(tx *bolt.Tx, key order.ParcelKey) error {
	p, err := get[order.Parcel](tx, bucketParcels, []byte(key))
	if err != nil || p.Key == "" {
		return err
	}
	for _, code := range codesOf(p) {
		if err := tx.Bucket(bucketCodes).Delete(pair(code, string(p.Key))); err != nil {
			return err
		}
	}
	if err := tx.Bucket(bucketStates).Delete(stateKey(p)); err != nil {
		return err
	}
	return tx.Bucket(bucketParcels).Delete([]byte(key))
}

// codesOf are the numbers a scan can know a parcel by.
func codesOf(p order.Parcel) []string {
	codes := append([]string{string(p.Key)}, p.OrderIDs...)
	for _, code := range []string{p.Tracking, p.LastMile} {
		if code != "" {
			codes = append(codes, code)
		}
	}
	return codes
}

// stateKey sorts a standing's parcels by deadline; those without one come last.
func stateKey(p order.Parcel) []byte {
	due := uint64(1<<63 - 1)
	if !p.Due.IsZero() {
		due = uint64(max(0, p.Due.Unix()))
	}
	return fmt.Appendf(nil, "%s\x00%020d\x00%s", p.Standing, due, p.Key)
}

// seconds are the second parts of all keys with a first part.
func seconds(tx *bolt.Tx, bucket []byte, first string) []string {
	prefix := pair(first, "")
	var found []string
	cursor := tx.Bucket(bucket).Cursor()
	for k, _ := cursor.Seek(prefix); k != nil && len(k) >= len(prefix) && string(k[:len(prefix)]) == string(prefix); k, _ = cursor.Next() {
		found = append(found, string(k[len(prefix):]))
	}
	return found
}

// get reads a value; a missing one is the zero value.
func get[T any](tx *bolt.Tx, bucket, key []byte) (T, error) {
	var value T
	data := tx.Bucket(bucket).Get(key)
	if data == nil {
		return value, nil
	}
	if err := json.Unmarshal(data, &value); err != nil {
		return value, fmt.Errorf("%s %s: %w", bucket, key, err)
	}
	return value, nil
}

func put(tx *bolt.Tx, bucket, key []byte, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("%s %s: %w", bucket, key, err)
	}
	return tx.Bucket(bucket).Put(key, data)
}
