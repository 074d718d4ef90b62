package wave

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

func TestTheLedgerCountsEachPieceOnce(t *testing.T) {
	goods := map[string]order.Good{"TEE": {Stock: 6, Safety: 2}, "CAP": {Stock: 2}, "MUG": {Stock: 9}}
	l := NewLedger(goods, map[string]int{"TEE": 1}, 1)
	waved, begun, done := ready("P1", "TEE", "CAP"), ready("P2", "TEE"), ready("P3", "TEE")
	waved.Wave, begun.Here.Taken, done.Here.Confirmed = "W1", 1, true
	early, held, cancelled, away, parked := ready("P4", "MUG"), ready("P5", "MUG"), ready("P6", "MUG"), ready("P7", "MUG"), ready("P8", "MUG")
	early.ReleaseAt, held.Standing, cancelled.Standing, away.Standing = noon.Add(time.Hour), order.Held, order.Gone, order.Collected
	parked.Here.Parked, parked.Here.Lacks = true, "MUG"
	for _, f := range []*order.Facts{waved, begun, done, early, held, cancelled, away, parked, ready("P9", "CAP", "CAP", "NEW")} {
		l.Count(f, noon)
	}
	want := []Article{
		{SKU: "CAP", Stock: 2, Promised: 1, Waiting: 2, Safety: 1},
		{SKU: "MUG", Stock: 9, Waiting: 1, Held: 2, Lacking: 1, Safety: 1},
		{SKU: "TEE", Stock: 6, Packed: 1, Promised: 2, Safety: 2},
	}
	got := l.Articles()
	if !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	for i, calls := range []struct {
		oversold int
		below    bool
		calls    bool
	}{{1, false, true}, {0, false, true}, {0, false, false}} {
		if a := got[i]; a.Oversold() != calls.oversold || a.BelowSafety() != calls.below || a.Calls() != calls.calls {
			t.Errorf("%s: %d oversold, below %v, calls %v", a.SKU, a.Oversold(), a.BelowSafety(), a.Calls())
		}
	}
	if a := (Article{Stock: 5, Promised: 4, Safety: 2}); !a.BelowSafety() || a.Free() != 1 || !a.Calls() {
		t.Errorf("%+v", a)
	}
	if a := (Article{Stock: 1, Promised: 3}); a.Free() != -2 || a.Oversold() != 2 || a.BelowSafety() {
		t.Errorf("%+v", a)
	}
}
