package packing

import "packbench/internal/order"

// lookAlike is the missing article that a wrong one was most likely taken for, and why; NotAlike where it resembles none.
func (m *move) lookAlike(in Scanned) (got, want order.Article, like order.Likeness) {
	for _, wanted := range []order.Likeness{order.SameProduct, order.NearName, order.NearSKU} {
		for _, sku := range in.Candidates.Articles() {
			scanned := in.Candidates.Goods[sku]
			scanned.SKU = sku
			for _, unit := range m.s.Missing() {
				missing := order.Article{Good: order.Good{SKU: unit.SKU()}, ProductName: unit.ProductName, VariantName: unit.VariantName}
				if order.Alike(scanned, missing) == wanted {
					return scanned, missing, wanted
				}
			}
		}
	}
	return order.Article{}, order.Article{}, order.NotAlike
}
