package report

import (
	"math"
	"slices"
	"time"

	"packbench/internal/order"
)

// Owed is a parcel that is still to be packed, and by when. Lines is how many articles it has.
type Owed struct {
	Key   order.ParcelKey
	Lines int
	By    time.Time
}

// Range is a number that is not known for certain: four times in five it lies from Low to High.
type Range struct{ Low, Likely, High int }

// Unknown is why nothing can be foreseen.
type Unknown string

// Why nothing can be foreseen.
const (
	Foreseen   Unknown = ""          // it can
	TooEarly   Unknown = "too_early" // too few parcels were confirmed lately to tell a pace
	NobodyNow  Unknown = "nobody"    // no bench confirmed a parcel within the last hour
	NothingDue Unknown = "nothing"   // nothing is owed
)

// Forecast is what becomes of the parcels that are owed if the benches go on as they do.
type Forecast struct {
	At      time.Time
	Unknown Unknown
	// CutOffs are the moments by which parcels are owed, the next one first.
	CutOffs []CutOff
	// Benches is how many work now, LinesAnHour what they do together and LinesEach what one of them does, breaks as they came lately taken off.
	Benches                int
	LinesAnHour, LinesEach float64
}

// CutOff is a moment by which parcels are owed.
type CutOff struct {
	At      time.Time
	Parcels int // are owed by then, without those that are owed earlier
	Lines   int
	Miss    Range // of Parcels
	// Missing are those that will likely be late, in the order in which they would be packed.
	Missing []order.ParcelKey
	// More is how many packers more, each as fast as one is now, would bring all of them in. Lost are those that are late already, whatever is done.
	More, Lost int
	// Needed is how many lines an hour it takes from now on.
	Needed float64
}

const (
	// fewSteps is from how many confirmed parcels on a pace is told; fewer is luck.
	fewSteps = 12
	// stillThere is how long after its last parcel a bench counts as being at work: longer than a meal takes.
	stillThere = time.Hour
	// mostlyThere is the least share of its time that a bench is taken to work: who was away for longer than a meal in two hours had nothing to do.
	mostlyThere = 0.75
	// block is the stretch by which the unevenness of the work is measured.
	block = 10 * time.Minute
	// fourInFive is how many standard deviations either way hold four cases of five of a normal distribution.
	fourInFive = 1.2816
	// drift is by which share the pace becomes another from hour to hour because the parcels and the people do. It makes the range hold four times in five on simulated
	// days with other chances than those of the tests.
	drift = 0.07
	// mostMore is the most packers more that are ever asked for: more is no advice.
	mostMore = 99
)

// Foresee tells which of the parcels that are owed will be late. steps are those of today, in the order in which they happened; owed are in the order in which they are packed
// (order.MoreUrgent). A parcel counts as done once its label was scanned on it.
func Foresee(steps []Step, owed []Owed, now time.Time) Forecast {
	f := Forecast{At: now}
	if len(owed) == 0 {
		f.Unknown = NothingDue
		return f
	}
	team := teamOf(steps, now)
	f.Benches, f.LinesAnHour, f.LinesEach, f.Unknown = len(team.benches), team.rate, team.each(), team.unknown
	f.CutOffs = cutOffs(owed, now)
	if f.Unknown != Foreseen {
		return f
	}
	low, likely, high := make(map[time.Time]int), make(map[time.Time][]order.ParcelKey), make(map[time.Time]int)
	lines := 0
	for _, o := range owed {
		lines += o.Lines
		by := o.By
		if !by.After(now) {
			continue // late already, and packed first all the same
		}
		slower, faster := team.off(by.Sub(now))
		if team.doneBy(lines, 1) > by.Sub(now) {
			likely[by.UTC()] = append(likely[by.UTC()], o.Key)
		}
		if team.doneBy(lines, 1+faster) > by.Sub(now) {
			low[by.UTC()]++
		}
		if team.doneBy(lines, 1-slower) > by.Sub(now) {
			high[by.UTC()]++
		}
	}
	before := 0 // lines that are owed up to a cut-off
	for i := range f.CutOffs {
		c := &f.CutOffs[i]
		before += c.Lines
		at := c.At.UTC()
		c.Missing = likely[at]
		c.Miss = Range{Low: low[at], Likely: len(c.Missing), High: high[at]}
		if left := c.At.Sub(now); left > 0 {
			c.Needed = anHour(before, left)
			c.More = team.more(c.Needed)
		}
	}
	return f
}

