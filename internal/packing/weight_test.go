package packing

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

func TestWhatIsOff(t *testing.T) {
	for name, c := range map[string]struct {
		grams    int
		like     []int
		expected int
		off      bool
	}{
		"nothing known":                  {500, nil, 0, false},
		"two like it":                    {500, []int{100, 100}, 0, false},
		"three alike, the same":          {500, []int{500, 500, 500}, 500, false},
		"three alike, 1 g":               {501, []int{500, 500, 500}, 500, false},
		"three alike, 5 % to the gram":   {525, []int{500, 500, 500}, 500, false},
		"three alike, a gram more":       {526, []int{500, 500, 500}, 500, true},
		"three alike, a gram less":       {474, []int{500, 500, 500}, 500, true},
		"7 %, and less than 2 sigma":     {535, []int{480, 500, 520}, 500, false}, // sigma 20
		"8 % and 2 sigma to the gram":    {540, []int{480, 500, 520}, 500, false},
		"8.2 % and more than 2 sigma":    {541, []int{480, 500, 520}, 500, true},
		"more than 2 sigma, 4 %":         {520, []int{499, 500, 501}, 500, false},
		"a missing piece of three":       {400, []int{598, 600, 603, 601, 599}, 600, true},
		"a mean that is no whole number": {106, []int{100, 101, 101}, 100, true}, // 105.71 is 5 % more than the mean
		"half a gram under that":         {105, []int{100, 101, 101}, 100, false},
	} {
		if expected, off := IsOff(c.grams, c.like); expected != c.expected || off != c.off {
			t.Errorf("%s: expected %d, off %v", name, expected, off)
		}
	}
}

// By the book, in floating point: the rule itself counts in whole numbers.
func TestOffIsFivePercentAndTwoSigma(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		like := rapid.SliceOfN(rapid.IntRange(6, 40_000), FewestLike, order.WeightsKept).Draw(rt, "like")
		grams := rapid.IntRange(6, 40_000).Draw(rt, "grams")
		n, sum, spread := float64(len(like)), 0.0, 0.0
		for _, g := range like {
			sum += float64(g)
		}
		mean := sum / n
		for _, g := range like {
			spread += (float64(g) - mean) * (float64(g) - mean)
		}
		difference := max(float64(grams)-mean, mean-float64(grams))
		far, wide := difference-0.05*mean, difference*difference-4*spread/(n-1)
		if max(far, -far) < 1e-6 || max(wide, -wide) < 1e-3 {
			return // which side of the line it is on is the whole numbers' word
		}
		if expected, off := IsOff(grams, like); off != (far > 0 && wide > 0) || expected != int(mean+1e-9) {
			rt.Fatalf("expected %d, off %v: mean %f, difference %f", expected, off, mean, difference)
		}
		for _, g := range []int{slices.Min(like), slices.Max(like)} { // what is between two of them is off only if one of them is
			if _, off := IsOff(g, like); off {
				return
			}
		}
		if _, off := IsOff(int(mean), like); off {
			rt.Fatal("the mean itself is off")
		}
	})
}

// weighingBench is a bench with a scale, and a parcel of a tee that waits for its label's scan.
func weighingBench(t *testing.T) *bench {
	b := newBench(t, parcel("P1", "tee"), parcel("P2", "tee"))
	b.state.Weighs, b.state.Supervisors = true, []string{boss}
	b.pack("P1")
	return b
}

func (b *bench) pack(key string) {
	b.t.Helper()
	b.want(b.scan(key), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.settle()
}

// alike are three parcels of 500 g.
var alike = []int{500, 500, 500}

func (b *bench) scale(load order.Load, grams int) Turn {
	b.now = b.now.Add(200 * time.Millisecond)
	return b.give(Weighed{Reading: order.Reading{Load: load, Grams: grams}, Like: alike})
}

// label scans the label of a parcel whose like weighed as alike.
func (b *bench) label(code string) Turn {
	b.now = b.now.Add(2 * time.Second)
	return b.heard(b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: b.candidates(code), Like: alike}))
}

// heard is what the packer hears of a turn in the end: the platform may have to be asked first.
func (b *bench) heard(turn Turn) Turn {
	for _, later := range b.settle() {
		if turn.Outcome == "" && later.Outcome != "" {
			turn = later
		}
	}
	return turn
}

// confirmedWith is what the only confirmation of a turn says of the weight.
func confirmedWith(t *testing.T, turn Turn) order.Weighing {
	t.Helper()
	for _, e := range turn.Events {
		if e.Kind == order.Confirmed {
			return e.Weight
		}
	}
	t.Fatalf("%s (%s), nothing is confirmed", turn.Outcome, turn.Said.Key)
	return order.Weighing{}
}

