package store

import (
	"encoding/binary"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketPacked holds SKU → how many pieces of it left in confirmed parcels since its stock was last imported. Before there was this bucket nobody counted: what
// was packed until then is as if it had been packed before the import.
var bucketPacked = []byte("packed")

// countPacked counts the pieces of a parcel when it is confirmed, once.
func countPacked(tx *bolt.Tx, before order.Work, e order.Event) error {
	if e.Kind != order.Confirmed || !before.ConfirmedAt.IsZero() {
		return nil
	}
	packed := tx.Bucket(bucketPacked)
	for _, piece := range before.Taken {
		if piece.SKU == "" {
			continue // nobody could say of which article it is
		}
		n := packedOf(packed.Get([]byte(piece.SKU)))
		if err := packed.Put([]byte(piece.SKU), number(uint64(n+1))); err != nil {
			return err
		}
	}
	return nil
}

func packedOf(value []byte) int {
	if len(value) != 8 {
		return 0
	}
	return int(binary.BigEndian.Uint64(value))
}

// Goods are the seller's articles by SKU, with how many pieces of each left since its stock was imported.
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
