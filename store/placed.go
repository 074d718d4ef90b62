package store

import (
	"bytes"
	"encoding/json"
	"time"

	bolt "go.etcd.io/bbolt"
)

// placedAtOnce is how many orders are looked at in one transaction, so that whoever writes does not wait for all of them.
const placedAtOnce = 2000

// OrdersPlaced tells of all orders, by id, when they were placed; where the platform did not say, when they last changed. An order that comes or goes meanwhile may be left out.
func (s *Store) OrdersPlaced(visit func(id string, at time.Time)) error {
	var last []byte
	for {
		n := 0
		err := s.cache.View(func(tx *bolt.Tx) error {
			cursor := tx.Bucket(bucketOrders).Cursor()
			id, value := cursor.Seek(last)
			if last != nil && bytes.Equal(id, last) {
				id, value = cursor.Next()
			}
			for ; id != nil && n < placedAtOnce; id, value = cursor.Next() {
				var kept struct {
					CreatedAt moment `json:"tc"`
					UpdatedAt moment `json:"tu"`
				}
				if err := json.Unmarshal(value, &kept); err != nil {
					return decoding(tx, bucketOrders, id, err)
				}
				if kept.CreatedAt == 0 {
					kept.CreatedAt = kept.UpdatedAt
				}
				visit(string(id), kept.CreatedAt.time())
				last = bytes.Clone(id)
				n++
			}
			return nil
		})
		if err != nil || n < placedAtOnce {
			return s.trouble("look through the orders", err)
		}
	}
}
