package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

func TestReturning(t *testing.T) {
	entry := func(sku, bin string, pieces int) order.ToPutBack {
		return order.ToPutBack{PutBackEntry: order.PutBackEntry{SKU: sku, Parcel: "P1", Why: order.OfAside, Pieces: pieces, Since: noon}, Bin: bin}
	}
	goods := map[string]string{"tee": "A-01", "cap": "B-02", "mug": "", "pen": "C-03"} // SKU → bin
	walk, now := Returning{List: []order.ToPutBack{entry("tee", "A-01", 3), entry("cap", "B-02", 1), entry("mug", "", 1)}}, noon
	for i, step := range []struct {
		gap  time.Duration
		code string
		want Outcome
		left int
	}{
		{2 * time.Second, "tee", BinFirst, 5},
		{2 * time.Second, "nonsense", UnknownCode, 5},
		{2 * time.Second, "C-03", WrongBin, 5}, // a bin, but nothing goes there
		{2 * time.Second, "tee", BinFirst, 5},
		{2 * time.Second, "B-02", BinOut, 5},
		{2 * time.Second, "tee", WrongBin, 5},
		{2 * time.Second, "pen", NotOnList, 5},
		{2 * time.Second, "A-01", BinOut, 5},
		{2 * time.Second, "tee", ReturnedOut, 4},
		{200 * time.Millisecond, "tee", Repeat, 4},
		{900 * time.Millisecond, "tee", ReturnedOut, 3},
		{2 * time.Second, "mug", ReturnedOut, 2}, // its bin is not known
		{2 * time.Second, "tee", ReturnedOut, 1},
		{2 * time.Second, "tee", NotOnList, 1},
		{2 * time.Second, "B-02", BinOut, 1},
		{2 * time.Second, "cap", ReturnedOut, 0},
	} {
		now = now.Add(step.gap)
		in := BackScan{Scan: order.Scan{Code: step.code, Device: "one", At: now}}
		if _, is := goods[step.code]; is {
			in.SKUs = []string{step.code}
		}
		for sku, bin := range goods {
			if bin == step.code {
				in.Lies = append(in.Lies, sku)
			}
		}
		var turn BackTurn
		walk, turn = walk.Next(in, now)
		left := 0
		for _, e := range walk.List {
			left += e.Pieces
		}
		if turn.Outcome != step.want || left != step.left || turn.Said.Key == "" || (len(turn.Events) == 1) != (step.want == ReturnedOut) {
			t.Fatalf("step %d, %s: %s (%s), %d left, events %v", i, step.code, turn.Outcome, turn.Said.Key, left, turn.Events)
		}
	}
}
