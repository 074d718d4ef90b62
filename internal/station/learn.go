package station

import (
	"packbench/internal/order"
	"packbench/internal/packing"
)

// lookToLearn adds to what a code can mean what decides whether it may become a barcode, and the article it would be of, where it is to become one.
func (s *Station) lookToLearn(candidates *order.Candidates, code string) (err error) {
	learning := s.state.Learning
	if s.state.Question != packing.ScanLearn || code != learning.Code {
		return nil
	}
	if candidates.Else, err = s.Store.NamesElse(code, learning.SKU); err != nil {
		return err
	}
	article, err := s.Store.Article(learning.SKU)
	if candidates.Goods == nil {
		candidates.Goods = map[string]order.Article{}
	}
	candidates.Goods[learning.SKU] = article
	return err
}
