package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"packbench/internal/order"
)

// ownedOrder is an order and the shop it belongs to, which the platform does not write into it.
type ownedOrder struct {
	shop string
	object
}

type givenShop struct {
	shops  []shop
	orders []ownedOrder
}

// readData reads Options.Data. Orders stay as they are but for shop_id, which is not the platform's. A shop without a
// cipher gets one; an order without shop_id is the only shop's.
func readData(raw []byte) (givenShop, error) {
	var file struct {
		Shops  []shop            `json:"shops"`
		Orders []json.RawMessage `json:"orders"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return givenShop{}, fmt.Errorf("sandbox data: %w", err)
	}
	if len(file.Shops) == 0 {
		return givenShop{}, errors.New("sandbox data: no shops")
	}
	given := givenShop{shops: file.Shops}
	known := map[string]bool{}
	for i, s := range given.shops {
		if s.ID == "" || known[s.ID] {
			return givenShop{}, fmt.Errorf("sandbox data: shop %d has no id of its own", i+1)
		}
		known[s.ID] = true
		if s.Cipher == "" {
			given.shops[i].Cipher = "ROW_" + token("cipher", s.ID)
		}
	}
	for i, text := range file.Orders {
		o, err := readObject(text)
		if err != nil || o.id() == "" {
			return givenShop{}, fmt.Errorf("sandbox data: order %d is not an order with an id", i+1)
		}
		owner := o.text("shop_id")
		delete(o, "shop_id")
		if owner == "" && len(given.shops) == 1 {
			owner = given.shops[0].ID
		}
		if !known[owner] {
			return givenShop{}, fmt.Errorf("sandbox data: order %s: no shop %q", o.id(), owner)
		}
		given.orders = append(given.orders, ownedOrder{owner, o})
	}
	return given, nil
}

// skuOf is the key of a line or part in the seller's catalogue: its seller_sku, else the platform's sku_id.
func skuOf(line object) string {
	if sku := line.text("seller_sku"); sku != "" {
		return sku
	}
	return line.text("sku_id")
}

// goodsOf derives a catalogue from orders: a row a SKU, in the order in which they first appear. Rows given for a SKU win.
func goodsOf(orders []ownedOrder, given []order.Good) []order.Good {
	rows := map[string]order.Good{}
	taken := map[string]bool{}
	for _, good := range given {
		rows[good.SKU] = good
		for _, code := range good.Barcodes {
			taken[code] = true
		}
	}
	var goods []order.Good
	index := map[string]int{}
	sell := func(line object) {
		sku := skuOf(line)
		if sku == "" {
			return
		}
		at, seen := index[sku]
		if !seen {
			good, known := rows[sku]
			if !known {
				good = derivedGood(sku, line, len(goods), taken)
			}
			at = len(goods)
			index[sku], goods = at, append(goods, good)
		}
		if _, known := rows[sku]; !known {
			goods[at].Stock++
		}
	}
	for _, o := range orders {
		for _, line := range o.list("line_items") {
			sell(line)
			for _, part := range line.list("sub_item_info") {
				sell(part)
			}
		}
	}
	return goods
}

// spareStock is what lies in the shelves beyond what the orders given need.
const spareStock = 50

// derivedGood makes up what an order does not tell of its goods. The barcode depends on the SKU alone, as long as no two
// fall on the same one.
func derivedGood(sku string, line object, position int, taken map[string]bool) order.Good {
	name := line.text("product_name")
	if variant := line.text("sku_name"); variant != "" {
		name += " (" + variant + ")"
	}
	good := order.Good{
		SKU: sku, Name: name, Stock: spareStock, WeightG: 100 + position%8*50,
		Bin: fmt.Sprintf("%c-%02d-%d", 'A'+position/40%26, position/4%10+1, position%4+1),
	}
	for salt := 0; good.Barcodes == nil; salt++ {
		digits, err := strconv.ParseUint(derived("barcode", fmt.Sprint(sku, salt))[:12], 16, 64)
		if err != nil {
			continue // never: they are hex digits
		}
		if code := ean13(fmt.Sprintf("69%010d", digits%1e10)); !taken[code] {
			taken[code] = true
			good.Barcodes = []string{code}
		}
	}
	return good
}
