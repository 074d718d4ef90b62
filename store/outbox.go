package store

import (
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
