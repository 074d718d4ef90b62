package order

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func unitsOf(skus ...string) (p Parcel) {
	for _, sku := range skus {
		p.Units = append(p.Units, Unit{Line: Line{SellerSKU: sku}})
	}
	return p
}

func TestParcelsAreLikeByTheirPieces(t *testing.T) {
	for name, c := range map[string]struct {
		a, b []string
		like bool
	}{
		"the same":             {[]string{"tee", "cap"}, []string{"tee", "cap"}, true},
		"another order":        {[]string{"tee", "cap", "tee"}, []string{"tee", "tee", "cap"}, true},
		"one piece more":       {[]string{"tee"}, []string{"tee", "tee"}, false},
		"another article":      {[]string{"tee"}, []string{"cap"}, false},
		"as many of another":   {[]string{"tee", "tee", "cap"}, []string{"tee", "cap", "cap"}, false},
		"names that run on":    {[]string{"a 1\n\"b"}, []string{"a", "b"}, false},
		"a number in its name": {[]string{"tee 2"}, []string{"tee", "tee"}, false},
	} {
		a, b := unitsOf(c.a...).Likeness(), unitsOf(c.b...).Likeness()
		if (a == b) != c.like || len(a) != 32 {
			t.Errorf("%s: %s and %s", name, a, b)
		}
	}
	if got := unitsOf().Likeness(); got != "" {
		t.Errorf("nothing is like %s", got)
	}
}

func TestWhatAWeightTeaches(t *testing.T) {
	before := []int{500, 510}
	for name, c := range map[string]struct {
		w    Weighing
		want []int
	}{
		"a weight":         {Weighing{Grams: 505}, []int{500, 510, 505}},
		"none":             {Weighing{Unweighed: ScaleGone}, before},
		"another box":      {Weighing{Grams: 700, Reason: OtherPacking}, before},
		"a wrong scale":    {Weighing{Grams: 700, Reason: ScaleAstray}, before},
		"other goods":      {Weighing{Grams: 700, Reason: GoodsWeighOtherwise}, []int{700}},
		"a reason unknown": {Weighing{Grams: 505, Reason: "of a newer program"}, []int{500, 510, 505}},
	} {
		if got := c.w.Learn(before); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// However many are weighed: the newest are kept, in their order, and what was known before is not changed under somebody's hands.
func TestTheNewestWeightsAreKept(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := rapid.SliceOfN(rapid.IntRange(1, 40_000), 0, 3*WeightsKept).Draw(rt, "weights")
		var known []int
		for _, grams := range all {
			was := slices.Clone(known)
			next := Weighing{Grams: grams}.Learn(known)
			if !slices.Equal(known, was) {
				rt.Fatalf("%v became %v", was, known)
			}
			known = next
		}
		if want := all[max(0, len(all)-WeightsKept):]; !slices.Equal(known, want) {
			rt.Fatalf("kept %v of %v", known, all)
		}
	})
}
