package store

import (
	"errors"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// keyUncompacted is in the journal's meta while what was taken out of it still lies in its free pages.
var keyUncompacted = []byte("uncompacted")

// purgeJournal takes codes that may name a buyer, and whole histories, out of the journal. A purge that was cut short behind that is ended here too.
func (s *Store) purgeJournal(plan purging) error {
	if len(plan.labels)+len(plan.parcels)+len(plan.sheets) > 0 {
		if err := s.journal.Update(func(tx *bolt.Tx) error { return takeOut(tx, plan) }); err != nil {
			return err
		}
	}
	owed := false
	if err := s.journal.View(func(tx *bolt.Tx) error {
		owed = tx.Bucket(bucketMeta).Get(keyUncompacted) != nil
		return nil
	}); err != nil || !owed {
		return err
	}
	if err := s.journal.compact(); err != nil {
		return err
	}
	return s.journal.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Delete(keyUncompacted) })
}

func takeOut(tx *bolt.Tx, plan purging) error {
	for _, key := range plan.labels {
		if err := purgeCodes(tx, key); err != nil {
			return err
		}
	}
	for _, key := range plan.parcels {
		if err := forget(tx, key); err != nil {
			return err
		}
	}
	if err := forgetSheets(tx, plan.sheets); err != nil {
		return err
	}
	return tx.Bucket(bucketMeta).Put(keyUncompacted, []byte{1})
}

// mayName tells whether codes that may name a buyer were read off a label of a parcel. Where it had several labels its history tells.
func mayName(tx *bolt.Tx, work order.Work) (bool, error) {
	if l := work.Label; l.Number <= 1 || len(numbers(l.Codes)) < len(l.Codes) || !isNumber(l.Matched) {
		return len(numbers(l.Codes)) < len(l.Codes) || !isNumber(l.Matched), nil
	}
	for _, seq := range seconds(tx, bucketHistory, string(work.Parcel)) {
		e, err := get[order.Event](tx, bucketEvents, []byte(seq))
		if err != nil {
			return false, err
		}
		if _, changed := withNumbersOnly(e); changed {
			return true, nil
		}
	}
	return false, nil
}

// withNumbersOnly is an event without the codes of labels that are more than a number. An article's barcode is the seller's.
func withNumbersOnly(e order.Event) (plain order.Event, changed bool) {
	if left := numbers(e.Codes); len(left) < len(e.Codes) {
		e.Codes, changed = left, true
	}
	if !isNumber(e.Matched) {
		e.Matched, changed = "", true
	}
	if e.Kind != order.Taken && e.Kind != order.BarcodeLearnt && !isNumber(e.Code) {
		e.Code, changed = "", true
	}
	return e, changed
}

// purgeCodes leaves, of the codes of a parcel's labels, those that are numbers.
func purgeCodes(tx *bolt.Tx, key order.ParcelKey) error {
	for _, seq := range seconds(tx, bucketHistory, string(key)) {
		e, err := get[order.Event](tx, bucketEvents, []byte(seq))
		if err != nil {
			return err
		}
		if plain, changed := withNumbersOnly(e); changed {
			if err := put(tx, bucketEvents, []byte(seq), plain); err != nil {
				return err
			}
		}
	}
	work, err := get[order.Work](tx, bucketWork, []byte(key))
	if err != nil {
		return err
	}
	work.Label.Codes = numbers(work.Label.Codes)
	before := work
	work.Replaced = numbers(work.Replaced)
	if err := indexWork(tx, key, key, before, work); err != nil {
		return err
	}
	if !isNumber(work.Label.Matched) {
		work.Label.Matched = ""
	}
	return put(tx, bucketWork, []byte(key), work)
}

// forget takes out all that happened to a parcel.
func forget(tx *bolt.Tx, key order.ParcelKey) error {
	work, err := get[order.Work](tx, bucketWork, []byte(key))
	if err != nil {
		return err
	}
	if err := indexWork(tx, key, key, work, order.Work{}); err != nil {
		return err
	}
	for _, seq := range seconds(tx, bucketHistory, string(key)) {
		if err := errors.Join(forgetWaybill(tx, []byte(seq)), forgetWeight(tx, []byte(seq)), forgetFormer(tx, []byte(seq))); err != nil {
			return err
		}
		if err := tx.Bucket(bucketEvents).Delete([]byte(seq)); err != nil {
			return err
		}
		if err := tx.Bucket(bucketHistory).Delete(pair(string(key), seq)); err != nil {
			return err
		}
	}
	for _, bucket := range [][]byte{bucketWork, bucketOutbox, bucketQueue, bucketPrintable} {
		if err := tx.Bucket(bucket).Delete([]byte(key)); err != nil {
			return err
		}
	}
	return nil
}

// longestNumber is longer than any number a carrier or the platform gives a parcel: GS1's parcel codes with application identifiers have up to 48 characters
// (GS1 General Specifications 5.4, GS1-128).
const longestNumber = 48

// numbers are the codes that are no more than a number: letters, digits and what joins them. A 2D code with an address in it has spaces, commas or separators.
func numbers(codes []string) []string {
	var left []string
	for _, code := range codes {
		if isNumber(code) {
			left = append(left, code)
		}
	}
	return left
}

func isNumber(code string) bool {
	if len(code) > longestNumber {
		return false
	}
	for _, r := range code {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-', r == '/', r == '.', r == '\x1d':
		default:
			return false
		}
	}
	return true
}
