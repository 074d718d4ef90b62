package sandbox

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
)

var now = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

func fixed() time.Time { return now }

func made(t *testing.T, o Options) *Sandbox {
	t.Helper()
	if o.Now == nil {
		o.Now, o.Clock = fixed, fixed
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// everything is all orders as they are served.
func everything(s *Sandbox) []byte {
	var all bytes.Buffer
	for _, r := range s.sorted(true) {
		all.Write(r.json)
	}
	return all.Bytes()
}

func TestPlainShopIsDeterministic(t *testing.T) {
	first := made(t, Options{Orders: 60, Seed: 7})
	again := made(t, Options{Orders: 60, Seed: 7})
	if !bytes.Equal(everything(first), everything(again)) || fmt.Sprint(first.Goods()) != fmt.Sprint(again.Goods()) {
		t.Error("the same seed gives another shop")
	}
	if first.Credentials() != again.Credentials() {
		t.Error("the same seed gives other credentials")
	}
	other := made(t, Options{Orders: 60, Seed: 8})
	if bytes.Equal(everything(first), everything(other)) || first.Credentials().AppSecret == other.Credentials().AppSecret {
		t.Error("another seed gives the same shop")
	}
}

func TestPlainShopIsPlain(t *testing.T) {
	for _, orders := range []int{1, 3, 4, 50, 400} {
		s := made(t, Options{Orders: orders, Seed: 1})
		sizes, statuses, packages := map[int]int{}, map[string]int{}, map[string]bool{}
		soon, gifts, sold := 0, 0, map[string]int{}
		for _, r := range s.sorted(false) {
			o, err := readObject(r.json)
			if err != nil {
				t.Fatal(err)
			}
			if r.updated > now.Unix() || r.created > r.updated || len(r.ID) < 18 || len(r.ID) > 19 {
				t.Errorf("order %s: created %d, updated %d", r.ID, r.created, r.updated)
			}
			statuses[r.Status]++
			if r.Status != "AWAITING_SHIPMENT" {
				continue
			}
			checkPlain(t, o, packages)
			if o.number("rts_sla_time") < now.Add(4*time.Hour).Unix() {
				soon++
			}
			sizes[len(o.list("line_items"))]++
			for _, line := range o.list("line_items") {
				sold[skuOf(line)]++
				if line.truth("is_gift") {
					gifts++
				}
			}
		}
		if waiting := statuses["AWAITING_SHIPMENT"]; waiting*100 < orders*60 || len(s.orders) != orders {
			t.Errorf("%d of %d orders wait", waiting, orders)
		}
		for _, good := range s.Goods() {
			if good.Stock < sold[good.SKU] {
				t.Errorf("%s: stock %d, sold %d", good.SKU, good.Stock, sold[good.SKU])
			}
		}
		if orders < 400 {
			continue
		}
		for size := 1; size <= 6; size++ {
			if sizes[size] < orders/10 {
				t.Errorf("only %d of %d orders have %d pieces", sizes[size], orders, size)
			}
		}
		if soon == 0 || gifts == 0 || len(statuses) != len(stages) {
			t.Errorf("%d due soon, %d gifts, states %v", soon, gifts, statuses)
		}
	}
}

// checkPlain checks that nothing about a waiting order is unusual.
func checkPlain(t *testing.T, o object, packages map[string]bool) {
	t.Helper()
	ids := packageIDs(o)
	if len(ids) != 1 || packages[ids[0]] {
		t.Fatalf("order %s: packages %v", o.id(), ids)
	}
	packages[ids[0]] = true
	if o.text("shipping_type") != "TIKTOK" || o.text("fulfillment_type") != "FULFILLMENT_BY_SELLER" ||
		!o.truth("is_on_hold_order") || o.truth("is_buyer_request_cancel") || o.text("tracking_number") != "" ||
		o.text("buyer_message") != "" || o.text("seller_note") != "" {
		t.Errorf("order %s is not plain: %v", o.id(), o)
	}
	if paid := o.number("paid_time"); paid > now.Add(-remorse).Unix() || o.number("rts_sla_time") <= now.Unix() {
		t.Errorf("order %s: paid %d, due %d, now %d", o.id(), paid, o.number("rts_sla_time"), now.Unix())
	}
	for _, line := range o.list("line_items") {
		if line.text("seller_sku") == "" || line.text("package_id") != ids[0] || line.truth("is_gift") && line.text("sale_price") != "0.00" {
			t.Errorf("order %s: line %v", o.id(), line)
		}
	}
	if !strings.Contains(o.child("recipient_address").text("name"), "***") {
		t.Errorf("order %s: name is not masked", o.id())
	}
}

func TestAssortment(t *testing.T) {
	goods := made(t, Options{}).Goods()
	if len(goods) < 24 || len(goods) > 36 {
		t.Errorf("%d goods", len(goods))
	}
	checkGoods(t, goods)
	for _, prefix := range []string{"TEE-", "SLV-", "EAR-", "BTL-"} {
		found := false
		for _, good := range goods {
			found = found || strings.HasPrefix(good.SKU, prefix)
		}
		if !found {
			t.Errorf("no %s", prefix)
		}
	}
}

func checkGoods(t *testing.T, goods []order.Good) {
	t.Helper()
	skus, codes := map[string]bool{}, map[string]bool{}
	for _, good := range goods {
		if skus[good.SKU] || good.Name == "" || good.Bin == "" || good.WeightG <= 0 || good.Stock <= 0 || len(good.Barcodes) == 0 {
			t.Errorf("good %+v", good)
		}
		skus[good.SKU] = true
		for _, code := range good.Barcodes {
			if len(code) != 13 || ean13(code[:12]) != code || codes[code] {
				t.Errorf("%s: barcode %s", good.SKU, code)
			}
			codes[code] = true
		}
	}
}

func TestEAN13(t *testing.T) {
	// The check digits of two articles anybody can look up.
	for twelve, want := range map[string]string{"400638133393": "4006381333931", "590123412345": "5901234123457"} {
		if got := ean13(twelve); got != want {
			t.Errorf("ean13(%s) = %s, want %s", twelve, got, want)
		}
	}
}

func TestGivenGoods(t *testing.T) {
	goods := []order.Good{{SKU: "A", Name: "An A", Barcodes: []string{"1"}, Stock: 3, Picture: "a.png"}, {SKU: "B", Name: "A B"}}
	s := made(t, Options{Orders: 8, Goods: goods})
	if fmt.Sprint(s.Goods()) != fmt.Sprint(goods) {
		t.Errorf("goods %v", s.Goods())
	}
	for _, r := range s.sorted(true) {
		o, err := readObject(r.json)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range o.list("line_items") {
			if sku := skuOf(line); sku != "A" && sku != "B" {
				t.Errorf("%s was sold", sku)
			}
		}
	}
}
