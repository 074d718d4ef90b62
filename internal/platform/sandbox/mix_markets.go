package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// market is one shop of the mixed seller and how its market counts money and takes payment.
type market struct {
	shop       shop
	currency   string
	perRinggit float64 // the plain shop's prices are in MYR
	decimals   bool
	warehouses []string
	mail       string
	option     string
	pays, cod  string // payment_method_name
	words      *wording
}

// wording is what buyers write in a market.
type wording struct{ notes []string }

var asian = &wording{[]string{
	"请用气泡膜包好，是生日礼物 🎁 谢谢！", "Tolong balut elok-elok, terima kasih 🙏", "不要折叠，放在门口",
	"Giao giờ hành chính giúp mình nhé ❤️", "如果缺货请先联系我，不要换颜色",
}}

var western = &wording{[]string{
	"Please leave it with the neighbour at no. 12 😊", "الرجاء الاتصال قبل التوصيل", "It's a present: no invoice in the box, please 🎁",
	"Por favor, embalar bem 📦", "Ring twice — the dog is friendly 🐕",
}}

// mixedMarkets are the shops under one authorization: a cross-border seller in two markets, and local shops in three. Rates are
// rough; nothing depends on them.
func mixedMarkets(seed int64) []market {
	of := func(last int, region, kind, name string) shop {
		return shop{
			ID: "74955407353657775" + twoDigits(uint64(last)), Name: name, Region: region, SellerType: kind,
			Cipher: "ROW_" + token("cipher", fmt.Sprint(seed, region)), Code: region + "LCLANTERN",
		}
	}
	return []market{
		{of(7, "MY", "CROSS_BORDER", "Lantern Sports MY"), "MYR", 1, true,
			[]string{plainWarehouse, "7495000000000000102"}, "scs2.tiktok.com", "Standard Shipping", "Online banking", "Cash on delivery", asian},
		{of(8, "VN", "CROSS_BORDER", "Lantern Sports VN"), "VND", 5600, false,
			[]string{"7495000000000000201", plainWarehouse}, "scs2.tiktok.com", "Vận chuyển tiêu chuẩn", "Ví điện tử", "Thanh toán khi nhận hàng", asian},
		{of(9, "US", "LOCAL", "Lantern Sports US"), "USD", 0.22, true,
			[]string{"7495000000000000301", "7495000000000000302"}, "scs.tiktokw.us", "Standard Shipping", "Credit card", "", western},
		{of(10, "GB", "LOCAL", "Lantern Sports UK"), "GBP", 0.17, true,
			[]string{"7495000000000000401"}, "scs1.tiktok.com", "Standard Delivery", "PayPal", "", western},
		{of(11, "BR", "LOCAL", "Lantern Esportes"), "BRL", 1.2, true,
			[]string{"7495000000000000501"}, "scs2.tiktok.com", "Envio padrão", "Pix", "", western},
	}
}

// turns say which market each order of ten comes from.
var turns = []int{0, 1, 2, 0, 3, 1, 0, 2, 4, 0}

// settle makes an order made for the plain shop one of its market: money, carrier, address, and the fields its market knows.
func (m market) settle(o object, warehouse string) {
	o["warehouse_id"] = warehouse
	o["buyer_email"] = strings.Split(o.text("buyer_email"), "@")[0] + "@" + m.mail
	o["delivery_option_name"] = m.option
	o["payment_method_name"] = m.pays
	if o.truth("is_cod") {
		o["payment_method_name"] = m.cod
	}
	region := m.shop.Region
	if !slices.Contains(southEastAsia, region) {
		delete(o, "fulfillment_priority_level")
	}
	m.convert(o)
	m.number(o)
	if address := o.child("recipient_address"); address.text("full_address") != "" {
		o["recipient_address"] = addressOf(o, region)
	}
	if region == "BR" {
		o["cpf"], o["cpf_name"] = "***.***.***-**", "A*** S***a"
	}
	// Where a package is made only with the label or the seller's own number, there is none before (platform API 3.0).
	if o.text("status") == "AWAITING_SHIPMENT" && !packageAtPayment(region, o.text("shipping_type")) {
		unwrap(o)
	}
}

// unwrap takes an order's packages away.
func unwrap(o object) {
	delete(o, "packages")
	delete(o, "split_or_combine_tag")
	for _, line := range o.list("line_items") {
		for _, piece := range append(line.list("sub_item_info"), line) {
			delete(piece, "package_id")
			delete(piece, "package_status")
		}
	}
}

// number gives what is shipped a carrier and numbers of the market.
func (m market) number(o object) {
	all := carriers(m.shop.Region)
	by := all[0]
	if o.text("shipping_type") == "SELLER" {
		by = all[1]
	}
	prefix := trackingPrefix[m.shop.Region]
	renew := func(of object, id, name string) {
		if old := of.text("tracking_number"); old != "" {
			of["tracking_number"] = prefix + strings.TrimPrefix(old, trackingPrefix["MY"])
			of[id], of[name] = by.ID, by.Name
		}
	}
	renew(o, "shipping_provider_id", "shipping_provider")
	for _, line := range o.list("line_items") {
		for _, piece := range append(line.list("sub_item_info"), line) {
			renew(piece, "shipping_provider_id", "shipping_provider_name")
		}
	}
}

// convert writes an order's money, which the plain shop gives in MYR, in the market's currency. The sums stay sums (platform API
// 3.3, payment).
func (m market) convert(o object) {
	sum := 0
	for _, line := range o.list("line_items") {
		for _, piece := range append(line.list("sub_item_info"), line) {
			for _, key := range []string{"original_price", "sale_price", "gift_retail_price"} {
				if price := piece.text(key); price != "" {
					piece[key] = m.money(m.amount(price))
				}
			}
			piece["currency"] = m.currency
		}
		if whole, err := strconv.ParseFloat(line.text("sale_price"), 64); err == nil {
			sum += int(whole*m.units() + 0.5)
		}
	}
	fee := m.money(m.amount("5.90"))
	pay := payment(0)
	pay["currency"], pay["original_shipping_fee"], pay["shipping_fee_platform_discount"] = m.currency, fee, fee
	for _, key := range []string{"original_total_product_price", "sub_total", "total_amount"} {
		pay[key] = m.money(sum)
	}
	o["payment"] = pay
}

// units are the smallest amounts of the currency that make one of it.
func (m market) units() float64 {
	if m.decimals {
		return 100
	}
	return 1
}

// amount is a price in MYR in the smallest amounts of the currency; where those are small, in thousands.
func (m market) amount(ringgit string) int {
	price, err := strconv.ParseFloat(ringgit, 64)
	if err != nil {
		return 0 // never: this program wrote it
	}
	if !m.decimals {
		return int(price*m.perRinggit/1000+0.5) * 1000
	}
	return int(price*m.perRinggit*m.units() + 0.5)
}

func (m market) money(amount int) string {
	if m.decimals {
		return money(amount)
	}
	return strconv.Itoa(amount)
}
