package store

import (
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

var keyRun = []byte("run") // in meta: the print run that is not over

// foldRun brings an event into its print run, and a parcel's new key into the one that is not over.
func foldRun(tx *bolt.Tx, e order.Event) error {
	meta, id := tx.Bucket(bucketMeta), e.Run
	if e.Kind == order.Renamed {
		id = string(meta.Get(keyRun))
	}
	if id == "" {
		return nil
	}
	run, err := get[order.Run](tx, bucketRuns, []byte(id))
	if err != nil {
		return err
	}
	run = run.After(e)
	if err := put(tx, bucketRuns, []byte(id), run); err != nil {
		return err
	}
	switch {
	case e.Kind == order.RunMade:
		return meta.Put(keyRun, []byte(id))
	case run.State == order.RunOver && string(meta.Get(keyRun)) == id:
		return meta.Delete(keyRun)
	}
	return nil
}

// OpenRun is the print run that is not over; its ID is empty where there is none.
func (s *Store) OpenRun() (run order.Run, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		if id := tx.Bucket(bucketMeta).Get(keyRun); id != nil {
			run, err = get[order.Run](tx, bucketRuns, id)
		}
		return err
	})
	return run, s.trouble("read the print run", err)
}

// Printable are the parcels whose labels a print run can make, the most urgent first; with a warehouse, its own.
func (s *Store) Printable(warehouse string) ([]order.Known, error) {
	var found []order.Known
	err := s.view(func(cache, journal *bolt.Tx) error {
		return journal.Bucket(bucketPrintable).ForEach(func(key, _ []byte) error {
			known, ok, err := s.knownIn(cache, journal, order.ParcelKey(key))
			if ok && goesOut(known.Standing) && (warehouse == "" || known.WarehouseID == "" || known.WarehouseID == warehouse) {
				found = append(found, known)
			}
			return err
		})
	})
	slices.SortStableFunc(found, func(a, b order.Known) int { return a.Due.Compare(b.Due) })
	return found, s.trouble("list what can be printed", err)
}

// goesOut tells whether the platform's last word lets a parcel that is arranged here go out. The word may be older than the shipment.
func goesOut(s order.Standing) bool { return s == order.Arranged || s.Packable() }

// LabelsOut is how many labels went out and are not on their parcels.
func (s *Store) LabelsOut() (n int, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		n, err = labelsOut(tx)
		return err
	})
	return n, s.trouble("count the labels", err)
}

func labelsOut(tx *bolt.Tx) (n int, err error) {
	err = tx.Bucket(bucketQueue).ForEach(func(key, _ []byte) error {
		work, err := get[order.Work](tx, bucketWork, key)
		if work.Label.State == order.Sent || work.Label.State == order.Seen {
			n++
		}
		return err
	})
	return n, err
}

// Balance is where the labels are that went out since a moment.
func (s *Store) Balance(since time.Time) (b order.Balance, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketEvents).Cursor()
		for k, _ := cursor.Last(); k != nil; k, _ = cursor.Prev() {
			e, err := get[order.Event](tx, bucketEvents, k)
			if err != nil {
				return err
			}
			if e.At.Before(since) {
				break
			}
			b.Count(e)
		}
		b.Bench, err = labelsOut(tx)
		return err
	})
	b.Carried = b.On + b.Spoiled + b.Bench - b.Sent
	return b, s.trouble("count the labels", err)
}
