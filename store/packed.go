package store

import (
	"encoding/binary"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketPacked holds SKU → how many pieces of it left in confirmed parcels, or broke in packing, since its stock was last imported. Before there was this bucket
// nobody counted: what was packed until then is as if it had been packed before the import.
var bucketPacked = []byte("packed")

// countPacked counts the pieces of a parcel when it is confirmed, once, and a piece that breaks.
func countPacked(tx *bolt.Tx, before order.Work, e order.Event) error {
	var skus []string
	switch {
	case e.Kind == order.Confirmed && before.ConfirmedAt.IsZero():
		for _, piece := range before.Taken {
			skus = append(skus, piece.SKU)
		}
	case e.Kind == order.LeftBox && e.Leaving == order.OfDamaged:
		skus = append(skus, e.SKU)
	}
	packed := tx.Bucket(bucketPacked)
	for _, sku := range skus {
		if sku == "" {
			continue // nobody could say of which article it is
		}
		if err := packed.Put([]byte(sku), number(uint64(packedOf(packed.Get([]byte(sku)))+1))); err != nil {
			return err
		}
	}
	return nil
}

// countAnew begins to count the pieces of an article whose stock was said anew.
func countAnew(tx *bolt.Tx, sku string) error { return tx.Bucket(bucketPacked).Delete([]byte(sku)) }

func packedOf(value []byte) int {
	if len(value) != 8 {
		return 0
	}
	return int(binary.BigEndian.Uint64(value))
}

// Goods are the seller's articles by SKU, with how many pieces of each left in parcels, or broke, since its stock was imported.
func (s *Store) Goods() (goods map[string]order.Good, packed map[string]int, err error) {
	goods, packed = map[string]order.Good{}, map[string]int{}
	err = s.journal.View(func(tx *bolt.Tx) error {
		err := tx.Bucket(bucketGoods).ForEach(func(sku, _ []byte) error {
			good, err := get[order.Good](tx, bucketGoods, sku)
			goods[string(sku)] = good
			return err
		})
		if err != nil {
			return err
		}
		return tx.Bucket(bucketPacked).ForEach(func(sku, n []byte) error {
			packed[string(sku)] = packedOf(n)
			return nil
		})
	})
	return goods, packed, s.trouble("read the catalogue", err)
}
