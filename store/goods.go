package store

import (
	"strconv"
	"strings"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// ImportGoods takes in the seller's goods, all or none. An article that is known already is replaced; others stay.
// They lie in journal.db, because the platform cannot give them back.
func (s *Store) ImportGoods(goods []order.Good) error {
	err := s.journal.Update(func(tx *bolt.Tx) error {
		for _, good := range goods {
			if err := tx.Bucket(bucketPacked).Delete([]byte(good.SKU)); err != nil {
				return err
			}
			before, err := get[order.Good](tx, bucketGoods, []byte(good.SKU))
			if err != nil {
				return err
			}
			for code := range barcodesOf(before) {
				if err := tx.Bucket(bucketBarcodes).Delete(pair(code, good.SKU)); err != nil {
					return err
				}
			}
			for code, pieces := range barcodesOf(good) {
				if err := tx.Bucket(bucketBarcodes).Put(pair(code, good.SKU), pieces); err != nil {
					return err
				}
			}
			if err := indexBox(tx.Bucket(bucketMaterials), before, good); err != nil {
				return err
			}
			if err := put(tx, bucketGoods, []byte(good.SKU), good); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.finding.touchGoods()
	}
	return s.trouble("import the catalogue", err)
}

// indexBox keeps what is packing material.
func indexBox(materials *bolt.Bucket, before, now order.Good) error {
	if before.Box != "" {
		if err := materials.Delete(pair(before.Box, before.SKU)); err != nil {
			return err
		}
	}
	if now.Box == "" {
		return nil
	}
	return materials.Put(pair(now.Box, now.SKU), nil)
}

// materialOf is the packing material a code means: its own code, or a barcode of the article that it is; empty where it means none.
func materialOf(journal *bolt.Tx, code string, articles []string) string {
	for _, name := range append([]string{code}, articles...) {
		if len(seconds(journal, bucketMaterials, name)) > 0 {
			return name
		}
	}
	return ""
}

// barcodesOf are an article's barcodes as they are kept: with the pieces in a closed case, as text, or nothing for a single piece.
func barcodesOf(good order.Good) map[string][]byte {
	codes := map[string][]byte{}
	for _, c := range good.Cases {
		codes[c.Code] = strconv.AppendInt(nil, int64(c.Pieces), 10)
	}
	for _, code := range good.Barcodes {
		codes[code] = nil
	}
	return codes
}

// goodsOf are the articles, single or in closed cases, that have a code as their barcode. An EAN-13 that begins with 0 and the UPC-A without
// it are the same code (GS1 General Specifications 2.1).
func goodsOf(journal *bolt.Tx, code string) (skus []string, cases []order.CaseOf, err error) {
	for _, spelling := range spellings(code) {
		for _, sku := range seconds(journal, bucketBarcodes, spelling) {
			kept := journal.Bucket(bucketBarcodes).Get(pair(spelling, sku))
			if len(kept) == 0 {
				skus = append(skus, sku)
				continue
			}
			pieces, err := strconv.Atoi(string(kept))
			if err != nil {
				return nil, nil, err
			}
			cases = append(cases, order.CaseOf{SKU: sku, Pieces: pieces})
		}
		if len(skus)+len(cases) > 0 {
			break
		}
	}
	return skus, cases, nil
}

// goodsOfGTIN are the articles with a number that a GS1 code names in 14 digits: a shorter one stands there with zeros before it (GS1 General Specifications 3.3.2).
func goodsOfGTIN(journal *bolt.Tx, gtin string) (skus []string, cases []order.CaseOf, err error) {
	for _, number := range []string{gtin, strings.TrimPrefix(gtin, "0"), strings.TrimPrefix(gtin, "000000")} {
		skus, cases, err = goodsOf(journal, number)
		if err != nil || len(skus)+len(cases) > 0 {
			break
		}
	}
	return skus, cases, err
}

// Article is what is known of an article, by the seller's catalogue and by the orders. Where nothing is, only its SKU is set.
func (s *Store) Article(sku string) (order.Article, error) {
	var article order.Article
	err := s.view(func(cache, journal *bolt.Tx) (err error) {
		article, err = articleIn(cache, journal, sku)
		return err
	})
	return article, s.trouble("read about an article", err)
}

func articleIn(cache, journal *bolt.Tx, sku string) (order.Article, error) {
	article := order.Article{Good: order.Good{SKU: sku}}
	good, err := get[order.Good](journal, bucketGoods, []byte(sku))
	if err != nil {
		return article, err
	}
	if good.SKU != "" {
		article.Good = good
	}
	sold, err := get[soldAs](cache, bucketSKUs, []byte(sku))
	article.ProductName, article.VariantName = sold.Product, sold.Variant
	return article, err
}

// skuItself is the article whose SKU a code is. The text of a SKU counts where no barcode of it is known: the catalogue has none, or no such
// article, and the article was ordered.
func skuItself(cache, journal *bolt.Tx, code string) ([]string, error) {
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
