package order

import (
	"slices"
	"testing"
)

func TestSplitOff(t *testing.T) {
	p := Parcel{Market: "GB"}
	for i, sku := range []string{"tee", "tee", "cap"} {
		p.Units = append(p.Units, Unit{Line: Line{ID: string(rune('a' + i)), SellerSKU: sku}})
	}
	taken := []Piece{{Unit: "a", SKU: "tee"}, {Unit: "c", SKU: "cap"}}
	for name, c := range map[string]struct {
		market     Market
		local      bool
		here, left int
	}{
		"Britain, unit by unit":    {"GB", false, 2, 0},
		"Malaysia, whole articles": {"MY", false, 1, 1},
		"Brazil":                   {"BR", true, 1, 1},
		"Mexico, a seller there":   {"MX", true, 1, 1},
		"Mexico, from abroad":      {"MX", false, 2, 0},
		"the United States":        {"US", true, 2, 0},
	} {
		p.Market, p.LocalSeller = c.market, c.local
		if here, left := p.SplitOff(taken); len(here) != c.here || len(left) != c.left {
			t.Errorf("%s: %v, %v", name, here, left)
		}
	}
}

func TestSplitInto(t *testing.T) {
	lines := func(packages ...string) Order {
		o := Order{ID: "1"}
		for i, id := range packages {
			o.Lines = append(o.Lines, Line{ID: string(rune('a' + i)), PackageID: id})
		}
		return o
	}
	for name, c := range map[string]struct {
		o          Order
		here, rest ParcelKey
		split      bool
	}{
		"as asked":             {lines("8", "9", "8"), "8", "9", true},
		"not":                  {lines("7", "7", "7"), "", "", false},
		"something else in it": {lines("8", "8", "8"), "", "", false},
		"torn":                 {lines("8", "9", "9"), "", "", false},
		"no packages":          {lines("", "", ""), "", "", false},
		"a unit is gone":       {lines("8", "9"), "", "", false},
	} {
		here, rest, split := c.o.SplitInto([]string{"a", "c"})
		if split != c.split || split && (here != c.here || rest != c.rest) {
			t.Errorf("%s: %s, %s, %t", name, here, rest, split)
		}
	}
}

// A bundle goes whole or not at all.
func TestLinesOf(t *testing.T) {
	o := Order{Lines: []Line{{ID: "a"}, {ID: "b", Parts: []Line{{ID: "b1"}, {ID: "b2"}}}, {ID: "c", Status: Cancelled}, {ID: "d"}}}
	lines, others, whole := o.LinesOf([]string{"b1", "b2", "d"})
	if !whole || !slices.Equal(lines, []string{"b", "d"}) || !slices.Equal(others, []string{"a"}) {
		t.Errorf("%v, %v, %t", lines, others, whole)
	}
	if _, _, whole := o.LinesOf([]string{"b1"}); whole {
		t.Error("a bundle was torn")
	}
}
