package store

import (
	"maps"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

var (
	bucketWaves = []byte("waves") // wave → what is in it
	// bucketInWave holds parcel key → the wave it is in, of parcels that are not confirmed and waves that are not undone.
	bucketInWave = []byte("inwave")
)

// foldWave brings an event into its wave, and a parcel's new key into the one the parcel is in. A confirmed parcel is waited for by none.
func foldWave(tx *bolt.Tx, e order.Event) error {
	inWave, id := tx.Bucket(bucketInWave), []byte(e.Wave)
	if e.Kind == order.Confirmed {
		return inWave.Delete([]byte(e.Parcel))
	}
	if e.Kind == order.Renamed {
		if id = inWave.Get([]byte(e.Was)); id == nil {
			return nil
		}
		id = append([]byte(nil), id...)
		if err := inWave.Delete([]byte(e.Was)); err != nil {
			return err
		}
		if err := inWave.Put([]byte(e.Parcel), id); err != nil {
			return err
		}
	}
	if len(id) == 0 {
		return nil
	}
	wave, err := get[order.Wave](tx, bucketWaves, id)
	if err != nil {
		return err
	}
	wave = wave.After(e)
	for _, parcel := range wave.Parcels {
		switch e.Kind {
		case order.WaveMade:
			err = inWave.Put([]byte(parcel), id)
		case order.WaveUndone:
			err = inWave.Delete([]byte(parcel))
		}
		if err != nil {
			return err
		}
	}
	return put(tx, bucketWaves, id, wave)
}

// KnownWave is a wave and what is known of its parcels, in the wave's order; one that the platform made anew is left out.
type KnownWave struct {
	order.Wave
	Known []order.Known
}

// Left are its parcels that are still to leave.
func (w KnownWave) Left() (left []order.Known) {
	for _, known := range w.Known {
		if !w.Undone && known.Work.ConfirmedAt.IsZero() && (known.Standing.Packable() || known.Standing == order.Arranged) {
			left = append(left, known)
		}
	}
	return left
}

// Open tells whether something of it is still to leave.
func (w KnownWave) Open() bool { return len(w.Left()) > 0 }

// Promised are its parcels whose units are its own: those that are still to leave, and those that left.
func (w KnownWave) Promised() []order.Known {
	promised := w.Left()
	for _, known := range w.Known {
		if !known.Work.ConfirmedAt.IsZero() {
			promised = append(promised, known)
		}
	}
	return promised
}

// Waves are the waves of the days since a moment, the oldest first. The days are those their names tell.
func (s *Store) Waves(since time.Time) (waves []KnownWave, err error) {
	err = s.view(func(cache, journal *bolt.Tx) error {
		cursor := journal.Bucket(bucketWaves).Cursor()
		for id, _ := cursor.Seek([]byte(order.WaveID(since, 0))); id != nil; id, _ = cursor.Next() {
			wave, err := s.knownWave(cache, journal, id)
			if err != nil {
				return err
			}
			waves = append(waves, wave)
		}
		return nil
	})
	return waves, s.trouble("list the waves", err)
}

// OpenWaves are the waves of which something is still to leave, the oldest first.
func (s *Store) OpenWaves() (waves []KnownWave, err error) {
	err = s.view(func(cache, journal *bolt.Tx) error {
		ids := map[string]bool{}
		err := journal.Bucket(bucketInWave).ForEach(func(_, id []byte) error {
			ids[string(id)] = true
			return nil
		})
		if err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			wave, err := s.knownWave(cache, journal, []byte(id))
			if err != nil {
				return err
			}
			if wave.Open() {
				waves = append(waves, wave)
			}
		}
		return nil
	})
	return waves, s.trouble("list the open waves", err)
}

// Wave is a wave that is not undone; it fails with wave.unknown where there is no such wave.
func (s *Store) Wave(id string) (wave KnownWave, err error) {
	err = s.view(func(cache, journal *bolt.Tx) error {
		wave, err = s.knownWave(cache, journal, []byte(id))
		return err
	})
	if err == nil && (wave.ID == "" || wave.Undone) {
		return KnownWave{}, order.Trouble(nil, "wave.unknown", "wave", id)
	}
	return wave, s.trouble("read a wave", err)
}

