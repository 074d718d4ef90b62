package store

import (
	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketWeights holds likeness of parcels → learnt. A program that does not know it learns nothing, which harms nobody: the journal's version is the same with it
// and without.
var bucketWeights = []byte("weights")

// learnt is what the newest parcels of a likeness weighed.
type learnt struct {
	Grams []int           `json:"g"`    // the oldest first
	Last  order.ParcelKey `json:"last"` // the key the newest of them was confirmed under
}

// learnWeight keeps what a parcel weighed when it is confirmed, once: one that is confirmed already teaches nothing.
func learnWeight(tx *bolt.Tx, before order.Work, e order.Event) error {
	likeness := []byte(e.Weight.Likeness)
	if e.Kind != order.Confirmed || len(likeness) == 0 || !before.ConfirmedAt.IsZero() {
		return nil
	}
	known, err := get[learnt](tx, bucketWeights, likeness)
	if err != nil {
		return err
	}
	return put(tx, bucketWeights, likeness, learnt{Grams: e.Weight.Learn(known.Grams), Last: e.Parcel})
}

// forgetWeight takes the weights of a likeness out again with the newest parcel that had it: nobody has packed one since.
func forgetWeight(tx *bolt.Tx, seq []byte) error {
	e, err := get[order.Event](tx, bucketEvents, seq)
	if err != nil || e.Kind != order.Confirmed || e.Weight.Likeness == "" {
		return err
	}
	likeness := []byte(e.Weight.Likeness)
	known, err := get[learnt](tx, bucketWeights, likeness)
	if err != nil || known.Last != e.Parcel {
		return err
	}
	return tx.Bucket(bucketWeights).Delete(likeness)
}

// Weights are what the newest parcels of a likeness weighed, in grams, the oldest first; at most order.WeightsKept.
func (s *Store) Weights(likeness string) ([]int, error) {
	var known learnt
	err := s.journal.View(func(tx *bolt.Tx) (err error) {
		known, err = get[learnt](tx, bucketWeights, []byte(likeness))
		return err
	})
	return known.Grams, s.trouble("look up what like parcels weighed", err)
}
