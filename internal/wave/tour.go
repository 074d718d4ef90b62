package wave

import (
	"cmp"
	"slices"
)

// visit is the stretch of one aisle in which something is picked.
type visit struct {
	aisle      int
	near, far  float64 // metres from the front of the nearest and the farthest spot
	first, end int     // the spots, of those of the floor by aisle
}

// The ways through an aisle, for a picker who stands at one of its ends: all through, or in and out again.
const (
	through = iota
	back
)

// leg is how far it is until one stands at an end of the aisles so far, and how the last one was gone through.
type leg struct {
	metres float64
	way    int
	from   int // the end from which
}

// The ends of the aisles.
const (
	front = iota
	rear
)

// tour is the shortest walk over the spots that takes the aisles of a floor one after the other, each through or in and out again, and begins and ends at
// the front of the first aisle; floors are taken one after the other. After Roodbergen and De Koster, "Routing methods for warehouses with multiple cross
// aisles" (2001), the combined method.
func (l Layout) tour(spots []Spot) (walked []Spot, metres float64) {
	byPlace := slices.SortedStableFunc(slices.Values(spots), func(a, b Spot) int {
		return cmp.Or(cmp.Compare(a.Floor, b.Floor), cmp.Compare(a.Aisle, b.Aisle), cmp.Compare(a.At, b.At))
	})
	for len(byPlace) > 0 {
		floor := byPlace[0].Floor
		n := 0
		for n < len(byPlace) && byPlace[n].Floor == floor {
			n++
		}
		order, way := l.onFloor(byPlace[:n])
		walked, metres = append(walked, order...), metres+way
		if floor > 0 {
			metres += l.FloorM
		}
		byPlace = byPlace[n:]
	}
	return walked, metres
}

// visits groups spots by aisle.
func visits(spots []Spot) []visit {
	var all []visit
	for i, s := range spots {
		if last := len(all) - 1; last >= 0 && all[last].aisle == s.Aisle {
			all[last].far, all[last].end = s.At, i+1
			continue
		}
		all = append(all, visit{aisle: s.Aisle, near: s.At, far: s.At, first: i, end: i + 1})
	}
	return all
}

// onFloor is the tour of one floor, over spots by aisle and depth.
func (l Layout) onFloor(spots []Spot) (walked []Spot, metres float64) {
	aisles := visits(spots)
	legs := make([][2]leg, len(aisles))
	l.best(aisles, func(i int, ends [2]leg) { legs[i] = ends })
	last := len(aisles) - 1
	metres = legs[last][front].metres + float64(aisles[last].aisle)*l.AisleM
	ways := make([]leg, len(aisles))
	for i, end := last, front; i >= 0; i-- {
		ways[i] = legs[i][end]
		end = ways[i].from
	}
	for i, v := range aisles {
		stretch := slices.Clone(spots[v.first:v.end])
		if ways[i].from == rear {
			slices.Reverse(stretch)
		}
		walked = append(walked, stretch...)
	}
	return walked, metres
}

// best goes through the aisles and hands over, of each, the shortest ways that end at its front and at its rear.
func (l Layout) best(aisles []visit, each func(int, [2]leg)) {
	depth, at := l.depth(), 0
	ends := [2]leg{front: {}, rear: {metres: unreachable}}
	for i, v := range aisles {
		step := float64(v.aisle-at) * l.AisleM
		at = v.aisle
		toFront, toRear := ends[front].metres+step, ends[rear].metres+step
		next := [2]leg{
			front: {toFront + 2*v.far, back, front},
			rear:  {toRear + 2*(depth-v.near), back, rear},
		}
		if all := toRear + depth; all < next[front].metres {
			next[front] = leg{all, through, rear}
		}
		if all := toFront + depth; all < next[rear].metres {
			next[rear] = leg{all, through, front}
		}
		each(i, next)
		ends = next
	}
}

// unreachable is farther than any walk.
const unreachable = 1e12