// cutOffs are the moments by which parcels are owed. What is late already makes one together, at the moment of the oldest of it.
func cutOffs(owed []Owed, now time.Time) []CutOff {
	byTime := map[time.Time]*CutOff{}
	for _, o := range owed {
		at := o.By.UTC()
		lost := !o.By.After(now)
		if lost {
			at = time.Time{}
		}
		c := byTime[at]
		if c == nil {
			c = &CutOff{At: o.By}
			byTime[at] = c
		}
		c.Parcels++
		c.Lines += o.Lines
		if lost {
			c.Lost++
			if o.By.Before(c.At) {
				c.At = o.By
			}
		}
	}
	var all []CutOff
	for _, c := range byTime {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b CutOff) int { return a.At.Compare(b.At) })
	return all
}

// team is the benches that work now.
type team struct {
	benches []float64     // lines an hour of each
	rate    float64       // of all
	there   float64       // the share of the time in which they worked
	away    time.Duration // breaks of one of them, over the long stretch
	uneven  float64       // the standard deviation of a block's lines, as a share of their mean
	blocks  float64       // how many blocks that was taken from
	unknown Unknown
}

// teamOf is the benches that work now, each by the mean of its pace over the short and the long stretch, with the share of breaks that all had over the long one.
func teamOf(steps []Step, now time.Time) (t team) {
	long, short := Paces(steps, Confirmed, now, Long), Paces(steps, Confirmed, now, Short)
	known := 0
	worked, away := time.Duration(0), time.Duration(0)
	for i, p := range long {
		if now.Sub(p.Last) > stillThere {
			continue
		}
		rate := p.LinesAnHour()
		if recent := short[i]; recent.Parcels >= fewSteps/2 {
			rate = (rate + recent.LinesAnHour()) / 2
		}
		t.benches = append(t.benches, rate)
		known += p.Parcels
		worked, away = worked+p.Worked, away+p.Away
	}
	switch {
	case len(t.benches) == 0:
		t.unknown = NobodyNow
		return t
	case known < fewSteps:
		t.unknown = TooEarly
		return t
	}
	t.there = max(mostlyThere, worked.Hours()/(worked+away).Hours())
	t.away = time.Duration((1 - t.there) * float64(Long))
	for i := range t.benches {
		t.benches[i] *= t.there
		t.rate += t.benches[i]
	}
	t.uneven, t.blocks = unevenness(steps, now)
	return t
}

// unevenness is how much the lines of a block differ from block to block, over the long stretch, and how many blocks there were.
func unevenness(steps []Step, now time.Time) (share, blocks float64) {
	const most = int(Long / block)
	var lines [most]float64
	oldest := 0
	for _, s := range steps {
		if n := int(now.Sub(s.At) / block); s.Stage == Confirmed && !s.At.After(now) && n < most {
			lines[n] += float64(s.Lines)
			oldest = max(oldest, n)
		}
	}
	n := float64(oldest + 1)
	sum, squares := 0.0, 0.0
	for _, l := range lines[:oldest+1] {
		sum += l
		squares += l * l
	}
	mean := sum / n
	if mean == 0 || n < 2 {
		return 1, 1
	}
	return math.Sqrt(max(0, squares-n*mean*mean)/(n-1)) / mean, n
}

// off is by which share the rate may be lower or higher than it seems, over a time ahead: by the unevenness of that time and of the time it was taken from, and because the
// breaks of the last two hours may all fall into it, or none.
func (t team) off(ahead time.Duration) (slower, faster float64) {
	uneven := math.Hypot(drift, fourInFive*t.uneven*math.Sqrt(1/max(1, float64(ahead)/float64(block))+1/t.blocks))
	all := max(0, min(1, t.away.Hours()/ahead.Hours())-(1-t.there)) // more than are taken off already
	return min(0.9, math.Hypot(uneven, all)), math.Hypot(uneven, 1/t.there-1)
}

// doneBy is how long so many lines take at a share of the rate.
func (t team) doneBy(lines int, share float64) time.Duration {
	hours := float64(lines) / (t.rate * share)
	return time.Duration(min(hours, 1e5) * float64(time.Hour))
}

// each is what one of them does in the middle, in lines an hour.
func (t team) each() float64 {
	if len(t.benches) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t.benches))
	return sorted[len(sorted)/2]
}

// more is how many more it takes for so many lines an hour.
func (t team) more(needed float64) int {
	if needed <= t.rate || t.each() == 0 {
		return 0
	}
	return int(min(mostMore, math.Ceil((needed-t.rate)/t.each())))
}
