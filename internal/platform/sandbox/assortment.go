package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"packbench/internal/order"
)

// article is something the plain shop sells.
type article struct {
	good             order.Good
	product, variant string
	cents            int // price in 1/100 of the market's money
	skuID, productID string
}

// family is one product with its variants, which differ by little: what a packer takes for one another.
type family struct {
	sku, product string
	cents, grams int
	variants     []variant
}

type variant struct{ sku, name string }

// assortment is what the plain shop sells unless it is given goods.
var assortment = []family{
	{"TEE", "速干运动 T 恤", 3990, 170, []variant{
		{"BLK-M", "黑色·M"}, {"BLK-L", "黑色·L"}, {"BLK-XL", "黑色·XL"}, {"NVY-M", "藏青·M"}, {"NVY-L", "藏青·L"}, {"WHT-L", "白色·L"}}},
	{"SLV", "冰丝防晒袖套", 1290, 45, []variant{{"WHT", "白色"}, {"GRY", "浅灰"}, {"BLK", "黑色"}}},
	{"EAR", "蓝牙运动耳机", 8990, 95, []variant{{"WHT", "云白"}, {"BLK", "曜黑"}}},
	{"BTL", "Insulated Steel Bottle", 4590, 380, []variant{
		{"500-BLU", "500 ml, Blue"}, {"500-TEL", "500 ml, Teal"}, {"750-BLU", "750 ml, Blue"}}},
	{"CAP", "Running Cap", 2490, 80, []variant{{"BLK", "Black"}, {"NVY", "Navy"}}},
	{"SCK", "Cushioned Sports Socks", 1590, 60, []variant{{"BLK-M", "Black, M (38-41)"}, {"BLK-L", "Black, L (42-45)"}, {"WHT-M", "White, M (38-41)"}}},
	{"TWL", "速干毛巾", 1990, 120, []variant{{"BLU-S", "蓝色·30×80"}, {"BLU-L", "蓝色·70×140"}}},
	{"BND", "Resistance Band", 1890, 90, []variant{{"10", "10 kg, Yellow"}, {"15", "15 kg, Orange"}}},
	{"MAT", "TPE Yoga Mat", 6990, 950, []variant{{"6MM-PUR", "6 mm, Purple"}, {"8MM-PUR", "8 mm, Purple"}}},
	{"LMP", "Clip-on Running Light", 2290, 40, []variant{{"RED", "Red"}, {"WHT", "White"}}},
	{"STK", "贴纸礼包", 0, 10, []variant{{"A", "款式 A"}, {"B", "款式 B"}}},
}

// ownAssortment makes the articles of assortment, each with its place in the shelves and its barcodes.
func ownAssortment() []article {
	var articles []article
	for aisle, f := range assortment {
		for i, v := range f.variants {
			n := len(articles)
			a := article{
				product: f.product, variant: v.name, cents: f.cents,
				skuID:     strconv.Itoa(1729382000000000000 + n*1009),
				productID: strconv.Itoa(1729382900000000000 + aisle*1013),
				good: order.Good{
					SKU:      f.sku + "-" + v.sku,
					Barcodes: []string{ean13(fmt.Sprintf("69410577%04d", 3300+n*7))},
					Name:     f.product + " (" + v.name + ")",
					Bin:      fmt.Sprintf("%c-%02d-%d", 'A'+aisle/3, aisle%3*4+i/2+1, i%2+1),
					WeightG:  f.grams,
				},
			}
			if n%4 == 1 { // some came with another maker's code before
				a.good.Barcodes = append(a.good.Barcodes, ean13(fmt.Sprintf("95501234%04d", 5000+n*11)))
			}
			articles = append(articles, a)
		}
	}
	return articles
}

// articlesOf makes articles of given goods.
func articlesOf(goods []order.Good) []article {
	articles := make([]article, 0, len(goods))
	for n, good := range goods {
		articles = append(articles, article{
			good: good, product: good.Name, variant: "Default", cents: 990 + n%9*500,
			skuID: strconv.Itoa(1729382000000000000 + n*1009), productID: strconv.Itoa(1729382900000000000 + n*1013),
		})
	}
	return articles
}

// giftsAndGoods parts the articles that only come as gifts from those that are bought.
func giftsAndGoods(articles []article) (gifts, goods []article) {
	for _, a := range articles {
		if a.cents == 0 {
			gifts = append(gifts, a)
		} else {
			goods = append(goods, a)
		}
	}
	return gifts, goods
}

// stock gives the shelves what the orders need and some more.
func stock(goods []order.Good, sold map[string]int, random *rand.Rand) {
	for i := range goods {
		goods[i].Stock = sold[goods[i].SKU] + 20 + random.IntN(60)
	}
}

// ean13 completes twelve digits to a valid EAN-13.
func ean13(twelve string) string {
	sum := 0
	for i, digit := range twelve {
		sum += int(digit-'0') * (1 + 2*(i%2))
	}
	return twelve + strconv.Itoa((10-sum%10)%10)
}
