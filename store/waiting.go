package store

import (
	"bytes"
	"sync"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// waiting are the parcels that are to be packed: ready by the platform's word in one file, not confirmed by the other. The screen shows
// their number whenever the bench becomes free, and to count them takes 40 ms at 100,000 orders; so they are counted once and kept count of.
type waiting struct {
	mu   sync.Mutex
	keys map[order.ParcelKey]order.Place // nil until first asked for
}

// Waiting are the first parcels that are to be packed, the most urgent first, and how many there are by shop and warehouse. Parcels confirmed
// here are left out, and those of other warehouses than the one named, if one is. Those that wait for a supervisor count, and are not among the first.
func (s *Store) Waiting(most int, warehouse string) (first []order.Known, places order.Places, err error) {
	wanted := func(place order.Place) bool {
		return warehouse == "" || place.WarehouseID == "" || place.WarehouseID == warehouse
	}
	s.waiting.mu.Lock()
	defer s.waiting.mu.Unlock()
	err = s.view(func(cache, journal *bolt.Tx) error {
		if s.waiting.keys == nil {
			keys, err := countWaiting(cache, journal)
			if err != nil {
				return err
			}
			s.waiting.keys = keys
		}
		return eachReady(cache, func(key order.ParcelKey) (bool, error) {
			if len(first) == most {
				return false, nil
			}
			known, ok, err := s.knownIn(cache, journal, key)
			if ok && err == nil && known.Work.ConfirmedAt.IsZero() && known.Work.Parked.At.IsZero() && wanted(known.Place()) {
				first = append(first, known)
			}
			return true, err
		})
	})
	places = order.Places{}
	for _, place := range s.waiting.keys {
		if wanted(place) {
			places[place]++
		}
	}
	return first, places, s.trouble("list what waits", err)
}

// eachReady walks over the parcels the platform lets be packed, the most urgent first, until visit wants no more.
func eachReady(cache *bolt.Tx, visit func(order.ParcelKey) (bool, error)) error {
	return eachStanding(cache, order.Ready, visit)
}

// eachStanding walks over the parcels that stand in one way, the most urgent first, until visit wants no more.
func eachStanding(cache *bolt.Tx, standing order.Standing, visit func(order.ParcelKey) (bool, error)) error {
	prefix := pair(string(standing), "")
	cursor := cache.Bucket(bucketStates).Cursor()
	for k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = cursor.Next() {
		more, err := visit(order.ParcelKey(k[bytes.LastIndexByte(k, 0)+1:]))
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// countWaiting walks over what parcels are found by and over what happened to some of them, both by key, side by side: the bench's start waits for it.
func countWaiting(cache, journal *bolt.Tx) (map[order.ParcelKey]order.Place, error) {
	keys, texts := map[order.ParcelKey]order.Place{}, map[string]string{}
	works := journal.Bucket(bucketWork).Cursor()
	worked, _ := works.First()
	err := cache.Bucket(bucketParcels).ForEach(func(key, data []byte) error {
		place, standing, err := placeIn(cache, key, data, texts)
		if err != nil || !standing.Packable() {
			return err
		}
		for worked != nil && bytes.Compare(worked, key) < 0 {
			worked, _ = works.Next()
		}
		if bytes.Equal(worked, key) {
			if done, err := isConfirmed(journal, order.ParcelKey(key)); err != nil || done {
				return err
			}
		}
		keys[order.ParcelKey(key)] = place
		return nil
	})
	return keys, err
}

func isConfirmed(journal *bolt.Tx, key order.ParcelKey) (bool, error) {
	work, err := get[order.Work](journal, bucketWork, []byte(key))
	return !work.ConfirmedAt.IsZero(), err
}

// heard keeps count after parcels were read from the platform: ready tells of those that can be packed where, and gone names the others. The journal is asked under the
// lock, so that a confirmation at the same time is seen here or takes the parcel out afterwards.
func (s *Store) heard(ready map[order.ParcelKey]order.Place, gone []order.ParcelKey) error {
	s.waiting.mu.Lock()
	defer s.waiting.mu.Unlock()
	if s.waiting.keys == nil {
		return nil
	}
	return s.journal.View(func(journal *bolt.Tx) error {
		for _, key := range gone {
			delete(s.waiting.keys, key)
		}
		for key, place := range ready {
			done, err := isConfirmed(journal, key)
			if err != nil {
				return err
			}
			if done {
				delete(s.waiting.keys, key)
			} else {
				s.waiting.keys[key] = place
			}
		}
		return nil
	})
}

// done keeps count after events are in the journal.
func (s *Store) done(events []order.Event) {
	s.waiting.mu.Lock()
	defer s.waiting.mu.Unlock()
	for _, e := range events {
		if e.Kind == order.Confirmed {
			delete(s.waiting.keys, e.Parcel)
		}
	}
}
