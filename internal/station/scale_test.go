package station

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

func weighing(c *Config) { c.Weighs, c.Supervisors = true, []string{"S-1"} }

// newTees has parcels P11 to P16 of a tee each.
func newTees(t *testing.T) *shop {
	t.Helper()
	s := shopIn(t, t.TempDir())
	for n := 11; n <= 16; n++ {
		s.save(s.order(n, order.AwaitingShipment, "tee"))
	}
	return s
}

// packed has parcel n packed, its label waiting for its scan.
func (r *running) packed(n int) {
	r.t.Helper()
	r.scan(string(keyOf(n)), packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.phase(packing.LabelScan)
}

func keyOf(n int) order.ParcelKey { return order.ParcelKey("P" + trackingOf(n)[len(trackingOf(n))-2:]) }

// lies puts something on the scale, in grams, after it was empty.
func (r *running) lies(grams int) {
	r.Weigh(order.Reading{Load: order.Settled})
	r.Weigh(order.Reading{Load: order.Moving, Grams: grams / 2})
	r.Weigh(order.Reading{Load: order.Settled, Grams: grams})
}

// knows compares what was learnt of a tee's parcel.
func (s *shop) knows(want ...int) {
	s.t.Helper()
	known, _, err := s.store.Parcel("P11")
	if err != nil {
		s.t.Fatal(err)
	}
	if got, err := s.store.Weights(known.Likeness()); err != nil || !slices.Equal(got, want) {
		s.t.Errorf("a tee weighs %v, %v; want %v", got, err, want)
	}
}

// The first three teach what the fourth should weigh.
func TestParcelsAreWeighed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTees(t)
		r := s.start(nil, weighing)
		for i, grams := range []int{500, 502, 498} {
			r.packed(11 + i)
			r.lies(grams)
			r.scan(trackingOf(11+i), packing.ConfirmedOut)
		}
		s.knows(500, 502, 498)
		r.packed(14)
		r.lies(380)
		if a := r.scan(trackingOf(14), packing.OffWeightOut); a.Said.With["grams"] != 380 || a.Said.With["expected"] != 500 {
			t.Errorf("%+v", a.Said)
		}
		s.knows(500, 502, 498)
		r.lies(505)
		r.scan(trackingOf(14), packing.ConfirmedOut)
		s.knows(500, 502, 498, 505)

		r.packed(15) // it is scanned first and put on the scale then: no hand is needed any more
		r.Weigh(order.Reading{Load: order.Settled})
		r.scan(trackingOf(15), packing.NeedsPerson)
		r.Weigh(order.Reading{Load: order.Moving, Grams: 200})
		r.Weigh(order.Reading{Load: order.Settled, Grams: 501})
		if shot := r.phase(packing.Idle); shot.Strip.Outcome != packing.ConfirmedOut || shot.Strip.Said.With["grams"] != 501 || shot.State.Scale.Grams != 501 {
			t.Errorf("%+v, %+v", shot.Strip, shot.State.Scale)
		}
		s.knows(500, 502, 498, 505, 501)

		r.packed(16)
		r.lies(700)
		r.scan(trackingOf(16), packing.OffWeightOut)
		if answer, err := r.Do(t.Context(), packing.Choose{Number: 1}); err != nil || answer.Said.Key != "ask.weight_supervisor" {
			t.Errorf("%+v, %v", answer, err)
		}
		r.scan("S-1", packing.ConfirmedOut)
		s.knows(500, 502, 498, 505, 501) // another box teaches nothing of the goods
		if got := s.history("P16"); !slices.Equal(got[len(got)-3:], []order.EventKind{order.WeightOff, order.WeightAllowed, order.Confirmed}) {
			t.Errorf("%v", got)
		}
		r.end()
	})
}

// What is found off in the journal is so for the next program too, until it is weighed again.
func TestOffAcrossANewStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTees(t)
		r := s.start(nil, weighing)
		for i := range 3 {
			r.packed(11 + i)
			r.lies(500)
			r.scan(trackingOf(11+i), packing.ConfirmedOut)
		}
		r.packed(14)
		r.lies(400)
		r.scan(trackingOf(14), packing.OffWeightOut)
		r.end()
		r = s.start(nil, weighing)
		r.phase(packing.LabelScan)
		r.scan(trackingOf(14), packing.OffWeightOut) // nothing is known of the scale yet
		r.lies(500)
		r.scan(trackingOf(14), packing.ConfirmedOut)
		s.knows(500, 500, 500, 500)
		r.end()
	})
}

// While the disk refuses the confirmation that the weight brought about, only the scale's newest word waits, and the parcel is confirmed once when it can be.
func TestAWeightThatTheDiskDoesNotTake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTees(t)
		files := &journal{Store: s.store}
		r := s.start(files, weighing)
		r.packed(11)
		r.Weigh(order.Reading{Load: order.Settled})
		r.scan(trackingOf(11), packing.NeedsPerson)
		files.full(order.Confirmed)
		for grams := 480; grams <= 500; grams++ {
			r.Weigh(order.Reading{Load: order.Settled, Grams: grams})
		}
		time.Sleep(3 * lookAtClock)
		synctest.Wait()
		if shot := r.Snapshot(); shot.State.Phase != packing.Asked || shot.Strip.Said.Key != "store.full" {
			t.Errorf("phase %s, %s", shot.State.Phase, shot.Strip.Said.Key)
		}
		s.knows()
		files.full()
		time.Sleep(2 * lookAtClock)
		synctest.Wait()
		if shot := r.Snapshot(); shot.State.Phase != packing.Idle {
			t.Errorf("phase %s", shot.State.Phase)
		}
		s.knows(500)
		r.end()
	})
}

func TestWhatIsToldOfTheScaleIsInTheSnapshot(t *testing.T) {
	s := newTees(t)
	r := s.start(nil, weighing)
	r.TellScale(order.Say("scale.gone"))
	shot := r.until(func(s Snapshot) bool { return s.Scale.Said.Key == "scale.gone" })
	if !shot.State.Weighs || shot.Scale.At.IsZero() || shot.Strip.Said.Key != "" {
		t.Errorf("%+v", shot.Scale)
	}
	r.packed(11)
	r.lies(500)
	r.Weigh(order.Reading{})
	r.until(func(s Snapshot) bool { return s.State.Scale.Load == order.NoScale })
	if a := r.scan(trackingOf(11), packing.ConfirmedOut); a.Said.Key != "say.confirmed_weighed" { // it was weighed before
		t.Errorf("%+v", a.Said)
	}
	r.packed(12)
	if a := r.scan(trackingOf(12), packing.ConfirmedOut); a.Said.Key != "say.confirmed_no_scale" {
		t.Errorf("%+v", a.Said)
	}
	s.knows(500)
}
