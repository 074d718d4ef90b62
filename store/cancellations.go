package store

import (
	"cmp"
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// CancellationsWanted are the ids of a shop's orders whose buyers wait for an answer to a wish to cancel that is not kept here.
func (s *Store) CancellationsWanted(shopID string) ([]string, error) {
	var wanted []string
	err := s.cache.View(func(tx *bolt.Tx) error {
		return eachStanding(tx, order.CancelRequest, func(key order.ParcelKey) (bool, error) {
			parcel, err := recordAt(tx, key)
			if err != nil || parcel.Shop != shopID {
				return true, err
			}
			for _, id := range parcel.Orders {
				record, err := getOrder(tx, id)
				if err != nil {
					return false, err
				}
				kept, err := get[order.Cancellation](tx, bucketCancels, []byte(id))
				if err != nil {
					return false, err
				}
				if record.Order.CancelRequested && !kept.Answers(record.Order.CancelRequestedAt) && !slices.Contains(wanted, id) {
					wanted = append(wanted, id)
				}
			}
			return true, nil
		})
	})
	return wanted, s.trouble("read the cancellations", err)
}

// SaveCancellations keeps of each order the newest word about its cancellation.
func (s *Store) SaveCancellations(cancellations []order.Cancellation) error {
	defer func() {
		for _, c := range cancellations {
			s.finding.touch(order.KeyOfOrder(c.OrderID))
		}
	}()
	return s.trouble("save cancellations", s.cache.Update(func(tx *bolt.Tx) error {
		for _, c := range cancellations {
			kept, err := get[order.Cancellation](tx, bucketCancels, []byte(c.OrderID))
			if err != nil {
				return err
			}
			if kept.UpdatedAt.After(c.UpdatedAt) || kept.CreatedAt.After(c.CreatedAt) {
				continue
			}
			if err := put(tx, bucketCancels, []byte(c.OrderID), c); err != nil {
				return err
			}
		}
		return nil
	}))
}

// AnswersOwed are the buyers' wishes to cancel that wait for the seller's answer, the one whose time ends first before the others.
func (s *Store) AnswersOwed() ([]order.Cancellation, error) {
	var owed []order.Cancellation
	err := s.cache.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketCancels).ForEach(func(id, _ []byte) error {
			c, err := get[order.Cancellation](tx, bucketCancels, id)
			if err != nil || !c.Pending() {
				return err
			}
			record, err := getOrder(tx, string(id))
			if err == nil && record.Order.CancelRequested && c.Answers(record.Order.CancelRequestedAt) { // the order's own word is the newer one
				owed = append(owed, c)
			}
			return err
		})
	})
	slices.SortFunc(owed, func(a, b order.Cancellation) int {
		return cmp.Or(a.AnswerBy.Compare(b.AnswerBy), cmp.Compare(a.ID, b.ID))
	})
	return owed, s.trouble("read the cancellations", err)
}
