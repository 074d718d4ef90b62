// Package wave decides which parcels are picked together and in which order their bins are walked. It is functions over values: no clock, no files.
package wave

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Layout is a warehouse as a picker walks it: on every floor parallel aisles between a cross-aisle in front, where the walk begins and ends, and one at the
// back. Lengths are in metres.
type Layout struct {
	// Floors are the aisles of each floor, as bins call them, in the order in which they stand from where the walk begins.
	Floors [][]string
	// Bays is how many bays an aisle has, BayM how long one is, AisleM how far it is from one aisle to the next, FloorM what the way to another floor and
	// back costs.
	Bays                 int
	BayM, AisleM, FloorM float64
}

// Spot is where a bin stands.
type Spot struct {
	Floor, Aisle int     // numbers from 0
	At           float64 // metres from the front cross-aisle
	Bin          string
}

// binName is an aisle and a bay: A-03-2, 2B-14, B07. What follows the bay is the height, which costs no way.
var binName = regexp.MustCompile(`^([0-9]*\p{L}+|[0-9]+)[-_. ]?([0-9]+)`)

// Spot finds a bin; ok is false for one in no aisle of the layout.
func (l Layout) Spot(bin string) (s Spot, ok bool) {
	parts := binName.FindStringSubmatch(bin)
	if parts == nil {
		return Spot{}, false
	}
	bay, err := strconv.Atoi(parts[2])
	if err != nil {
		return Spot{}, false
	}
	for floor, aisles := range l.Floors {
		aisle := slices.IndexFunc(aisles, func(name string) bool { return strings.EqualFold(name, parts[1]) })
		if aisle >= 0 {
			return Spot{Floor: floor, Aisle: aisle, At: min(max(float64(bay)-0.5, 0), float64(l.Bays)) * l.BayM, Bin: bin}, true
		}
	}
	return Spot{}, false
}

// depth is how long an aisle is.
func (l Layout) depth() float64 { return float64(l.Bays) * l.BayM }

// Route puts bins into the order in which they are walked; those that the layout does not know come last, by their names. metres is how far the known ones are.
func (l Layout) Route(bins []string) (walked []string, metres float64) {
	var spots []Spot
	var unknown []string
	seen := map[string]bool{}
	for _, bin := range bins {
		if seen[bin] {
			continue
		}
		seen[bin] = true
		if s, ok := l.Spot(bin); ok {
			spots = append(spots, s)
		} else {
			unknown = append(unknown, bin)
		}
	}
	order, metres := l.tour(spots)
	for _, s := range order {
		walked = append(walked, s.Bin)
	}
	slices.SortFunc(unknown, byNature)
	return append(walked, unknown...), metres
}

// byNature orders names so that A-2 stands before A-10.
func byNature(a, b string) int {
	for a != "" && b != "" {
		x, restA := run(a)
		y, restB := run(b)
		m, errA := strconv.Atoi(x)
		n, errB := strconv.Atoi(y)
		if errA == nil && errB == nil && m != n {
			return cmp.Compare(m, n)
		}
		if x != y && (errA != nil || errB != nil) {
			return cmp.Compare(x, y)
		}
		a, b = restA, restB
	}
	return cmp.Compare(len(a), len(b))
}

// run is the digits, or what is none, that a name begins with.
func run(name string) (first, rest string) {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	n := 1
	for n < len(name) && digit(name[n]) == digit(name[0]) {
		n++
	}
	return name[:n], name[n:]
}
