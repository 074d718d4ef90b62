package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

var (
	bucketShops   = []byte("shops")   // shop id → shopRecord
	bucketOrders  = []byte("orders")  // order id → keptOrder
	bucketCodes   = []byte("codes")   // code, parcel key → nothing: a parcel's numbers apart from its key and its orders' ids
	bucketStates  = []byte("states")  // standing, due, parcel key → nothing: the parcels in a state by deadline
	bucketSKUs    = []byte("skus")    // SKU → soldAs: every article that was ever ordered
	bucketCancels = []byte("cancels") // order id → order.Cancellation: the last word about its cancellation
	bucketTracks  = []byte("tracks")  // order id → what the carrier said of it, as order.TrackingEvent
	bucketTracked = []byte("tracked") // order id → the moment from which the carrier is to be asked about it again
	cacheBuckets  = [][]byte{bucketShops, bucketOrders, bucketParcels, bucketCodes, bucketStates, bucketSKUs, bucketCancels,
		bucketTracks, bucketTracked}
)

// soldAs are the names an article was last ordered under, the address of its picture, and the day an order with it was read last, in days since 1970.
type soldAs struct {
	Product, Variant string
	Picture          string `json:",omitempty"`
	Day              int64  `json:",omitempty"`
}

// daysOf counts the days until a moment.
func daysOf(at time.Time) int64 { return at.Unix() / (24 * 60 * 60) }

// SaveOrders takes in a page of orders, as read at a moment, in one transaction: the orders, and what the parcels they make are found by.
// An order older than the one already kept is old news, however it came to be told now: what is kept stays as it was, and when it was read too.
// Orders that ended long ago are kept without their buyer data.
func (s *Store) SaveOrders(orders []order.Order, readAt time.Time) error {
	return s.saveOrders(orders, readAt, func(*bolt.Tx) error { return nil })
}

// SavePage is SaveOrders for a page of a shop's changes, and notes in the same transaction up to which change they have been read.
func (s *Store) SavePage(shopID string, orders []order.Order, readAt, seenTo time.Time) error {
	return s.saveOrders(orders, readAt, func(tx *bolt.Tx) error {
		return changeShop(tx, shopID, func(record *shopRecord) { record.SeenTo = seenTo })
	})
}

func (s *Store) saveOrders(orders []order.Order, readAt time.Time, also func(*bolt.Tx) error) error {
	s.saving.Lock() // keeps count in the order of the transactions
	defer s.saving.Unlock()
	var ready map[order.ParcelKey]order.Place
	var gone []order.ParcelKey
	err := s.cache.Update(func(tx *bolt.Tx) error {
		p := page{tx: tx, orders: map[string]orderRecord{}, parcels: map[order.ParcelKey]*touched{}, sold: map[string]soldAs{}, shops: map[string]order.Shop{}}
		for _, o := range orders {
			if err := p.save(o, readAt, s.now()); err != nil {
				return err
			}
		}
		var err error
		if ready, gone, err = p.index(s.now()); err != nil {
			return err
		}
		return errors.Join(p.noteSold(), also(tx))
	})
	if err == nil {
		s.finding.touch(append(slices.Collect(maps.Keys(ready)), gone...)...)
		err = s.heard(ready, gone)
	}
	return s.trouble("save orders", err)
}

// page is a page of orders on its way into the cache. What it touched is kept at hand, so that nothing is decoded that was just encoded.
type page struct {
	tx      *bolt.Tx
	orders  map[string]orderRecord
	parcels map[order.ParcelKey]*touched
	sold    map[string]soldAs
	shops   map[string]order.Shop
}

// touched is a parcel of which an order was read: as it was found by before, and the orders that lie in it now.
type touched struct {
	before parcelRecord
	orders []string
}

