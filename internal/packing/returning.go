package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// The outcomes of a scan that closes entries of the put-back list.
const (
	BinOut      Outcome = "bin"       // a bin to which pieces go back
	ReturnedOut Outcome = "returned"  // a piece is back
	WrongBin    Outcome = "wrong_bin" // nothing goes back there, or not this piece
	BinFirst    Outcome = "bin_first" // the bin is to be scanned before the piece
	NotOnList   Outcome = "not_on_list"
)

// Returning is a walk along the bins with pieces that go back. It is a value; Next makes the next one.
type Returning struct {
	List []order.ToPutBack // what is not back yet, the oldest first
	Bin  string            // the bin scanned last, empty before the first

	last recentScan
}

// BackScan is a scan on that walk and what it can mean.
type BackScan struct {
	order.Scan
	SKUs []string // whose barcode it is
	Lies []string // the articles that lie in the bin of this name; none where it is no bin
}

// BackTurn is what follows from such a scan: events to journal before the person hears of it.
type BackTurn struct {
	Outcome Outcome
	Said    order.Said
	Events  []order.Event
}

// Next is what follows from a scan: a bin, or a piece that is laid into the bin scanned before it. An article whose bin the catalogue does not know needs none.
func (r Returning) Next(in BackScan, now time.Time) (Returning, BackTurn) {
	gap := in.At.Sub(r.last.at)
	again := r.last.code == in.Code && r.last.device == in.Device && gap >= 0 && gap < doubleRead
	r.last = recentScan{code: in.Code, device: in.Device, at: in.At}
	if again {
		return r, BackTurn{Outcome: Repeat, Said: order.Say("say.repeat")}
	}
	if slices.ContainsFunc(r.List, func(b order.ToPutBack) bool { return b.Bin == in.Code && in.Code != "" }) {
		r.Bin = in.Code
		return r, BackTurn{Outcome: BinOut, Said: order.Say("putback.say.bin", "bin", in.Code, "count", r.goTo(in.Code))}
	}
	if len(in.SKUs) > 0 {
		return r.piece(in, now)
	}
	r.Bin = ""
	if len(in.Lies) > 0 {
		return r, BackTurn{Outcome: WrongBin, Said: order.Say("putback.refused.bin", "bin", in.Code)}
	}
	return r, BackTurn{Outcome: UnknownCode, Said: order.Say("putback.refused.unknown", "code", in.Code)}
}

// goTo is how many pieces go back to a bin.
func (r Returning) goTo(bin string) (pieces int) {
	for _, entry := range r.List {
		if entry.Bin == bin {
			pieces += entry.Pieces
		}
	}
	return pieces
}

// piece takes a piece off the list, or says why not. A bin that was refused before it does not count: r.Bin is empty then.
func (r Returning) piece(in BackScan, now time.Time) (Returning, BackTurn) {
	at := slices.IndexFunc(r.List, func(b order.ToPutBack) bool { return slices.Contains(in.SKUs, b.SKU) })
	if at < 0 {
		return r, BackTurn{Outcome: NotOnList, Said: order.Say("putback.refused.piece", "sku", in.SKUs[0])}
	}
	entry := r.List[at]
	switch {
	case entry.Bin != "" && r.Bin == "":
		return r, BackTurn{Outcome: BinFirst, Said: order.Say("putback.refused.bin_first", "sku", entry.SKU, "bin", entry.Bin)}
	case entry.Bin != "" && r.Bin != entry.Bin:
		return r, BackTurn{Outcome: WrongBin, Said: order.Say("putback.refused.other_bin", "sku", entry.SKU, "bin", entry.Bin, "other", r.Bin)}
	}
	e := order.Event{
		At: now, Kind: order.Returned, Parcel: entry.Parcel, SKU: entry.SKU, Leaving: entry.Why, Code: in.Code, Device: in.Device, Typed: in.Typed,
	}
	entry.PutBackEntry = entry.After(e)
	r.List = slices.Clone(r.List)
	if r.List[at] = entry; entry.Pieces == 0 {
		r.List = slices.Delete(r.List, at, at+1)
	}
	left := 0
	for _, b := range r.List {
		left += b.Pieces
	}
	said := order.Say("putback.say.returned", "sku", entry.SKU, "count", left)
	if left == 0 {
		said = order.Say("putback.say.done", "sku", entry.SKU)
	}
	return r, BackTurn{Outcome: ReturnedOut, Said: said, Events: []order.Event{e}}
}

// givesBack takes a scan on the idle bench that closes the put-back list: a bin of it, or a piece after its bin. It tells false for any other.
func (m *move) givesBack(in Scanned) bool {
	skus, list := in.Candidates.Articles(), in.Candidates.PutBack
	bin := slices.ContainsFunc(list, func(b order.ToPutBack) bool { return b.Bin == in.Code && in.Code != "" })
	if !bin && (m.s.walk.Bin == "" || len(list) == 0) {
		return false
	}
	m.s.walk.List = list
	next, turn := m.s.walk.Next(BackScan{Scan: in.Scan, SKUs: skus}, m.now)
	m.s.walk = next
	m.turn.Events = append(m.turn.Events, turn.Events...)
	m.tell(turn.Outcome, turn.Said)
	if turn.Outcome == BinOut || turn.Outcome == ReturnedOut {
		m.remember()
	}
	return true
}
