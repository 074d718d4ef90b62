package wave

import "slices"

// Stops are where the pieces of one parcel lie.
type Stops []Spot

// Batches divides parcels into waves of at most size, so that the walks are short. The parcels come in the order of their urgency, and so do the waves: each
// begins with the most urgent parcel that is left and takes, of the window most urgent ones behind it, those that lengthen its walk least. The answer holds
// the numbers of the parcels; with most above 0, of so many waves.
func (l Layout) Batches(parcels []Stops, size, window, most int) [][]int {
	left := make([]int, len(parcels))
	for i := range left {
		left[i] = i
	}
	var waves [][]int
	for len(left) > 0 && (most == 0 || len(waves) < most) {
		taken := l.fill(parcels, left, size, window)
		waves = append(waves, taken)
		left = without(left, taken, min(len(left), window))
	}
	return waves
}

// without is the list without what was taken of its first window: what is behind that stays where it lies.
func without(left, taken []int, window int) []int {
	to := window
	for i := window - 1; i >= 0; i-- {
		if !slices.Contains(taken, left[i]) {
			to--
			left[to] = left[i]
		}
	}
	return left[to:]
}

// fill makes one wave of the parcels that are left.
func (l Layout) fill(parcels []Stops, left []int, size, window int) []int {
	taken := []int{left[0]}
	walk := newWalk(l, parcels[left[0]])
	open := slices.Clone(left[1:min(len(left), window)])
	for len(taken) < size && len(open) > 0 {
		best, least := -1, unreachable
		for i, n := range open {
			if more := walk.with(parcels[n]) - walk.metres; more < least {
				if best, least = i, more; more <= 0 {
					break // nothing is shorter than no way at all
				}
			}
		}
		n := open[best]
		walk.add(parcels[n])
		taken = append(taken, n)
		open = slices.Delete(open, best, best+1)
	}
	slices.Sort(taken)
	return taken
}

// walk is the stretches of aisles a wave goes to so far, and how far that is.
type walk struct {
	layout Layout
	metres float64
	floors [][]visit // by aisle; a far below 0 is an aisle that is not gone to

	scratch []visit
}

func newWalk(l Layout, first Stops) *walk {
	w := &walk{layout: l}
	for _, aisles := range l.Floors {
		stretches := make([]visit, len(aisles))
		for i := range stretches {
			stretches[i] = visit{aisle: i, far: -1}
		}
		w.floors = append(w.floors, stretches)
	}
	w.add(first)
	return w
}

// add has the walk go to more spots.
func (w *walk) add(stops Stops) {
	for _, s := range stops {
		w.floors[s.Floor][s.Aisle] = widened(w.floors[s.Floor][s.Aisle], s)
	}
	w.metres = w.length(nil)
}

// with is how far the walk would be with more spots.
func (w *walk) with(stops Stops) float64 {
	inside := true
	for _, s := range stops {
		v := w.floors[s.Floor][s.Aisle]
		inside = inside && v.far >= s.At && v.near <= s.At
	}
	if inside {
		return w.metres
	}
	return w.length(stops)
}

// length is how far the walk is, with more stops.
func (w *walk) length(more Stops) float64 {
	total := 0.0
	for floor, aisles := range w.floors {
		w.scratch = w.scratch[:0]
		for _, v := range aisles {
			for _, s := range more {
				if s.Floor == floor && s.Aisle == v.aisle {
					v = widened(v, s)
				}
			}
			if v.far >= 0 {
				w.scratch = append(w.scratch, v)
			}
		}
		if len(w.scratch) == 0 {
			continue
		}
		last := 0.0
		w.layout.best(w.scratch, func(_ int, ends [2]leg) { last = ends[front].metres })
		total += last + float64(w.scratch[len(w.scratch)-1].aisle)*w.layout.AisleM
		if floor > 0 {
			total += w.layout.FloorM
		}
	}
	return total
}

func widened(v visit, s Spot) visit {
	if v.far < 0 {
		v.near, v.far = s.At, s.At
		return v
	}
	v.near, v.far = min(v.near, s.At), max(v.far, s.At)
	return v
}
