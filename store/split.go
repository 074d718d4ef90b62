package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketFormer holds package id that a split ended → key of the parcel that goes on with what was in its box.
var bucketFormer = []byte("former")

// noteFormer keeps the number that a box was packed under: it stands on the pick list.
func noteFormer(tx *bolt.Tx, e order.Event) error {
	if e.Kind != order.Renamed || !e.Was.HasPackage() {
		return nil
	}
	return tx.Bucket(bucketFormer).Put([]byte(e.Was), []byte(e.Parcel))
}

// forgetFormer takes it out again with the event that told of it.
func forgetFormer(tx *bolt.Tx, seq []byte) error {
	e, err := get[order.Event](tx, bucketEvents, seq)
	if err != nil || e.Kind != order.Renamed {
		return err
	}
	return tx.Bucket(bucketFormer).Delete([]byte(e.Was))
}

// formerly is the parcel that goes on with the box a code once was the package id of; none where there is no such.
func formerly(journal *bolt.Tx, code string) []order.ParcelKey {
	if key := journal.Bucket(bucketFormer).Get([]byte(code)); key != nil {
		return []order.ParcelKey{order.ParcelKey(key)}
	}
	return nil
}

// splitFrom is what happened to the parcel that is being split, of the new one that what was there of it makes.
func splitFrom(journal *bolt.Tx, parcel order.Parcel) (order.Work, error) {
	var found order.Work
	err := journal.Bucket(bucketOutbox).ForEach(func(key, _ []byte) error {
		work, err := get[order.Work](journal, bucketWork, key)
		if r, is := work.Splitting(); err == nil && is && slices.Equal(parcel.OrderIDs, []string{r.OrderID}) && holds(parcel, r.Here) {
			found = work
		}
		return err
	})
	return found, err
}

// holds tells whether a parcel is made of some units and nothing else.
func holds(parcel order.Parcel, units []string) bool {
	return len(parcel.Units) == len(units) && !slices.ContainsFunc(parcel.Units, func(u order.Unit) bool { return !slices.Contains(units, u.ID) })
}
