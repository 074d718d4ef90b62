package order

import (
	"slices"
	"strings"
)

// Mark is something about an article that hands have to know of.
type Mark string

// The marks. The words stand in the catalogue's column marks.
const (
	Fragile  Mark = "fragile"
	Battery  Mark = "battery" // or other dangerous goods
	IsGift   Mark = "gift"    // it came free with what was bought
	IsSample Mark = "sample"
)

// Marks are all of them, in the order in which they are shown: first what can hurt.
var Marks = []Mark{Fragile, Battery, IsGift, IsSample}

// MarksOf are the marks of an article in a parcel: those of the catalogue, and what the platform says of its lines (platform API 3.3, is_gift,
// is_dangerous_good) and of the order (3.2, is_sample_order). Either word is enough.
func MarksOf(good Good, p Parcel) (marks []Mark) {
	says := map[Mark]bool{IsSample: p.Sample}
	for _, mark := range good.Marks {
		says[mark] = true
	}
	for _, unit := range p.Units {
		if unit.SKU() == good.SKU {
			says[IsGift] = says[IsGift] || unit.Gift
			says[Battery] = says[Battery] || unit.DangerousGood
		}
	}
	for _, mark := range Marks {
		if says[mark] {
			marks = append(marks, mark)
		}
	}
	return marks
}

func readMarks(g *Good, cell string) error {
	g.Marks = nil
	for _, value := range listed(strings.ToLower(cell)) {
		if !slices.Contains(Marks, Mark(value)) {
			return Trouble(nil, "catalogue.why.mark", "value", value)
		}
		g.Marks = append(g.Marks, Mark(value))
	}
	return nil
}

func writtenMarks(g Good) string {
	var values []string
	for _, mark := range g.Marks {
		values = append(values, string(mark))
	}
	return strings.Join(values, "|")
}
