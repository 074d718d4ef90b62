package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// happening is one thing that is unusual about an order.
type happening struct {
	name   string
	in     func(region string) bool // nil is every market
	status string                   // empty waits for shipment
	pieces int                      // how many it needs; 0 is any number
	second bool                     // comes as two orders in one package
	does   func(*mixer, market, object)
}

func inAsia(region string) bool { return slices.Contains(southEastAsia, region) }

func in(regions ...string) func(string) bool {
	return func(region string) bool { return slices.Contains(regions, region) }
}

// formedAtPayment are the markets in which packages are there from the start.
func formedAtPayment(region string) bool { return packageAtPayment(region, "TIKTOK") }

// happenings are all that the mixed shop knows, the most telling first.
var happenings = []happening{
	{name: "gift", pieces: 3, does: gift},
	{name: "buyer's note", does: buyersNote},
	{name: "near deadline", does: nearDeadline},
	{name: "request to cancel", does: wantsOut},
	{name: "bundle", pieces: 2, does: bundle},
	{name: "on hold", status: "ON_HOLD"},
	{name: "combined", in: formedAtPayment, second: true},
	{name: "shipped by the seller", does: bySellerHimself},
	{name: "line cancelled", pieces: 3, does: lineCancelled},
	{name: "missed deadline", does: missedDeadline},
	{name: "split", in: formedAtPayment, pieces: 4, does: inTwo},
	{name: "no seller_sku", does: noSKU},
	{name: "arranged", status: "AWAITING_COLLECTION"},
	{name: "fast delivery", in: inAsia, does: fast},
	{name: "cash on delivery", in: inAsia, does: cash},
	{name: "invoice missing", in: in("BR"), does: invoice("NEED_INVOICE")},
	{name: "invoice there", in: in("BR"), does: invoice("INVOICE_UPLOADED")},
	{name: "pre-order on hold", in: in("US", "GB", "MY"), status: "ON_HOLD", does: preOrder(5 * 24 * time.Hour)},
	{name: "pre-order released", in: in("US", "GB"), does: preOrder(-20 * time.Hour)},
	{name: "hazardous", does: hazardous},
	{name: "both notes", does: bothNotes},
	{name: "sample", pieces: 1, does: sample},
	{name: "address changed", status: "AWAITING_COLLECTION", does: addressChanged},
	{name: "request after arranging", in: inAsia, status: "AWAITING_COLLECTION", does: wantsOut},
	{name: "partly shipped", in: formedAtPayment, pieces: 4, does: partly},
	{name: "by the platform's warehouse", does: byPlatformItself},
	{name: "unpaid", status: "UNPAID"},
	{name: "cancelled", status: "CANCELLED"},
	{name: "replacement", in: in("US", "GB"), does: replacement},
	{name: "from a live show", in: in("US"), does: live},
	{name: "nearly cancelled by the platform", does: nearlyCancelled},
	{name: "collection point", in: in("GB", "BR", "VN"), does: collectionPoint},
	{name: "many pieces", pieces: 24},
	{name: "on its way", status: "IN_TRANSIT"},
	{name: "delivered", status: "DELIVERED"},
	{name: "completed", status: "COMPLETED"},
}

// atOnce are those that an order has from the moment it comes; two in three have none.
var atOnce = []happening{
	{name: "gift", does: gift}, {name: "buyer's note", does: buyersNote}, {name: "no seller_sku", does: noSKU},
	{name: "cash on delivery", in: inAsia, does: cash}, {name: "hazardous", does: hazardous}, {name: "bundle", does: bundle}, {}, {}, {}, {}, {}, {}, {},
}

// last is an order's last line.
func last(o object) object {
	lines := o.list("line_items")
	return lines[len(lines)-1]
}

// wear makes a line one of another article.
func (x *mixer) wear(line object, a article) {
	line["sku_id"], line["product_id"], line["seller_sku"] = a.skuID, a.productID, a.good.SKU
	line["product_name"], line["sku_name"], line["sku_image"] = a.product, a.variant, a.good.Picture
	line["original_price"], line["sale_price"] = money(a.cents), money(a.cents)
	x.sold[a.good.SKU]++
}

// other is an article that an order does not hold yet; the last one looked at where it holds them all.
func (x *mixer) other(o object) article {
	first := x.random.IntN(len(x.goods))
	var a article
	for i := range x.goods {
		a = x.goods[(first+i)%len(x.goods)]
		if !slices.ContainsFunc(o.list("line_items"), func(line object) bool { return line.text("sku_id") == a.skuID }) {
			break
		}
	}
	return a
}

