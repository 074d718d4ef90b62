package store

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// How long what is kept (design 3, privacy).
const (
	keptAfterEnd = 30 * 24 * time.Hour      // buyer data, after delivery or cancellation
	keptOnTheWay = 90 * 24 * time.Hour      // buyer data of a parcel the platform has told nothing of since it went out: lost, or never reported delivered
	keptPicture  = 90 * 24 * time.Hour      // the platform's picture of an article, after an order with it was read last
	keptDocument = 30 * 24 * time.Hour      // a label document no parcel that still keeps buyer data has, after it was written
	keptEvents   = 2 * 365 * 24 * time.Hour // what happened to a parcel, after it was confirmed, and who did how much
)

// Buyer data of an order are, of what is kept of it (keptOrder), the buyer's message and the seller's note, what the carrier said of it, which may name who
// took it in, and the label documents of its parcels. Addresses,
// names, telephone numbers and what was paid are not kept at all. The prices of articles, ids, SKUs, product names, states, times, hashes and tracking numbers name no buyer; they stay.
// In the journal the codes of a label may: some carriers write the address into a 2D code. Those that are more than a number go too (isNumber), also where one was
// scanned. What else was scanned or typed is journalled only where it was a number of a parcel or the code of an article.

// buyerDataEnds is the moment from which buyer data of an order must be gone; the zero time while that is not known. It is 30 days after delivery or
// cancellation, counted from the order's last change where the platform does not say when that was.
func buyerDataEnds(o order.Order) time.Time {
	ended := o.UpdatedAt
	switch o.Status {
	case order.Delivered, order.Completed:
		if !o.DeliveredAt.IsZero() {
			ended = o.DeliveredAt
		}
	case order.Cancelled:
		if !o.CancelledAt.IsZero() {
			ended = o.CancelledAt
		}
	case order.InTransit:
		return o.UpdatedAt.Add(keptOnTheWay)
	default:
		return time.Time{}
	}
	return ended.Add(keptAfterEnd)
}

// isEnded tells whether buyer data of an order must be gone.
func isEnded(o order.Order, now time.Time) bool {
	ends := buyerDataEnds(o)
	return !ends.IsZero() && !now.Before(ends)
}

// withoutBuyer is an order without its buyer data.
func withoutBuyer(o order.Order) order.Order {
	o.BuyerMessage, o.SellerNote = "", ""
	return o
}

func hasNotes(o order.Order) bool { return o.BuyerMessage != "" || o.SellerNote != "" }

// Purged is what a purge took away, or would take.
type Purged struct {
	Orders    int // orders that lost their notes
	Documents int // label documents
	Labels    int // parcels that lost codes read off their label
	Parcels   int // parcels whose whole history went
	Pictures  int // pictures of articles that nobody orders any more
	Sheets    int // hand-over sheets, with the photos of their signed copies
}

// Purge takes away what must not be kept any longer, as of a moment, and then writes the files it changed anew, so that nothing of it is left in free pages.
// With dry it only counts. The bench may go on meanwhile; events wait while the journal is written anew, which is done only where something was taken from it.
// Copies of the journal hold neither notes nor documents. Errors are Problems, store.busy where somebody reads for so
// long that a file cannot be written anew; a purge that failed is done again as a whole.
func (s *Store) Purge(now time.Time, dry bool) (Purged, error) {
	plan, err := s.planPurge(now)
	if err != nil || dry {
		return plan.count(), s.trouble("look for what is to be purged", err)
	}
	return plan.count(), s.trouble("purge", s.carryOut(plan, now))
}

// purging is what is to go.
type purging struct {
	orders    []string // ids
	documents []string // files
	labels    []order.ParcelKey
	parcels   []order.ParcelKey
	pictures  []string // files
	sheets    []order.Sheet
}

func (p purging) count() Purged {
	return Purged{Orders: len(p.orders), Documents: len(p.documents), Labels: len(p.labels), Parcels: len(p.parcels), Pictures: len(p.pictures), Sheets: len(p.sheets)}
}

func (s *Store) planPurge(now time.Time) (purging, error) {
	var plan purging
	wanted, unwanted := map[string]bool{}, map[string]bool{} // documents by whether a parcel that keeps buyer data has them
	err := s.view(func(cache, journal *bolt.Tx) error {
		alive, err := plan.planOrders(cache, now)
		if err == nil {
			plan.sheets, err = sheetsToGo(journal, now)
		}
		if err != nil {
			return err
		}
		return journal.Bucket(bucketWork).ForEach(func(k, _ []byte) error {
			work, err := get[order.Work](journal, bucketWork, k)
			if err != nil {
				return err
			}
			key, err := keyNow(cache, work.Parcel)
			if err != nil {
				return err
			}
			stays := alive[key]
			goes, err := plan.planParcel(journal, work, !stays && cache.Bucket(bucketParcels).Get([]byte(key)) != nil, now)
			if name := work.Document; name != "" {
				wanted[name] = wanted[name] || stays
				unwanted[name] = unwanted[name] || goes
			}
			return err
		})
	})
	if err != nil {
		return plan, err
	}
	if plan.documents, err = s.documentsToGo(now, wanted, unwanted); err != nil {
		return plan, err
	}
	plan.pictures, err = s.picturesToGo(now)
	return plan, err
}