func (s *Store) knownWave(cache, journal *bolt.Tx, id []byte) (known KnownWave, err error) {
	if known.Wave, err = get[order.Wave](journal, bucketWaves, id); err != nil {
		return known, err
	}
	for _, key := range known.Parcels {
		parcel, ok, err := s.knownIn(cache, journal, key)
		if err != nil {
			return known, err
		}
		if ok {
			known.Known = append(known.Known, parcel)
		}
	}
	return known, nil
}

// Unwaved are the parcels that are to be packed and are in no wave, the most urgent first; with a warehouse, its own. Those that were begun are left out.
func (s *Store) Unwaved(warehouse string) (found []order.Known, err error) {
	err = s.view(func(cache, journal *bolt.Tx) error {
		return eachReady(cache, func(key order.ParcelKey) (bool, error) {
			if journal.Bucket(bucketInWave).Get([]byte(key)) != nil {
				return true, nil
			}
			known, ok, err := s.knownIn(cache, journal, key)
			begun := !known.Work.ConfirmedAt.IsZero() || len(known.Work.Taken) > 0 || !known.Work.Parked.At.IsZero()
			if ok && !begun && (warehouse == "" || known.WarehouseID == "" || known.WarehouseID == warehouse) {
				found = append(found, known)
			}
			return true, err
		})
	})
	return found, s.trouble("list what is in no wave", err)
}

// Choosing is what waves are made from: the parcels that are in none, the most urgent first, the waves that are open, and the seller's goods by SKU.
type Choosing struct {
	Unwaved []order.Known
	Open    []KnownWave
	Goods   map[string]order.Good
	// Last is the number of the day's last wave.
	Last int
}

// MakeWaves journals the waves that choose makes. Nobody else makes or undoes one meanwhile, so that no unit is promised twice.
func (s *Store) MakeWaves(warehouse string, day time.Time, choose func(Choosing) []order.Event) error {
	s.waving.Lock()
	defer s.waving.Unlock()
	unwaved, err := s.Unwaved(warehouse)
	if err != nil {
		return err
	}
	open, err := s.OpenWaves()
	if err != nil {
		return err
	}
	today, err := s.Waves(day)
	if err != nil {
		return err
	}
	from := Choosing{Unwaved: unwaved, Open: open, Goods: map[string]order.Good{}, Last: len(today)}
	err = s.journal.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketGoods).ForEach(func(sku, _ []byte) error {
			good, err := get[order.Good](tx, bucketGoods, sku)
			from.Goods[string(sku)] = good
			return err
		})
	})
	if err != nil {
		return s.trouble("read the catalogue", err)
	}
	return s.Append(choose(from))
}

// UndoWave gives a wave's parcels free again, and tells whether that was possible: not where one was begun. It fails with wave.unknown where there is no such wave.
func (s *Store) UndoWave(id string, now time.Time) (undone bool, err error) {
	s.waving.Lock()
	defer s.waving.Unlock()
	wave, err := s.Wave(id)
	if err != nil || wave.Begun() {
		return false, err
	}
	events := []order.Event{{At: now, Kind: order.WaveUndone, Wave: id}}
	for _, known := range wave.Known {
		if known.Work.Slot != "" {
			events = append(events, order.Event{At: now, Kind: order.SlotFreed, Parcel: known.Key, Wave: id})
		}
	}
	return true, s.Append(events)
}

// Begun tells whether a piece was picked for it, a piece of one of its parcels was sorted or taken, or a label of one queued.
func (w KnownWave) Begun() bool {
	return len(w.Picked) > 0 || slices.ContainsFunc(w.Known, func(k order.Known) bool {
		return len(k.Work.Sorted)+len(k.Work.Taken) > 0 || k.Work.Label.State != order.NoLabel || !k.Work.ConfirmedAt.IsZero()
	})
}