func gift(x *mixer, _ market, o object) {
	line := last(o)
	if len(o.list("line_items")) == 1 {
		return // a gift comes with something bought
	}
	if len(x.gifts) > 0 {
		x.wear(line, x.gifts[x.random.IntN(len(x.gifts))])
	}
	line["is_gift"], line["sale_price"], line["original_price"], line["gift_retail_price"] = true, "0.00", "0.00", "5.00"
}

func buyersNote(x *mixer, m market, o object) {
	o["buyer_message"] = m.words.notes[x.random.IntN(len(m.words.notes))]
}

func bothNotes(x *mixer, m market, o object) {
	buyersNote(x, m, o)
	o["seller_note"] = []string{"VIP 客户：加一张感谢卡 💌", "Check colour twice, returned last time ⚠️", "عميل مهم، غلّف بعناية"}[x.random.IntN(3)]
}

// due moves an order's times so that shipment is to be arranged by then.
func due(o object, by time.Time) {
	paid := by.Add(-arrangeWithin)
	life{paid: paid, arrangeBy: by}.write(o, "AWAITING_SHIPMENT")
	o["create_time"], o["update_time"] = paid.Add(-time.Minute).Unix(), paid.Add(remorse).Unix()
}

func nearDeadline(x *mixer, _ market, o object) {
	due(o, x.now.Add(time.Duration(10+x.random.IntN(110))*time.Minute))
}

func missedDeadline(x *mixer, _ market, o object) {
	due(o, x.now.Add(-time.Duration(30+x.random.IntN(600))*time.Minute))
}

// nearlyCancelled is so late that the platform is about to end the order.
func nearlyCancelled(x *mixer, _ market, o object) {
	due(o, x.now.Add(-cancelAfter+time.Duration(20+x.random.IntN(120))*time.Minute))
}

// wantsOut lets the buyer ask to cancel, between the order's last change and now.
func wantsOut(x *mixer, _ market, o object) {
	from := o.number("update_time")
	at := from + x.random.Int64N(max(1, min(x.now.Unix()-from, int64(20*time.Hour/time.Second))))
	o["is_buyer_request_cancel"], o["request_cancel_time"], o["update_time"] = true, at, max(at, from)
}

// bundle makes the last line a set of two or three articles, which are picked instead of it (platform API 3.3, sub_item_info).
func bundle(x *mixer, _ market, o object) {
	line := last(o)
	var parts, listed []any
	first, cents := x.random.IntN(len(x.goods)), 0
	for i := range 2 + x.random.IntN(2) {
		a := x.goods[(first+i*5)%len(x.goods)]
		part := object{"id": line.id() + strconv.Itoa(i+1), "sku_type": "NORMAL", "is_dangerous_good": false, "warehouse_id": plainWarehouse}
		x.wear(part, a)
		for _, key := range []string{
			"display_status", "package_id", "package_status", "tracking_number", "shipping_provider_id", "shipping_provider_name", "rts_time",
		} {
			if value, has := line[key]; has {
				part[key] = value
			}
		}
		parts = append(parts, part)
		listed = append(listed, object{"sku_id": a.skuID, "sku_count": 1, "product_id": a.productID, "seller_sku": a.good.SKU})
		cents += a.cents
	}
	line["product_name"], line["sku_name"], line["seller_sku"] = "运动套装 Training Set", fmt.Sprintf("%d 件", len(parts)), "SET-"+line.text("seller_sku")
	line["sku_id"] = strconv.FormatInt(line.number("sku_id")+7, 10)
	line["original_price"], line["sale_price"] = money(cents), money(cents)
	line["sub_item_info"], line["combined_listing_skus"] = parts, listed
}

func bySellerHimself(_ *mixer, _ market, o object) {
	o["shipping_type"] = "SELLER"
	o["delivery_option_id"] = "7091146663229654786"
}

func byPlatformItself(_ *mixer, _ market, o object) { o["fulfillment_type"] = "FULFILLMENT_BY_TIKTOK" }

func lineCancelled(_ *mixer, _ market, o object) {
	strike(o.list("line_items")[0], bySeller, "seller_cancel_reason_out_of_stock")
}

