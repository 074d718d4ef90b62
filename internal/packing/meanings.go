package packing

import (
	"slices"

	"packbench/internal/order"
)

// AmbiguousOut is the outcome of a scan of a code that can be several things now. Nothing is packed before a person chose one of them.
const AmbiguousOut Outcome = "ambiguous"

// WhichMeant asks which of Meanings a code is, by its number.
const WhichMeant Question = "which_meant"

// Meaning is one of several things a code can be: a piece, a closed case, a parcel, or a bin goods go back to.
type Meaning struct {
	SKU    string // of a piece, or of what is in a case
	Pieces int    // in a case; 0: a single piece
	Parcel order.ParcelKey
	Bin    string
}

// mostMeanings is how many numbers the command card has.
const mostMeanings = 6

// ambiguous asks which of several things a code is; false where it can only be one now. What the open parcel does not want is none of them.
func (m *move) ambiguous(in Scanned) bool {
	meanings := m.opened(in)
	if m.s.Phase == Idle && len(meanings) == 0 {
		meanings = laneMeanings(in)
	}
	if m.s.Phase == Packing {
		meanings = m.wantedAs(in)
		if len(meanings) > 0 && len(m.s.Work.Taken) == 0 { // another parcel could be opened in its place
			meanings = append(meanings, m.opened(in)...)
		}
	}
	if len(meanings) < 2 {
		return false
	}
	m.askMeant(in, meanings)
	return true
}

// askMeant asks which of several things a code is.
func (m *move) askMeant(in Scanned, meanings []Meaning) {
	m.remember()
	m.s.Meanings, m.s.meant = meanings[:min(len(meanings), mostMeanings)], &in
	said := order.Say("ask.which_meant", "code", in.Code, "choices", choices(m.s.Meanings))
	m.tell(AmbiguousOut, said)
	m.ask(Asked, WhichMeant, said)
}

// choices are meanings by their numbers, for a line that has no screen.
func choices(meanings []Meaning) string {
	var names []string
	for _, meaning := range meanings {
		name := meaning.SKU + string(meaning.Parcel) + meaning.Bin // one of them is set
		if meaning.Pieces > 0 {
			name = order.CaseOf{SKU: meaning.SKU, Pieces: meaning.Pieces}.String()
		}
		names = append(names, name)
	}
	return order.Choices(names)
}

// wantedAs is what the open parcel could take for a code: a piece of each article that is missing, and each case that fits.
func (m *move) wantedAs(in Scanned) (meanings []Meaning) {
	for _, sku := range in.Candidates.SKUs {
		if len(m.s.wanted(sku)) > 0 {
			meanings = append(meanings, Meaning{SKU: sku})
		}
	}
	for _, c := range in.Candidates.Cases {
		if _, fits := m.s.fitting([]order.CaseOf{c}); fits {
			meanings = append(meanings, Meaning{SKU: c.SKU, Pieces: c.Pieces})
		}
	}
	return meanings
}

// opened is what a code could begin: the parcels that can be packed, those of one order as one because they are packed one after the other, and a walk
// along the bins.
func (m *move) opened(in Scanned) (meanings []Meaning) {
	var orders []string
	for _, k := range in.Candidates.Parcels {
		same := slices.ContainsFunc(k.OrderIDs, func(id string) bool { return slices.Contains(orders, id) })
		if same || k.Key == m.s.Parcel.Key || !k.Work.ConfirmedAt.IsZero() || !packable(m.ours(k.Parcel), k.Work) {
			continue
		}
		orders = append(orders, k.OrderIDs...)
		meanings = append(meanings, Meaning{Parcel: k.Key})
	}
	if slices.ContainsFunc(in.Candidates.PutBack, func(b order.ToPutBack) bool { return b.Bin == in.Code && in.Code != "" }) {
		meanings = append(meanings, Meaning{Bin: in.Code})
	}
	return meanings
}

// meantBy takes the ambiguous scan as the one thing a person chose.
func (m *move) meantBy(chosen Meaning) {
	in := *m.s.meant
	m.s.Meanings, m.s.meant = nil, nil
	c := &in.Candidates
	if chosen.Parcel == "" {
		c.Parcels, c.Replaced, c.Waybills = nil, nil, nil
	} else {
		c.Parcels = slices.DeleteFunc(slices.Clone(c.Parcels), func(k order.Known) bool { return k.Key != chosen.Parcel })
	}
	single := chosen.SKU != "" && chosen.Pieces == 0
	c.SKUs = slices.DeleteFunc(slices.Clone(c.SKUs), func(sku string) bool { return !single || sku != chosen.SKU })
	c.Cases = slices.DeleteFunc(slices.Clone(c.Cases), func(k order.CaseOf) bool { return single || k.SKU != chosen.SKU || k.Pieces != chosen.Pieces })
	if chosen.Bin == "" {
		c.PutBack = nil
	}
	m.scan, m.goods, m.turn.Code = in.Scan, c.Goods, in.Code
	m.s.recent = slices.DeleteFunc(slices.Clone(m.s.recent), func(r recentScan) bool { return r.code == in.Code }) // it is no second reading
	m.backToWork()
	m.onward(in)
}
