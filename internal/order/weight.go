package order

import (
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strconv"
)

// What can happen to a parcel on the scale. Its weight itself stands in Confirmed.
const (
	WeightOff     EventKind = "weight_off"     // it weighs something else than like parcels did: Weight
	WeightAllowed EventKind = "weight_allowed" // a supervisor let it go all the same: Weight, with its Reason
)

// Reading is what the bench's scale shows. The zero value: nothing is known of it, as while it is unplugged.
type Reading struct {
	Load  Load
	Grams int // of a Settled load, or of a Moving one at this moment; may be below zero
}

// Load is how something lies on a scale.
type Load string

// The loads of a scale.
const (
	NoScale   Load = ""
	Settled   Load = "settled"    // it stands still: only then Grams is a weight
	Moving    Load = "moving"     // hands are on it, or it swings
	TooHeavy  Load = "too_heavy"  // more than the scale carries
	BelowZero Load = "below_zero" // less than it can show: something lay on it when it was set to zero
)

// Weighing is what came of weighing a parcel.
type Weighing struct {
	Grams     int       `json:"g,omitempty"`
	Unweighed Unweighed `json:"unweighed,omitempty"`
	// Expected is the mean of what like parcels weighed, in grams; 0 where too few were weighed.
	Expected int `json:"expected,omitempty"`
	// Reason is why a supervisor let it go although it was off.
	Reason WeightReason `json:"reason,omitempty"`
	// Likeness is the parcel's, where its weight is to be learnt.
	Likeness string `json:"like,omitempty"`
}

// Unweighed is why a parcel went without its weight; empty: it was weighed, or there is no scale.
type Unweighed string

// Why a parcel goes without its weight.
const (
	ScaleGone    Unweighed = "scale_gone" // nothing was known of the scale
	WeightWaived Unweighed = "waived"     // the packer said so: it does not fit on the scale
)

// WeightReason is why a supervisor lets a parcel go that weighs something else than like parcels did.
type WeightReason string

// The reasons. What they teach about the next like parcel differs: see Learn.
const (
	OtherPacking        WeightReason = "packing" // another box or filling than usual
	GoodsWeighOtherwise WeightReason = "goods"   // its goods are right, and weigh something else than before
	ScaleAstray         WeightReason = "scale"   // the scale shows something wrong
)

// WeightReasons are the reasons in the order in which they are offered.
var WeightReasons = []WeightReason{OtherPacking, GoodsWeighOtherwise, ScaleAstray}

// WeightsKept is how many weights of like parcels are kept, the newest.
const WeightsKept = 20

// Learn is what is known of like parcels once this one is confirmed, the oldest first, when before was known. A parcel that was let go for its packing or for the
// scale teaches nothing. One whose goods weigh something else now makes what was known before worthless.
func (w Weighing) Learn(before []int) []int {
	switch {
	case w.Grams <= 0, w.Reason == OtherPacking, w.Reason == ScaleAstray:
		return before
	case w.Reason == GoodsWeighOtherwise:
		return []int{w.Grams}
	}
	known := append(slices.Clone(before), w.Grams)
	return known[max(0, len(known)-WeightsKept):]
}

// Likeness is the same text for parcels that hold the same: as many pieces of each article. It is a hash of 128 bits, so that it stays short whatever is in
// them, and empty for a parcel without pieces.
func (p Parcel) Likeness() string {
	if len(p.Units) == 0 {
		return ""
	}
	pieces := map[string]int{}
	for _, unit := range p.Units {
		pieces[unit.SKU()]++
	}
	lines := make([]string, 0, len(pieces))
	for sku, n := range pieces {
		lines = append(lines, strconv.Quote(sku)+" "+strconv.Itoa(n)+"\n")
	}
	slices.Sort(lines)
	hash := fnv.New128a()
	for _, line := range lines {
		hash.Write([]byte(line)) // a hash never fails
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// withWeight is the work once an event has happened, as far as its weight is concerned: one that was off stays so until its pieces change, or it goes.
func (w Work) withWeight(e Event) Work {
	switch e.Kind {
	case WeightOff:
		w.WeightOff = e.Weight
	case Taken, LeftBox, Undone, PutBack, Confirmed:
		w.WeightOff = Weighing{}
	}
	return w
}
