package order

import (
	"fmt"
	"slices"
	"time"
)

// What can happen at the hand-over shelf. SheetOpened, SheetClosed, PhotoAttached and ScanFormNoted are of no parcel.
const (
	SheetOpened       EventKind = "sheet_opened"        // parcels of Handover.Carrier are scanned onto a sheet of its own from now on
	HandedOver        EventKind = "handed_over"         // the parcel was scanned onto the sheet
	HandoverTakenBack EventKind = "handover_taken_back" // it is not on the sheet any more
	SheetClosed       EventKind = "sheet_closed"        // the carrier took what is on it; Handover.Missing was not there
	PhotoAttached     EventKind = "photo_attached"      // Document is the SHA-256 of a picture of the signed or stamped sheet
	ScanFormNoted     EventKind = "scan_form_noted"     // Handover.ScanForm is the number of the platform's SCAN form for it
	HandoverTold      EventKind = "handover_told"       // the platform said how the parcel is handed over: Handover.Mode
)

// HandoverMode is how parcels get to their carrier, in the platform's words (platform API 3.5, handover_method); empty: nobody has told.
type HandoverMode string

// The modes.
const (
	PickedUp   HandoverMode = "PICKUP"   // the carrier comes for them
	DroppedOff HandoverMode = "DROP_OFF" // they are brought to its hub
)

// Handover is what an event says of a hand-over.
type Handover struct {
	Sheet     string       `json:"sheet,omitempty"`
	Carrier   string       `json:"carrier,omitempty"`   // SheetOpened
	Mode      HandoverMode `json:"mode,omitempty"`      // SheetOpened, HandedOver, HandoverTold
	Warehouse string       `json:"warehouse,omitempty"` // SheetOpened
	// What HandedOver keeps of the parcel, so that the sheet says the same once its orders are forgotten.
	Shop     string   `json:"shop,omitempty"`
	Tracking string   `json:"tracking,omitempty"` // the number on its label
	Orders   []string `json:"orders,omitempty"`
	Bundle   string   `json:"bundle,omitempty"`   // the code of the bag it lies in
	WeightG  int      `json:"weight_g,omitempty"` // 0: nobody knows
	Weighed  bool     `json:"weighed,omitempty"`  // the bench's scale said so, not the catalogue
	Missing  []Absent `json:"missing,omitempty"`  // SheetClosed
	Reason   string   `json:"reason,omitempty"`   // SheetClosed with missing parcels: what the supervisor said
	ScanForm string   `json:"scan_form,omitempty"`
}

// Absent is a parcel that was to be handed over and was not.
type Absent struct {
	Parcel   ParcelKey `json:"parcel"`
	Tracking string    `json:"tracking,omitempty"`
}

// Sheet is a hand-over sheet: the parcels a carrier gets at one time, and the proof of it.
type Sheet struct {
	ID        string       `json:"id"`
	Carrier   string       `json:"carrier,omitempty"` // empty: the platform names none
	Mode      HandoverMode `json:"mode,omitempty"`
	Warehouse string       `json:"warehouse,omitempty"` // the platform's id; empty: it tells none
	OpenedAt  time.Time    `json:"opened_at"`
	OpenedBy  string       `json:"opened_by,omitempty"`
	Bench     string       `json:"bench,omitempty"`
	Parcels   []OnSheet    `json:"parcels,omitempty"` // in the order of their scans
	// ScanForm is the number of the platform's SCAN form (US: one barcode for all parcels of the hand-over); empty: there is none.
	ScanForm string    `json:"scan_form,omitempty"`
	ClosedAt time.Time `json:"closed_at,omitzero"` // zero: it is open
	ClosedBy string    `json:"closed_by,omitempty"`
	// Missing are the parcels it was closed without, Reason what the supervisor said of it.
	Missing        []Absent `json:"missing,omitempty"`
	Reason         string   `json:"reason,omitempty"`
	Supervisor     string   `json:"supervisor,omitempty"` // their badge
	SupervisorName string   `json:"supervisor_name,omitempty"`
	// Closing is the number of the event that closed it.
	Closing uint64 `json:"closing,omitempty"`
	// Photos are the SHA-256 of pictures of the signed or stamped sheet.
	Photos []string `json:"photos,omitempty"`
}

