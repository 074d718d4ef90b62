package report_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
)

// midnight is the day that is simulated.
var midnight = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func clock(hour, minute int) time.Time {
	return midnight.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// bench is one packer at one bench: seconds a parcel and more a line, how tired they get over the day, and when they are away.
type bench struct {
	parcel, line float64
	tires        float64 // share slower at the day's end
	from, until  time.Time
	breaks       []span
}

type span struct {
	from time.Time
	long time.Duration
}

// arriving is a wave of orders: so many within a span, each with one line and more with a probability, owed by a cut-off.
type arriving struct {
	span
	parcels int
	more    float64 // probability of each further line
	by      time.Time
}

// day is a day to simulate.
type day struct {
	name    string
	seed    uint64
	benches []bench
	waves   []arriving
	shock   span // no label comes out of any printer
	cutOffs []time.Time
}

// parcel is one that is owed in a simulated day.
type parcel struct {
	report.Owed
	came, done time.Time // done is zero where it never was
}

// lived is a day as it went: what was journalled, and each parcel, in the order in which they are packed.
type lived struct {
	events  []order.Event
	parcels []*parcel
}

// live simulates the day: every bench takes the most urgent parcel there is, one after the other.
func (d day) live() lived {
	random := rand.New(rand.NewPCG(d.seed, 7))
	var l lived
	for _, w := range d.waves {
		for range w.parcels {
			p := &parcel{came: w.from.Add(time.Duration(random.Float64() * float64(w.long)))}
			p.Key, p.By, p.Lines = order.ParcelKey(fmt.Sprintf("P%05d", len(l.parcels))), w.by, 1
			for p.Lines < 8 && random.Float64() < w.more {
				p.Lines++
			}
			l.parcels = append(l.parcels, p)
		}
	}
	slices.SortStableFunc(l.parcels, func(a, b *parcel) int { return cmp.Or(a.By.Compare(b.By), a.came.Compare(b.came)) })
	free := make([]time.Time, len(d.benches))
	for i, b := range d.benches {
		free[i] = b.from
	}
	waiting := slices.Clone(l.parcels)
	for {
		at := 0
		for i := range free {
			if free[i].Before(free[at]) {
				at = i
			}
		}
		b, now := d.benches[at], free[at]
		if !now.Before(clock(20, 0)) {
			break
		}
		if !now.Before(b.until) {
			free[at] = clock(20, 0)
			continue
		}
		if i := slices.IndexFunc(b.breaks, func(s span) bool { return !now.Before(s.from) && now.Before(s.from.Add(s.long)) }); i >= 0 {
			free[at] = b.breaks[i].from.Add(b.breaks[i].long)
			continue
		}
		i := slices.IndexFunc(waiting, func(p *parcel) bool { return !p.came.After(now) })
		if i < 0 {
			free[at] = now.Add(time.Minute)
			continue
		}
		p := waiting[i]
		waiting = slices.Delete(waiting, i, i+1)
		tired := 1 + b.tires*now.Sub(b.from).Hours()/b.until.Sub(b.from).Hours()
		takes := (b.parcel + b.line*float64(p.Lines)) * tired * math.Exp(0.35*random.NormFloat64()-0.06)
		if random.Float64() < 0.03 { // somebody asks something, a bin is empty
			takes += 120 + 240*random.Float64()
		}
		end := now.Add(time.Duration(takes * float64(time.Second)))
		if s := d.shock; s.long > 0 && end.After(s.from) && end.Before(s.from.Add(s.long)) {
			end = s.from.Add(s.long).Add(time.Duration(10*random.Float64()) * time.Second)
		}
		p.done, free[at] = end, end
		l.events = append(l.events, journal(*p, fmt.Sprintf("bench %d", at+1), now, end)...)
	}
	l.events = sorted(l.events)
	return l
}

// sorted are events by time. They are large: what is moved about is where they lie.
func sorted(events []order.Event) (all []order.Event) {
	places := make([]*order.Event, len(events))
	for i := range events {
		places[i] = &events[i]
	}
	slices.SortStableFunc(places, func(a, b *order.Event) int { return a.At.Compare(b.At) })
	for _, e := range places {
		all = append(all, *e)
	}
	return all
}

// journal is what a bench journals of a parcel.
func journal(p parcel, bench string, from, end time.Time) []order.Event {
	kinds := []order.Event{{Kind: order.Opened, At: from}}
	for n := range p.Lines {
		kinds = append(kinds, order.Event{Kind: order.Taken, At: from.Add(time.Duration(n+1) * end.Sub(from) / time.Duration(p.Lines+2)), Unit: fmt.Sprint(p.Key, n), SKU: fmt.Sprint("SKU", n)})
	}
	last := kinds[len(kinds)-1].At
	kinds = append(kinds, order.Event{Kind: order.LabelQueued, At: last}, order.Event{Kind: order.LabelSending, At: last}, order.Event{Kind: order.LabelSent, At: last.Add(end.Sub(last) / 2)},
		order.Event{Kind: order.Confirmed, At: end})
	for i := range kinds {
		kinds[i].Parcel, kinds[i].Bench = p.Key, bench
	}
	return kinds
}

// at is the day as it was known at a moment: the steps until then, and what is owed in the order in which it is packed.
func (l lived) at(now time.Time) (done []report.Step, owed []report.Owed) {
	until, _ := slices.BinarySearchFunc(l.events, now, func(e order.Event, now time.Time) int { return cmp.Or(e.At.Compare(now), -1) })
	for _, p := range l.parcels {
		if !p.came.After(now) && (p.done.IsZero() || p.done.After(now)) {
			owed = append(owed, p.Owed)
		}
	}
	return steps(l.events[:until]), owed
}

// crew is n benches alike, but that each is a little faster or slower than the one before.
func crew(n int, parcel, line float64, breaks ...func(i int) span) (benches []bench) {
	for i := range n {
		b := bench{parcel: parcel * (0.85 + 0.3*float64(i)/float64(max(1, n-1))), line: line, from: clock(8, 0), until: clock(18, 0)}
		for _, one := range breaks {
			b.breaks = append(b.breaks, one(i))
		}
		benches = append(benches, b)
	}
	return benches
}

// together is a break that all have at once, apart one after the other.
func together(hour, minute int, long time.Duration) func(int) span {
	return func(int) span { return span{clock(hour, minute), long} }
}

func apart(hour, minute int, long time.Duration) func(int) span {
	return func(i int) span { return span{clock(hour, minute).Add(time.Duration(i) * long), long} }
}

func wave(hour, minute int, long time.Duration, parcels int, more float64, by time.Time) arriving {
	return arriving{span{clock(hour, minute), long}, parcels, more, by}
}

// days are ten days, made so that what is owed an hour before a cut-off is about what can be packed in that hour: where it is half of that or twice, anybody can tell.
func days() []day {
	noon, four, five := clock(12, 0), clock(16, 0), clock(17, 0)
	return []day{
		{name: "three benches, steady", seed: 1, benches: crew(3, 40, 25, apart(10, 0, 15*time.Minute)), cutOffs: []time.Time{noon, four},
			waves: []arriving{wave(6, 0, time.Hour, 570, 0.4, noon), wave(12, 0, 3*time.Hour, 560, 0.4, four)}},
		{name: "two benches, breaks together", seed: 2, benches: crew(2, 45, 30, together(10, 0, 15*time.Minute), together(13, 0, 30*time.Minute)), cutOffs: []time.Time{noon, four},
			waves: []arriving{wave(6, 0, time.Hour, 320, 0.4, noon), wave(11, 0, 4*time.Hour, 330, 0.4, four)}},
		{name: "six benches, fast and slow, idle until ten", seed: 3, benches: append(crew(3, 25, 18, apart(11, 0, 20*time.Minute)), crew(3, 70, 40, apart(13, 0, 20*time.Minute))...), cutOffs: []time.Time{noon, four},
			waves: []arriving{wave(5, 0, time.Hour, 330, 0.35, noon), wave(10, 5, 10*time.Minute, 520, 0.35, noon), wave(12, 0, 2*time.Hour, 1150, 0.35, four)}},
		{name: "everybody tires", seed: 4, benches: tired(crew(3, 40, 25, together(12, 0, 30*time.Minute)), 0.5), cutOffs: []time.Time{five},
			waves: []arriving{wave(6, 0, time.Hour, 600, 0.4, five), wave(10, 0, 5*time.Hour, 420, 0.4, five)}},
		{name: "singles first, large parcels later", seed: 5, benches: crew(4, 35, 22, apart(12, 0, 15*time.Minute)), cutOffs: []time.Time{four},
			waves: []arriving{wave(6, 0, time.Hour, 900, 0.1, four), wave(7, 1, time.Hour, 620, 0.7, four)}},
		{name: "one bench comes at 14:00", seed: 6, benches: late(crew(4, 40, 25, together(12, 0, 30*time.Minute)), clock(14, 0)), cutOffs: []time.Time{five},
			waves: []arriving{wave(6, 0, 2*time.Hour, 900, 0.4, five), wave(12, 0, 3*time.Hour, 520, 0.4, five)}},
		{name: "a wave half an hour before the cut-off, owed later", seed: 7, benches: crew(3, 40, 25, apart(10, 0, 15*time.Minute)), cutOffs: []time.Time{noon, five},
			waves: []arriving{wave(6, 0, time.Hour, 560, 0.4, noon), wave(11, 30, 10*time.Minute, 650, 0.4, five), wave(13, 0, time.Hour, 60, 0.4, five)}},
		{name: "a break of all within the last hour", seed: 8, benches: crew(5, 40, 25, together(11, 20, 10*time.Minute)), cutOffs: []time.Time{noon},
			waves: []arriving{wave(6, 0, time.Hour, 920, 0.4, noon)}},
		{name: "one bench", seed: 9, benches: crew(1, 35, 20, together(10, 0, 15*time.Minute), together(12, 30, 30*time.Minute)), cutOffs: []time.Time{noon, four},
			waves: []arriving{wave(6, 0, time.Hour, 225, 0.3, noon), wave(11, 0, 4*time.Hour, 190, 0.3, four)}},
		{name: "printers down 40 min", seed: 10, benches: crew(3, 40, 25, apart(10, 0, 15*time.Minute)), cutOffs: []time.Time{noon}, shock: span{clock(11, 10), 40 * time.Minute},
			waves: []arriving{wave(6, 0, time.Hour, 570, 0.4, noon)}},
	}
}

func tired(benches []bench, share float64) []bench {
	for i := range benches {
		benches[i].tires = share
	}
	return benches
}

// late has the last bench begin at a moment.
func late(benches []bench, from time.Time) []bench {
	benches[len(benches)-1].from = from
	return benches
}

// steps are those in events.
func steps(events []order.Event) []report.Step {
	var passages report.Passages
	for i := range events {
		passages.Add(&events[i])
	}
	return passages.Steps()
}
