package store

import (
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// Overrides are what supervisors allowed from a moment until before another: a fold of the journal, of which it reads the end back to the first moment.
func (s *Store) Overrides(from, until time.Time) ([]order.Override, error) {
	events, err := s.eventsOf(from, until, func(e order.Event) bool { return e.Supervisor != "" })
	return order.Overrides(events), s.trouble("count what supervisors allowed", err)
}

// Materials is the packing material used from a moment until before another.
func (s *Store) Materials(from, until time.Time) ([]order.MaterialCount, error) {
	events, err := s.eventsOf(from, until, func(e order.Event) bool { return e.Kind == order.MaterialUsed || e.Kind == order.MaterialBack })
	return order.MaterialCounts(events), s.trouble("count packing material", err)
}

// eventsOf are the events of a span of time that are wanted, the newest first.
func (s *Store) eventsOf(from, until time.Time, wanted func(order.Event) bool) (events []order.Event, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketEvents).Cursor()
		for k, _ := cursor.Last(); k != nil; k, _ = cursor.Prev() {
			e, err := get[order.Event](tx, bucketEvents, k)
			if err != nil {
				return err
			}
			if e.At.Before(from) {
				break
			}
			if e.At.Before(until) && wanted(e) {
				events = append(events, e)
			}
		}
		return nil
	})
	return events, err
}