// save keeps one order and notes which parcels it lies in now and lay in before.
func (p *page) save(o order.Order, readAt, now time.Time) error {
	before, err := p.order(o.ID)
	if err != nil {
		return err
	}
	if before.Order.UpdatedAt.After(o.UpdatedAt) || before.Order.UpdatedAt.Equal(o.UpdatedAt) && before.ReadAt.After(readAt) {
		return nil
	}
	o.Transit = before.Order.Transit
	if err := watch(p.tx, before.Order.Status, o); err != nil {
		return err
	}
	if isEnded(o, now) { // what was purged does not come back
		o = withoutBuyer(o)
	}
	if before.Order.ID != "" {
		for _, key := range before.Order.ParcelKeys() {
			parcel, err := p.parcel(key)
			if err != nil {
				return err
			}
			parcel.orders = slices.DeleteFunc(parcel.orders, func(id string) bool { return id == o.ID })
		}
	}
	for _, key := range o.ParcelKeys() {
		parcel, err := p.parcel(key)
		if err != nil {
			return err
		}
		parcel.orders = append(parcel.orders, o.ID)
	}
	for _, unit := range o.Units() {
		if sku := unit.SKU(); sku != "" {
			p.sold[sku] = soldAs{unit.ProductName, unit.VariantName, unit.PictureURL, daysOf(readAt)}
		}
	}
	record := orderRecord{Order: o, ReadAt: readAt}
	p.orders[o.ID] = record
	return putOrder(p.tx, record)
}

func (p *page) order(id string) (orderRecord, error) {
	if record, ok := p.orders[id]; ok {
		return record, nil
	}
	return getOrder(p.tx, id)
}

func (p *page) shop(id string) (order.Shop, error) {
	if shop, ok := p.shops[id]; ok {
		return shop, nil
	}
	record, err := get[shopRecord](p.tx, bucketShops, []byte(id))
	p.shops[id] = record.Shop
	return record.Shop, err
}

func (p *page) parcel(key order.ParcelKey) (*touched, error) {
	if parcel, ok := p.parcels[key]; ok {
		return parcel, nil
	}
	before, err := recordAt(p.tx, key)
	parcel := &touched{before: before, orders: slices.Clone(before.Orders)}
	p.parcels[key] = parcel
	return parcel, err
}

// index makes the parcels that were touched be found by what their orders say now, and tells which of them can be packed where, and which cannot.
func (p *page) index(now time.Time) (ready map[order.ParcelKey]order.Place, gone []order.ParcelKey, err error) {
	ready = map[order.ParcelKey]order.Place{}
	for _, key := range slices.Sorted(maps.Keys(p.parcels)) {
		touched := p.parcels[key]
		slices.Sort(touched.orders)
		parcel, found, err := derive(key, touched.orders, p.order, now)
		if err != nil {
			return nil, nil, err
		}
		var after parcelRecord
		var facts *order.Facts
		if found {
			shop, err := p.shop(parcel.ShopID)
			if err != nil {
				return nil, nil, err
			}
			parcel.LocalSeller = shop.SellerType == order.LocalSeller
			of := parcel.Facts()
			facts, after = &of, recordOf(&of)
		}
		if err := errors.Join(reindex(p.tx, key, touched.before, after), keepFacts(p.tx, key, facts)); err != nil {
			return nil, nil, err
		}
		if after.Standing == order.Ready {
			ready[key] = after.place()
		} else {
			gone = append(gone, key)
		}
	}
	return ready, gone, nil
}

// noteSold notes the names articles were ordered under. Most were noted before.
func (p *page) noteSold() error {
	skus := p.tx.Bucket(bucketSKUs)
	for _, sku := range slices.Sorted(maps.Keys(p.sold)) {
		data, err := json.Marshal(p.sold[sku])
		if err != nil {
			return fmt.Errorf("%s %s: %w", bucketSKUs, sku, err)
		}
		if bytes.Equal(skus.Get([]byte(sku)), data) {
			continue
		}
		if err := skus.Put([]byte(sku), data); err != nil {
			return err
		}
	}
	return nil
}
