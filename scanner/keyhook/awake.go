package keyhook

import "time"

const (
	// beat is how often the window's loop is asked whether it runs, while somebody types.
	beat = 20 * time.Millisecond
	// late is how long after the last sign of life the loop counts as having stood still: a slow frame is no standstill.
	late = 4 * beat
	// quiet is how long after the last key nobody types any more.
	quiet = 2 * time.Second
)

// awake is a clock that stands still while the window's loop does. The keys of a code that a standstill cut in two come as far apart as it
// lasted, and carry no times of their own; by this clock they come as the scanner typed them. It belongs to the loop.
type awake struct {
	beating bool
	seen    time.Time // the last sign of life
	typed   time.Time // the last key
	lost    time.Duration
}

// key takes a key and gives its time. The loop is to be asked for signs of life from now on where start says so.
func (a *awake) key(now time.Time) (at time.Time, start bool) {
	start = !a.beating
	if start {
		a.beating, a.seen = true, now
	}
	a.typed = now
	return a.lives(now), start
}

// lives takes a sign of life and gives the time.
func (a *awake) lives(now time.Time) time.Time {
	if gap := now.Sub(a.seen); a.beating && gap > late {
		a.lost += gap - beat
	}
	a.seen = now
	return now.Add(-a.lost)
}

// over tells, after a sign of life, whether no more of them are needed.
func (a *awake) over(now time.Time) bool {
	if now.Sub(a.typed) > quiet {
		a.beating = false
	}
	return !a.beating
}
