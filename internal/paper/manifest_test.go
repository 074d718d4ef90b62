package paper_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
)

func manifest(parcels int) paper.Manifest {
	m := paper.Manifest{
		Title: "交接单 H261122-03", Code: "H261122-03", Carrier: "J&T Express · 上门揽收", Sum: "Parcels\nWeight", Facts: []string{"Shops: Lantern Sports 灯笼运动", "Hours: 09:00–18:00"},
		Totals: []string{"Parcels"}, AbsentTitle: "Not handed over", Absent: []string{"JX8"}, Signature: "Received by (name, signature, time)", Stamp: "承运商盖章",
	}
	for i := range parcels {
		m.Parcels = append(m.Parcels, paper.ManifestLine{Number: fmt.Sprint(i + 1), Tracking: strings.Repeat("JX", 1+i%24), Orders: strings.Repeat("579200000030053517, ", 1+i%4), Bundle: "bag", Weight: "1250 g *"})
	}
	return m
}

// Both codes are read on the first page, the bars on each. Nothing of a long sheet is cut: what has no room comes onto another page.
func TestHandoverManifests(t *testing.T) {
	for _, size := range []page.Size{page.Label, {WidthMM: 148, HeightMM: 210}, {WidthMM: 210, HeightMM: 297}} {
		for _, dpi := range []int{203, 300} {
			for _, parcels := range []int{1, 40} {
				if (size.WidthMM > page.Label.WidthMM || dpi == 300) && parcels > 1 || size.WidthMM > 200 && dpi == 300 {
					continue // reading so many large pictures takes seconds
				}
				pages, err := paper.HandoverManifest(size, dpi, manifest(parcels))
				if err != nil || parcels == 40 && len(pages) < 2 {
					t.Fatalf("%v at %d dpi, %d parcels: %d pages, %v", size, dpi, parcels, len(pages), err)
				}
				for i, one := range pages {
					codes := 1
					if i == 0 {
						codes = 2
					}
					if read := readCut(t, one, one.Bounds()); !slices.Equal(read, slices.Repeat([]string{"H261122-03"}, codes)) {
						t.Errorf("%v at %d dpi, %d parcels, page %d: %q read", size, dpi, parcels, i+1, read)
					}
				}
			}
		}
	}
	if _, err := paper.HandoverManifest(page.Size{WidthMM: 25, HeightMM: 60}, 203, manifest(1)); err == nil || order.AsProblem(err).Key != "paper.too_small" {
		t.Error(err)
	}
	if _, err := paper.HandoverManifest(page.Label, 203, paper.Manifest{Code: "单"}); err == nil || order.AsProblem(err).Key != "paper.token" {
		t.Error(err)
	}
}
