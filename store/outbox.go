package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// Requests are the parcels about which the platform is still to be asked something, sorted by key. Of a parcel the platform no longer tells of
// only the work is known.
func (s *Store) Requests() ([]order.Known, error) {
	var found []order.Known
	err := s.view(func(cache, journal *bolt.Tx) error {
		return journal.Bucket(bucketOutbox).ForEach(func(key, _ []byte) error {
			work, err := get[order.Work](journal, bucketWork, key)
			if err != nil || len(work.Requests) == 0 {
				return err
			}
			now, err := keyNow(cache, order.ParcelKey(key))
			if err != nil {
				return err
			}
			parcel, known, err := parcelIn(cache, now, s.now())
			if !known {
				parcel = order.Parcel{Key: now, Standing: order.Reformed}
			}
			found = append(found, order.Known{Parcel: parcel, Work: work})
			return err
		})
	})
	return found, s.trouble("read the outbox", err)
}

// Parked is how many parcels have a request that waits for a person.
func (s *Store) Parked() (int, error) {
	parked := 0
	err := s.journal.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketOutbox).ForEach(func(key, _ []byte) error {
			work, err := get[order.Work](tx, bucketWork, key)
			if err == nil && slices.ContainsFunc(work.Requests, func(r order.Request) bool { return r.Parked.Key != "" }) {
				parked++
			}
			return err
		})
	})
	return parked, s.trouble("read the outbox", err)
}