func TestAParcelOnTheScaleIsWeighedByItsLabelsScan(t *testing.T) {
	b := weighingBench(t)
	b.scale(order.Settled, 510)
	turn := b.label("TP1")
	b.want(turn, ConfirmedOut)
	b.said(turn, "say.confirmed_weighed")
	if got, want := confirmedWith(t, turn), (order.Weighing{Grams: 510, Expected: 500, Likeness: b.parcels["P1"].Likeness()}); got != want {
		t.Errorf("journalled %+v", got)
	}
}

// The weight may have been taken before: the parcel lay still on the scale while its label was made, and is in the packer's hands now.
func TestAParcelThatLayOnTheScaleBefore(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.state.Weighs = true
	b.scan("P1")
	b.scan("tee")
	b.scale(order.Settled, 300) // a piece is missing: that is not its weight
	b.scan("cap")
	b.scale(order.Moving, 420)
	b.scale(order.Settled, 490)
	b.settle()
	b.scale(order.Settled, 0)
	if got := confirmedWith(t, b.label("TP1")); got.Grams != 490 {
		t.Errorf("journalled %+v", got)
	}
}

func TestTheBenchAsksForTheParcelAndGoesOnByItself(t *testing.T) {
	for name, c := range map[string]struct {
		load  order.Load
		grams int
		asks  string
	}{
		"empty":     {order.Settled, 0, "ask.on_scale"},
		"drift":     {order.Settled, emptyScale, "ask.on_scale"},
		"moving":    {order.Moving, 300, "ask.scale_moving"},
		"too heavy": {order.TooHeavy, 0, "ask.scale_heavy"},
		"below":     {order.BelowZero, 0, "ask.scale_below"},
	} {
		b := weighingBench(t)
		b.scale(c.load, c.grams)
		turn := b.label("TP1")
		b.want(turn, NeedsPerson)
		if turn.Said.Key != c.asks || b.state.Question != OnScale || b.count(order.Confirmed, turn) != 0 {
			t.Errorf("%s: said %s", name, turn.Said.Key)
		}
		if turn := b.scale(order.Moving, 340); turn.Outcome != "" || b.state.Trouble.Key != "ask.scale_moving" {
			t.Errorf("%s: %s while it moves, the screen says %s", name, turn.Outcome, b.state.Trouble.Key)
		}
		turn = b.scale(order.Settled, 503)
		b.want(turn, ConfirmedOut)
		if confirmedWith(t, turn).Grams != 503 || turn.Code != "TP1" || turn.Events[0].Code != "TP1" || turn.Events[0].Device != "one" {
			t.Errorf("%s: %+v", name, turn.Events)
		}
	}
}

// A scale is an aid: one that is gone keeps no parcel back, and neither does one that a parcel does not fit on.
func TestAParcelMayGoWithoutItsWeight(t *testing.T) {
	b := weighingBench(t)
	turn := b.label("TP1")
	b.said(turn, "say.confirmed_no_scale")
	if got := confirmedWith(t, turn); got != (order.Weighing{Unweighed: order.ScaleGone}) {
		t.Errorf("journalled %+v", got)
	}
	b = weighingBench(t)
	b.scale(order.TooHeavy, 0)
	b.want(b.label("TP1"), NeedsPerson)
	turn = b.give(OK{})
	b.said(turn, "say.confirmed_unweighed")
	if got := confirmedWith(t, turn); got != (order.Weighing{Unweighed: order.WeightWaived}) {
		t.Errorf("journalled %+v", got)
	}
	b = weighingBench(t)
	b.scale(order.Settled, 0)
	b.want(b.label("TP1"), NeedsPerson)
	turn = b.scale(order.NoScale, 0) // its plug was pulled meanwhile
	b.want(turn, ConfirmedOut)
	if got := confirmedWith(t, turn); got.Unweighed != order.ScaleGone {
		t.Errorf("journalled %+v", got)
	}
}

func TestABenchWithoutAScaleAsksNothing(t *testing.T) {
	b := weighingBench(t)
	b.state.Weighs = false
	turn := b.label("TP1")
	b.said(turn, "say.confirmed")
	if got := confirmedWith(t, turn); got != (order.Weighing{}) {
		t.Errorf("journalled %+v", got)
	}
}

