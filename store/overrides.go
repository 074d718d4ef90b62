package store

import (
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// Overrides are what supervisors allowed from a moment until before another: a fold of the journal, of which it reads the end back to the first moment.
func (s *Store) Overrides(from, until time.Time) ([]order.Override, error) {
	var events []order.Event
	err := s.journal.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketEvents).Cursor()
		for k, _ := cursor.Last(); k != nil; k, _ = cursor.Prev() {
			e, err := get[order.Event](tx, bucketEvents, k)
			if err != nil {
				return err
			}
			if e.At.Before(from) {
				break
			}
			if e.Supervisor != "" && e.At.Before(until) {
				events = append(events, e)
			}
		}
		return nil
	})
	return order.Overrides(events), s.trouble("count what supervisors allowed", err)
}
