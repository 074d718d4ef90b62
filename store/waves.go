package store

import (
	"cmp"
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
	if len(id) == 0 || e.Kind == order.RunMade { // a run only tells which wave it is of
		return nil
	}
	wave, err := get[order.Wave](tx, bucketWaves, id)
	if err != nil {
		return err
	}
	wave = wave.After(e)
	in, out := e.Parcels, []order.ParcelKey(nil)
	switch e.Kind {
	case order.WaveUndone:
		in, out = nil, wave.Parcels
	case order.WaveLeft:
		in, out = nil, e.Parcels
	}
	for _, parcel := range in {
		if err := inWave.Put([]byte(parcel), id); err != nil {
			return err
		}
	}
	for _, parcel := range out {
		if err := inWave.Delete([]byte(parcel)); err != nil {
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
	oldestFirst(waves)
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
	oldestFirst(waves)
	return waves, s.trouble("list the open waves", err)
}

// oldestFirst sorts waves by when they were made, and those of one moment by their numbers: the hundredth of a day comes behind the ninety-ninth.
func oldestFirst(waves []KnownWave) {
	slices.SortFunc(waves, func(a, b KnownWave) int {
		return cmp.Or(a.MadeAt.Compare(b.MadeAt), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
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
		if key, err = keyNow(cache, key); err != nil {
			return known, err
		}
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

// Choosing is what waves are made from.
type Choosing struct {
	Unwaved  []*order.Facts // the parcels that a wave may take, the most urgent first
	Promised []*order.Facts // those whose pieces are their own: in a wave or begun, and still to leave
	Named    []*order.Facts // those that were asked for by name
	// Goods are the seller's articles by SKU, Packed is how many pieces of each left or broke since its stock was imported.
	Goods  map[string]order.Good
	Packed map[string]int
	// Last is the number of the day's last wave.
	Last int
}

// MakeWaves journals the waves that choose makes of parcels that fit (see Find); with a warehouse, of its own. Nobody else makes, changes or undoes one
// meanwhile, so that no unit is promised twice.
func (s *Store) MakeWaves(warehouse string, day time.Time, fits func(*order.Facts) bool, choose func(Choosing) []order.Event) error {
	s.waving.Lock()
	defer s.waving.Unlock()
	from, err := s.choosing(warehouse, fits, nil)
	if err != nil {
		return err
	}
	if from.Last, err = s.wavesSince(day); err != nil {
		return err
	}
	return s.Append(choose(from))
}

// choosing is what waves can be made from at this moment.
func (s *Store) choosing(warehouse string, fits func(*order.Facts) bool, names []order.ParcelKey) (from Choosing, err error) {
	if from.Goods, from.Packed, err = s.Goods(); err != nil {
		return from, err
	}
	now := s.now()
	err = s.eachFacts(func(f *order.Facts) {
		if len(names) > 0 && slices.Contains(names, f.Key) {
			from.Named = append(from.Named, f)
		}
		switch {
		case f.Promised():
			from.Promised = append(from.Promised, f)
		case f.Pickable(now) && (warehouse == "" || f.WarehouseID == "" || f.WarehouseID == warehouse) && (fits == nil || fits(f)):
			from.Unwaved = append(from.Unwaved, f)
		}
	})
	return from, s.trouble("look for parcels", err)
}

// wavesSince counts the waves of the days since a moment.
func (s *Store) wavesSince(day time.Time) (n int, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketWaves).Cursor()
		for id, _ := cursor.Seek([]byte(order.WaveID(day, 0))); id != nil; id, _ = cursor.Next() {
			n++
		}
		return nil
	})
	return n, s.trouble("count the waves", err)
}

// ChangeWave journals what change makes of a wave and the parcels that are named. It fails with wave.unknown where there is no such wave.
func (s *Store) ChangeWave(id string, names []order.ParcelKey, change func(Choosing, KnownWave) []order.Event) error {
	s.waving.Lock()
	defer s.waving.Unlock()
	wave, err := s.Wave(id)
	if err != nil {
		return err
	}
	from, err := s.choosing("", func(*order.Facts) bool { return false }, names)
	if err != nil {
		return err
	}
	err = s.Append(wave.freed(change(from, wave)))
	s.finding.touch(wave.Parcels...)
	return err
}

// LastWaves are when each rule made its last wave, of the days since a moment.
func (s *Store) LastWaves(since time.Time) (made map[string]time.Time, err error) {
	made = map[string]time.Time{}
	err = s.journal.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketWaves).Cursor()
		for id, _ := cursor.Seek([]byte(order.WaveID(since, 0))); id != nil; id, _ = cursor.Next() {
			wave, err := get[order.Wave](tx, bucketWaves, id)
			if err != nil {
				return err
			}
			if wave.Rule != "" && wave.MadeAt.After(made[wave.Rule]) {
				made[wave.Rule] = wave.MadeAt
			}
		}
		return nil
	})
	return made, s.trouble("list the waves of rules", err)
}

// freed are events, and behind them what gives free the slots of the parcels that leave the wave.
func (w KnownWave) freed(events []order.Event) []order.Event {
	all := slices.Clone(events)
	for _, e := range events {
		for _, known := range w.Known {
			leaves := e.Kind == order.WaveUndone || e.Kind == order.WaveLeft && slices.Contains(e.Parcels, known.Key)
			if leaves && known.Work.Slot != "" {
				all = append(all, order.Event{At: e.At, Kind: order.SlotFreed, Parcel: known.Key, Wave: w.ID})
			}
		}
	}
	return all
}

// UndoWave gives a wave's parcels free again, and tells whether that was possible: not where one was begun. It fails with wave.unknown where there is no such wave.
func (s *Store) UndoWave(id string, now time.Time) (undone bool, err error) {
	s.waving.Lock()
	defer s.waving.Unlock()
	wave, err := s.Wave(id)
	if err != nil || wave.Begun() {
		return false, err
	}
	err = s.Append(wave.freed([]order.Event{{At: now, Kind: order.WaveUndone, Wave: id}}))
	s.finding.touch(wave.Parcels...)
	return err == nil, err
}

// Begun tells whether a piece was picked for it, a piece of one of its parcels was sorted or taken, or a label of one queued.
func (w KnownWave) Begun() bool {
	return len(w.Picked) > 0 || slices.ContainsFunc(w.Known, func(k order.Known) bool {
		return k.Work.Here().Begun()
	})
}
