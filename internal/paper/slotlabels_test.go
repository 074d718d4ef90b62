package paper_test

import (
	"fmt"
	"slices"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
)

func slotLabels(wall string, n int) (all []paper.SlotLabel) {
	for i := range n {
		all = append(all, paper.SlotLabel{Name: fmt.Sprintf("%s %d", wall, i+1), Code: order.SlotCode(wall, i+1)})
	}
	return all
}

// Each label's code is read, on every page and however long the wall's name is.
func TestSlotLabels(t *testing.T) {
	for _, size := range []page.Size{page.Label, {WidthMM: 60, HeightMM: 40}, {WidthMM: 148, HeightMM: 105}} {
		for _, wall := range []string{"A", "WALL0001"} {
			for _, dpi := range []int{203, 300} {
				pages, err := paper.SlotLabels(size, dpi, "Put wall", slotLabels(wall, 12))
				if size.WidthMM == 60 && wall != "A" && dpi == 203 {
					if err == nil || order.AsProblem(err).Key != "paper.too_small" {
						t.Errorf("%v: %v", size, err)
					}
					continue
				}
				if err != nil {
					t.Fatalf("%v at %d dpi, %s: %v", size, dpi, wall, err)
				}
				var read []string
				for _, one := range pages {
					read = append(read, readCut(t, one, one.Bounds())...)
				}
				for _, one := range slotLabels(wall, 12) {
					if !slices.Contains(read, one.Code) {
						t.Errorf("%v at %d dpi: %s is not in %q", size, dpi, one.Code, read)
					}
				}
			}
		}
	}
	if _, err := paper.SlotLabels(page.Label, 203, "", []paper.SlotLabel{{Name: "A", Code: "箱"}}); err == nil || order.AsProblem(err).Key != "paper.token" {
		t.Error(err)
	}
}
