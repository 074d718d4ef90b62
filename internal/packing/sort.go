package packing

import (
	"slices"

	"packbench/internal/order"
)

// The outcomes of picking and sorting.
const (
	WaveOut     Outcome = "wave"       // a wave is picked or sorted at this bench from now on
	WaveLaidOut Outcome = "wave_laid"  // it is not any more
	PickBinOut  Outcome = "pick_bin"   // the picker stands before a bin of the wave
	PickedOut   Outcome = "picked"     // a piece is picked
	SlotOut     Outcome = "slot"       // a piece is to go into a slot, which is to be scanned
	SortedOut   Outcome = "sorted"     // it lies there
	WrongSlot   Outcome = "wrong_slot" // it belongs into another
	SlotFirst   Outcome = "slot_first" // the piece in the hand comes first
	NoSlot      Outcome = "no_slot"    // all slots are taken
	SlotFree    Outcome = "slot_free"  // nothing lies in the slot that was scanned
	SlotLacks   Outcome = "slot_lacks" // not all pieces of its parcel lie in it
	ShortOut    Outcome = "short_pick" // pieces cannot be picked: the parcels that wait for them are parked
)

// Sort is the wave the bench picks or sorts. It stays while parcels come and go.
type Sort struct {
	Wave string // empty: none
	Bin  string // where the picker stands; empty: pieces that are scanned are sorted
	Hand Hand
	lack lack // what a reason is asked for
}

// Hand is a piece that is to go into a slot, which is to be scanned. Its Unit is empty where there is none.
type Hand struct {
	Parcel    order.ParcelKey
	Unit, SKU string
	Slot      order.Slot // without a Code: any free tote
}

// lack is a short pick: an article, and the parcels that wait for more of it than there is.
type lack struct {
	sku     string
	parcels []order.ParcelKey
}

// Sortable tells whether pieces may go into a parcel's slot: it can be packed, it is in nobody's hands, done or waiting for a supervisor, and pieces are missing.
func Sortable(k order.Known) bool {
	w := k.Work
	return packable(k.Parcel, w) && w.ConfirmedAt.IsZero() && !w.Open && w.Stopped == "" && w.Parked.At.IsZero() && len(k.Unsorted()) > 0
}

// Unsorted is how many pieces of an article the parcels of a wave still wait for; of all articles for the empty one.
func Unsorted(s order.Sorting, sku string) (pieces int) {
	for _, k := range s.Parcels {
		if !Sortable(k) {
			continue
		}
		for _, u := range k.Unsorted() {
			if sku == "" || u.SKU() == sku {
				pieces++
			}
		}
	}
	return pieces
}

// sortedOf is how many pieces of an article lie in the slots of a wave, or went on from there.
func sortedOf(s order.Sorting, sku string) (pieces int) {
	for _, k := range s.Parcels {
		for _, u := range k.Units {
			if u.SKU() == sku && (k.Work.InSlot(u.ID) || len(k.Work.Taken) > 0 || !k.Work.ConfirmedAt.IsZero()) {
				pieces++
			}
		}
	}
	return pieces
}

// NextStop is where the picker of a wave goes next, and how many pieces are still to be taken there: in the order of the walk, but first what is left in the bin
// they stand at. The zero stop: nothing is left to pick.
func NextStop(s order.Sorting, at Sort) (next order.WalkStop) {
	for _, stop := range s.Walk {
		left := stopLeft(s, stop)
		if left == 0 || next.Pieces > 0 && (at.Bin == "" || stop.Bin != at.Bin || next.Bin == at.Bin) {
			continue
		}
		next = stop
		next.Pieces = left
	}
	return next
}

// stopLeft is how many pieces are still to be taken at a stop. Pieces that were sorted without having been counted at their bin count as picked.
func stopLeft(s order.Sorting, stop order.WalkStop) int {
	picked := max(s.Wave.Picked[stop.SKU], sortedOf(s, stop.SKU))
	return max(0, min(stop.Pieces-picked, Unsorted(s, stop.SKU)))
}

// sorts takes a scan on the idle bench that is about a wave, a slot or a piece for one; false for any other.
func (m *move) sorts(in Scanned) bool {
	if m.s.Sort.Wave != "" && in.Sorting.Wave.ID == "" { // it was undone meanwhile
		m.s.Sort = Sort{}
	}
	c := in.Candidates
	switch {
	case m.s.Sort.Hand.Unit != "":
		m.layDown(in)
	case c.Wave != "":
		m.takeWave(in)
	case c.Slot.Code != "":
		return m.scanSlot(in)
	case m.s.Sort.Wave == "" || len(c.Parcels) > 0:
		return false
	case m.atBin(in):
	case len(c.Articles()) == 0:
		return false
	case m.s.Sort.Bin != "" && in.Sorting.Wave.Shape != order.Totes:
		m.pick(in)
	case InLane(in.Sorting.Wave):
		return false
	default:
		m.sortPiece(in)
	}
	return true
}

// oursIn is a scan with the parcels of its wave as this bench sees them.
func (m *move) oursIn(in Scanned) Scanned {
	in.Sorting.Parcels = slices.Clone(in.Sorting.Parcels)
	for i := range in.Sorting.Parcels {
		in.Sorting.Parcels[i].Parcel = m.ours(in.Sorting.Parcels[i].Parcel)
	}
	return in
}

