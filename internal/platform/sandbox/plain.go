package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"packbench/internal/order"
)

// plainShop is a shop made up from a seed: most of its orders wait to be packed, and nothing about them is unusual.
type plainShop struct {
	shop   shop
	goods  []order.Good
	orders []ownedOrder
	maker  *maker // of orders that come later
}

const (
	plainShopID    = "7495540735365777507"
	plainWarehouse = "7495000000000000101"
)

// others are the states of the orders that do not wait for shipment: every fourth order, in turn. So at least three
// quarters wait, whatever their number.
var others = []string{
	"AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED", "COMPLETED", "CANCELLED",
	"AWAITING_COLLECTION", "ON_HOLD", "IN_TRANSIT", "COMPLETED", "UNPAID",
}

// sizes are the pieces of an order; every dozen orders has each twice.
var sizes = []int{1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6}

// maker makes up orders one after the other.
type maker struct {
	random *rand.Rand
	now    time.Time
	gifts  []article
	goods  []article
	sizes  []int // what is left of the current dozen
	sold   map[string]int
}

func newMaker(seed int64, orders int, articles []article, now time.Time) *maker {
	m := &maker{
		random: rand.New(rand.NewPCG(uint64(seed), uint64(orders))), now: now.Truncate(time.Second), sold: map[string]int{},
	}
	m.gifts, m.goods = giftsAndGoods(articles)
	return m
}

// newPlainShop is the same for the same seed, number of orders, goods and second of now.
func newPlainShop(seed int64, orders int, goods []order.Good, now time.Time) plainShop {
	articles := ownAssortment()
	if goods != nil {
		articles = articlesOf(goods)
	}
	m := newMaker(seed, orders, articles, now)
	p := plainShop{maker: m, shop: shop{
		ID: plainShopID, Name: "Lantern Sports", Region: "MY", SellerType: "LOCAL",
		Cipher: "ROW_" + token("cipher", seed), Code: "MYLCLANTERN",
	}}
	for n := 0; n < orders && len(m.goods) > 0; n++ {
		status := "AWAITING_SHIPMENT"
		if n%4 == 3 {
			status = others[n/4%len(others)]
		}
		p.orders = append(p.orders, ownedOrder{plainShopID, m.order(n, status)})
	}
	for _, a := range articles {
		p.goods = append(p.goods, a.good)
	}
	if goods == nil {
		stock(p.goods, m.sold, m.random)
	}
	return p
}

// order makes one order in a state, with the fields that apply to it and no others (platform API 3.3).
func (m *maker) order(n int, status string) object {
	id := strconv.Itoa(579200000000000000 + n*100_000_007 + m.random.IntN(90_000_000))
	t := m.life(status)
	o := object{
		"id": id, "status": status, "order_type": "NORMAL", "fulfillment_type": "FULFILLMENT_BY_SELLER",
		"shipping_type": "TIKTOK", "delivery_type": "HOME_DELIVERY", "delivery_option_id": "7091146663229654785",
		"delivery_option_name": "Standard Shipping", "commerce_platform": "TIKTOK_SHOP",
		"fulfillment_priority_level": 600, "warehouse_id": plainWarehouse,
		"buyer_email": fmt.Sprintf("v%05d@scs2.tiktok.com", m.random.IntN(100_000)), "buyer_message": "", "seller_note": "",
		"user_id": strconv.Itoa(7494200000000000000 + n), "payment_method_name": "Online banking",
		"is_cod": false, "is_sample_order": false, "is_on_hold_order": true, "is_buyer_request_cancel": false,
		"is_replacement_order": false, "has_updated_recipient_address": false,
		"create_time": t.created.Unix(), "update_time": t.updated.Unix(), "tracking_number": "",
		"recipient_address": m.address(status),
	}
	packageID := ""
	if status != "UNPAID" && status != "ON_HOLD" {
		packageID = strconv.Itoa(1153800000000000000 + n*100_000_007 + m.random.IntN(90_000_000))
		o["packages"] = []any{object{"id": packageID}}
	}
	tracking := ""
	if shipped(status) {
		tracking = fmt.Sprintf("JMX%012d", 730_000_000_000+n*1_000_003+m.random.IntN(900_000))
		o["tracking_number"], o["shipping_provider"], o["shipping_provider_id"] = tracking, carrierName, carrierID
	}
	t.write(o, status)
	lines := m.lines(id, status)
	sum := 0
	for _, line := range lines {
		sum += line.cents
		line.place(status, packageID, tracking, t)
	}
	o["line_items"], o["payment"] = objects(lines), payment(sum)
	return o
}

