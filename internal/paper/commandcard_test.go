package paper_test

import (
	"image"
	"slices"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
)

func commandLines() (lines []paper.CommandLine) {
	for _, c := range order.Commands {
		lines = append(lines, paper.CommandLine{Word: "Next parcel 下一个包裹", Code: order.CommandCode("7f3a91c2deadbeef", c)})
	}
	return lines
}

func TestEveryCodeOfTheCommandCardIsRead(t *testing.T) {
	for _, size := range []page.Size{page.Label, {WidthMM: 210, HeightMM: 297}} {
		for _, dpi := range []int{203, 300} {
			p, err := paper.CommandCard(size, dpi, "Commands", commandLines())
			if err != nil {
				t.Fatal(err)
			}
			read := readCut(t, p, image.Rect(0, 0, p.Width, p.Height))
			for _, line := range commandLines() {
				if !slices.Contains(read, line.Code) {
					t.Errorf("%v at %d dpi: %s is not in %q", size, dpi, line.Code, read)
				}
			}
			if len(read) != len(order.Commands) {
				t.Errorf("%v at %d dpi: %d codes read", size, dpi, len(read))
			}
		}
	}
	if _, err := paper.CommandCard(page.Size{WidthMM: 50, HeightMM: 30}, 203, "Commands", commandLines()); order.AsProblem(err).Key != "paper.too_small" {
		t.Errorf("on a small label: %v", err)
	}
}
