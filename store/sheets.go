package store

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

var (
	bucketSheets     = []byte("sheets")     // hand-over sheet → order.Sheet, the fold of its events
	bucketOpenSheets = []byte("opensheets") // hand-over sheet → nothing: those that are not closed
)

// foldSheet brings an event into the hand-over sheet it is of, and a parcel's new key into the one the parcel is on.
func foldSheet(tx *bolt.Tx, e order.Event) error {
	id := e.Handover.Sheet
	if e.Kind == order.Renamed {
		work, err := get[order.Work](tx, bucketWork, []byte(e.Was))
		if err != nil {
			return err
		}
		id = work.Sheet
	}
	if id == "" {
		return nil
	}
	sheet, err := get[order.Sheet](tx, bucketSheets, []byte(id))
	if err != nil {
		return err
	}
	sheet = sheet.After(e)
	if err := mark(tx, bucketOpenSheets, order.ParcelKey(id), sheet.Open()); err != nil {
		return err
	}
	return put(tx, bucketSheets, []byte(id), sheet)
}

// ChangeSheets journals what decide makes of the hand-over sheets that are open, and of the number of the day's last one. Nobody else changes one meanwhile, so that
// no parcel comes onto two. decide may ask the store; its error is passed on, and nothing is journalled then.
func (s *Store) ChangeSheets(day time.Time, decide func(open []order.Sheet, last int) ([]order.Event, error)) error {
	s.sheeting.Lock()
	defer s.sheeting.Unlock()
	open, err := s.OpenSheets()
	if err != nil {
		return err
	}
	last := 0
	err = s.journal.View(func(tx *bolt.Tx) error {
		return eachSheet(tx, day, func(order.Sheet) { last++ })
	})
	if err != nil {
		return s.trouble("count the hand-over sheets", err)
	}
	events, err := decide(open, last)
	if err != nil {
		return err
	}
	return s.Append(events)
}

// OpenSheets are the hand-over sheets that are not closed, the oldest first.
func (s *Store) OpenSheets() (sheets []order.Sheet, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketOpenSheets).ForEach(func(id, _ []byte) error {
			sheet, err := get[order.Sheet](tx, bucketSheets, id)
			sheets = append(sheets, sheet)
			return err
		})
	})
	return sheets, s.trouble("list the hand-over sheets", err)
}

// Sheets are the hand-over sheets of the days since a moment, the oldest first.
func (s *Store) Sheets(since time.Time) (sheets []order.Sheet, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		return eachSheet(tx, since, func(sheet order.Sheet) { sheets = append(sheets, sheet) })
	})
	return sheets, s.trouble("list the hand-over sheets", err)
}

func eachSheet(tx *bolt.Tx, since time.Time, visit func(order.Sheet)) error {
	cursor := tx.Bucket(bucketSheets).Cursor()
	for id, _ := cursor.Seek([]byte(order.SheetID(since, 0))); id != nil; id, _ = cursor.Next() {
		sheet, err := get[order.Sheet](tx, bucketSheets, id)
		if err != nil {
			return err
		}
		visit(sheet)
	}
	return nil
}

// Sheet is a hand-over sheet; it fails with handover.unknown_sheet where there is none of that name.
func (s *Store) Sheet(id string) (sheet order.Sheet, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		sheet, err = get[order.Sheet](tx, bucketSheets, []byte(id))
		return err
	})
	if err == nil && sheet.ID == "" {
		return sheet, order.Trouble(nil, "handover.unknown_sheet", "sheet", id)
	}
	return sheet, s.trouble("read a hand-over sheet", err)
}

// sheetsToGo are the hand-over sheets that were closed so long ago that what happened to their parcels is forgotten, too.
func sheetsToGo(tx *bolt.Tx, now time.Time) (sheets []order.Sheet, err error) {
	err = tx.Bucket(bucketSheets).ForEach(func(id, _ []byte) error {
		sheet, err := get[order.Sheet](tx, bucketSheets, id)
		if err == nil && !sheet.Open() && !now.Before(sheet.ClosedAt.Add(keptEvents)) {
			sheets = append(sheets, sheet)
		}
		return err
	})
	return sheets, err
}

// forgetSheets takes sheets out of the journal, with the events that closed them: those name parcels that were missing.
func forgetSheets(tx *bolt.Tx, sheets []order.Sheet) error {
	for _, sheet := range sheets {
		if err := errors.Join(tx.Bucket(bucketSheets).Delete([]byte(sheet.ID)), tx.Bucket(bucketEvents).Delete(number(sheet.Closing))); err != nil {
			return err
		}
	}
	return nil
}

// dropPhotos takes away the photos of sheets.
func (s *Store) dropPhotos(sheets []order.Sheet) error {
	for _, sheet := range sheets {
		for _, photo := range sheet.Photos {
			if err := os.Remove(s.path(filepath.Join(photoFolder, photo))); err != nil && !isMissing(err) {
				return err
			}
		}
	}
	return syncFolder(s.path(photoFolder))
}
