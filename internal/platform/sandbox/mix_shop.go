package sandbox

import (
	"math/rand/v2"
	"time"

	"packbench/internal/order"
)

// The shops that Options.Mix names.
const (
	MixPlain = "plain" // one shop in which nothing is unusual
	MixFull  = "full"  // five shops in five markets with all that happens to a seller
)

// mixer makes up the orders of a seller to whom everything happens.
type mixer struct {
	*maker
	markets []market
	made    []int // orders of each market
	orders  []ownedOrder
}

// mixedSeller is made up from a seed like the plain shop, with more of everything.
type mixedSeller struct {
	mixer
	shops []shop
	goods []order.Good
}

// newMixedSeller is the same for the same seed, number of orders, goods and second of now.
func newMixedSeller(seed int64, orders int, goods []order.Good, now time.Time) *mixedSeller {
	articles := ownAssortment()
	if goods != nil {
		articles = articlesOf(goods)
	}
	markets := mixedMarkets(seed)
	x := &mixedSeller{mixer: mixer{
		maker:   newMaker(seed, orders, articles, now),
		markets: markets, made: make([]int, len(markets)),
	}}
	for _, m := range markets {
		x.shops = append(x.shops, m.shop)
	}
	for len(x.orders) < orders && len(x.maker.goods) > 0 {
		x.add(orders - len(x.orders))
	}
	given := goods
	if goods == nil {
		for _, a := range articles {
			given = append(given, a.good)
		}
		stock(given, x.sold, x.random)
	}
	x.goods = goodsOf(x.orders, given)
	have := map[string]bool{}
	for _, good := range x.goods {
		have[good.SKU] = true
	}
	for _, good := range given {
		if !have[good.SKU] {
			x.goods = append(x.goods, good)
		}
	}
	return x
}

// add makes the next order, or two that belong together where there is room for two.
func (x *mixer) add(room int) {
	n := len(x.orders)
	at := turns[n%len(turns)]
	m := x.markets[at]
	happening := x.next(at, room)
	status := happening.status
	if status == "" {
		status = "AWAITING_SHIPMENT"
	}
	x.begin(happening)
	o := x.order(n, status)
	warehouse := m.warehouses[x.made[at]%len(m.warehouses)]
	if happening.does != nil {
		happening.does(x, m, o)
	}
	if happening.second {
		x.join(n, m, o, warehouse)
	}
	m.settle(o, warehouse)
	x.orders = append(x.orders, ownedOrder{m.shop.ID, o})
}

// next chooses what happens to the next order of a market: everything that can, in turn, with plain orders between.
func (x *mixer) next(at, room int) happening {
	region := x.markets[at].shop.Region
	x.made[at]++
	if x.made[at]%3 == 0 {
		return happening{}
	}
	var fitting []happening
	for _, h := range happenings {
		if (h.in == nil || h.in(region)) && (!h.second || room > 1) {
			fitting = append(fitting, h)
		}
	}
	// Each market begins elsewhere in the list, so that few orders see much of it.
	turn := x.made[at] - x.made[at]/3 - 1 + at*7
	return fitting[turn%len(fitting)]
}

// begin says how large the next order has to be for what happens to it.
func (x *mixer) begin(h happening) {
	if h.pieces > 0 {
		x.sizes = append([]int{h.pieces}, x.sizes...)
	}
}

// join makes a second order of the same buyer that lies in the same package.
func (x *mixer) join(n int, m market, first object, warehouse string) {
	o := x.order(n+1, "AWAITING_SHIPMENT")
	for _, key := range []string{"user_id", "buyer_email"} {
		o[key] = first[key]
	}
	id := packageIDs(first)[0]
	o["packages"] = []any{object{"id": id}}
	for _, line := range o.list("line_items") {
		line["package_id"] = id
	}
	first["split_or_combine_tag"], o["split_or_combine_tag"] = "COMBINED", "COMBINED"
	m.settle(o, warehouse)
	x.orders = append(x.orders, ownedOrder{m.shop.ID, o})
}

// arrives dresses an order that has just come: what may happen to it later is left to life.
func (x *mixer) arrives(o object, random *rand.Rand) ownedOrder {
	m := x.markets[turns[random.IntN(len(turns))]]
	if h := atOnce[random.IntN(len(atOnce))]; h.does != nil && (h.in == nil || h.in(m.shop.Region)) {
		h.does(x, m, o)
	}
	m.settle(o, m.warehouses[random.IntN(len(m.warehouses))])
	return ownedOrder{m.shop.ID, o}
}