// inTwo puts some articles of an order into a second package.
func inTwo(x *mixer, _ market, o object) {
	lines := o.list("line_items")
	if !slices.ContainsFunc(lines, func(line object) bool { return line.text("sku_id") != lines[0].text("sku_id") }) {
		x.wear(last(o), x.other(o))
	}
	first := packageIDs(o)[0]
	second := first[:len(first)-9] + fmt.Sprintf("%09d", 900_000_000+x.random.IntN(90_000_000))
	for _, line := range lines {
		if line.text("sku_id") != lines[0].text("sku_id") {
			line["package_id"] = second
		}
	}
	o["packages"], o["split_or_combine_tag"] = []any{object{"id": first}, object{"id": second}}, "SPLIT"
}

// partly is in two, with the first package on its way to the carrier.
func partly(x *mixer, m market, o object) {
	inTwo(x, m, o)
	at := o.number("paid_time") + 7200
	number := fmt.Sprintf("%s%012d", trackingPrefix["MY"], 740_000_000_000+x.random.IntN(1_000_000_000))
	first := packageIDs(o)[0]
	for _, line := range o.list("line_items") {
		if line.text("package_id") == first {
			markShipped(line, &parcel{id: first, tracking: number, carrier: carriers("MY")[0]}, at)
		}
	}
	o["status"], o["rts_time"], o["update_time"] = "PARTIALLY_SHIPPING", at, max(at, o.number("update_time"))
}

func noSKU(_ *mixer, _ market, o object) { o.list("line_items")[0]["seller_sku"] = "" }

// fast is one of the services that are to be gone within hours (platform API 3.3, fulfillment_priority_level).
func fast(x *mixer, _ market, o object) {
	level := []int{100, 200, 300, 400}[x.random.IntN(4)]
	o["fulfillment_priority_level"] = level
	if level < 400 {
		by := x.now.Add(time.Duration(30+x.random.IntN(6*60)) * time.Minute)
		paid := by.Add(-8 * time.Hour) // the longest of these services; all of it is past the hold
		life{paid: paid, arrangeBy: by}.write(o, "AWAITING_SHIPMENT")
		o["create_time"], o["update_time"] = paid.Add(-time.Minute).Unix(), paid.Add(remorse).Unix()
		o["rts_sla_time"], o["tts_sla_time"], o["pick_up_cut_off_time"] = by.Unix(), by.Add(2*time.Hour).Unix(), by.Add(2*time.Hour).Unix()
	}
}

func cash(_ *mixer, _ market, o object) { o["is_cod"] = true }

func invoice(state string) func(*mixer, market, object) {
	return func(_ *mixer, _ market, o object) { o["need_upload_invoice"] = state }
}

// preOrder is paid two days ago and released so long from now; negative is past.
func preOrder(until time.Duration) func(*mixer, market, object) {
	return func(x *mixer, _ market, o object) {
		release := x.now.Add(until)
		status := o.text("status")
		paid := release.Add(-7 * 24 * time.Hour)
		o["order_type"], o["release_date"] = "PRE_ORDER", release.Unix()
		life{paid: paid, arrangeBy: release.Add(arrangeWithin)}.write(o, status)
		o["create_time"], o["update_time"] = paid.Add(-time.Minute).Unix(), paid.Unix()
		if status != "ON_HOLD" {
			o["update_time"] = release.Unix()
		}
		o["handling_duration"] = object{"days": "3", "type": "BUSINESS_DAY"}
		for _, line := range o.list("line_items") {
			line["sku_type"] = "PRE_ORDER"
		}
	}
}

func hazardous(_ *mixer, _ market, o object) {
	line := o.list("line_items")[0]
	line["is_dangerous_good"], line["product_name"] = true, line.text("product_name")+" (Li-ion)"
}

func sample(_ *mixer, _ market, o object) {
	o["is_sample_order"], o["is_refundable_sample"] = true, false
	for _, line := range o.list("line_items") {
		line["sku_type"], line["sale_price"] = "UNKNOWN", "0.00"
	}
}

func addressChanged(x *mixer, _ market, o object) {
	at := o.number("rts_time") + 60 + x.random.Int64N(400)
	o["has_updated_recipient_address"], o["update_time"] = true, min(at, x.now.Unix())
}

func replacement(_ *mixer, _ market, o object) {
	o["is_replacement_order"], o["replaced_order_id"] = true, "5791"+o.id()[4:]
	for _, line := range o.list("line_items") {
		line["sale_price"] = "0.00"
	}
}

func live(_ *mixer, _ market, o object) {
	o["auto_combine_group_id"] = "8" + o.id()[1:]
	for _, line := range o.list("line_items") {
		line["room_id"] = "7490000000000000001"
	}
}

func collectionPoint(_ *mixer, _ market, o object) { o["delivery_type"] = "COLLECTION_POINT" }
