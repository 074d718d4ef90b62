package store

import (
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// Found are parcels that were looked for: those of a page, and how many there are in all.
type Found struct {
	Facts []order.Facts
	Count int
}

// Find looks through all parcels, also those that are done or cancelled, the most urgent first (order.MoreUrgent): the page begins behind the first from that fit
// and holds at most most of them. fits is called once a parcel, must be quick, must not ask the store and must change nothing; nil fits all. What a parcel has
// become by now, on the platform's side as last read and here, is told. The first call after a start reads the facts of all parcels.
func (s *Store) Find(fits func(*order.Facts) bool, from, most int) (found Found, err error) {
	err = s.eachFacts(func(f *order.Facts) {
		if fits != nil && !fits(f) {
			return
		}
		if found.Count >= from && len(found.Facts) < most {
			found.Facts = append(found.Facts, *f)
		}
		found.Count++
	})
	return found, s.trouble("look for parcels", err)
}

// Parcels visits the facts of all parcels, the most urgent first. visit must not ask the store for more.
func (s *Store) Parcels(visit func(*order.Facts)) error {
	return s.trouble("look through the parcels", s.eachFacts(visit))
}

func (s *Store) eachFacts(visit func(*order.Facts)) error {
	x := &s.finding
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.upToDate(s); err != nil {
		x.rows = nil // read again next time
		return err
	}
	now := s.now()
	for _, row := range x.sorted {
		visit(row.At(now))
	}
	return nil
}

// finding holds the facts of all parcels, sorted. A row does not change: another takes its place. Whoever writes only notes which parcels were touched; whoever looks for some reads those again. So
// no scan waits for a list.
type finding struct {
	mu     sync.Mutex // held by whoever looks for parcels; never while one of the files is written
	rows   map[order.ParcelKey]*order.Facts
	sorted []*order.Facts
	due    dueIndex
	texts  map[string]string
	weighs map[string]int // SKU → grams

	noting   sync.Mutex
	touched  map[order.ParcelKey]bool // nil as long as nobody has looked for a parcel
	imported bool                     // the catalogue changed
}

// touch notes that parcels are to be read again. It is called once what changed them is in the file.
func (x *finding) touch(keys ...order.ParcelKey) {
	x.noting.Lock()
	defer x.noting.Unlock()
	if x.touched == nil {
		return
	}
	for _, key := range keys {
		x.touched[key] = true
	}
}

// touchGoods notes that the weights of articles are to be read again.
func (x *finding) touchGoods() {
	x.noting.Lock()
	defer x.noting.Unlock()
	x.imported = true
}

// heardOf notes the parcels that events are about.
func (x *finding) heardOf(events []order.Event) {
	for _, e := range events {
		x.touch(e.Parcels...)
		if e.Parcel != "" {
			x.touch(e.Parcel)
		}
		if e.Was != "" {
			x.touch(e.Was)
		}
	}
}

// forget has all be read again.
func (x *finding) forget() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.rows = nil
}

// changes are what was touched since they were last asked for.
func (x *finding) changes() (touched map[order.ParcelKey]bool, imported bool) {
	x.noting.Lock()
	defer x.noting.Unlock()
	touched, imported = x.touched, x.imported
	x.touched, x.imported = map[order.ParcelKey]bool{}, false
	return touched, imported
}

// upToDate reads what was touched, or all of it where nothing is known yet.
func (x *finding) upToDate(s *Store) error {
	touched, imported := x.changes()
	if x.rows == nil {
		return s.view(func(cache, journal *bolt.Tx) error { return x.load(reading{store: s, cache: cache, journal: journal}) })
	}
	if !imported && len(touched) == 0 {
		return nil
	}
	return s.view(func(cache, journal *bolt.Tx) error {
		r := reading{store: s, cache: cache, journal: journal}
		if imported {
			if err := x.weigh(journal); err != nil {
				return err
			}
		}
		return x.read(r, touched)
	})
}

// load reads the facts of all parcels.
func (x *finding) load(r reading) error {
	x.rows, x.texts, x.sorted, x.due = map[order.ParcelKey]*order.Facts{}, map[string]string{}, nil, dueIndex{}
	if err := x.weigh(r.journal); err != nil {
		return err
	}
	r.works = map[order.ParcelKey]order.Work{}
	err := r.journal.Bucket(bucketWork).ForEach(func(key, _ []byte) (err error) {
		r.works[order.ParcelKey(key)], err = get[order.Work](r.journal, bucketWork, key)
		return err
	})
	if err != nil {
		return err
	}
	pieces := 0
	err = r.cache.Bucket(bucketParcels).ForEach(func(key, data []byte) error {
		row, err := x.row(r, order.ParcelKey(key), data)
		if err == nil {
			x.sorted = append(x.sorted, row)
			pieces += len(row.SKUs)
		}
		return err
	})
	slices.SortFunc(x.sorted, order.MoreUrgent)
	x.lay(pieces)
	return err
}

// lay has the rows, and the pieces in them, lie one behind the other in memory: they are walked over in this order, twice as fast as from one to the next
// wherever they lie.
func (x *finding) lay(pieces int) {
	rows, skus := make([]order.Facts, len(x.sorted)), make([]string, 0, pieces)
	for i, row := range x.sorted {
		rows[i] = *row
		from := len(skus)
		skus = append(skus, row.SKUs...)
		rows[i].SKUs = skus[from:len(skus):len(skus)]
		x.sorted[i], x.rows[row.Key] = &rows[i], &rows[i]
	}
}

