package store

import (
	"bytes"
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

var (
	bucketEvents  = []byte("events")  // sequence → order.Event; only ever appended to
	bucketHistory = []byte("history") // parcel key, sequence → nothing: a parcel's events
	bucketWork    = []byte("work")    // parcel key → order.Work, the fold of the parcel's events, kept in the same transaction
	bucketOutbox  = []byte("outbox")  // parcel key → nothing: asked of the platform, not answered
	bucketQueue   = []byte("queue")   // parcel key → nothing: labels queued, or out and not on their parcels
	bucketRuns    = []byte("runs")    // print run → order.Run, the fold of its events
	// bucketPrintable holds parcel keys → nothing: arranged, and without a label.
	bucketPrintable = []byte("printable")
	// bucketPutBack holds SKU, parcel key, reason → order.PutBackEntry: pieces that left a parcel and are not back in their bin.
	bucketPutBack  = []byte("putback")
	bucketGoods    = []byte("goods")    // SKU → order.Good
	bucketBarcodes = []byte("barcodes") // barcode, SKU → nothing, or the pieces in a closed case
	bucketReplaced = []byte("replaced") // code of a label that another replaced, parcel key → nothing
	bucketSerials  = []byte("serials")  // serial number of a piece, key of the parcel it lies in → nothing
	bucketLots     = []byte("lots")     // lot of a piece, key of the parcel it lies in → nothing
	// bucketMaterials holds packing material as the column box names it, SKU it is proposed for → nothing.
	bucketMaterials = []byte("materials")
	journalBuckets  = [][]byte{bucketEvents, bucketHistory, bucketWork, bucketOutbox, bucketQueue, bucketRuns,
		bucketPrintable, bucketPutBack, bucketGoods, bucketBarcodes, bucketReplaced, bucketSerials, bucketLots, bucketMaterials, bucketWaybills, bucketWeights,
		bucketFormer, bucketWaves, bucketInWave, bucketSlots, bucketPacked, bucketShift, bucketSheets, bucketOpenSheets}

	keyOpen = []byte("open") // in meta: the key of the bench's open parcel
)

// Append writes events to the journal in one transaction, on the disk when it returns, and gives them their sequence numbers.
func (s *Store) Append(events []order.Event) error {
	if len(events) == 0 {
		return nil
	}
	err := s.journal.Update(func(tx *bolt.Tx) error {
		for i := range events {
			if err := appendEvent(tx, &events[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.done(events)
		s.finding.heardOf(events)
	}
	return s.trouble("write the journal", err)
}

func appendEvent(tx *bolt.Tx, e *order.Event) error {
	log := tx.Bucket(bucketEvents)
	seq, err := log.NextSequence()
	if err != nil {
		return err
	}
	e.Seq = seq
	if err := put(tx, bucketEvents, number(seq), e); err != nil {
		return err
	}
	if err := errors.Join(foldRun(tx, *e), foldWave(tx, *e), foldSlot(tx, *e), foldGood(tx, *e), foldShift(tx, *e), foldSheet(tx, *e)); err != nil {
		return err
	}
	if err := foldPutBack(tx, *e); err != nil || e.Parcel == "" {
		return err
	}
	if err := errors.Join(noteWaybill(tx, *e), noteFormer(tx, *e)); err != nil {
		return err
	}
	if err := tx.Bucket(bucketHistory).Put(pair(string(e.Parcel), string(number(seq))), nil); err != nil {
		return err
	}
	if e.Kind == order.Renamed {
		if err := moveWork(tx, e.Was, e.Parcel); err != nil {
			return err
		}
	}
	work, err := get[order.Work](tx, bucketWork, []byte(e.Parcel))
	if err != nil {
		return err
	}
	before := work
	if err := errors.Join(learnWeight(tx, before, *e), countPacked(tx, before, *e)); err != nil {
		return err
	}
	work = work.After(*e)
	if err := indexWork(tx, e.Parcel, e.Parcel, before, work); err != nil {
		return err
	}
	if err := put(tx, bucketWork, []byte(e.Parcel), work); err != nil {
		return err
	}
	if err := mark(tx, bucketOutbox, e.Parcel, work.Outgoing()); err != nil {
		return err
	}
	if err := mark(tx, bucketQueue, e.Parcel, work.Printing()); err != nil {
		return err
	}
	if err := mark(tx, bucketPrintable, e.Parcel, work.Printable()); err != nil {
		return err
	}
	switch meta := tx.Bucket(bucketMeta); {
	case e.Closes():
		return meta.Delete(keyOpen)
	case e.Kind == order.Opened:
		return meta.Put(keyOpen, []byte(e.Parcel))
	}
	return nil
}

// moveWork makes all that happened to a parcel under one key be found under another.
func moveWork(tx *bolt.Tx, from, to order.ParcelKey) error {
	if kept := tx.Bucket(bucketWork).Get([]byte(from)); kept != nil {
		if err := tx.Bucket(bucketWork).Put([]byte(to), bytes.Clone(kept)); err != nil {
			return err
		}
		work, err := get[order.Work](tx, bucketWork, []byte(to))
		if err != nil {
			return err
		}
		if err := indexWork(tx, from, to, work, work); err != nil {
			return err
		}
	}
	for _, bucket := range [][]byte{bucketWork, bucketOutbox, bucketQueue, bucketPrintable} {
		if err := tx.Bucket(bucket).Delete([]byte(from)); err != nil {
			return err
		}
	}
	history := tx.Bucket(bucketHistory)
	for _, seq := range seconds(tx, bucketHistory, string(from)) {
		if err := errors.Join(history.Put(pair(string(to), seq), nil), history.Delete(pair(string(from), seq))); err != nil {
			return err
		}
	}
	if meta := tx.Bucket(bucketMeta); string(meta.Get(keyOpen)) == string(from) {
		return meta.Put(keyOpen, []byte(to))
	}
	return nil
}

// indexWork keeps what is found by other codes than a parcel's own findable: the codes of its replaced labels and the serial numbers and lots in it,
// those of before under the key it had then.
func indexWork(tx *bolt.Tx, was, is order.ParcelKey, before, now order.Work) error {
	return errors.Join(
		indexCodes(tx.Bucket(bucketReplaced), was, is, before.Replaced, now.Replaced),
		indexCodes(tx.Bucket(bucketSerials), was, is, before.Serials(), now.Serials()),
		indexCodes(tx.Bucket(bucketLots), was, is, before.Lots(), now.Lots()))
}

func indexCodes(index *bolt.Bucket, was, is order.ParcelKey, before, now []string) error {
	for _, code := range before {
		if was != is || !slices.Contains(now, code) {
			if err := index.Delete(pair(code, string(was))); err != nil {
				return err
			}
		}
	}
	for _, code := range now {
		if was != is || !slices.Contains(before, code) {
			if err := index.Put(pair(code, string(is)), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// mark puts a parcel into a set or takes it out.
func mark(tx *bolt.Tx, bucket []byte, key order.ParcelKey, in bool) error {
	if in {
		return tx.Bucket(bucket).Put([]byte(key), nil)
	}
	return tx.Bucket(bucket).Delete([]byte(key))
}

// OpenParcel is the key of the parcel the bench was working on, empty when none was open.
func (s *Store) OpenParcel() (order.ParcelKey, error) {
	var key order.ParcelKey
	err := s.journal.View(func(tx *bolt.Tx) error {
		key = order.ParcelKey(tx.Bucket(bucketMeta).Get(keyOpen))
		return nil
	})
	return key, s.trouble("read the open parcel", err)
}

// Outbox are the parcels the platform was asked to arrange shipment for and has not answered about, and those it is still to be asked
// something about.
func (s *Store) Outbox() ([]order.ParcelKey, error) { return s.set(bucketOutbox) }

// PrintQueue are the parcels whose label is queued, or out and not yet on its parcel.
func (s *Store) PrintQueue() ([]order.ParcelKey, error) { return s.set(bucketQueue) }

func (s *Store) set(bucket []byte) ([]order.ParcelKey, error) {
	var keys []order.ParcelKey
	err := s.journal.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucket).ForEach(func(k, _ []byte) error {
			keys = append(keys, order.ParcelKey(k))
			return nil
		})
	})
	return keys, s.trouble("read "+string(bucket), err)
}

// History are a parcel's events, the oldest first.
func (s *Store) History(key order.ParcelKey) ([]order.Event, error) {
	var events []order.Event
	err := s.journal.View(func(tx *bolt.Tx) error {
		for _, seq := range seconds(tx, bucketHistory, string(key)) {
			e, err := get[order.Event](tx, bucketEvents, []byte(seq))
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return events, s.trouble("read a parcel's history", err)
}
