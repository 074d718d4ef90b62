package report

import "time"

// Numbers are the four at the top of the supervisor's page.
type Numbers struct {
	Overdue int       // parcels of which a clock was missed
	CutOff  time.Time // the next moment by which parcels are owed; zero: there is none
	Due     int       // parcels that are owed by then and are not done
	Miss    Range     // of those, at today's pace; only where Unknown is Foreseen
	Unknown Unknown
	More    int // packers more that would save them
	Answers int // owed to buyers
}

// Curve is the day: parcels done by time, and the pace it takes to the next moment by which parcels are owed.
type Curve struct {
	From, Now time.Time
	CutOff    time.Time // zero: nothing is owed
	Points    []Point   // one a quarter of an hour, the last one at Now
	Done      int       // parcels since From
	AnHour    float64   // parcels an hour, over the last half hour
	Needed    float64   // parcels an hour until CutOff
}

// Point is a moment of the curve: how many parcels were done until then, and how many an hour since the point before.
type Point struct {
	At     time.Time
	Done   int
	AnHour float64
}

// quarter is how far the points of a curve are apart.
const quarter = 15 * time.Minute

// CurveOf draws the day from a moment until now. due is how many parcels are owed until the cut-off.
func CurveOf(steps []Step, from, now, cutOff time.Time, due int) Curve {
	c := Curve{From: from, Now: now, CutOff: cutOff}
	recent, at := 0, 0
	var done []Step
	for _, s := range steps {
		if s.Stage == Confirmed && !s.At.Before(from) && !s.At.After(now) {
			done = append(done, s)
			if s.At.After(now.Add(-Short)) {
				recent++
			}
		}
	}
	c.Done = len(done)
	for end := from.Add(quarter); ; end = end.Add(quarter) {
		if end.After(now) {
			end = now
		}
		before := at
		for at < len(done) && !done[at].At.After(end) {
			at++
		}
		start := from
		if len(c.Points) > 0 {
			start = c.Points[len(c.Points)-1].At
		}
		c.Points = append(c.Points, Point{At: end, Done: at, AnHour: anHour(at-before, end.Sub(start))})
		if !end.Before(now) {
			break
		}
	}
	c.AnHour = anHour(recent, min(Short, now.Sub(from)))
	if left := cutOff.Sub(now); left > 0 {
		c.Needed = anHour(due, left)
	}
	return c
}

// NumbersOf are the four numbers by a forecast; overdue and answers come from the clocks. What was owed earlier than now is not due any more: it is overdue.
func NumbersOf(f Forecast, overdue, answers int) Numbers {
	n := Numbers{Overdue: overdue, Answers: answers, Unknown: f.Unknown}
	for _, c := range f.CutOffs {
		if c.At.After(f.At) {
			n.CutOff, n.Due, n.Miss, n.More = c.At, c.Parcels, c.Miss, c.More
			break
		}
	}
	return n
}
