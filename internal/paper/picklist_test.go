package paper_test

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
)

// a4 is the paper of offices.
var a4 = page.Size{WidthMM: 210, HeightMM: 297}

// photo is a picture with all greys.
func photo() image.Image {
	picture := image.NewGray(image.Rect(0, 0, 300, 200))
	for y := range 200 {
		for x := range 300 {
			picture.SetGray(x, y, color.Gray{Y: uint8((x*255/300 + y) % 256)})
		}
	}
	return picture
}

// pickLists is a list of so many stops, with long Chinese names, and of every third article no picture.
func pickLists(n int) paper.Picks {
	list := paper.Picks{Title: "Pick list, wave W261122-03 拣货单", Sum: fmt.Sprintf("%d pieces, %d stops\n412 m to walk", 2*n, n), Code: "W261122-03"}
	for i := range n {
		pick := paper.Pick{
			Bin: fmt.Sprintf("A-%02d-2", i+1), Pieces: i%3 + 1, SKU: fmt.Sprintf("TEE-BK-%d", i),
			Name: "速干运动 T 恤 男女同款 夏季透气圆领短袖训练上衣 Quick-dry sports T-shirt, unisex", Variant: "黑色·XXL 加大码", Into: "A 17, A 3 ×2",
		}
		if i%3 > 0 {
			pick.Picture = photo()
		}
		list.Stops = append(list.Stops, pick)
	}
	return list
}

// A long list takes as many pages as it needs, and the wave's code is read on each.
func TestPickLists(t *testing.T) {
	for _, size := range []page.Size{page.Label, a4} {
		for _, dpi := range []int{203, 300} {
			pages, err := paper.PickList(size, dpi, pickLists(30))
			if err != nil || len(pages) < 2 {
				t.Fatalf("%v at %d dpi: %d pages, %v", size, dpi, len(pages), err)
			}
			if dpi == 300 { // zbarimg takes its time
				pages = pages[:1]
			}
			for i, one := range pages {
				head := image.Rect(0, 0, one.Width, one.Height/4)
				if read := readCut(t, one, head); !slices.Equal(read, []string{"W261122-03"}) {
					t.Errorf("%v at %d dpi: %q read on page %d", size, dpi, read, i+1)
				}
			}
		}
	}
	for _, size := range []page.Size{{WidthMM: 20, HeightMM: 20}, {WidthMM: 60, HeightMM: 25}, {WidthMM: 25, HeightMM: 150}} {
		if _, err := paper.PickList(size, 203, pickLists(1)); err == nil || order.AsProblem(err).Key != "paper.too_small" {
			t.Errorf("on %v: %v", size, err)
		}
	}
	if _, err := paper.PickList(page.Label, 203, paper.Picks{Code: "波次"}); err == nil || order.AsProblem(err).Key != "paper.token" {
		t.Errorf("a code that no bars hold: %v", err)
	}
}

func BenchmarkPickListOf30Lines(b *testing.B) {
	list := pickLists(30)
	for b.Loop() {
		if _, err := paper.PickList(page.Label, 203, list); err != nil {
			b.Fatal(err)
		}
	}
}