// line is one unit on its way into an order.
type line struct {
	object
	cents int
}

// lines makes the units of an order: a few SKUs, one element a piece, now and then a gift among them.
func (m *maker) lines(orderID, status string) []line {
	pieces := m.size()
	kinds := 1 + m.random.IntN(min(3, pieces))
	var chosen []article
	for range kinds {
		chosen = append(chosen, m.goods[m.random.IntN(len(m.goods))])
	}
	var lines []line
	for i := range pieces {
		a, gift := chosen[i%kinds], false
		// A gift comes on top of something bought, never alone.
		if i > 0 && i == pieces-1 && len(m.gifts) > 0 && m.random.IntN(6) == 0 {
			a, gift = m.gifts[m.random.IntN(len(m.gifts))], true
		}
		if status != "CANCELLED" {
			m.sold[a.good.SKU]++
		}
		cents := a.cents
		if gift {
			cents = 0
		}
		l := line{object{
			"id": orderID[:14] + fmt.Sprintf("%04d", i+1), "sku_id": a.skuID, "product_id": a.productID,
			"product_name": a.product, "sku_name": a.variant, "seller_sku": a.good.SKU, "sku_image": a.good.Picture,
			"original_price": money(cents), "sale_price": money(cents), "seller_discount": "0", "platform_discount": "0",
			"currency": "MYR", "sku_type": "NORMAL", "is_gift": gift, "is_dangerous_good": false, "needs_prescription": false,
			"gift_retail_price": "0",
		}, cents}
		if gift {
			l.object["gift_retail_price"] = "5.00"
		}
		lines = append(lines, l)
	}
	return lines
}

// size is how many pieces the next order has.
func (m *maker) size() int {
	if len(m.sizes) == 0 {
		m.sizes = append(m.sizes, sizes...)
		m.random.Shuffle(len(m.sizes), func(i, j int) { m.sizes[i], m.sizes[j] = m.sizes[j], m.sizes[i] })
	}
	size := m.sizes[0]
	m.sizes = m.sizes[1:]
	return size
}

// place writes into a line where it lies and how far it has come.
func (l line) place(status, packageID, tracking string, t life) {
	l.object["display_status"] = status
	if status == "ON_HOLD" { // lines know no such state (platform API 3.3, display_status)
		l.object["display_status"] = "AWAITING_SHIPMENT"
	}
	if packageID != "" {
		l.object["package_id"], l.object["package_status"] = packageID, packageStatuses[status]
	}
	if tracking != "" {
		l.object["tracking_number"], l.object["rts_time"] = tracking, t.arranged.Unix()
		l.object["shipping_provider_id"], l.object["shipping_provider_name"] = carrierID, carrierName
	}
	if status == "CANCELLED" {
		l.object["cancel_reason"], l.object["cancel_user"] = "No longer needed", "BUYER"
	}
}

// packageStatuses are a line's package_status by its order's state (platform API 3.3).
var packageStatuses = map[string]string{
	"AWAITING_SHIPMENT": "TO_FULFILL", "AWAITING_COLLECTION": "PROCESSING", "IN_TRANSIT": "FULFILLING",
	"DELIVERED": "COMPLETED", "COMPLETED": "COMPLETED", "CANCELLED": "CANCELLED",
}

func shipped(status string) bool {
	switch status {
	case "AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED", "COMPLETED":
		return true
	}
	return false
}

func objects(lines []line) []any {
	all := make([]any, 0, len(lines))
	for _, l := range lines {
		all = append(all, l.object)
	}
	return all
}

func money(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// payment keeps the platform's sums (platform API 3.3, payment): here nothing is taken off, and shipping is free.
func payment(cents int) object {
	return object{
		"currency": "MYR", "original_total_product_price": money(cents), "seller_discount": "0", "platform_discount": "0",
		"sub_total": money(cents), "original_shipping_fee": "5.90", "shipping_fee_seller_discount": "0",
		"shipping_fee_platform_discount": "5.90", "shipping_fee": "0", "tax": "0", "total_amount": money(cents),
	}
}
