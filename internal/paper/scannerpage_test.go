package paper_test

import (
	"image"
	"slices"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/scanner"
)

func TestEveryCodeOfTheScannersPageReads(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		p, err := paper.ScannerPage(page.Label, dpi, "Scanner test 扫码枪测试", "scan 1, 2 and 3", scanner.TestCodes)
		if err != nil {
			t.Fatal(err)
		}
		read := readCut(t, p, p.Bounds())
		for _, code := range scanner.TestCodes {
			if !slices.ContainsFunc(read, func(r string) bool { return scanner.Clean(r) == code }) {
				t.Errorf("%d dpi: zbarimg reads %q, not %q", dpi, read, code)
			}
		}
		margin := int(2.5 * page.DotsPerMM(dpi))
		if n := blackShare(p, image.Rect(p.Width-margin, margin, p.Width-int(page.DotsPerMM(dpi)), p.Height-margin)); n > 0 {
			t.Errorf("%d dpi: ink in the right margin", dpi)
		}
	}
}

func TestAScannersPageNeedsRoom(t *testing.T) {
	if _, err := paper.ScannerPage(page.Size{WidthMM: 30, HeightMM: 40}, 203, "", "", scanner.TestCodes); err == nil || order.AsProblem(err).Key != "paper.too_small" {
		t.Error(err)
	}
	if _, err := paper.ScannerPage(page.Label, 203, "", "", []string{"码"}); err == nil || order.AsProblem(err).Key != "paper.token" {
		t.Error(err)
	}
}