// noteOf adds an event that is of a wave, and of the parcel given if one is, to the turn.
func (m *move) noteOf(kind order.EventKind, parcel order.ParcelKey, details ...func(*order.Event)) {
	e := order.Event{At: m.now, Kind: kind, Parcel: parcel, Wave: m.s.Sort.Wave, Code: m.scan.Code, Device: m.scan.Device, Typed: m.scan.Typed}
	for _, detail := range details {
		detail(&e)
	}
	m.turn.Events = append(m.turn.Events, e)
}

// takeWave begins with a wave, or says how far it is.
func (m *move) takeWave(in Scanned) {
	s := in.Sorting
	left := Unsorted(s, "")
	m.remember()
	switch {
	case left == 0:
		if m.s.Sort.Wave == s.Wave.ID {
			m.noteOf(order.WaveLaid, "")
			m.s.Sort = Sort{}
		}
		m.tell(WaveOut, order.Say("say.wave_done", "wave", s.Wave.ID))
		return
	case m.s.Sort.Wave == s.Wave.ID:
		m.s.Sort.Bin = ""
		m.tell(WaveOut, order.Say("say.wave_left", "wave", s.Wave.ID, "count", left))
		return
	}
	m.s.Sort = Sort{Wave: s.Wave.ID}
	m.noteOf(order.WaveTaken, "")
	if InLane(s.Wave) {
		m.tell(WaveOut, order.Say("say.lane_taken", "wave", s.Wave.ID, "count", left))
		return
	}
	m.tell(WaveOut, order.Say("say.wave_taken", "wave", s.Wave.ID, "parcels", len(s.Parcels), "count", left))
}

func inSlot(slot order.Slot) func(*order.Event) {
	return func(e *order.Event) { e.Slot = order.Slot{Code: slot.Code} }
}

// freeSlots are the slots of walls, or the totes, that hold nothing.
func freeSlots(s order.Sorting, totes bool) (free []order.Slot) {
	for _, slot := range s.Slots {
		if slot.Tote() == totes && slot.Parcel == "" {
			free = append(free, slot)
		}
	}
	return free
}

// atBin takes the scan of a bin of the wave: the pieces that are scanned from now on are picked from it.
func (m *move) atBin(in Scanned) bool {
	if in.Code == "" || !slices.ContainsFunc(in.Sorting.Walk, func(w order.WalkStop) bool { return w.Bin == in.Code }) {
		return false
	}
	m.remember()
	m.s.Sort.Bin = in.Code
	var goods []order.Piece
	for _, stop := range in.Sorting.Walk {
		if stop.Bin != in.Code {
			continue
		}
		for range stopLeft(in.Sorting, stop) {
			goods = append(goods, order.Piece{SKU: stop.SKU})
		}
	}
	if len(goods) == 0 {
		m.tell(PickBinOut, order.Say("say.bin_picked", "bin", in.Code))
		return true
	}
	m.tell(PickBinOut, order.Say("say.at_bin", "bin", in.Code, "goods", order.Contents(goods)))
	return true
}

// stopOf is the stop of the wave's walk for one of some articles; false where it needs none of them.
func stopOf(s order.Sorting, skus []string) (order.WalkStop, bool) {
	at := slices.IndexFunc(s.Walk, func(w order.WalkStop) bool { return slices.Contains(skus, w.SKU) })
	if at < 0 {
		return order.WalkStop{}, false
	}
	return s.Walk[at], true
}

// fromBin tells whether a piece is one of the bin the picker stands at; else it is refused.
func (m *move) fromBin(in Scanned) (order.WalkStop, bool) {
	stop, wanted := stopOf(in.Sorting, in.Candidates.Articles())
	switch {
	case !wanted:
		m.mistake(in, WrongItem, order.Say("refused.not_in_wave", "wave", m.s.Sort.Wave))
	case m.s.Sort.Bin != "" && stop.Bin != m.s.Sort.Bin:
		m.mistake(in, WrongItem, order.Say("refused.other_bin", "sku", stop.SKU, "bin", stop.Bin))
	case stopLeft(in.Sorting, stop) == 0:
		m.mistake(in, AlreadyFull, order.Say("refused.picked_all", "sku", stop.SKU))
	default:
		return stop, true
	}
	return order.WalkStop{}, false
}

// pick counts a piece, or a closed case, that the picker took from the bin.
func (m *move) pick(in Scanned) {
	stop, ok := m.fromBin(in)
	if !ok {
		return
	}
	pieces := 1
	if !slices.Contains(in.Candidates.SKUs, stop.SKU) {
		at := slices.IndexFunc(in.Candidates.Cases, func(c order.CaseOf) bool { return c.SKU == stop.SKU })
		pieces = in.Candidates.Cases[at].Pieces
	}
	left := stopLeft(in.Sorting, stop) - pieces
	if left < 0 {
		m.mistake(in, TooMany, order.Say("refused.case_too_many", "pieces", pieces, "count", left+pieces))
		return
	}
	m.remember()
	m.turn.SKU = stop.SKU
	m.noteOf(order.Picked, "", func(e *order.Event) { e.SKU, e.Pieces = stop.SKU, pieces })
	if left == 0 && lastPick(in.Sorting, stop.SKU) {
		m.s.Sort.Bin = ""
		m.tell(PickedOut, order.Say("say.picked_last", "sku", stop.SKU, "wave", m.s.Sort.Wave))
		return
	}
	m.tell(PickedOut, order.Say("say.picked", "sku", stop.SKU, "in", stop.Pieces-left, "of", stop.Pieces))
}

// lastPick tells whether nothing is left to pick but an article that is done now.
func lastPick(s order.Sorting, done string) bool {
	return !slices.ContainsFunc(s.Walk, func(stop order.WalkStop) bool { return stop.SKU != done && stopLeft(s, stop) > 0 })
}
