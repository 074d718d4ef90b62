package paper_test

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
)

// lates are so many late parcels of two causes.
func lates(n int) paper.Lates {
	list := paper.Lates{Title: "Overdue 11-22 08:30 超时清单", Sum: "6 overdue, 43 due by 16:00\n3 answers owed to buyers"}
	for g, cause := range []string{"Not picked", "已打包，未交接 Packed, not handed over"} {
		group := paper.LateGroup{Cause: fmt.Sprintf("%s (%d)", cause, n)}
		for i := range n {
			group.Parcels = append(group.Parcels, paper.LateParcel{
				Order: fmt.Sprintf("5792184633502849%02d MY", i), Late: "2 h 10 min late · ready to be collected", About: "packer: scan its label on it · 库位 B-07-4 是空的",
				Code: fmt.Sprintf("115321800593%d%06d", g, i),
			})
		}
		list.Groups = append(list.Groups, group)
	}
	return list
}

// A long list takes as many pages as it needs, and the code of every parcel on it is read, once.
func TestLateLists(t *testing.T) {
	for size, from := range map[page.Size]int{page.Label: 3, a4: 2, {WidthMM: 60, HeightMM: 150}: 4} {
		list := lates(22)
		pages, err := paper.LateList(size, 203, list)
		if err != nil || len(pages) < from {
			t.Fatalf("%v: %d pages, %v", size, len(pages), err)
		}
		var read []string
		for _, one := range pages {
			read = append(read, readCut(t, one, image.Rect(0, 0, one.Width, one.Height))...)
		}
		var want []string
		for _, g := range list.Groups {
			for _, p := range g.Parcels {
				want = append(want, p.Code)
			}
		}
		slices.Sort(read)
		slices.Sort(want)
		if !slices.Equal(read, want) {
			t.Errorf("%v: read %d codes, want %d: %s", size, len(read), len(want), strings.Join(read, " "))
		}
	}
	if _, err := paper.LateList(page.Label, 300, lates(2)); err != nil {
		t.Error(err)
	}
	if pages, err := paper.LateList(page.Label, 203, paper.Lates{Title: "Overdue", Sum: "Nothing is late"}); err != nil || len(pages) != 1 {
		t.Errorf("an empty list: %d pages, %v", len(pages), err)
	}
	if _, err := paper.LateList(page.Size{WidthMM: 30, HeightMM: 60}, 203, lates(1)); err == nil || order.AsProblem(err).Key != "paper.too_small" {
		t.Errorf("on a narrow paper: %v", err)
	}
	unreadable := lates(1)
	unreadable.Groups[0].Parcels[0].Code = "包裹"
	if _, err := paper.LateList(page.Label, 203, unreadable); err == nil || order.AsProblem(err).Key != "paper.token" {
		t.Errorf("a code that no bars hold: %v", err)
	}
}
