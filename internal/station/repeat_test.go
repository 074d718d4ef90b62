package station

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// A refusal stays on the strip when its code is read twice; an accepted scan's repeat is told.
func TestRefusalReadTwiceStaysOnTheStrip(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	again := func(code string, want packing.Outcome) {
		t.Helper()
		scan := r.next(code)
		scan.At = r.at.Add(-1900 * time.Millisecond) // 0.1 s after the one before
		r.at = scan.At
		if answer, err := r.Scan(t.Context(), scan); err != nil || answer.Outcome != want {
			t.Fatalf("%s came to %q, want %q, %v", code, answer.Outcome, want, err)
		}
	}
	r.scan("nobody's", packing.UnknownCode)
	refused := r.Snapshot().Strip
	again("nobody's", packing.Repeat)
	if strip := r.Snapshot().Strip; strip.Outcome != packing.UnknownCode || strip.At != refused.At || strip.Said.Key != refused.Said.Key {
		t.Errorf("the strip shows %+v, showed %+v", strip, refused)
	}
	r.scan("P1", packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	again("tee", packing.Repeat)
	if strip := r.Snapshot().Strip; strip.Outcome != packing.Repeat || strip.Said.Key != order.Say("say.repeat").Key {
		t.Errorf("%+v", strip)
	}
}
