package store

import (
	"cmp"
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// putBackKey names an entry of the put-back list by what it is about.
func putBackKey(sku string, parcel order.ParcelKey, why order.Leaving) []byte {
	return pair(sku, string(parcel)+"\x00"+string(why))
}

// foldPutBack brings an event into the put-back list. An entry that is closed leaves it; what happened stays in the events.
func foldPutBack(tx *bolt.Tx, e order.Event) error {
	switch e.Kind {
	case order.Renamed:
		return renamePutBacks(tx, e)
	case order.LeftBox, order.Returned:
	default:
		return nil
	}
	key := putBackKey(e.SKU, e.Parcel, e.Leaving)
	entry, err := get[order.PutBackEntry](tx, bucketPutBack, key)
	if err != nil {
		return err
	}
	if entry = entry.After(e); entry.Pieces == 0 {
		return tx.Bucket(bucketPutBack).Delete(key)
	}
	return put(tx, bucketPutBack, key, entry)
}

// renamePutBacks gives entries of a parcel its new key.
func renamePutBacks(tx *bolt.Tx, e order.Event) error {
	entries, err := putBacks(tx)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Parcel != e.Was {
			continue
		}
		if err := tx.Bucket(bucketPutBack).Delete(putBackKey(entry.SKU, entry.Parcel, entry.Why)); err != nil {
			return err
		}
		entry.Parcel = e.Parcel
		if err := put(tx, bucketPutBack, putBackKey(entry.SKU, entry.Parcel, entry.Why), entry); err != nil {
			return err
		}
	}
	return nil
}

func putBacks(tx *bolt.Tx) (entries []order.PutBackEntry, err error) {
	err = tx.Bucket(bucketPutBack).ForEach(func(key, _ []byte) error {
		entry, err := get[order.PutBackEntry](tx, bucketPutBack, key)
		entries = append(entries, entry)
		return err
	})
	return entries, err
}

// PutBacks is the put-back list: the pieces that left parcels and are not back in their bins, the oldest first, with what the catalogue says of them now.
func (s *Store) PutBacks() ([]order.ToPutBack, error) {
	var list []order.ToPutBack
	err := s.view(func(cache, journal *bolt.Tx) (err error) {
		list, err = putBackList(cache, journal)
		return err
	})
	return list, s.trouble("read the put-back list", err)
}

func putBackList(cache, journal *bolt.Tx) ([]order.ToPutBack, error) {
	entries, err := putBacks(journal)
	if err != nil {
		return nil, err
	}
	var list []order.ToPutBack
	for _, entry := range entries {
		article, err := articleIn(cache, journal, entry.SKU)
		if err != nil {
			return nil, err
		}
		list = append(list, order.ToPutBack{PutBackEntry: entry, Name: cmp.Or(article.Name, article.ProductName), Bin: article.Bin})
	}
	slices.SortStableFunc(list, func(a, b order.ToPutBack) int { return a.Since.Compare(b.Since) })
	return list, nil
}

// Bin tells which articles lie in a bin, by the catalogue; none where it knows no such bin.
func (s *Store) Bin(code string) (skus []string, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketGoods).ForEach(func(key, _ []byte) error {
			good, err := get[order.Good](tx, bucketGoods, key)
			if good.Bin == code && code != "" {
				skus = append(skus, good.SKU)
			}
			return err
		})
	})
	return skus, s.trouble("look up a bin", err)
}
