package store

import (
	"bytes"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

type shopRecord struct {
	Shop order.Shop
	// SeenTo is the newest change of an order that was read, ReadAt when the last complete reading began.
	SeenTo, ReadAt time.Time
	Warehouses     []order.Warehouse
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

// Reading tells up to which change a shop's orders have been read, and when they last were completely: zero while a first reading is not done.
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
		return changeShop(tx, shopID, func(record *shopRecord) { record.SeenTo, record.ReadAt = seenTo, readAt })
	}))
}

func changeShop(tx *bolt.Tx, shopID string, change func(*shopRecord)) error {
	record, err := get[shopRecord](tx, bucketShops, []byte(shopID))
	if err != nil {
		return err
	}
	change(&record)
	return put(tx, bucketShops, []byte(shopID), record)
}

// LastReading is the oldest moment at which some shop's orders were last read completely, zero while one never was.
func (s *Store) LastReading() (time.Time, error) {
	var oldest time.Time
	err := s.cache.View(func(tx *bolt.Tx) error {
		first := true
		return tx.Bucket(bucketShops).ForEach(func(id, _ []byte) error {
			record, err := get[shopRecord](tx, bucketShops, id)
			if err != nil {
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

// Shops are the shops the seller authorized, by id, without ciphers.
func (s *Store) Shops() ([]order.Shop, error) {
	var shops []order.Shop
	err := s.cache.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketShops).ForEach(func(id, _ []byte) error {
			record, err := get[shopRecord](tx, bucketShops, id)
			shops = append(shops, record.Shop)
			return err
		})
	})
	return shops, s.trouble("read the shops", err)
}

// OrdersByPlace counts the orders that are known here by their shop and warehouse. It reads all of them.
func (s *Store) OrdersByPlace() (order.Places, error) {
	orders := order.Places{}
	err := s.cache.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketOrders).ForEach(func(id, value []byte) error {
			record, err := decodeOrder(tx, string(id), value)
			orders[order.Place{ShopID: record.Order.ShopID, WarehouseID: record.Order.WarehouseID}]++
			return err
		})
	})
	return orders, s.trouble("count the orders", err)
}

// Warehouses are a shop's warehouses as last read, nil before they were.
func (s *Store) Warehouses(shopID string) ([]order.Warehouse, error) {
	var record shopRecord
	err := s.cache.View(func(tx *bolt.Tx) error {
		var err error
		record, err = get[shopRecord](tx, bucketShops, []byte(shopID))
		return err
	})
	return record.Warehouses, s.trouble("read the warehouses of shop "+shopID, err)
}

// SaveWarehouses notes a shop's warehouses.
func (s *Store) SaveWarehouses(shopID string, warehouses []order.Warehouse) error {
	return s.trouble("save the warehouses of shop "+shopID, s.cache.Update(func(tx *bolt.Tx) error {
		return changeShop(tx, shopID, func(record *shopRecord) { record.Warehouses = warehouses })
	}))
}