// read reads parcels again and puts them in their places.
func (x *finding) read(r reading, touched map[order.ParcelKey]bool) error {
	var come []*order.Facts
	gone := map[*order.Facts]bool{}
	again := func(key order.ParcelKey) error {
		if row := x.rows[key]; row != nil {
			gone[row] = true
			delete(x.rows, key)
		}
		data := r.cache.Bucket(bucketParcels).Get([]byte(key))
		if data == nil {
			return nil
		}
		row, err := x.row(r, key, data)
		if err == nil {
			x.rows[key] = row
			come = append(come, row)
		}
		return err
	}
	for key := range touched {
		keys, err := r.meant(key)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if err := again(key); err != nil {
				return err
			}
		}
	}
	come = slices.DeleteFunc(come, func(row *order.Facts) bool { return gone[row] }) // read twice
	slices.SortFunc(come, order.MoreUrgent)
	x.sorted = merged(x.sorted, gone, come)
	x.due.change(gone, come)
	return nil
}

// merged is a sorted list without some rows and with others, which are sorted too.
func merged(sorted []*order.Facts, gone map[*order.Facts]bool, come []*order.Facts) []*order.Facts {
	all := make([]*order.Facts, 0, len(sorted)+len(come))
	for _, row := range sorted {
		if gone[row] {
			continue
		}
		for len(come) > 0 && order.MoreUrgent(come[0], row) < 0 {
			all, come = append(all, come[0]), come[1:]
		}
		all = append(all, row)
	}
	return append(all, come...)
}

// row is a parcel's facts with what happened to it here, its wave and its weight.
func (x *finding) row(r reading, key order.ParcelKey, data []byte) (*order.Facts, error) {
	row, err := readFacts(r.cache, key, data, x.texts)
	if err != nil {
		return nil, err
	}
	work, err := r.workOf(row)
	row.Happened(work)
	if err == nil {
		err = r.mark(row)
	}
	if row.Tracking == "" {
		row.Tracking = work.Tracking
	}
	row.Wave = x.text(r.waveOf(row))
	row.WeightG = x.weightOf(row.SKUs)
	return row, err
}

// text is a text that many rows have.
func (x *finding) text(bytes []byte) string {
	if len(bytes) == 0 {
		return ""
	}
	known, ok := x.texts[string(bytes)]
	if !ok {
		known = string(bytes)
		x.texts[known] = known
	}
	return known
}

// weigh reads what articles weigh, and weighs all parcels anew.
func (x *finding) weigh(journal *bolt.Tx) error {
	x.weighs = map[string]int{}
	err := journal.Bucket(bucketGoods).ForEach(func(sku, _ []byte) error {
		good, err := get[order.Good](journal, bucketGoods, sku)
		x.weighs[string(sku)] = good.WeightG
		return err
	})
	for i, row := range x.sorted { // others may still look at the rows they were given
		weighed := *row
		weighed.WeightG = x.weightOf(row.SKUs)
		x.sorted[i], x.rows[row.Key] = &weighed, &weighed
	}
	x.due.follow(x.rows)
	return err
}

// weightOf is what pieces weigh together, 0 where that of one is not known.
func (x *finding) weightOf(skus []string) (grams int) {
	for _, sku := range skus {
		if x.weighs[sku] == 0 {
			return 0
		}
		grams += x.weighs[sku]
	}
	return grams
}

// reading is both files, open for reading.
type reading struct {
	store          *Store
	cache, journal *bolt.Tx
	works          map[order.ParcelKey]order.Work // all of them, where they were read in one go
}

// meant are the parcels whose facts what happened to a key may have changed: the parcel itself, and those of the order it is the number of.
func (r reading) meant(key order.ParcelKey) ([]order.ParcelKey, error) {
	id, byOrder := key.OrderID()
	if !byOrder {
		return []order.ParcelKey{key}, nil
	}
	record, err := getOrder(r.cache, id)
	if err != nil || record.Order.ID == "" {
		return []order.ParcelKey{key}, err
	}
	return append(record.Order.ParcelKeys(), key), nil
}

// waveOf is the wave a parcel is in, be it under its order's number as long as the journal does not know the package id.
func (r reading) waveOf(f *order.Facts) []byte {
	inWave := r.journal.Bucket(bucketInWave)
	if id := inWave.Get([]byte(f.Key)); id != nil || !f.Key.HasPackage() || len(f.OrderIDs) != 1 || f.Of != 1 {
		return id
	}
	return inWave.Get([]byte(order.KeyOfOrder(f.OrderIDs[0])))
}

// workOf is what happened to a parcel, as workOf tells it. Only of one that may come of a split the pieces are read.
func (r reading) workOf(f *order.Facts) (order.Work, error) {
	if r.works != nil && f.Of == 1 {
		work, ok := r.works[f.Key]
		if !ok && f.Key.HasPackage() && len(f.OrderIDs) == 1 {
			work = r.works[order.KeyOfOrder(f.OrderIDs[0])]
		}
		return work, nil
	}
	parcel := order.Parcel{Key: f.Key, Of: f.Of, OrderIDs: f.OrderIDs}
	if f.Of > 1 && r.journal.Bucket(bucketWork).Get([]byte(f.Key)) == nil {
		if first, _ := r.journal.Bucket(bucketOutbox).Cursor().First(); first == nil { // no split is under way
			return order.Work{}, nil
		}
		var err error
		if parcel, _, err = parcelIn(r.cache, f.Key, r.store.now()); err != nil {
			return order.Work{}, err
		}
	}
	return workOf(r.journal, parcel)
}