// OnSheet is a parcel on a hand-over sheet.
type OnSheet struct {
	Parcel   ParcelKey `json:"parcel"`
	Tracking string    `json:"tracking"` // the number on its label
	Shop     string    `json:"shop,omitempty"`
	Orders   []string  `json:"orders,omitempty"`
	At       time.Time `json:"at"`
	By       string    `json:"by,omitempty"`
	Bundle   string    `json:"bundle,omitempty"`
	WeightG  int       `json:"weight_g,omitempty"`
	Weighed  bool      `json:"weighed,omitempty"`
}

// SheetID names the n-th hand-over sheet of a day, from 1, as its barcode says it: H261122-03.
func SheetID(day time.Time, n int) string { return fmt.Sprintf("H%s-%02d", day.Format("060102"), n) }

// Open tells whether parcels can be scanned onto it.
func (s Sheet) Open() bool { return s.ID != "" && s.ClosedAt.IsZero() }

// Has tells whether a parcel is on it.
func (s Sheet) Has(key ParcelKey) bool {
	return slices.ContainsFunc(s.Parcels, func(p OnSheet) bool { return p.Parcel == key })
}

// Shops are the shops whose parcels are on it, in the order of their first parcel.
func (s Sheet) Shops() (shops []string) {
	for _, p := range s.Parcels {
		if !slices.Contains(shops, p.Shop) {
			shops = append(shops, p.Shop)
		}
	}
	return shops
}

// WeightG is what the parcels on it weigh together in grams, as far as it is known, and of how many nobody knows it.
func (s Sheet) WeightG() (grams, unknown int) {
	for _, p := range s.Parcels {
		grams += p.WeightG
		if p.WeightG == 0 {
			unknown++
		}
	}
	return grams, unknown
}

// After is the sheet once an event of it has happened.
func (s Sheet) After(e Event) Sheet {
	h := e.Handover
	switch e.Kind {
	case SheetOpened:
		s = Sheet{ID: h.Sheet, Carrier: h.Carrier, Mode: h.Mode, Warehouse: h.Warehouse, OpenedAt: e.At, OpenedBy: e.Packer, Bench: e.Bench}
	case HandedOver:
		s.Parcels = append(s.without(e.Parcel), OnSheet{Parcel: e.Parcel, Tracking: h.Tracking, Shop: h.Shop, Orders: h.Orders, At: e.At, By: e.Packer,
			Bundle: h.Bundle, WeightG: h.WeightG, Weighed: h.Weighed})
	case HandoverTakenBack:
		s.Parcels = s.without(e.Parcel)
	case SheetClosed:
		s.Closing = e.Seq
		s.ClosedAt, s.ClosedBy, s.Missing, s.Reason, s.Supervisor, s.SupervisorName = e.At, e.Packer, h.Missing, h.Reason, e.Supervisor, e.SupervisorName
	case PhotoAttached:
		if !slices.Contains(s.Photos, e.Document) {
			s.Photos = append(slices.Clone(s.Photos), e.Document)
		}
	case ScanFormNoted:
		s.ScanForm = h.ScanForm
	case Renamed:
		s.Parcels = slices.Clone(s.Parcels)
		for i := range s.Parcels {
			if s.Parcels[i].Parcel == e.Was {
				s.Parcels[i].Parcel = e.Parcel
			}
		}
	}
	return s
}

func (s Sheet) without(key ParcelKey) []OnSheet {
	return slices.DeleteFunc(slices.Clone(s.Parcels), func(p OnSheet) bool { return p.Parcel == key })
}

// withHandover is the work once an event about its hand-over has happened.
func (w Work) withHandover(e Event) Work {
	switch e.Kind {
	case HandedOver:
		w.HandedOverAt, w.Sheet = e.At, e.Handover.Sheet
		if e.Handover.Mode != "" {
			w.Handover = e.Handover.Mode
		}
	case HandoverTakenBack:
		w.HandedOverAt, w.Sheet = time.Time{}, ""
	case HandoverTold:
		w.Handover = e.Handover.Mode
	case Confirmed:
		w.WeightG = e.Weight.Grams
	}
	return w
}
