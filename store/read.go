package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// OrderParcels is an order with its parcels and what happened to them here.
type OrderParcels struct {
	Order   order.Order
	Parcels []order.Known
}

// Orders walks over all orders by id. Walking ends at the first error, which is returned. visit must not ask the store for more.
func (s *Store) Orders(visit func(OrderParcels) error) error {
	return s.trouble("list orders", s.view(func(cache, journal *bolt.Tx) error {
		return cache.Bucket(bucketOrders).ForEach(func(id, value []byte) error {
			record, err := decodeOrder(cache, string(id), value)
			if err != nil {
				return err
			}
			return s.visitOrder(cache, journal, record, visit)
		})
	}))
}

// OrdersOf walks over the orders with these ids, in their order, as Orders does; one the platform has not told of is left out.
func (s *Store) OrdersOf(ids []string, visit func(OrderParcels) error) error {
	return s.trouble("list orders", s.view(func(cache, journal *bolt.Tx) error {
		for _, id := range ids {
			record, err := getOrder(cache, id)
			if err == nil && record.Order.ID != "" {
				err = s.visitOrder(cache, journal, record, visit)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

func (s *Store) visitOrder(cache, journal *bolt.Tx, record orderRecord, visit func(OrderParcels) error) error {
	row := OrderParcels{Order: record.Order}
	for _, key := range record.Order.ParcelKeys() {
		known, found, err := s.knownIn(cache, journal, key, record)
		if err != nil {
			return err
		}
		if found {
			row.Parcels = append(row.Parcels, known)
		}
	}
	return visit(row)
}

// Order is an order as last read; found is false where the platform has not told of it.
func (s *Store) Order(id string) (o order.Order, found bool, err error) {
	err = s.cache.View(func(tx *bolt.Tx) error {
		record, err := getOrder(tx, id)
		o, found = record.Order, record.Order.ID != ""
		return err
	})
	return o, found, s.trouble("read order "+id, err)
}

// Parcel is a parcel and what happened to it here. found is false where the platform has not told of such a parcel: what happened
// to it here is told all the same. One that was known by its
// order's number is found under the package id the platform gave it since.
func (s *Store) Parcel(key order.ParcelKey) (known order.Known, found bool, err error) {
	err = s.view(func(cache, journal *bolt.Tx) error {
		if key, err = keyNow(cache, key); err != nil {
			return err
		}
		known, found, err = s.knownIn(cache, journal, key)
		return err
	})
	return known, found, s.trouble("read parcel "+string(key), err)
}

// Candidates is all that a scanned code can mean here.
func (s *Store) Candidates(code string) (order.Candidates, error) {
	var found order.Candidates
	err := s.view(func(cache, journal *bolt.Tx) error {
		installation := string(journal.Bucket(bucketMeta).Get(keyInstallation))
		if found.Command = order.CommandOf(installation, code); found.Command != "" {
			return nil
		}
		var err error
		if found.SKUs, found.Cases, err = goodsOf(journal, code); err == nil && len(found.SKUs)+len(found.Cases) == 0 {
			found.SKUs, err = skuItself(cache, journal, code)
		}
		if gs1, is := order.ReadGS1(code, s.now()); err == nil && is && gs1.GTIN != "" && len(found.SKUs)+len(found.Cases) == 0 {
			found.SKUs, found.Cases, err = goodsOfGTIN(journal, gs1.GTIN)
		}
		if err != nil {
			return err
		}
		found.Material = materialOf(journal, code, found.SKUs)
		for _, sku := range found.Articles() {
			article, err := articleIn(cache, journal, sku)
			if err != nil {
				return err
			}
			if article.Numbered {
				found.Numbered = append(found.Numbered, sku)
			}
			if found.Goods == nil {
				found.Goods = map[string]order.Article{}
			}
			found.Goods[sku] = article
		}
		serial := code
		if gs1, is := order.ReadGS1(code, s.now()); is && gs1.Serial != "" {
			serial = gs1.Serial
		}
		for _, key := range seconds(journal, bucketSerials, serial) {
			found.NumberIn = append(found.NumberIn, order.ParcelKey(key))
		}
		list, err := putBackList(cache, journal)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(b order.ToPutBack) bool { return b.Bin == code || slices.Contains(found.SKUs, b.SKU) }) {
			found.PutBack = list
		}
		first, _ := journal.Bucket(bucketGoods).Cursor().First()
		found.NoGoods = first == nil
		keys, err := keysOf(cache, code)
		if err == nil && len(keys) == 0 && len(found.SKUs)+len(found.Cases) == 0 {
			keys, err = labelledWith(journal, code)
		}
		if err != nil {
			return err
		}
		if len(keys) == 0 && len(found.SKUs)+len(found.Cases) == 0 {
			keys = formerly(journal, code)
		}
		if found.Waybills, err = waybillsOf(cache, journal, code); err != nil {
			return err
		}
		keys = append(keys, found.Waybills...)
		if found.Slot, err = get[order.Slot](journal, bucketSlots, []byte(code)); err != nil {
			return err
		}
		if found.Slot.Parcel != "" {
			keys = append(keys, found.Slot.Parcel)
		}
		wave, err := get[order.Wave](journal, bucketWaves, []byte(code))
		if err != nil {
			return err
		}
		if !wave.Undone {
			found.Wave = wave.ID
		}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			known, ok, err := s.knownIn(cache, journal, key)
			if err != nil {
				return err
			}
			if ok {
				found.Parcels = append(found.Parcels, known)
			}
		}
		if len(found.Parcels)+len(found.SKUs)+len(found.Cases) == 0 {
			for _, key := range seconds(journal, bucketReplaced, code) {
				known, _, err := s.knownIn(cache, journal, order.ParcelKey(key))
				if err != nil {
					return err
				}
				known.Key = order.ParcelKey(key) // also where the platform knows no such parcel any more
				found.Replaced = append(found.Replaced, known)
			}
		}
		slices.SortStableFunc(found.Parcels, func(a, b order.Known) int { return a.Number - b.Number })
		return nil
	})
	return found, s.trouble("look up a code", err)
}

// labelledWith are the parcels with a label in the print queue that carries a code: one that was printed before the platform's next reading told its number.
func labelledWith(journal *bolt.Tx, code string) (keys []order.ParcelKey, err error) {
	err = journal.Bucket(bucketQueue).ForEach(func(key, _ []byte) error {
		work, err := get[order.Work](journal, bucketWork, key)
		if code == work.Tracking || code == work.Label.Matched {
			keys = append(keys, order.ParcelKey(key))
		}
		return err
	})
	return keys, err
}

// ParcelsOf are the parcels that have a code among their numbers, or had it before their order was split.
func (s *Store) ParcelsOf(code string) ([]order.ParcelKey, error) {
	var keys []order.ParcelKey
	err := s.view(func(cache, journal *bolt.Tx) error {
		var err error
		if keys, err = keysOf(cache, code); err == nil && len(keys) == 0 {
			keys = formerly(journal, code)
		}
		return err
	})
	return keys, s.trouble("look up a code", err)
}

// PackedWith are the parcels in which a piece lies that has a code for its serial number or its lot.
func (s *Store) PackedWith(code string) (keys []order.ParcelKey, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		for _, bucket := range [][]byte{bucketSerials, bucketLots} {
			for _, key := range seconds(tx, bucket, code) {
				keys = append(keys, order.ParcelKey(key))
			}
		}
		return nil
	})
	slices.Sort(keys)
	return slices.Compact(keys), s.trouble("look up a code", err)
}

// view reads both files.
func (s *Store) view(read func(cache, journal *bolt.Tx) error) error {
	return s.cache.View(func(cache *bolt.Tx) error {
		return s.journal.View(func(journal *bolt.Tx) error { return read(cache, journal) })
	})
}

func (s *Store) knownIn(cache, journal *bolt.Tx, key order.ParcelKey, have ...orderRecord) (order.Known, bool, error) {
	parcel, found, err := parcelIn(cache, key, s.now(), have...)
	if err != nil {
		return order.Known{}, false, err
	}
	if !found {
		work, err := get[order.Work](journal, bucketWork, []byte(key))
		return order.Known{Work: work}, false, err
	}
	work, err := workOf(journal, parcel)
	if parcel.Tracking == "" {
		parcel.Tracking = work.Tracking
	}
	return order.Known{Parcel: parcel, Work: work}, true, err
}

// keyNow is a parcel's key today: where it was known by its order's number, and the platform has made just one parcel of that order, that one's.
func keyNow(cache *bolt.Tx, key order.ParcelKey) (order.ParcelKey, error) {
	orderID, byOrder := key.OrderID()
	if !byOrder || cache.Bucket(bucketParcels).Get([]byte(key)) != nil {
		return key, nil
	}
	record, err := getOrder(cache, orderID)
	if err != nil || record.Order.ID == "" {
		return key, err
	}
	if keys := record.Order.ParcelKeys(); len(keys) == 1 {
		return keys[0], nil
	}
	return key, nil
}

// workOf is what happened to a parcel, be it under its order's number as long as it has no event under the package id.
//
// So it is with a parcel that the platform made of what was there of another, as long as the outbox has not journalled the split.
func workOf(journal *bolt.Tx, parcel order.Parcel) (order.Work, error) {
	work, err := get[order.Work](journal, bucketWork, []byte(parcel.Key))
	if err == nil && work.Parcel == "" && parcel.Of > 1 {
		return splitFrom(journal, parcel)
	}
	if err != nil || work.Parcel != "" || !parcel.Key.HasPackage() || len(parcel.OrderIDs) != 1 || parcel.Of != 1 {
		return work, err
	}
	return get[order.Work](journal, bucketWork, []byte(order.KeyOfOrder(parcel.OrderIDs[0])))
}