// What was weighed for one parcel is not the next one's weight as long as nobody took it off.
func TestTheParcelBeforeIsNotWeighedTwice(t *testing.T) {
	b := weighingBench(t)
	b.scale(order.Settled, 500)
	b.want(b.label("TP1"), ConfirmedOut)
	b.pack("P2")
	b.scale(order.Moving, 503) // somebody leans on the table
	b.scale(order.Settled, 501)
	turn := b.label("TP2")
	b.want(turn, NeedsPerson)
	b.said(turn, "ask.scale_stale")
	b.scale(order.Moving, 3) // it is taken off, and the next one put on at once
	turn = b.scale(order.Settled, 501)
	b.want(turn, ConfirmedOut)
	if got := confirmedWith(t, turn); got.Grams != 501 {
		t.Errorf("journalled %+v", got)
	}
}

func TestAParcelThatIsOffStopsWithBothFigures(t *testing.T) {
	b := weighingBench(t)
	b.scale(order.Settled, 380)
	turn := b.label("TP1")
	b.want(turn, OffWeightOut)
	if turn.Said.Key != "ask.weight_light" || turn.Said.With["grams"] != 380 || turn.Said.With["expected"] != 500 || turn.Said.With["difference"] != 120 {
		t.Errorf("said %+v", turn.Said)
	}
	if b.count(order.WeightOff, turn) != 1 || b.state.Question != OffWeight || b.works["P1"].WeightOff != (order.Weighing{Grams: 380, Expected: 500}) {
		t.Errorf("%+v, %+v", turn.Events, b.works["P1"].WeightOff)
	}
	b.want(b.give(OK{}), NeedsPerson) // it takes a badge
	again := b.label("TP1")
	b.want(again, OffWeightOut)
	if b.count(order.WeightOff, again) != 0 {
		t.Error("the same weight was journalled twice")
	}
	if turn := b.scale(order.Settled, 500); turn.Outcome != "" {
		t.Error("it went by itself: hands may still be in it")
	}
	b.want(b.label("TP1"), ConfirmedOut)
	if b.works["P1"].WeightOff != (order.Weighing{}) {
		t.Error("it is still off")
	}
}

// Off stays off: without the scale, across a new start, on the shelf of the supervisor.
func TestNoWayAroundAParcelThatIsOff(t *testing.T) {
	b := weighingBench(t)
	b.scale(order.Settled, 640)
	b.said(b.label("TP1"), "ask.weight_heavy")
	b.scale(order.NoScale, 0)
	b.want(b.label("TP1"), OffWeightOut)
	b.give(Resumed{order.Known{Parcel: b.parcels["P1"], Work: b.works["P1"]}})
	b.want(b.label("TP1"), OffWeightOut)
	b.want(b.give(Park{}), ParkedOut)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.label("TP1"), OffWeightOut)
	b.want(b.give(Aside{}), Accepted)
	if b.state.Phase != LabelScan {
		t.Fatalf("phase %s", b.state.Phase)
	}
	b.want(b.give(Damaged{}), LeftBoxOut) // its pieces are others now
	b.want(b.scan("tee"), TakenOut)
	turn := b.label("TP1")
	if got := confirmedWith(t, turn); got.Unweighed != order.ScaleGone {
		t.Errorf("journalled %+v", got)
	}
}

func TestASupervisorLetsItGoForAReason(t *testing.T) {
	for i, why := range order.WeightReasons {
		b := weighingBench(t)
		b.scale(order.Settled, 380)
		b.label("TP1")
		b.said(b.give(Choose{Number: i + 1}), "ask.weight_supervisor")
		b.want(b.scan("nobody's"), UnknownCode)
		turn := b.scan(boss)
		if got := order.Overrides(turn.Events); len(got) != 1 || got[0].Badge != boss || got[0].Times != 1 {
			t.Errorf("counted %+v", got)
		}
		turn = b.heard(turn)
		b.want(turn, ConfirmedOut)
		if got := confirmedWith(t, turn); got.Reason != why || got.Grams != 380 || got.Expected != 500 || got.Likeness == "" {
			t.Errorf("journalled %+v", got)
		}
	}
	b := weighingBench(t)
	b.state.Supervisors = nil
	b.scale(order.Settled, 380)
	b.label("TP1")
	b.said(b.give(Choose{Number: 1}), "ask.weight_no_supervisor")
	b.want(b.scan(boss), UnknownCode)
}

