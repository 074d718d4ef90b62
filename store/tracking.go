package store

import (
	"encoding/binary"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// watch begins or ends asking the carrier about an order whose state has changed.
func watch(tx *bolt.Tx, before order.Status, o order.Order) error {
	was, is := order.Travels(before), order.Travels(o.Status)
	switch {
	case is && (!was || before != o.Status): // at once: something has just happened to it
		return tx.Bucket(bucketTracked).Put([]byte(o.ID), number(0))
	case was && o.Status == order.Delivered: // once more: what was said of its last hours
		return tx.Bucket(bucketTracked).Put([]byte(o.ID), number(0))
	case !is && before != o.Status:
		return tx.Bucket(bucketTracked).Delete([]byte(o.ID))
	}
	return nil
}

// ToTrack are the ids of a shop's orders the carrier is to be asked about now, at most so many.
func (s *Store) ToTrack(shopID string, most int) ([]string, error) {
	var ids []string
	err := s.cache.View(func(tx *bolt.Tx) error {
		now := uint64(max(0, s.now().Unix()))
		cursor := tx.Bucket(bucketTracked).Cursor()
		for id, from := cursor.First(); id != nil && len(ids) < most; id, from = cursor.Next() {
			if binary.BigEndian.Uint64(from) > now {
				continue
			}
			record, err := getOrder(tx, string(id))
			if err != nil {
				return err
			}
			if record.Order.ShopID == shopID {
				ids = append(ids, string(id))
			}
		}
		return nil
	})
	return ids, s.trouble("read what is to be tracked", err)
}

// SaveTracking keeps what the carrier said of an order when it was asked at a moment, and what that is put together; nil events keep what it said before. It is asked
// again when order.TrackAgain has it.
func (s *Store) SaveTracking(orderID string, events []order.TrackingEvent, transit order.Transit, asked time.Time) error {
	s.saving.Lock()
	defer s.saving.Unlock()
	var keys []order.ParcelKey
	err := s.cache.Update(func(tx *bolt.Tx) error {
		record, err := getOrder(tx, orderID)
		if err != nil || record.Order.ID == "" {
			return err
		}
		if events != nil && transit != record.Order.Transit {
			record.Order.Transit = transit
			keys = record.Order.ParcelKeys()
			if err := putOrder(tx, record); err != nil {
				return err
			}
		}
		for _, key := range keys {
			if err := s.repass(tx, key); err != nil {
				return err
			}
		}
		if err := askAgain(tx, record.Order, asked); err != nil {
			return err
		}
		if events == nil || isEnded(record.Order, s.now()) {
			return nil
		}
		return put(tx, bucketTracks, []byte(orderID), events)
	})
	s.finding.touch(keys...)
	return s.trouble("save tracking", err)
}

// askAgain has the carrier asked again about an order when it is time, or never where its way is over.
func askAgain(tx *bolt.Tx, o order.Order, asked time.Time) error {
	if !order.Travels(o.Status) {
		return tx.Bucket(bucketTracked).Delete([]byte(o.ID))
	}
	return tx.Bucket(bucketTracked).Put([]byte(o.ID), number(uint64(max(0, order.TrackAgain(o.Status, asked).Unix()))))
}

// repass keeps the moments of a parcel's clocks as its orders have them now. What it is found by stays as of the last reading of them.
func (s *Store) repass(tx *bolt.Tx, key order.ParcelKey) error {
	data := tx.Bucket(bucketParcels).Get([]byte(key))
	parcel, found, err := parcelIn(tx, key, s.now())
	if err != nil || !found || data == nil {
		return err
	}
	facts, err := readFacts(tx, key, data, nil)
	if err != nil {
		return err
	}
	facts.Passage, facts.Nodes = parcel.Passage, parcel.Nodes
	return keepFacts(tx, key, facts)
}

// Tracking is what the carrier said of an order, as last read.
func (s *Store) Tracking(orderID string) ([]order.TrackingEvent, error) {
	var events []order.TrackingEvent
	err := s.cache.View(func(tx *bolt.Tx) error {
		var err error
		events, err = get[[]order.TrackingEvent](tx, bucketTracks, []byte(orderID))
		return err
	})
	return events, s.trouble("read tracking", err)
}
