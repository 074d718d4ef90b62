package order

import (
	"slices"
	"testing"
)

// The catalogue's word and the platform's count alike, each mark once, in one order.
func TestMarksOf(t *testing.T) {
	p := Parcel{Units: []Unit{
		{Line: Line{ID: "1", SellerSKU: "MUG"}}, {Line: Line{ID: "2", SellerSKU: "LAMP", DangerousGood: true}}, {Line: Line{ID: "3", SellerSKU: "LAMP", Gift: true}},
	}}
	for name, c := range map[string]struct {
		good   Good
		sample bool
		want   []Mark
	}{
		"nothing":            {Good{SKU: "MUG"}, false, nil},
		"by the catalogue":   {Good{SKU: "MUG", Marks: []Mark{IsGift, Fragile}}, false, []Mark{Fragile, IsGift}},
		"by the platform":    {Good{SKU: "LAMP"}, false, []Mark{Battery, IsGift}},
		"by both":            {Good{SKU: "LAMP", Marks: []Mark{Battery, Fragile}}, true, []Mark{Fragile, Battery, IsGift, IsSample}},
		"of a sample order":  {Good{SKU: "MUG"}, true, []Mark{IsSample}},
		"of another article": {Good{SKU: "CAP", Marks: []Mark{Fragile}}, false, []Mark{Fragile}},
	} {
		p.Sample = c.sample
		if got := MarksOf(c.good, p); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