// planOrders notes the orders that are to lose their notes, and tells which parcels keep buyer data.
func (p *purging) planOrders(cache *bolt.Tx, now time.Time) (alive map[order.ParcelKey]bool, err error) {
	alive = map[order.ParcelKey]bool{}
	return alive, cache.Bucket(bucketOrders).ForEach(func(id, value []byte) error {
		record, err := decodeOrder(cache, string(id), value)
		if err != nil {
			return err
		}
		switch o := record.Order; {
		case !isEnded(o, now):
			for _, key := range o.ParcelKeys() {
				alive[key] = true
			}
		case hasNotes(o) || cache.Bucket(bucketTracks).Get(id) != nil:
			p.orders = append(p.orders, o.ID)
		}
		return nil
	})
}

// planParcel notes what is to go of a parcel's history; ended tells that the time of all its orders is over. goes tells that its document is to go too.
func (p *purging) planParcel(journal *bolt.Tx, work order.Work, ended bool, now time.Time) (goes bool, err error) {
	if !work.ConfirmedAt.IsZero() && !now.Before(work.ConfirmedAt.Add(keptEvents)) {
		p.parcels = append(p.parcels, work.Parcel)
		return true, nil
	}
	if !ended {
		return false, nil
	}
	may, err := mayName(journal, work)
	if may {
		p.labels = append(p.labels, work.Parcel)
	}
	return true, err
}

// documentsToGo are the label documents nobody may keep: those of ended orders, and old ones that no parcel has.
func (s *Store) documentsToGo(now time.Time, wanted, unwanted map[string]bool) ([]string, error) {
	entries, err := os.ReadDir(s.path(labelFolder))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		info, err := entry.Info()
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		name := entry.Name()
		if !wanted[name] && (unwanted[name] || !now.Before(info.ModTime().Add(keptDocument))) {
			names = append(names, name)
		}
	}
	return names, nil
}

// carryOut does what was planned. Documents go first: while their parcels still say that they are to go, a purge that was cut short finds them again.
func (s *Store) carryOut(plan purging, now time.Time) error {
	for _, name := range plan.documents {
		if err := os.Remove(filepath.Join(s.path(labelFolder), name)); err != nil && !isMissing(err) {
			return err
		}
	}
	if err := errors.Join(syncFolder(s.path(labelFolder)), s.dropPictures(plan.pictures), s.dropPhotos(plan.sheets)); err != nil {
		return err
	}
	if err := errors.Join(s.forgetTallies(now.Add(-keptEvents)), s.purgeJournal(plan)); err != nil {
		return err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	if err := s.cache.Update(func(tx *bolt.Tx) error { return purgeOrders(tx, plan.orders, now) }); err != nil {
		return err
	}
	s.finding.forget()
	if err := s.cache.compact(); err != nil {
		return err
	}
	return s.cache.Update(func(tx *bolt.Tx) error { // last: what is cut short before is done again
		at, err := now.MarshalText()
		if err != nil {
			return err
		}
		return tx.Bucket(bucketMeta).Put(keyPurged, at)
	})
}

var keyPurged = []byte("purged") // in cache.db's meta: as of when the last purge was that ended well

// LastPurge is as of when the last purge was that ended well; zero where there was none.
func (s *Store) LastPurge() (at time.Time, err error) {
	err = s.cache.View(func(tx *bolt.Tx) error {
		text := tx.Bucket(bucketMeta).Get(keyPurged)
		if text == nil {
			return nil
		}
		if err := at.UnmarshalText(text); err != nil {
			return decoding(tx, bucketMeta, keyPurged, err)
		}
		return nil
	})
	return at, s.trouble("read when was purged", err)
}

// purgeOrders takes their buyer data from orders; one that was read anew meanwhile is looked at again.
func purgeOrders(tx *bolt.Tx, ids []string, now time.Time) error {
	for _, id := range ids {
		record, err := getOrder(tx, id)
		if err != nil {
			return err
		}
		if record.Order.ID == "" || !isEnded(record.Order, now) {
			continue
		}
		record.Order = withoutBuyer(record.Order)
		if err := errors.Join(putOrder(tx, record), tx.Bucket(bucketTracks).Delete([]byte(id))); err != nil {
			return err
		}
		for _, key := range record.Order.ParcelKeys() {
			if err := renote(tx, key, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// renote has a parcel be found as one that has a note only where one of its orders still has one. What else it is found by stays as it was when its orders were
// last read: the index by standing says the same.
func renote(tx *bolt.Tx, key order.ParcelKey, now time.Time) error {
	data := tx.Bucket(bucketParcels).Get([]byte(key))
	parcel, found, err := parcelIn(tx, key, now)
	if err != nil || !found || data == nil {
		return err
	}
	facts, err := readFacts(tx, key, data, nil)
	if err != nil {
		return err
	}
	facts.Note = len(parcel.Notes) > 0
	return keepFacts(tx, key, facts)
}
