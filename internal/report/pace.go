// Package report reads the day out of what happened: how fast the benches work, what will be late if nobody does anything, what a shift came to. All of it are
// functions over values; the moment is passed in.
package report

import (
	"cmp"
	"slices"
	"time"

	"packbench/internal/order"
)

// Stage is how far a parcel has come on its way out.
type Stage string

// The stages, in the order of an undisturbed passage.
const (
	Picked     Stage = "picked"      // an article was taken from its bin for a wave: a step is an article, not a parcel
	Packed     Stage = "packed"      // its last piece is in
	Labelled   Stage = "labelled"    // the device took its label
	Confirmed  Stage = "confirmed"   // its label was scanned on it
	HandedOver Stage = "handed_over" // it was scanned onto a hand-over sheet
)

// Stages are all of them.
var Stages = []Stage{Picked, Packed, Labelled, Confirmed, HandedOver}

// Step is a parcel that came through a stage; of Picked an article of a wave.
type Step struct {
	At            time.Time
	Stage         Stage
	Parcel        order.ParcelKey // empty of Picked
	Bench, Packer string
	Lines, Pieces int // articles and pieces, as many as were taken
}

// Passages finds the steps in events, given one after the other in the order in which they happened. A parcel whose pieces were taken before the first event counts with a
// line and a piece at least. A parcel is packed once what comes after its last piece begins; the step has the time of that piece. The zero value is ready to be used.
type Passages struct {
	steps []Step
	boxes map[order.ParcelKey]*box
}

// Add takes in an event; it keeps nothing of it.
func (p *Passages) Add(e *order.Event) {
	if p.boxes == nil {
		p.boxes = map[order.ParcelKey]*box{}
	}
	if e.Kind == order.Renamed && p.boxes[e.Was] != nil {
		p.boxes[e.Parcel] = p.boxes[e.Was]
		delete(p.boxes, e.Was)
	}
	if e.Kind == order.Picked {
		p.steps = append(p.steps, Step{At: e.At, Stage: Picked, Bench: e.Bench, Packer: e.Packer, Lines: 1, Pieces: e.Pieces})
		return
	}
	if e.Parcel == "" {
		return
	}
	b := p.boxes[e.Parcel]
	if b == nil {
		b = &box{units: map[string]string{}}
		p.boxes[e.Parcel] = b
	}
	p.steps = append(p.steps, b.after(e)...)
}

// Steps are the steps so far, by time.
func (p *Passages) Steps() []Step {
	slices.SortStableFunc(p.steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return p.steps
}

// box is what a parcel has become so far.
type box struct {
	units           map[string]string // unit → its article
	last            Step              // when and by whom the last piece was taken; a zero time: none was
	packed, through bool
}

// after takes in an event of the parcel and gives the steps that it completes.
func (b *box) after(e *order.Event) (steps []Step) {
	now := Step{At: e.At, Parcel: e.Parcel, Bench: e.Bench, Packer: e.Packer}
	step := func(stage Stage, by Step) {
		lines := map[string]bool{}
		for _, sku := range b.units {
			lines[sku] = true
		}
		by.Stage, by.Parcel, by.Lines, by.Pieces = stage, e.Parcel, max(1, len(lines)), max(1, len(b.units))
		steps = append(steps, by)
	}
	switch e.Kind {
	case order.Taken:
		b.units[e.Unit], b.last, b.packed = e.SKU, now, false
	case order.LeftBox, order.Undone:
		delete(b.units, e.Unit)
	case order.PutBack:
		*b = box{units: map[string]string{}}
	case order.ShipTried, order.LabelQueued, order.LabelSending, order.Shelved, order.Confirmed:
		if !b.packed && !b.last.At.IsZero() {
			b.packed = true
			step(Packed, b.last)
		}
	}
	switch {
	case e.Kind == order.LabelSent:
		step(Labelled, now)
	case e.Kind == order.Confirmed && !b.through:
		b.through = true
		step(Confirmed, now)
	case e.Kind == order.HandedOver:
		step(HandedOver, now)
	}
	return steps
}

// The stretches over which a pace is taken: what the bench does now, and what it did for long enough to be judged by.
const (
	Short = 30 * time.Minute
	Long  = 120 * time.Minute
)

// A gap between two steps is a break where it is longer than shortestBreak and than breakFactor times what so many lines take in the middle.
const (
	shortestBreak = 5 * time.Minute
	breakFactor   = 6
)

// Pace is how fast a bench brought parcels through a stage over a stretch of time. Breaks, and times without work, are no part of Worked.
type Pace struct {
	Bench   string
	Stage   Stage
	Over    time.Duration
	Parcels int // articles, of Picked
	Lines   int
	Worked  time.Duration
	Away    time.Duration // breaks and times without work
	Last    time.Time     // the last step, be it before the stretch
}

// LinesAnHour is the pace weighted by lines: a parcel of three articles counts as three; 0 where nothing is known.
func (p Pace) LinesAnHour() float64 { return anHour(p.Lines, p.Worked) }

// ParcelsAnHour is the pace of the parcels as they came.
func (p Pace) ParcelsAnHour() float64 { return anHour(p.Parcels, p.Worked) }

func anHour(n int, in time.Duration) float64 {
	if in <= 0 {
		return 0
	}
	return float64(n) / in.Hours()
}

// gap is the time from a bench's step before to a step of it.
type gap struct {
	step  Step
	long  time.Duration
	first bool // nothing is known of the time before
}

// Paces is how fast each bench brought parcels through a stage until now, over the stretch given; benches come by name, those without a step in it with zeros. steps are in
// the order in which they happened.
func Paces(steps []Step, stage Stage, now time.Time, over time.Duration) []Pace {
	gaps := map[string][]gap{}
	last := map[string]time.Time{}
	for _, s := range steps {
		if s.Stage != stage || s.At.After(now) {
			continue
		}
		before, known := last[s.Bench]
		gaps[s.Bench] = append(gaps[s.Bench], gap{s, s.At.Sub(before), !known})
		last[s.Bench] = s.At
	}
	var paces []Pace
	for bench, all := range gaps {
		p := paceOf(all, now.Add(-over))
		p.Bench, p.Stage, p.Over, p.Last = bench, stage, over, last[bench]
		paces = append(paces, p)
	}
	slices.SortFunc(paces, func(a, b Pace) int { return cmp.Compare(a.Bench, b.Bench) })
	return paces
}

// paceOf is the pace of a bench since a moment.
func paceOf(gaps []gap, since time.Time) (p Pace) {
	var within []gap
	var aLine []time.Duration
	for _, g := range gaps {
		if !g.first && g.step.At.After(since) {
			within = append(within, g)
			aLine = append(aLine, g.long/time.Duration(g.step.Lines))
		}
	}
	if len(within) == 0 {
		return p
	}
	slices.Sort(aLine)
	middle := aLine[len(aLine)/2]
	for _, g := range within {
		if g.long > max(shortestBreak, breakFactor*middle*time.Duration(g.step.Lines)) {
			p.Away += min(g.long, g.step.At.Sub(since))
			continue
		}
		p.Parcels++
		p.Lines += g.step.Lines
		p.Worked += g.long
	}
	return p
}
