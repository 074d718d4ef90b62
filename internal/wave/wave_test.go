package wave

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The three warehouses of the benchmarks: a small one, one with 12 aisles, one with three floors.
var warehouses = map[string]Layout{
	"small":        {Floors: [][]string{{"A", "B", "C", "D"}}, Bays: 10, BayM: 1.2, AisleM: 3},
	"12-aisles":    {Floors: [][]string{{"A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M"}}, Bays: 20, BayM: 1.2, AisleM: 3},
	"three-floors": {Floors: [][]string{{"1A", "1B", "1C", "1D", "1E", "1F"}, {"2A", "2B", "2C", "2D", "2E", "2F"}, {"3A", "3B", "3C", "3D", "3E", "3F"}}, Bays: 15, BayM: 1.2, AisleM: 3, FloorM: 40},
}

// shop is a day's parcels in order of urgency: as many as n, most of one article, few articles in most of them.
func shop(l Layout, n int, seed uint64) []Stops {
	random := rand.New(rand.NewPCG(seed, 1))
	var bins []Spot
	for floor, aisles := range l.Floors {
		for aisle := range aisles {
			for bay := range l.Bays {
				bins = append(bins, Spot{Floor: floor, Aisle: aisle, At: (float64(bay) + 0.5) * l.BayM, Bin: fmt.Sprintf("%s-%02d", aisles[aisle], bay+1)})
			}
		}
	}
	random.Shuffle(len(bins), func(i, j int) { bins[i], bins[j] = bins[j], bins[i] })
	parcels := make([]Stops, n)
	for i := range parcels {
		for range 1 + min(int(random.ExpFloat64()), 5) {
			rank := int(math.Pow(random.Float64(), 2) * float64(len(bins))) // what sells sells often
			parcels[i] = append(parcels[i], bins[rank])
		}
	}
	return parcels
}

func (l Layout) of(parcels []Stops, waves [][]int) float64 {
	total := 0.0
	for _, numbers := range waves {
		var spots []Spot
		for _, n := range numbers {
			spots = append(spots, parcels[n]...)
		}
		_, metres := l.tour(spots)
		total += metres
	}
	return total
}

// firstCome is waves as they come.
func firstCome(n, size int) [][]int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return slices.Collect(slices.Chunk(all, size))
}

func TestBinsAreWalkedAlongTheAisles(t *testing.T) {
	l := warehouses["small"]
	walked, metres := l.Route([]string{"C-10-1", "A-09-2", "C-02", "A-10", "B-10", "B-09-3", "Z-1", "A-10", "cage"})
	// Up A, B from the back and out again, down C.
	want := []string{"A-09-2", "A-10", "B-10", "B-09-3", "C-10-1", "C-02", "cage", "Z-1"}
	slices.Sort(want[6:])
	if !slices.Equal(walked, want) {
		t.Errorf("%v", walked)
	}
	if depth := l.depth(); math.Abs(metres-(2*depth+2*2*l.AisleM+2*1.5*l.BayM)) > 1e-9 {
		t.Errorf("%g m", metres)
	}
	if _, metres := l.Route(nil); metres != 0 {
		t.Errorf("nothing to pick is %g m", metres)
	}
}

func TestBinNames(t *testing.T) {
	l := Layout{Floors: [][]string{{"A", "B"}, {"2A", "12"}}, Bays: 10, BayM: 1}
	for bin, want := range map[string]Spot{
		"A-03-2": {0, 0, 2.5, "A-03-2"}, "b07": {0, 1, 6.5, "b07"}, "2A-14": {1, 0, 10, "2A-14"}, "12-01-1": {1, 1, 0.5, "12-01-1"},
	} {
		if got, ok := l.Spot(bin); !ok || got != want {
			t.Errorf("%s: %+v, %v", bin, got, ok)
		}
	}
	for _, bin := range []string{"", "C-01", "A", "shelf"} {
		if got, ok := l.Spot(bin); ok {
			t.Errorf("%s: %+v", bin, got)
		}
	}
	names := []string{"Z-10", "Z-2", "cage", "Z-2-1", "Y-3"}
	slices.SortFunc(names, byNature)
	if !slices.Equal(names, []string{"Y-3", "Z-2", "Z-2-1", "Z-10", "cage"}) {
		t.Errorf("%v", names)
	}
}

