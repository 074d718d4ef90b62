package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"sort"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketShift holds quarter of an hour, bench, packer → order.Tally. It begins with the program that brought it: what was done before is not counted. Days begin at another
// moment in every zone, quarters of an hour in none.
var bucketShift = []byte("shift")

const tallied = 15 * time.Minute

// foldShift counts an event in the quarter of an hour it happened in. It runs before the event is in its parcel's work.
func foldShift(tx *bolt.Tx, e order.Event) error {
	if !e.Counts() {
		return nil
	}
	at := e.At.Truncate(tallied)
	key := shiftKey(at, e.Bench, e.Packer)
	tally, err := get[order.Tally](tx, bucketShift, key)
	if err != nil {
		return err
	}
	since := tally.Last
	if since.IsZero() {
		before, err := get[order.Tally](tx, bucketShift, shiftKey(at.Add(-tallied), e.Bench, e.Packer))
		if err != nil {
			return err
		}
		since = before.Last
	}
	var work order.Work
	if e.Kind == order.Confirmed {
		if work, err = get[order.Work](tx, bucketWork, []byte(e.Parcel)); err != nil {
			return err
		}
	}
	tally.Count(e, work, since)
	return put(tx, bucketShift, key, tally)
}

func shiftKey(at time.Time, bench, packer string) []byte {
	return append(number(uint64(at.Unix())), pair(bench, packer)...)
}

// Tallies are what was done from a moment until before another, by quarters of an hour, the oldest first.
func (s *Store) Tallies(from, until time.Time) (all []order.Tallied, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketShift).Cursor()
		for k, _ := cursor.Seek(number(uint64(max(0, from.Unix())))); len(k) > 8; k, _ = cursor.Next() {
			at := time.Unix(int64(binary.BigEndian.Uint64(k)), 0)
			if !at.Before(until) {
				break
			}
			bench, packer, _ := bytes.Cut(k[8:], []byte{0})
			tally, err := get[order.Tally](tx, bucketShift, k)
			if err != nil {
				return err
			}
			all = append(all, order.Tallied{At: at, Bench: string(bench), Packer: string(packer), Tally: tally})
		}
		return nil
	})
	return all, s.trouble("read what was done", err)
}

// TalliedSince is when the program began to count; the zero time where nothing was counted yet.
func (s *Store) TalliedSince() (since time.Time, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		if k, _ := tx.Bucket(bucketShift).Cursor().First(); len(k) > 8 {
			since = time.Unix(int64(binary.BigEndian.Uint64(k)), 0)
		}
		return nil
	})
	return since, s.trouble("read what was done", err)
}

// forgetTallies takes out what was done before a moment. What it leaves in the file's free pages the purge of the journal takes with it.
func (s *Store) forgetTallies(before time.Time) error {
	since, err := s.TalliedSince()
	if err != nil || since.IsZero() || !since.Before(before) {
		return err
	}
	return s.journal.Update(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketShift).Cursor()
		for k, _ := cursor.First(); len(k) > 8 && time.Unix(int64(binary.BigEndian.Uint64(k)), 0).Before(before); k, _ = cursor.First() {
			if err := cursor.Delete(); err != nil {
				return err
			}
		}
		return tx.Bucket(bucketMeta).Put(keyUncompacted, []byte{1})
	})
}

// EventsSince visits the events from a moment on, the oldest first, without reading what lies before them. An event counts until the next is visited.
func (s *Store) EventsSince(from time.Time, visit func(*order.Event)) error {
	return s.trouble("read the journal's end", s.journal.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(bucketEvents).Cursor()
		k, data, err := firstSince(tx, cursor, from)
		for ; k != nil && err == nil; k, data = cursor.Next() {
			var e order.Event
			if err := json.Unmarshal(data, &e); err != nil {
				return decoding(tx, bucketEvents, k, err)
			}
			visit(&e)
		}
		return err
	}))
}

// firstSince sets a cursor of the events on the first from a moment on: events stand in the order of their times.
func firstSince(tx *bolt.Tx, cursor *bolt.Cursor, from time.Time) (key, data []byte, err error) {
	last, _ := cursor.Last()
	if last == nil {
		return nil, nil, nil
	}
	end := binary.BigEndian.Uint64(last) + 1
	at := sort.Search(int(end), func(seq int) bool {
		k, data := cursor.Seek(number(uint64(seq)))
		var e struct{ At time.Time }
		if k != nil && err == nil {
			if wrong := json.Unmarshal(data, &e); wrong != nil {
				err = decoding(tx, bucketEvents, k, wrong)
			}
		}
		return k == nil || !e.At.Before(from)
	})
	key, data = cursor.Seek(number(uint64(at)))
	return key, data, err
}
