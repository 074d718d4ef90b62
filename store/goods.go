package store

import (
	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// ImportGoods takes in the seller's goods, all or none. An article that is known already is replaced; others stay.
// They lie in journal.db, because the platform cannot give them back.
func (s *Store) ImportGoods(goods []order.Good) error {
	return s.trouble("import the catalogue", s.journal.Update(func(tx *bolt.Tx) error {
		for _, good := range goods {
			before, err := get[order.Good](tx, bucketGoods, []byte(good.SKU))
			if err != nil {
				return err
			}
			for _, code := range before.Barcodes {
				if err := tx.Bucket(bucketBarcodes).Delete(pair(code, good.SKU)); err != nil {
					return err
				}
			}
			for _, code := range good.Barcodes {
				if err := tx.Bucket(bucketBarcodes).Put(pair(code, good.SKU), nil); err != nil {
					return err
				}
			}
			if err := put(tx, bucketGoods, []byte(good.SKU), good); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Article is what is known of an article, by the seller's catalogue and by the orders. Where nothing is, only its SKU is set.
func (s *Store) Article(sku string) (order.Article, error) {
	article := order.Article{Good: order.Good{SKU: sku}}
	err := s.view(func(cache, journal *bolt.Tx) error {
		good, err := get[order.Good](journal, bucketGoods, []byte(sku))
		if err != nil {
			return err
		}
		if good.SKU != "" {
			article.Good = good
		}
		sold, err := get[soldAs](cache, bucketSKUs, []byte(sku))
		article.ProductName, article.VariantName = sold.Product, sold.Variant
		return err
	})
	return article, s.trouble("read about an article", err)
}

// skusOf are the articles a scanned code stands for. An EAN-13 that begins with 0 and the UPC-A without it are the same code
// (GS1 General Specifications 2.1). The text of a SKU counts where no barcode of it is known: the catalogue has none, or no such
// article, and the article was ordered.
func skusOf(cache, journal *bolt.Tx, code string) ([]string, error) {
	for _, spelling := range spellings(code) {
		if skus := seconds(journal, bucketBarcodes, spelling); len(skus) > 0 {
			return skus, nil
		}
	}
	good, err := get[order.Good](journal, bucketGoods, []byte(code))
	if err != nil || len(good.Barcodes) > 0 || code == "" {
		return nil, err
	}
	if good.SKU == "" {
		if ordered, _ := cache.Bucket(bucketSKUs).Cursor().Seek([]byte(code)); string(ordered) != code {
			return nil, nil
		}
	}
	return []string{code}, nil
}

func spellings(code string) []string {
	switch {
	case len(code) == 13 && code[0] == '0':
		return []string{code, code[1:]}
	case len(code) == 12:
		return []string{code, "0" + code}
	}
	return []string{code}
}
