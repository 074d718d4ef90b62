package store

import (
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketSlots holds codes → order.Slot: the totes and slots there are, and what each holds.
var bucketSlots = []byte("slots")

// keyWave in meta is the wave the bench picks or sorts.
var keyWave = []byte("wave")

// foldSlot brings an event into the slot it is about, and the bench's wave into meta.
func foldSlot(tx *bolt.Tx, e order.Event) error {
	slots, meta := tx.Bucket(bucketSlots), tx.Bucket(bucketMeta)
	switch e.Kind {
	case order.WaveTaken:
		return meta.Put(keyWave, []byte(e.Wave))
	case order.WaveLaid:
		return meta.Delete(keyWave)
	case order.WaveUndone:
		if string(meta.Get(keyWave)) == e.Wave {
			return meta.Delete(keyWave)
		}
	case order.SlotAdded:
		return put(tx, bucketSlots, []byte(e.Slot.Code), e.Slot)
	case order.SlotRemoved:
		return slots.Delete([]byte(e.Slot.Code))
	case order.Slotted:
		return errors.Join(holdIn(tx, e.Parcel, ""), setHeld(tx, e.Slot.Code, e.Parcel))
	case order.SlotFreed, order.Confirmed, order.PutBack:
		return holdIn(tx, e.Parcel, "")
	case order.Renamed:
		return holdIn(tx, e.Was, e.Parcel)
	}
	return nil
}

// holdIn gives the slot of a parcel to another, or frees it.
func holdIn(tx *bolt.Tx, of, to order.ParcelKey) error {
	work, err := get[order.Work](tx, bucketWork, []byte(of))
	if err != nil || work.Slot == "" {
		return err
	}
	return setHeld(tx, work.Slot, to)
}

func setHeld(tx *bolt.Tx, code string, holder order.ParcelKey) error {
	slot, err := get[order.Slot](tx, bucketSlots, []byte(code))
	if err != nil || slot.Code == "" {
		return err
	}
	slot.Parcel = holder
	return put(tx, bucketSlots, []byte(code), slot)
}

func slotsIn(tx *bolt.Tx) (slots []order.Slot, err error) {
	err = tx.Bucket(bucketSlots).ForEach(func(code, _ []byte) error {
		slot, err := get[order.Slot](tx, bucketSlots, code)
		slots = append(slots, slot)
		return err
	})
	slices.SortFunc(slots, order.CompareSlots)
	return slots, err
}

// Slots are the totes and slots that are registered, in the order of order.CompareSlots.
func (s *Store) Slots() (slots []order.Slot, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		slots, err = slotsIn(tx)
		return err
	})
	return slots, s.trouble("list totes and slots", err)
}

// WaveAtHand is the name of the wave the bench picks or sorts, empty where there is none.
func (s *Store) WaveAtHand() (id string, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		id = string(tx.Bucket(bucketMeta).Get(keyWave))
		return nil
	})
	return id, s.trouble("read the wave at hand", err)
}

// Sorting is a wave on its way from the bins into totes and slots, without its walk: that takes the warehouse. It is the zero value where there is no such wave,
// or it was undone. Bins are where its articles lie, by the catalogue.
func (s *Store) Sorting(id string) (sorting order.Sorting, bins map[string]string, err error) {
	bins = map[string]string{}
	err = s.view(func(cache, journal *bolt.Tx) error {
		wave, err := s.knownWave(cache, journal, []byte(id))
		if err != nil || wave.ID == "" || wave.Undone {
			return err
		}
		sorting = order.Sorting{Wave: wave.Wave, Parcels: wave.Known}
		if sorting.Slots, err = slotsIn(journal); err != nil {
			return err
		}
		for _, known := range wave.Known {
			for _, unit := range known.Units {
				if _, asked := bins[unit.SKU()]; asked {
					continue
				}
				good, err := get[order.Good](journal, bucketGoods, []byte(unit.SKU()))
				if err != nil {
					return err
				}
				bins[unit.SKU()] = good.Bin
			}
		}
		return nil
	})
	return sorting, bins, s.trouble("read a wave", err)
}
