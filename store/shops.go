package store

import (
	"bytes"
	"encoding/json"
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

// ShopOrders is an authorized shop and how many of its orders are known here.
type ShopOrders struct {
	Shop       order.Shop
	Warehouses []order.Warehouse // nil before they were read
	Orders     int
	// ByWarehouse counts the same orders by the id of their warehouse.
	ByWarehouse map[string]int
}

// Shops are the shops the seller authorized, by id, without ciphers.
func (s *Store) Shops() ([]ShopOrders, error) {
	var shops []ShopOrders
	err := s.cache.View(func(tx *bolt.Tx) error {
		orders := map[string]map[string]int{}
		if err := tx.Bucket(bucketOrders).ForEach(func(id, value []byte) error {
			record, err := decodeOrder(string(id), value)
			mine := orders[record.Order.ShopID]
			if mine == nil {
				mine = map[string]int{}
				orders[record.Order.ShopID] = mine
			}
			mine[record.Order.WarehouseID]++
			return err
		}); err != nil {
			return err
		}
		return tx.Bucket(bucketShops).ForEach(func(id, value []byte) error {
			var record shopRecord
			if err := json.Unmarshal(value, &record); err != nil {
				return err
			}
			row := ShopOrders{Shop: record.Shop, Warehouses: record.Warehouses, ByWarehouse: orders[string(id)]}
			for _, n := range row.ByWarehouse {
				row.Orders += n
			}
			shops = append(shops, row)
			return nil
		})
	})
	return shops, s.trouble("read the shops", err)
}

// Warehouses are a shop's warehouses as last read, none before.
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
