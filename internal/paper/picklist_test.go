package paper_test

import (
	"fmt"
	"slices"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
)

func picks(n int) (all []paper.Pick) {
	for i := range n {
		all = append(all, paper.Pick{
			Bin: fmt.Sprintf("A-%02d-2", i+1), Pieces: i%3 + 1, SKU: fmt.Sprintf("TEE-BK-%d", i),
			Name: "速干运动 T 恤 男女同款 夏季透气圆领短袖训练上衣 Quick-dry sports T-shirt, unisex 黑色·XXL 加大码",
		})
	}
	return all
}

// A long list takes as many pages as it needs, the wave's code is read on the first, and no stop is left out.
func TestPickLists(t *testing.T) {
	for _, size := range []page.Size{page.Label, {WidthMM: 210, HeightMM: 297}} {
		for _, dpi := range []int{203, 300} {
			pages, err := paper.PickList(size, dpi, "Wave W261122-03 波次", "W261122-03", picks(30))
			if err != nil || len(pages) == 0 || size == page.Label && len(pages) < 2 {
				t.Fatalf("%v at %d dpi: %d pages, %v", size, dpi, len(pages), err)
			}
			if read := readCut(t, pages[0], pages[0].Bounds()); !slices.Equal(read, []string{"W261122-03"}) {
				t.Errorf("%v at %d dpi: %q read", size, dpi, read)
			}
			more, err := paper.PickList(size, dpi, "Wave", "W261122-03", picks(60))
			if err != nil || len(more) < 2*len(pages)-1 {
				t.Errorf("%v at %d dpi: %d pages of twice as many stops, %d of one", size, dpi, len(more), len(pages))
			}
		}
	}
	if _, err := paper.PickList(page.Size{WidthMM: 20, HeightMM: 20}, 203, "Wave", "W261122-03", picks(1)); order.AsProblem(err).Key != "paper.too_small" {
		t.Errorf("on a small label: %v", err)
	}
	strange := []paper.Pick{{Pieces: 1, SKU: "A-SKU-WITHOUT-ANY-PLACE-TO-BREAK-IT-AND-VERY-LONG-INDEED-0123456789"}, {Bin: "GALLERY-NORTH-0017-B", Pieces: 1200, SKU: "X"}}
	if pages, err := paper.PickList(page.Label, 203, "Wave", "W261122-03", strange); err != nil || len(pages) != 1 {
		t.Errorf("%d pages, %v", len(pages), err)
	}
}
