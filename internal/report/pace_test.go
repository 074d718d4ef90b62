package report_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/report"
)

// of makes an event of a parcel so many minutes after eight.
func of(parcel order.ParcelKey, minutes float64, kind order.EventKind, change ...func(*order.Event)) order.Event {
	e := order.Event{Parcel: parcel, Kind: kind, At: clock(8, 0).Add(time.Duration(minutes * float64(time.Minute))), Bench: "1", Packer: "Mei"}
	for _, c := range change {
		c(&e)
	}
	return e
}

func piece(unit, sku string) func(*order.Event) {
	return func(e *order.Event) { e.Unit, e.SKU = unit, sku }
}

func TestSteps(t *testing.T) {
	events := []order.Event{
		of("", 0, order.Picked, func(e *order.Event) { e.SKU, e.Pieces = "TEE", 4 }),
		of("o:1", 1, order.Taken, piece("a", "TEE")), of("o:1", 2, order.Taken, piece("b", "TEE")), of("o:1", 3, order.Undone, piece("b", "")),
		of("o:1", 4, order.Taken, piece("b", "TEE")), of("o:1", 5, order.Taken, piece("c", "CAP")),
		of("P1", 6, order.Renamed, func(e *order.Event) { e.Was = "o:1" }),
		of("P1", 7, order.ShipTried), of("P1", 8, order.LabelQueued), of("P1", 9, order.LabelSent), of("P1", 10, order.Confirmed), of("P1", 11, order.Confirmed), of("P1", 11.5, order.HandedOver),
		of("P2", 12, order.Taken, piece("d", "TEE")), of("P2", 13, order.PutBack), of("P2", 14, order.ShipTried),
		of("P3", 15, order.LabelSent), // its pieces come later: the label came first
	}
	step := func(minutes int, stage report.Stage, parcel order.ParcelKey, lines, pieces int) report.Step {
		return report.Step{At: clock(8, minutes), Stage: stage, Parcel: parcel, Bench: "1", Packer: "Mei", Lines: lines, Pieces: pieces}
	}
	want := []report.Step{step(0, report.Picked, "", 1, 4), step(5, report.Packed, "P1", 2, 3), step(9, report.Labelled, "P1", 2, 3), step(10, report.Confirmed, "P1", 2, 3),
		{At: clock(8, 11).Add(30 * time.Second), Stage: report.HandedOver, Parcel: "P1", Bench: "1", Packer: "Mei", Lines: 2, Pieces: 3},
		step(15, report.Labelled, "P3", 1, 1)}
	if diff := cmp.Diff(want, steps(events)); diff != "" {
		t.Error(diff)
	}
}

// confirmed are steps of a bench, so many minutes after eight.
func confirmed(bench string, lines int, minutes ...float64) (steps []report.Step) {
	for _, m := range minutes {
		steps = append(steps, report.Step{At: clock(8, 0).Add(time.Duration(m * float64(time.Minute))), Stage: report.Confirmed, Bench: bench, Lines: lines, Pieces: lines})
	}
	return steps
}

func TestPaces(t *testing.T) {
	// Two lines every two minutes from 8:00 to 8:20, half an hour away, then on until 9:00.
	var minutes []float64
	for m := 0.0; m <= 60; m += 2 {
		if m <= 20 || m >= 50 {
			minutes = append(minutes, m)
		}
	}
	steps := append(confirmed("2", 1, 58, 59, 60), confirmed("1", 2, minutes...)...)
	got := report.Paces(steps, report.Confirmed, clock(9, 0), report.Long)
	if len(got) != 2 || got[0].Bench != "1" {
		t.Fatalf("got %+v, want two benches by name", got)
	}
	// 15 gaps of two minutes, two lines each: 30 lines in 30 minutes.
	p := got[0]
	if p.Parcels != 15 || p.Lines != 30 || p.Worked != 30*time.Minute || p.Away != 30*time.Minute || p.LinesAnHour() != 60 || p.ParcelsAnHour() != 30 {
		t.Errorf("got %+v, %v lines an hour", p, p.LinesAnHour())
	}
	// The last half hour, from 8:30 on: the break's end, and five gaps.
	if p := report.Paces(steps, report.Confirmed, clock(9, 0), report.Short)[0]; p.Parcels != 5 || p.Worked != 10*time.Minute || p.Away != 20*time.Minute {
		t.Errorf("over the last half hour: %+v", p)
	}
	// Nothing is known of a bench before its first step: two gaps of three steps.
	if p := got[1]; p.Parcels != 2 || p.LinesAnHour() != 60 {
		t.Errorf("bench 2: %+v", p)
	}
}

// A parcel that took long because it had many lines is no break; one that took a minute more neither.
func TestNoBreak(t *testing.T) {
	steps := confirmed("1", 1, 0, 1, 2, 3, 4, 8.5)
	steps = append(steps, confirmed("1", 10, 18.5)...)
	if p := report.Paces(steps, report.Confirmed, clock(8, 20), report.Long)[0]; p.Away != 0 || p.Lines != 15 {
		t.Errorf("got %+v", p)
	}
}

