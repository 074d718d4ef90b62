package packing

import (
	"testing"

	"packbench/internal/order"
)

// A wrong piece is held against the missing one it looks like, which need not be the one at hand, and what differs is said.
func TestAWrongPieceThatLooksLikeAMissingOne(t *testing.T) {
	p := parcel("P1", "cap", "tee-L", "mug")
	p.Units[1].ProductName, p.Units[1].VariantName = "Sports T-shirt", "Black, L"
	b := newBench(t, p)
	b.want(b.scan("P1"), OpenedOut)
	scan := func(article order.Article) Turn {
		return b.scanAs(article.SKU+"'s", order.Candidates{SKUs: []string{article.SKU}, Goods: map[string]order.Article{article.SKU: article}})
	}
	turn := scan(order.Article{Good: order.Good{SKU: "tee-M"}, ProductName: "Sports T-shirt", VariantName: "Black, M"})
	b.want(turn, WrongItem)
	if w := b.state.Wrong; w.Wanted != "tee-L" || w.Like != order.SameProduct || w.Scanned[0] != "tee-M" {
		t.Errorf("mistake %+v", w)
	}
	if turn.Said.Key != "refused.look_alike" || turn.Said.With["got"] != "M" || turn.Said.With["want"] != "L" {
		t.Errorf("said %+v", turn.Said)
	}
	turn = scan(order.Article{Good: order.Good{SKU: "lamp"}, ProductName: "Lamp"})
	b.want(turn, WrongItem)
	if w := b.state.Wrong; turn.Said.Key != "refused.wrong_item" || w.Wanted != "cap" || w.Like != order.NotAlike {
		t.Errorf("said %+v, mistake %+v", turn.Said, w)
	}
	b.want(b.scan("tee-L"), TakenOut)
	turn = scan(order.Article{Good: order.Good{SKU: "tee-M"}, ProductName: "Sports T-shirt", VariantName: "Black, M"})
	b.want(turn, WrongItem)
	if turn.Said.Key != "refused.wrong_item" { // what it looks like is in
		t.Errorf("said %+v", turn.Said)
	}
}