// Where people are registered it takes the PIN too, and a weight that settles meanwhile lets nothing go.
func TestARegisteredSupervisorLetsItGoByPIN(t *testing.T) {
	b := staffedBench(t, parcel("P1", "tee"))
	b.state.Weighs = true
	b.badge("P-1")
	b.badge("P1")
	b.badge("tee")
	b.settle()
	b.scale(order.Settled, 380)
	b.want(b.label("TP1"), OffWeightOut)
	b.give(Choose{Number: 2})
	b.said(b.badge("P-1"), "refused.no_supervisor")
	b.said(b.badge("S-1"), "ask.pin")
	b.want(b.give(PIN{wrongPIN}), "")
	b.want(b.checkPIN(false), WrongPINOut)
	b.give(PIN{rightPIN})
	turn := b.checkPIN(false)
	if b.count(order.WeightAllowed, turn) != 1 || order.Overrides(turn.Events)[0].Name != "Mei" {
		t.Errorf("journalled %+v", turn.Events)
	}
	turn = b.heard(turn)
	b.want(turn, ConfirmedOut)
	if got := confirmedWith(t, turn); got.Reason != order.GoodsWeighOtherwise {
		t.Errorf("journalled %+v", turn.Events)
	}
}

// A cancellation is heard while the parcel waits for the scale, and old news are asked anew before it goes.
func TestThePlatformIsHeardWhileTheScaleIsWaitedFor(t *testing.T) {
	b := weighingBench(t)
	b.scale(order.Settled, 0)
	b.want(b.label("TP1"), NeedsPerson)
	b.now = b.now.Add(time.Minute)
	if turn := b.scale(order.Settled, 500); turn.Outcome != "" || !b.state.Busy() || len(b.effects) != 1 {
		t.Fatalf("%s on old news, effects %v", turn.Outcome, b.effects)
	}
	gone := b.parcels["P1"]
	gone.Standing, gone.Units = order.Gone, nil
	b.parcels["P1"] = gone
	b.settle()
	if b.state.Phase != Halted {
		t.Fatalf("phase %s", b.state.Phase)
	}
	b.want(b.label("TP1"), CancelledOut)
}

func anyWeight(rt *rapid.T) Weighed {
	load := rapid.SampledFrom([]order.Load{order.Settled, order.Settled, order.Settled, order.Moving, order.TooHeavy, order.BelowZero, order.NoScale}).Draw(rt, "load")
	grams := rapid.SampledFrom([]int{0, 0, 380, 499, 500, 501, 700}).Draw(rt, "grams")
	return Weighed{Reading: order.Reading{Load: load, Grams: grams}, Like: rapid.SampledFrom([][]int{nil, alike[:2], alike}).Draw(rt, "like")}
}

// Whatever the scale shows and whoever scans what: no parcel goes with a weight that is off unless a supervisor let it, or without one unless that is said.
func TestWeightsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t, parcel("P1", "tee"), parcel("P2", "tee"), parcel("P3", "tee"), parcel("P4", "tee"))
		b.state.Weighs, b.state.Supervisors = true, []string{boss}
		lifted := true // since a weight was taken
		for _, key := range []string{"P1", "P2", "P3", "P4"} {
			b.pack(key)
			let := false // by a supervisor
			for step := 0; b.state.Phase != Idle && step < 30; step++ {
				var turn Turn
				switch rapid.IntRange(0, 9).Draw(rt, "what") {
				case 0, 1, 2, 3:
					in := anyWeight(rt)
					in.Like = alike
					before := b.state.Scale.Taken
					far := in.Load == order.Settled && max(in.Grams-before, before-in.Grams) > emptyScale
					lifted = lifted || far || in.Load == order.BelowZero || in.Load == order.Moving && in.Grams <= emptyScale
					turn = b.give(in)
				case 4:
					turn = b.give(OK{})
				case 5:
					turn = b.give(Choose{Number: rapid.IntRange(1, 4).Draw(rt, "number")})
				case 6:
					turn = b.scan(boss)
				default:
					b.now = b.now.Add(2 * time.Second)
					turn = b.give(Scanned{Scan: order.Scan{Code: "T" + key, Device: "one", At: b.now}, Candidates: b.candidates("T" + key), Like: alike})
				}
				events := turn.Events
				for _, later := range b.settle() {
					events = append(events, later.Events...)
				}
				for _, e := range events {
					let = let || e.Kind == order.WeightAllowed && e.Supervisor == boss
					if e.Kind != order.Confirmed {
						continue
					}
					w := e.Weight
					_, off := IsOff(w.Grams, alike)
					switch {
					case (w.Grams == 0) == (w.Unweighed == ""):
						rt.Fatalf("confirmed with %+v", w)
					case w.Grams > 0 && off != let, let != (w.Reason != ""):
						rt.Fatalf("confirmed with %+v, let go: %v", w, let)
					case w.Grams > 0 && !lifted:
						rt.Fatalf("%d g are those of the parcel before", w.Grams)
					}
					if w.Grams > 0 {
						lifted = false
					}
				}
			}
			if b.state.Phase != Idle {
				return // it hangs on a question: a person would end it
			}
		}
	})
}