// shortest is the shortest walk over spots of one floor whatever the order, by trying all.
func shortest(l Layout, spots []Spot) float64 {
	way := func(a, b Spot) float64 {
		if a.Aisle == b.Aisle {
			return math.Abs(a.At - b.At)
		}
		side := math.Abs(float64(a.Aisle-b.Aisle)) * l.AisleM
		return side + min(a.At+b.At, 2*l.depth()-a.At-b.At)
	}
	best := math.Inf(1)
	var try func(at Spot, left []Spot, metres float64)
	try = func(at Spot, left []Spot, metres float64) {
		if metres >= best {
			return
		}
		if len(left) == 0 {
			best = min(best, metres+way(at, Spot{}))
			return
		}
		for i := range left {
			rest := append(slices.Clone(left[:i]), left[i+1:]...)
			try(left[i], rest, metres+way(at, left[i]))
		}
	}
	try(Spot{}, spots, 0)
	return best
}

// No walk is shorter than the shortest there is, and on small cases few are much longer.
func TestWalksAgainstTheShortest(t *testing.T) {
	l := warehouses["12-aisles"]
	ours, theirs := 0.0, 0.0
	rapid.Check(t, func(rt *rapid.T) {
		spots := slices.Concat(shop(l, 3, rapid.Uint64().Draw(rt, "seed"))...)
		if len(spots) > 7 {
			spots = spots[:7]
		}
		walked, metres := l.tour(spots)
		if len(walked) != len(spots) {
			rt.Fatalf("%d of %d spots walked", len(walked), len(spots))
		}
		least := shortest(l, spots)
		if metres < least-1e-6 {
			rt.Fatalf("%g m, and the shortest is %g", metres, least)
		}
		ours, theirs = ours+metres, theirs+least
	})
	if ours > 1.1*theirs {
		t.Errorf("walks are %.1f %% longer than the shortest", 100*(ours/theirs-1))
	}
}

// What a walk is said to be as it grows is what it is.
func TestAWalkIsAsLongAsItsTour(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := warehouses[rapid.SampledFrom([]string{"small", "12-aisles", "three-floors"}).Draw(rt, "warehouse")]
		parcels := shop(l, rapid.IntRange(2, 20).Draw(rt, "parcels"), rapid.Uint64().Draw(rt, "seed"))
		w := newWalk(l, parcels[0])
		for i, p := range parcels[1:] {
			said := w.with(p)
			w.add(p)
			_, metres := l.tour(slices.Concat(parcels[:i+2]...))
			if math.Abs(said-metres) > 1e-6 || math.Abs(w.metres-metres) > 1e-6 {
				rt.Fatalf("said %g, grown %g, walked %g", said, w.metres, metres)
			}
		}
	})
}

func TestEveryParcelIsInOneWave(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := warehouses["small"]
		n, size := rapid.IntRange(1, 120).Draw(rt, "parcels"), rapid.IntRange(1, 50).Draw(rt, "size")
		waves := l.Batches(shop(l, n, rapid.Uint64().Draw(rt, "seed")), size, 200, 0)
		var all []int
		for i, w := range waves {
			if len(w) > size || i < len(waves)-1 && len(w) < size {
				rt.Fatalf("wave %d of %d has %d parcels of %d", i, len(waves), len(w), size)
			}
			all = append(all, w...)
		}
		slices.Sort(all)
		for i := range n {
			if all[i] != i {
				rt.Fatalf("parcel %d is not in one wave", i)
			}
		}
		if len(all) != n || waves[0][0] != 0 {
			rt.Fatalf("%d parcels, the first is %d", len(all), waves[0][0])
		}
	})
}

// BenchmarkWalks is how much of the way proposed waves save against waves as orders come, and against the best there are on small cases.
func BenchmarkWalks(b *testing.B) {
	for name, l := range warehouses {
		b.Run(name, func(b *testing.B) {
			parcels := shop(l, 5000, 7)
			var waves [][]int
			for b.Loop() {
				waves = l.Batches(parcels, 50, 500, 0)
			}
			b.ReportMetric(100*(1-l.of(parcels, waves)/l.of(parcels, firstCome(len(parcels), 50))), "%saved")
			waves = l.Batches(parcels, 12, 120, 0)
			b.ReportMetric(100*(1-l.of(parcels, waves)/l.of(parcels, firstCome(len(parcels), 12))), "%saved-of-12")
		})
	}
}