func TestForecastByHand(t *testing.T) {
	// Two benches bring a line a minute each, from 8:00 to 9:00 without a break: 120 lines an hour.
	var minutes []float64
	for m := range 61 {
		minutes = append(minutes, float64(m))
	}
	steps := append(confirmed("1", 1, minutes...), confirmed("2", 1, minutes...)...)
	var owed []report.Owed
	add := func(n, lines int, by time.Time) {
		for range n {
			owed = append(owed, report.Owed{Key: order.ParcelKey(rune('a' + len(owed)%26)), Lines: lines, By: by})
		}
	}
	add(2, 1, clock(8, 55)) // late already
	add(1, 1, clock(7, 10))
	add(10, 4, clock(9, 30))
	add(20, 4, clock(10, 0))
	f := report.Foresee(steps, owed, clock(9, 0))
	if f.Unknown != report.Foreseen || f.Benches != 2 || f.LinesAnHour != 120 || f.LinesEach != 60 || len(f.CutOffs) != 3 {
		t.Fatalf("got %+v", f)
	}
	// What is late already is packed first. By 9:30 60 lines can be done, 3 + 40 are owed. By 10:00 120 can, and 123 are owed: the last parcel is late, and one packer more saves it.
	if c := f.CutOffs[0]; c.Lost != 3 || c.Parcels != 3 || !c.At.Equal(clock(7, 10)) || c.More != 0 || len(c.Missing) != 0 {
		t.Errorf("late already: %+v", c)
	}
	if c := f.CutOffs[1]; c.Miss.Likely != 0 || c.Needed != 86 || c.More != 0 || c.Lost != 0 {
		t.Errorf("by 9:30: %+v", c)
	}
	last := owed[len(owed)-1].Key
	if c := f.CutOffs[2]; c.Miss.Likely != 1 || len(c.Missing) != 1 || c.Missing[0] != last || c.Needed != 123 || c.More != 1 || c.Miss.Low > 1 || c.Miss.High < 1 || c.Lines != 80 {
		t.Errorf("by 10:00: %+v", c)
	}
	n := report.NumbersOf(f, 7, 2)
	if n.Overdue != 7 || n.Answers != 2 || !n.CutOff.Equal(clock(9, 30)) || n.Due != 10 || n.Unknown != report.Foreseen {
		t.Errorf("the numbers: %+v", n)
	}
}

func TestNotEnoughKnown(t *testing.T) {
	owed := []report.Owed{{Key: "P", Lines: 1, By: clock(12, 0)}}
	few := confirmed("1", 1, 0, 1, 2, 3)
	var many []float64
	for m := range 30 {
		many = append(many, float64(m))
	}
	for _, c := range []struct {
		name  string
		steps []report.Step
		owed  []report.Owed
		now   time.Time
		want  report.Unknown
	}{
		{"nothing owed", few, nil, clock(8, 10), report.NothingDue},
		{"before the first parcel", nil, owed, clock(8, 0), report.NobodyNow},
		{"four parcels", few, owed, clock(8, 5), report.TooEarly},
		{"thirty parcels", confirmed("1", 1, many...), owed, clock(8, 30), report.Foreseen},
		{"home since two hours", confirmed("1", 1, many...), owed, clock(10, 30), report.NobodyNow},
	} {
		f := report.Foresee(c.steps, c.owed, c.now)
		if f.Unknown != c.want || len(f.CutOffs) != len(c.owed) {
			t.Errorf("%s: %q, %d cut-offs, want %q", c.name, f.Unknown, len(f.CutOffs), c.want)
		}
		if c.want != report.Foreseen && len(f.CutOffs) > 0 && (f.CutOffs[0].Parcels != 1 || f.CutOffs[0].Miss != (report.Range{})) {
			t.Errorf("%s: %+v", c.name, f.CutOffs[0])
		}
	}
}

func TestCurve(t *testing.T) {
	// A parcel every three minutes from 8:03 to 9:10, four more owed by 10:00.
	var minutes []float64
	for m := 3.0; m <= 70; m += 3 {
		minutes = append(minutes, m)
	}
	c := report.CurveOf(confirmed("1", 1, minutes...), clock(8, 0), clock(9, 10), clock(10, 0), 40)
	want := []report.Point{{clock(8, 15), 5, 20}, {clock(8, 30), 10, 20}, {clock(8, 45), 15, 20}, {clock(9, 0), 20, 20}, {clock(9, 10), 23, 18}}
	if diff := cmp.Diff(want, c.Points, cmp.Comparer(func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })); diff != "" {
		t.Error(diff)
	}
	if c.Done != 23 || c.AnHour != 20 || c.Needed != 48 { // 40 parcels in 50 minutes
		t.Errorf("done %d, %v an hour, %v needed", c.Done, c.AnHour, c.Needed)
	}
	if c := report.CurveOf(nil, clock(8, 0), clock(8, 0), time.Time{}, 0); c.Done != 0 || c.AnHour != 0 || c.Needed != 0 || len(c.Points) != 1 {
		t.Errorf("of an empty day: %+v", c)
	}
}
