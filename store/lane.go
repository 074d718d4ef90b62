package store

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// lane is which parcels a piece on the bench may be for, though none is open: those of open waves of one piece each, or all alike. To find them takes reading
// those waves, so they are kept until a wave changes.
type lane struct {
	mu   sync.Mutex
	keys map[string][]order.ParcelKey // by SKU, the most urgent first; nil until first asked for
}

// laneShown is how many parcels a scan is told of: the first that goes on is taken, and those before it did not.
const laneShown = 4

// changes forgets what is kept where events changed it.
func (l *lane) changes(events []order.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range events {
		switch e.Kind {
		case order.WaveMade, order.WaveUndone, order.WaveJoined, order.WaveLeft, order.Renamed, order.LetGo:
			l.keys = nil
		case order.Confirmed, order.ParkedAway, order.WaitsShort:
			l.keys = without(l.keys, e.Parcel)
		}
	}
}

// without are the keys by article but one.
func without(lanes map[string][]order.ParcelKey, parcel order.ParcelKey) map[string][]order.ParcelKey {
	cloned := false
	for sku, keys := range lanes {
		if at := slices.Index(keys, parcel); at >= 0 {
			if !cloned {
				lanes, cloned = maps.Clone(lanes), true
			}
			lanes[sku] = slices.Delete(slices.Clone(keys), at, at+1)
		}
	}
	return lanes
}

// laneFor are the first parcels a piece of one of some articles may be for.
func (s *Store) laneFor(cache, journal *bolt.Tx, skus []string) (found []order.Known, err error) {
	if len(skus) == 0 {
		return nil, nil
	}
	lanes, err := s.laneKeys(cache, journal)
	if err != nil {
		return nil, err
	}
	for _, sku := range skus {
		several := 0
		for _, key := range lanes[sku] {
			known, ok, err := s.knownIn(cache, journal, key)
			if err != nil {
				return nil, err
			}
			if ok && untouched(known) {
				found = append(found, known)
				if several++; several == laneShown {
					break
				}
			}
		}
	}
	return found, nil
}

// LaneNext are the parcels that pieces scanned on an idle bench would open now, one an article, the most urgent first.
func (s *Store) LaneNext(most int) (next []order.Known, err error) {
	err = s.view(func(cache, journal *bolt.Tx) error {
		lanes, err := s.laneKeys(cache, journal)
		if err != nil {
			return err
		}
		for _, keys := range lanes {
			for _, key := range keys {
				known, ok, err := s.knownIn(cache, journal, key)
				if err != nil {
					return err
				}
				if ok && untouched(known) {
					next = append(next, known)
					break
				}
			}
		}
		return nil
	})
	slices.SortFunc(next, moreUrgent)
	next = slices.CompactFunc(next, func(a, b order.Known) bool { return a.Key == b.Key })
	return next[:min(len(next), most)], s.trouble("read the lanes", err)
}

// untouched tells whether nothing lies in a parcel's box, it is to be packed and waits for nobody.
func untouched(k order.Known) bool {
	w := k.Work
	return (k.Standing.Packable() || k.Standing == order.Arranged) && w.ConfirmedAt.IsZero() && len(w.Taken) == 0 && w.Stopped == "" && w.Parked.At.IsZero()
}

// moreUrgent sorts parcels by their deadline.
func moreUrgent(a, b order.Known) int {
	return cmp.Or(cmp.Compare(urgency(a), urgency(b)), cmp.Compare(a.Key, b.Key))
}

// urgency is a parcel's deadline as a number, that of one without a deadline behind all others.
func urgency(k order.Known) moment {
	if k.Due.IsZero() {
		return noDue
	}
	return momentOf(k.Due)
}

// laneKeys are the parcels by article. What is given stays as it is: changes make others.
func (s *Store) laneKeys(cache, journal *bolt.Tx) (keys map[string][]order.ParcelKey, err error) {
	s.lane.mu.Lock()
	defer s.lane.mu.Unlock()
	if s.lane.keys == nil {
		s.lane.keys, err = s.lanes(cache, journal)
	}
	return s.lane.keys, err
}

func (s *Store) lanes(cache, journal *bolt.Tx) (map[string][]order.ParcelKey, error) {
	shapes := map[string]order.Shape{}
	var parcels []order.Known
	err := journal.Bucket(bucketInWave).ForEach(func(key, id []byte) error {
		shape, known := shapes[string(id)]
		if !known {
			wave, err := get[order.Wave](journal, bucketWaves, id)
			if err != nil {
				return err
			}
			shape = wave.Shape
			shapes[string(id)] = shape
		}
		if shape != order.FastLane && shape != order.Bulk {
			return nil
		}
		parcel, ok, err := s.knownIn(cache, journal, order.ParcelKey(key))
		if ok {
			parcels = append(parcels, parcel)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(parcels, moreUrgent)
	keys := map[string][]order.ParcelKey{}
	for _, p := range parcels {
		for _, u := range p.Units {
			if of := keys[u.SKU()]; len(of) == 0 || of[len(of)-1] != p.Key {
				keys[u.SKU()] = append(of, p.Key)
			}
		}
	}
	return keys, nil
}
