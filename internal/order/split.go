package order

import "slices"

// SplitOrder asks the platform to make two parcels of an order: Request.Here, which are there, and the rest.
const SplitOrder RequestKind = "split"

// WaitsShort is the rest of a split order: it waits for what was short.
const WaitsShort EventKind = "waits_short"

// Why a parcel waits whose order is split. A person does not give these.
const (
	BeingSplit Shortage = "being_split" // what is there waits until it is a parcel of its own
	SplitRest  Shortage = "split_rest"  // it is what was not there
)

// southEastAsia are the markets of one rule about splitting (platform API 3.6, Split).
var southEastAsia = []Market{"ID", "MY", "PH", "SG", "TH", "VN"}

// UnitsTogether tells whether all units of an article have to stay in one parcel when its order is split: in Brazil, South-East Asia, and of sellers in Mexico
// (platform API 3.6, Split).
func (p Parcel) UnitsTogether() bool {
	return p.Market == "BR" || p.Market == "MX" && p.LocalSeller || slices.Contains(southEastAsia, p.Market)
}

// SplitOff are the units of the parcel that can be a parcel of their own when these pieces are there, and the pieces that cannot go with them because others of
// their article are missing.
func (p Parcel) SplitOff(taken []Piece) (here []Unit, left []Piece) {
	in := func(u Unit) bool { return slices.ContainsFunc(taken, func(t Piece) bool { return t.Unit == u.ID }) }
	short := map[string]bool{}
	for _, u := range p.Units {
		short[u.SKU()] = short[u.SKU()] || p.UnitsTogether() && !in(u)
	}
	for _, u := range p.Units {
		if in(u) && !short[u.SKU()] {
			here = append(here, u)
		}
	}
	for _, piece := range taken {
		if short[piece.SKU] {
			left = append(left, piece)
		}
	}
	return here, left
}

// SplitInto tells the parcels that some units of an order and the rest of it lie in, where the platform made of these units just one parcel that holds nothing else.
func (o Order) SplitInto(units []string) (here, rest ParcelKey, split bool) {
	found := 0
	for _, u := range o.Units() {
		if slices.Contains(units, u.ID) {
			here = o.keyOf(u)
			found++
		} else {
			rest = o.keyOf(u)
		}
	}
	for _, u := range o.Units() {
		if slices.Contains(units, u.ID) != (o.keyOf(u) == here) {
			return "", "", false
		}
	}
	return here, rest, found == len(units) && here.HasPackage() && rest.HasPackage()
}

// LinesOf are the lines of an order that are some of its units, as the platform takes them in a split: a bundle goes whole. It is false where a bundle would not.
func (o Order) LinesOf(units []string) (lines, others []string, whole bool) {
	for _, line := range o.Lines {
		if line.Status == Cancelled {
			continue
		}
		parts := Order{Lines: []Line{line}}.Units()
		in := 0
		for _, u := range parts {
			if slices.Contains(units, u.ID) {
				in++
			}
		}
		switch {
		case len(parts) == 0:
		case in == len(parts):
			lines = append(lines, line.ID)
		case in == 0:
			others = append(others, line.ID)
		default:
			return nil, nil, false
		}
	}
	return lines, others, true
}

// Splitting is the wish to split the parcel's order that is in the outbox; false where there is none.
func (w Work) Splitting() (Request, bool) {
	at := slices.IndexFunc(w.Requests, func(r Request) bool { return r.Kind == SplitOrder })
	if at < 0 {
		return Request{}, false
	}
	return w.Requests[at], true
}
