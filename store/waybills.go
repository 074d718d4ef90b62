package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketWaybills holds number of a seller's own carrier, parcel key → nothing: every number that was ever scanned for a parcel here, under the key it had then.
var bucketWaybills = []byte("waybills")

// noteWaybill keeps a number that is scanned for a parcel.
func noteWaybill(tx *bolt.Tx, e order.Event) error {
	if e.Kind != order.RequestMade || e.Request.Kind != order.UploadTracking || e.Request.Tracking == "" {
		return nil
	}
	return tx.Bucket(bucketWaybills).Put(pair(e.Request.Tracking, string(e.Parcel)), nil)
}

// forgetWaybill takes it out again with the event that told of it.
func forgetWaybill(tx *bolt.Tx, seq []byte) error {
	e, err := get[order.Event](tx, bucketEvents, seq)
	if err != nil {
		return err
	}
	if e.Kind != order.RequestMade || e.Request.Kind != order.UploadTracking {
		return nil
	}
	return tx.Bucket(bucketWaybills).Delete(pair(e.Request.Tracking, string(e.Parcel)))
}

// waybillsOf are the parcels that a number was scanned for, by the keys they have today.
func waybillsOf(cache, journal *bolt.Tx, code string) ([]order.ParcelKey, error) {
	var keys []order.ParcelKey
	for _, was := range seconds(journal, bucketWaybills, code) {
		key, err := keyNow(cache, order.ParcelKey(was))
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}
