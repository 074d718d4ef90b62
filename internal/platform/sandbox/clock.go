package sandbox

import "time"

// livesClock is the time of orders' lives: it begins where now stands and runs speed times as fast; 0 is as fast.
func livesClock(now func() time.Time, speed float64) func() time.Time {
	if speed <= 0 || speed == 1 {
		return now
	}
	began := now()
	return func() time.Time {
		return began.Add(time.Duration(float64(now().Sub(began)) * speed))
	}
}

// now is the time of orders' lives: while others act, the time at which they do.
func (s *Sandbox) now() time.Time {
	if !s.moment.IsZero() {
		return s.moment
	}
	return s.lives()
}

// rounds are the hours at which carriers come: each within one of slotHours.
var rounds = []int{11, 17}

// nextRound is when a carrier comes for what is ready at a time.
func nextRound(region string, ready time.Time) time.Time {
	there := ready.In(time.FixedZone("", zones[region]*3600))
	for day := 0; ; day++ {
		for _, hour := range rounds {
			at := time.Date(there.Year(), there.Month(), there.Day()+day, hour, 0, 0, 0, there.Location())
			if at.After(ready) {
				return at
			}
		}
	}
}
