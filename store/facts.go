package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// bucketParcels holds parcel key → what it is found and chosen by. It lies there as numbers and texts one after the other: those of all parcels are read
// when somebody first looks for one, and JSON would take several times as long.
var bucketParcels = []byte("parcels")

// keepFacts keeps what a parcel is found and chosen by; nil: there is no such parcel any more. What did not change is left alone, so that no page of the file
// is written for it.
func keepFacts(tx *bolt.Tx, key order.ParcelKey, f *order.Facts) error {
	parcels := tx.Bucket(bucketParcels)
	if f == nil {
		return parcels.Delete([]byte(key))
	}
	w := &factsWriter{}
	facing(w, f)
	if bytes.Equal(parcels.Get([]byte(key)), w.data) {
		return nil
	}
	return parcels.Put([]byte(key), w.data)
}

// factsCoder writes or reads the parts of a record in their order.
type factsCoder interface {
	own(*string)    // a text no other parcel has
	shared(*string) // one that many have
	moment(*time.Time)
	number(*int64)
	flags(...*bool)
	list(texts *[]string, length int64) []string // makes room for so many
}

// facingPlace goes through the beginning of what is kept: where a parcel is packed, and how it stands.
func facingPlace(c factsCoder, f *order.Facts) {
	c.flags(&f.Note, &f.Gift, &f.Battery, &f.Sample, &f.PreOrder, &f.Abroad)
	for _, text := range []*string{&f.ShopID, &f.WarehouseID, (*string)(&f.Standing)} {
		c.shared(text)
	}
}

// placeIn reads of a parcel where it is packed and how it stood when its orders were last read.
func placeIn(tx *bolt.Tx, key, data []byte, texts map[string]string) (order.Place, order.Standing, error) {
	var f order.Facts
	r := &factsReader{data: data, texts: texts}
	if facingPlace(r, &f); r.err != nil {
		return order.Place{}, "", decoding(tx, bucketParcels, key, r.err)
	}
	return order.Place{ShopID: f.ShopID, WarehouseID: f.WarehouseID}, f.Standing, nil
}

// facing goes through all that is kept of a parcel's facts, in the order in which it lies in the file. Another order is another schema of the cache.
func facing(c factsCoder, f *order.Facts) {
	facingPlace(c, f)
	for _, text := range []*string{(*string)(&f.Market), &f.Provider, (*string)(&f.Shipping), &f.Tag, (*string)(&f.AfterHold), &f.Currency} {
		c.shared(text)
	}
	c.own(&f.Tracking)
	c.own(&f.LastMile)
	for _, at := range []*time.Time{&f.HeldUntil, &f.Due, &f.CollectBy, &f.CutOff, &f.ReleaseAt} {
		c.moment(at)
	}
	nodes := int64(f.Nodes)
	c.number(&nodes)
	f.Nodes = order.Nodes(nodes)
	c.number(&f.Reached)
	for i := range f.Moments {
		c.number((*int64)(&f.Moments[i]))
	}
	for i := range f.Deadlines {
		c.number((*int64)(&f.Deadlines[i]))
	}
	of, priority, orders, pieces := int64(f.Of), int64(f.Priority), int64(len(f.OrderIDs)), int64(len(f.SKUs))
	for _, n := range []*int64{&of, &priority, &f.Value, &orders, &pieces} {
		c.number(n)
	}
	f.Of, f.Priority = int(of), int(priority)
	for i := range c.list(&f.OrderIDs, orders) {
		c.own(&f.OrderIDs[i])
	}
	for i := range c.list(&f.SKUs, pieces) {
		c.shared(&f.SKUs[i])
	}
}

// factsWriter makes a record.
type factsWriter struct{ data []byte }

func (w *factsWriter) own(text *string) {
	w.data = append(binary.AppendUvarint(w.data, uint64(len(*text))), *text...)
}
func (w *factsWriter) shared(text *string) { w.own(text) }
func (w *factsWriter) moment(at *time.Time) {
	w.data = binary.AppendVarint(w.data, int64(momentOf(*at)))
}
func (w *factsWriter) number(n *int64) { w.data = binary.AppendVarint(w.data, *n) }

func (w *factsWriter) list(texts *[]string, _ int64) []string { return *texts }

func (w *factsWriter) flags(all ...*bool) {
	bits := uint64(0)
	for i, flag := range all {
		if *flag {
			bits |= 1 << i
		}
	}
	w.data = binary.AppendUvarint(w.data, bits)
}

// factsReader reads a record. Texts that many parcels have are kept once, where texts is not nil.
type factsReader struct {
	data  []byte
	texts map[string]string
	err   error
}

var errFactsCut = errors.New("the record ends early")

// readFacts reads what is kept of a parcel.
func readFacts(tx *bolt.Tx, key order.ParcelKey, data []byte, texts map[string]string) (*order.Facts, error) {
	f := &order.Facts{Key: key}
	r := &factsReader{data: data, texts: texts}
	facing(r, f)
	if r.err == nil && len(r.data) > 0 {
		r.err = errors.New("the record goes on")
	}
	if r.err != nil {
		return nil, decoding(tx, bucketParcels, []byte(key), r.err)
	}
	return f, nil
}

// take gives the bytes of a text; none once something was wrong.
func (r *factsReader) take() []byte {
	length, n := binary.Uvarint(r.data)
	if r.err != nil || n <= 0 || length > uint64(len(r.data)-n) {
		r.err = errFactsCut
		return nil
	}
	text := r.data[n : n+int(length)]
	r.data = r.data[n+int(length):]
	return text
}

func (r *factsReader) own(text *string) { *text = string(r.take()) }

func (r *factsReader) shared(text *string) {
	bytes := r.take()
	known, ok := r.texts[string(bytes)]
	if !ok {
		known = string(bytes)
		if r.texts != nil {
			r.texts[known] = known
		}
	}
	*text = known
}

func (r *factsReader) moment(at *time.Time) {
	var n int64
	r.number(&n)
	*at = moment(n).time()
}

func (r *factsReader) number(to *int64) {
	value, n := binary.Varint(r.data)
	if r.err != nil || n <= 0 {
		r.err, *to = errFactsCut, 0
		return
	}
	*to, r.data = value, r.data[n:]
}

func (r *factsReader) list(texts *[]string, length int64) []string {
	if r.err != nil || length < 0 || length > int64(len(r.data)) { // each takes a byte at least
		r.err = errFactsCut
		return nil
	}
	*texts = make([]string, length)
	return *texts
}

func (r *factsReader) flags(all ...*bool) {
	bits, n := binary.Uvarint(r.data)
	if r.err != nil || n <= 0 {
		r.err = errFactsCut
		return
	}
	r.data = r.data[n:]
	for i, flag := range all {
		*flag = bits&(1<<i) != 0
	}
}
