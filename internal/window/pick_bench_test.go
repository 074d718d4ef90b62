package window

import (
	"fmt"
	"testing"
	"time"

	"packbench/internal/order"
)

// BenchmarkTally counts what the chips of 100,000 parcels stand for.
func BenchmarkTally(b *testing.B) {
	facts := make([]order.Facts, 100_000)
	for i := range facts {
		facts[i] = order.Facts{Market: order.Market([]string{"MY", "SG", "GB"}[i%3]), Provider: []string{"J&T Express", "Ninja Van"}[i%2], Due: now.Add(time.Duration(i) * time.Minute)}
		for n := range 1 + i%4 {
			facts[i].SKUs = append(facts[i].SKUs, fmt.Sprintf("SKU-%04d", (i*7+n)%2000))
		}
	}
	for b.Loop() {
		counts := newTally(now)
		for i := range facts {
			counts.count(&facts[i])
		}
		if chips := counts.chips(func(key string, _ ...any) string { return key }); len(chips) == 0 {
			b.Fatal("no chips")
		}
	}
}
