package scanner

import "time"

// Over is the silence after which a test code is over, whatever ended it: longer than the pauses of any scanner.
const Over = 300 * time.Millisecond

// Trial is the test of one scanner: what came of TestCodes, one after the other. It asks no clock: bytes come with their times. The zero value is ready.
type Trial struct {
	heard   []Heard
	pending []byte
	at      []time.Time
}

// Take takes bytes that came together.
func (t *Trial) Take(b []byte, at time.Time) {
	for _, one := range b {
		t.pending, t.at = append(t.pending, one), append(t.at, at)
	}
}

// Pending tells that a code is on its way.
func (t *Trial) Pending() bool { return len(t.pending) > 0 }

// End closes the code that is on its way, after a silence of Over, and gives it; none tells that nothing but a suffix had come, which does not count.
func (t *Trial) End() (h Heard, none bool) {
	h = Recording(t.pending, t.at)
	t.pending, t.at = nil, nil
	if h.Text == "" {
		return h, true
	}
	t.heard = append(t.heard, h)
	return h, false
}

// Skip tells that a code did not come.
func (t *Trial) Skip() { t.heard = append(t.heard, Heard{}) }

// Drop takes the last code back: it was none.
func (t *Trial) Drop() { t.heard = t.heard[:max(0, len(t.heard)-1)] }

// Done is how many codes came, or did not.
func (t *Trial) Done() int { return len(t.heard) }

// Whole tells that it is known of all codes what came of them.
func (t *Trial) Whole() bool { return len(t.heard) >= len(TestCodes) }

// Report is what is known so far of a scanner of a kind.
func (t *Trial) Report(kind Kind) Report {
	return check(kind, TestCodes[:min(len(t.heard), len(TestCodes))], t.heard)
}

// Each is what each code tells by itself.
func (t *Trial) Each(kind Kind) (all []Report) {
	for i, h := range t.heard[:min(len(t.heard), len(TestCodes))] {
		all = append(all, check(kind, TestCodes[i:i+1], []Heard{h}))
	}
	return all
}

// Milliseconds are those of a time, to a hundredth.
func Milliseconds(d time.Duration) float64 {
	return float64(d.Round(10*time.Microsecond)) / float64(time.Millisecond)
}
