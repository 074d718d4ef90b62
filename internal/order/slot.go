package order

import (
	"cmp"
	"slices"
	"strconv"
)

// Slot is a place for the pieces of one parcel between bin and bench: a slot of a put wall, or a tote, which has no wall.
type Slot struct {
	Code   string `json:"code"`           // its barcode
	Wall   string `json:"wall,omitempty"` // empty: a tote
	Number int    `json:"number,omitempty"`
	Row    int    `json:"row,omitempty"`    // from 1, the top one
	Column int    `json:"column,omitempty"` // from 1, the left one
	// Parcel is whose pieces it holds, or will; empty: it is free.
	Parcel ParcelKey `json:"parcel,omitempty"`
}

// Tote tells that it is no part of a wall.
func (s Slot) Tote() bool { return s.Wall == "" }

// Name is what people call it: A 17, or a tote's code.
func (s Slot) Name() string {
	if s.Tote() {
		return s.Code
	}
	return s.Wall + " " + strconv.Itoa(s.Number)
}

// SlotCode is the barcode of a wall's slot, as its sheet carries it: WALL-A-17.
func SlotCode(wall string, number int) string { return "WALL-" + wall + "-" + strconv.Itoa(number) }

// CompareSlots orders walls by their names and slots by their numbers; totes come last.
func CompareSlots(a, b Slot) int {
	if a.Tote() != b.Tote() {
		if a.Tote() {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.Wall, b.Wall), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Code, b.Code))
}

// What can happen to totes and slots. SlotAdded and SlotRemoved are of no parcel.
const (
	SlotAdded   EventKind = "slot_added"   // it can be used from now on: Slot is all of it
	SlotRemoved EventKind = "slot_removed" // it is no more
	Slotted     EventKind = "slotted"      // the parcel's pieces go into Slot
	Sorted      EventKind = "sorted"       // a piece, Unit of SKU, lies in the parcel's slot: the slot was scanned after it
	SlotFreed   EventKind = "slot_freed"   // the parcel has no slot any more; LeftBox said of what lay in it that it goes back
	Picked      EventKind = "picked"       // Pieces of SKU were taken from their bin for Wave
	WaveTaken   EventKind = "wave_taken"   // the bench picks or sorts Wave from now on
	WaveLaid    EventKind = "wave_laid"    // it does not any more
)

// WalkStop is a stop on the walk of a wave: an article, its bin, and how many pieces of it the wave needs.
type WalkStop struct {
	Bin    string
	SKU    string
	Pieces int
}

// Sorting is a wave on its way from the bins into totes and slots, as it stands now.
type Sorting struct {
	Wave    Wave
	Parcels []Known    // in the wave's order
	Walk    []WalkStop // what is to be picked, in the order of the walk
	Slots   []Slot     // all there are, in the order of CompareSlots
}

// Slot is the slot with a code; false where there is none.
func (s Sorting) Slot(code string) (Slot, bool) {
	at := slices.IndexFunc(s.Slots, func(one Slot) bool { return one.Code == code && code != "" })
	if at < 0 {
		return Slot{}, false
	}
	return s.Slots[at], true
}

// Unsorted are the pieces of a parcel that lie in no slot and not in its box.
func (k Known) Unsorted() (units []Unit) {
	for _, u := range k.Units {
		taken := slices.ContainsFunc(k.Work.Taken, func(p Piece) bool { return p.Unit == u.ID })
		if !taken && !k.Work.InSlot(u.ID) {
			units = append(units, u)
		}
	}
	return units
}

// InSlot tells whether the piece of an order line lies in the parcel's slot.
func (w Work) InSlot(unit string) bool {
	return slices.ContainsFunc(w.Sorted, func(p Piece) bool { return p.Unit == unit })
}

// Strays are the pieces in the parcel's slot whose lines belong to it no more: they were cancelled since.
func (k Known) Strays() (pieces []Piece) {
	for _, p := range k.Work.Sorted {
		if !slices.ContainsFunc(k.Units, func(u Unit) bool { return u.ID == p.Unit }) {
			pieces = append(pieces, p)
		}
	}
	return pieces
}

// withSlot is the work once an event about its slot has happened. A parcel that is done, or whose goods go back, has none.
func (w Work) withSlot(e Event) Work {
	switch e.Kind {
	case Slotted:
		w.Slot = e.Slot.Code
	case Sorted:
		w.Sorted = append(w.Sorted[:len(w.Sorted):len(w.Sorted)], Piece{Unit: e.Unit, SKU: e.SKU})
	case LeftBox:
		w.Sorted = slices.DeleteFunc(slices.Clone(w.Sorted), func(p Piece) bool { return p.Unit == e.Unit })
	case SlotFreed, Confirmed, PutBack:
		w.Slot, w.Sorted = "", nil
	}
	return w
}
