package report_test

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
)

// judged is how a forecast an hour before a cut-off turned out.
type judged struct {
	day         string
	cutOff      time.Time
	parcels     int // of the cut-off, as far as they had come by then
	open        int // of those that were not done yet
	likely      report.Range
	missed      int // open ones that were late in the end
	wrong       int // parcels that were called late and were not, or the other way round
	more, lines int
	withinRange bool
	shock       bool
	notForeseen report.Unknown
	linesAnHour float64
}

func judge(d day, l lived, cutOff time.Time) judged {
	now := cutOff.Add(-time.Hour)
	steps, owed := l.at(now)
	f := report.Foresee(steps, owed, now)
	j := judged{day: d.name, cutOff: cutOff, shock: d.shock.long > 0, notForeseen: f.Unknown, linesAnHour: f.LinesAnHour}
	var c report.CutOff
	if i := slices.IndexFunc(f.CutOffs, func(c report.CutOff) bool { return c.At.Equal(cutOff) }); i >= 0 {
		c = f.CutOffs[i]
	}
	called := map[order.ParcelKey]bool{}
	for _, key := range c.Missing {
		called[key] = true
	}
	for _, p := range l.parcels {
		if !p.By.Equal(cutOff) || p.came.After(now) {
			continue
		}
		j.parcels++
		if !p.done.IsZero() && !p.done.After(now) {
			continue
		}
		j.open++
		j.lines += p.Lines
		late := p.done.IsZero() || p.done.After(cutOff)
		if late {
			j.missed++
		}
		if late != called[p.Key] {
			j.wrong++
		}
	}
	j.likely, j.more = c.Miss, c.More
	j.withinRange = j.missed >= c.Miss.Low && j.missed <= c.Miss.High
	return j
}

// An hour before each cut-off of ten days the forecast names the parcels that will be late. Its error is the parcels that it called wrongly, as a share of those of the cut-off.
func TestTenDays(t *testing.T) {
	const bound = 0.10
	judgements, contested := 0, 0
	for _, d := range days() {
		l := d.live()
		for _, cutOff := range d.cutOffs {
			j := judge(d, l, cutOff)
			share, ofOpen := float64(j.wrong)/float64(j.parcels), float64(j.wrong)/float64(max(1, j.open))
			t.Logf("%-52s %s: %4d parcels, %3d open; called late %3d (%d–%d), were late %3d; wrong %2d = %4.1f %% of the cut-off's, %4.1f %% of the open; %.0f lines/h, %d more", j.day, cutOff.Format("15:04"), j.parcels, j.open,
				j.likely.Likely, j.likely.Low, j.likely.High, j.missed, j.wrong, 100*share, 100*ofOpen, j.linesAnHour, j.more)
			if j.notForeseen != report.Foreseen {
				t.Errorf("%s: nothing foreseen: %s", j.day, j.notForeseen)
			}
			if !j.shock {
				judgements++
				if share >= bound {
					t.Errorf("%s: %.1f %% of the parcels were called wrongly", j.day, 100*share)
				}
				if j.missed > 0 && j.missed < j.open {
					contested++
				}
			}
		}
	}
	if contested*2 < judgements {
		t.Errorf("only at %d of %d cut-offs some but not all were late: the days are too easy to judge a forecast by", contested, judgements)
	}
}

// The range of the forecast holds about four times in five, on days with other chances.
func TestTheRangeHolds(t *testing.T) {
	held, of := 0, 0
	for chance := range uint64(2) {
		for _, d := range days() {
			if d.shock.long > 0 {
				continue
			}
			d.seed += 1000 * (chance + 1)
			l := d.live()
			for _, cutOff := range d.cutOffs {
				of++
				if judge(d, l, cutOff).withinRange {
					held++
				}
			}
		}
	}
	t.Logf("held %d times of %d", held, of)
	if share := float64(held) / float64(of); share < 0.7 || share > 0.95 {
		t.Errorf("the range held %d times of %d", held, of)
	}
}
