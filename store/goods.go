package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// ImportGoods takes in the seller's goods, all or none, and journals that by. An article that is known already is replaced; others stay.
// They lie in journal.db, because the platform cannot give them back.
func (s *Store) ImportGoods(goods []order.Good, by ...order.Event) error {
	err := s.journal.Update(func(tx *bolt.Tx) error {
		for _, good := range goods {
			if err := errors.Join(countAnew(tx, good.SKU), putGood(tx, good)); err != nil {
				return err
			}
		}
		event := order.Event{At: s.now()}
		if len(by) > 0 {
			event = by[0]
		}
		event.Kind, event.Goods = order.GoodsImported, len(goods)
		return appendEvent(tx, &event)
	})
	if err == nil {
		s.finding.touchGoods()
	}
	return s.trouble("import the catalogue", err)
}

// ChangeGood lets cells of an article that the catalogue or an order knows say something else, and journals event, which names it and says them. It fails as
// order.Good.With does, and with catalogue.unknown_sku where nobody knows such an article unless fresh is said.
func (s *Store) ChangeGood(event order.Event, fresh bool) error {
	err := s.cache.View(func(cache *bolt.Tx) error {
		return s.journal.Update(func(tx *bolt.Tx) error {
			good, err := knownGood(cache, tx, event.SKU, fresh)
			if err != nil {
				return err
			}
			before := good
			if good, err = good.With(event.Cells); err != nil {
				return err
			}
			if good.SKU != event.SKU {
				return order.Trouble(nil, "catalogue.sku_fixed")
			}
			event.Kind, event.Cells = order.GoodChanged, map[string]string{}
			for _, name := range order.Columns() {
				if now := good.Cell(name); now != before.Cell(name) {
					event.Cells[name] = now
				}
			}
			if len(event.Cells) == 0 && tx.Bucket(bucketGoods).Get([]byte(event.SKU)) != nil {
				return nil
			}
			if good.Stock != before.Stock {
				err = countAnew(tx, good.SKU)
			}
			return errors.Join(err, putGood(tx, good), appendEvent(tx, &event))
		})
	})
	if err == nil {
		s.finding.touchGoods()
	}
	return s.trouble("change an article", err)
}

// ChangeBarcode journals that an article has a barcode more or one less. It fails with catalogue.unknown_sku where nobody knows such an article.
func (s *Store) ChangeBarcode(event order.Event) error {
	return s.trouble("change a barcode", s.cache.View(func(cache *bolt.Tx) error {
		return s.journal.Update(func(tx *bolt.Tx) error {
			if _, err := knownGood(cache, tx, event.SKU, false); err != nil {
				return err
			}
			return appendEvent(tx, &event)
		})
	}))
}

// knownGood is what the catalogue says of an article that it or an order knows; of any where fresh is said.
func knownGood(cache, journal *bolt.Tx, sku string, fresh bool) (order.Good, error) {
	good, err := get[order.Good](journal, bucketGoods, []byte(sku))
	if err == nil && good.SKU == "" {
		if good.SKU = sku; !fresh && (sku == "" || cache.Bucket(bucketSKUs).Get([]byte(sku)) == nil) {
			return good, order.Trouble(nil, "catalogue.unknown_sku", "sku", sku)
		}
	}
	return good, err
}

// foldGood brings what an event says of an article's barcodes into the catalogue.
func foldGood(tx *bolt.Tx, e order.Event) error {
	if e.Kind != order.BarcodeLearnt && e.Kind != order.BarcodeForgotten {
		return nil
	}
	good, err := get[order.Good](tx, bucketGoods, []byte(e.SKU))
	if err != nil {
		return err
	}
	return putGood(tx, good.After(e))
}

// putGood keeps an article, and makes it found by its codes.
func putGood(tx *bolt.Tx, good order.Good) error {
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
	return put(tx, bucketGoods, []byte(good.SKU), good)
}

// Articles are all of the catalogue, by SKU, with the names they were ordered under.
func (s *Store) Articles() (all []order.Article, err error) {
	kept, err := s.picturesKept()
	if err != nil {
		return nil, s.trouble("list the catalogue", err)
	}
	err = s.view(func(cache, journal *bolt.Tx) error {
		return journal.Bucket(bucketGoods).ForEach(func(sku, _ []byte) error {
			article, err := articleIn(cache, journal, string(sku))
			if err != nil {
				return err
			}
			sold, err := get[soldAs](cache, bucketSKUs, sku)
			if name := pictureName(sold.Picture); kept[name] {
				article.Kept = filepath.Join(pictureFolder, name)
			}
			all = append(all, article)
			return err
		})
	})
	return all, s.trouble("list the catalogue", err)
}

// GoodsChanges are the events of a span of time about the seller's goods, the oldest first.
func (s *Store) GoodsChanges(from, until time.Time) ([]order.Event, error) {
	events, err := s.eventsOf(from, until, order.Event.OfGoods)
	slices.Reverse(events)
	return events, s.trouble("list what was changed in the catalogue", err)
}

// NamesElse tells whether a code names a bin, a wave, or an article other than sku by its SKU, which Candidates does not look for.
func (s *Store) NamesElse(code, sku string) (is bool, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		goods := tx.Bucket(bucketGoods)
		if is = tx.Bucket(bucketWaves).Get([]byte(code)) != nil || code != sku && goods.Get([]byte(code)) != nil; is {
			return nil
		}
		written, err := json.Marshal(code) // most articles need no decoding
		if err != nil {
			return err
		}
		return goods.ForEach(func(sku, value []byte) error {
			if is || !bytes.Contains(value, written) {
				return nil
			}
			good, err := get[order.Good](tx, bucketGoods, sku)
			is = good.Bin == code
			return err
		})
	})
	return is && code != "", s.trouble("look up a code", err)
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
	name := ""
	err := s.view(func(cache, journal *bolt.Tx) (err error) {
		if article, err = articleIn(cache, journal, sku); err != nil {
			return err
		}
		sold, err := get[soldAs](cache, bucketSKUs, []byte(sku))
		name = pictureName(sold.Picture)
		return err
	})
	if name != "" && isThere(s.path(filepath.Join(pictureFolder, name))) {
		article.Kept = filepath.Join(pictureFolder, name)
	}
	return article, s.trouble("read about an article", err)
}

// articleIn is an article without the platform's picture.
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
