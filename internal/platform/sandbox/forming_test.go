package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const (
	shopMX     = `{"id":"73","region":"MX","seller_type":"LOCAL"}`
	shopGlobal = `{"id":"73","region":"MX","seller_type":"CROSS_BORDER"}`
	shopBR     = `{"id":"73","region":"BR"}`
	shopGB     = `{"id":"73","region":"GB"}`
)

// bundleOrder is an order of a bundle of two parts and one more line.
func bundleOrder(shop, id, packageID string) string {
	order := anOrder(shop, id, "AWAITING_SHIPMENT", packageID, "SET", "MUG")
	part := func(n int, sku string) string {
		return fmt.Sprintf(`{"id":"%s9%d","sku_id":"17%s","seller_sku":%q,"display_status":"AWAITING_SHIPMENT","package_id":%q}`, id, n, sku, sku, packageID)
	}
	return strings.Replace(order, `"sku_id":"17SET"`, `"sku_id":"17SET","sub_item_info":[`+part(1, "TEA")+`,`+part(2, "CUP")+`]`, 1)
}

func TestSplit(t *testing.T) {
	for name, test := range map[string]struct {
		shop, order, body string
		code              int
		packages          int
	}{
		"by SKU":            {shopMX, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101","102"]},{"id":"y","order_line_item_ids":["103"]}]}`, 0, 2},
		"units apart in MX": {shopMX, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102","103"]}]}`, 21003002, 0},
		"units apart in BR": {shopBR, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102","103"]}]}`, 21011035, 0},
		"global in MX":      {shopGlobal, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102","103"]}]}`, 0, 2},
		"three in the UK":   {shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "A", "A"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102"]},{"id":"z","order_line_item_ids":["103"]}]}`, 0, 3},
		"one SKU in MX":     {shopMX, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "A"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102"]}]}`, 21011035, 0},
		"one group":         {shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101","102"]}]}`, 21011035, 0},
		"a line left out":   {shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "B", "C"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102"]}]}`, 21001001, 0},
		"a line twice":      {shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101","102"]},{"id":"y","order_line_item_ids":["102"]}]}`, 21001001, 0},
		"a strange line":    {shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["999"]}]}`, 21001001, 0},
		"one name twice":    {shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"x","order_line_item_ids":["102"]}]}`, 21001001, 0},
		"no groups":         {shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "B"), `{}`, 36009004, 0},
		"shipped":           {shopGB, anOrder("73", "1", "AWAITING_COLLECTION", "9", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102"]}]}`, 21011005, 0},
		"on hold":           {shopGB, anOrder("73", "1", "ON_HOLD", "9", "A", "B"), `{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102"]}]}`, 21011005, 0},
		"parts of a bundle": {shopGB, bundleOrder("73", "1", "9"), `{"splittable_groups_v2":[{"id":"x","order_line_list":[{"order_line_id":"101","sub_item_id":"191"}]},{"id":"y","order_line_list":[{"order_line_id":"101","sub_item_id":"192"},{"order_line_id":"102"}]}]}`, 0, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, test.shop, test.order)
			before := s.orders["1"].updated
			code, data := s.post(t, "73", "/fulfillment/202309/orders/1/split", "", test.body)
			if code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			packages := data.list("packages")
			if code != 0 {
				if s.parcels["9"] == nil || s.orders["1"].updated != before {
					t.Error("refused and changed")
				}
				return
			}
			o := s.read(t, "1")
			if len(packages) != test.packages || len(o.list("packages")) != test.packages || len(s.parcels) != test.packages ||
				o.text("split_or_combine_tag") != "SPLIT" || o.number("update_time") <= before {
				t.Errorf("%v, order %v", data, o)
			}
			for _, p := range packages {
				code, detail := s.get(t, "73", "/fulfillment/202309/packages/"+p.text("id"), "")
				if code != 0 || detail.text("split_and_combine_tag") != "SPLIT" || len(detail.texts("order_line_item_ids")) == 0 ||
					!slices.Contains([]string{"x", "y", "z"}, p.text("splittable_group_id")) {
					t.Errorf("package %v: %d, %v", p, code, detail)
				}
			}
			if code, _ := s.get(t, "73", "/fulfillment/202309/packages/9", ""); code != 21011028 {
				t.Errorf("the old package: %d", code)
			}
			for _, p := range packages { // each ships by itself
				if code, _ := s.post(t, "73", "/fulfillment/202309/packages/"+p.text("id")+"/ship", "", "{}"); code != 0 {
					t.Errorf("ship: %d", code)
				}
			}
			if o := s.read(t, "1"); o.text("status") != "AWAITING_COLLECTION" {
				t.Errorf("all shipped: %s", o.text("status"))
			}
		})
	}
}

func TestSplitAttributes(t *testing.T) {
	s := givenShops(t, shopMX, strings.Join([]string{
		anOrder("73", "1", "AWAITING_SHIPMENT", "91", "A", "B"), anOrder("73", "2", "AWAITING_SHIPMENT", "92", "A", "A"),
		anOrder("73", "3", "IN_TRANSIT", "93", "A", "B"),
	}, ","))
	code, data := s.get(t, "73", "/fulfillment/202309/orders/split_attributes", "order_ids=1,2,3")
	rows := data.list("split_attributes")
	if code != 0 || len(rows) != 3 {
		t.Fatalf("%d, %v", code, data)
	}
	for i, can := range []bool{true, false, false} {
		if rows[i].truth("can_split") != can || (rows[i].text("reason") == "") != can || rows[i].truth("must_split") {
			t.Errorf("row %v", rows[i])
		}
	}
	if code, _ := s.get(t, "73", "/fulfillment/202309/orders/split_attributes", ""); code != 36009004 {
		t.Errorf("without ids: %d", code)
	}
	if code, _ := s.get(t, "73", "/fulfillment/202309/orders/split_attributes", "order_ids=1,99"); code != 21008111 {
		t.Errorf("strange id: %d", code)
	}
}

// together are orders of one buyer.
func together(t *testing.T, orders ...string) string {
	t.Helper()
	for i, order := range orders {
		id := fmt.Sprint(i + 1)
		orders[i] = changed(t, order, `"user_id":"u`+id+`"`, `"user_id":"buyer"`)
	}
	return strings.Join(orders, ",")
}

func TestCombineAndUncombine(t *testing.T) {
	s := givenShops(t, shopMY, together(t,
		anOrder("71", "1", "AWAITING_SHIPMENT", "91", "A"), anOrder("71", "2", "AWAITING_SHIPMENT", "92", "B"),
		anOrder("71", "3", "AWAITING_SHIPMENT", "93", "C"), anOrder("71", "4", "AWAITING_COLLECTION", "94", "A"),
		changed(t, anOrder("71", "5", "AWAITING_SHIPMENT", "95", "A"), "Kinta,B1", "Kinta,C2"))+","+anOrder("71", "6", "AWAITING_SHIPMENT", "96", "A"))
	search := func(query string) (int, []object, object) {
		code, data := s.get(t, "71", "/fulfillment/202309/combinable_packages/search", query)
		return code, data.list("combinable_packages"), data
	}
	code, found, data := search("page_size=50")
	if code != 0 || len(found) != 1 || strings.Join(found[0].texts("order_ids"), " ") != "1 2 3" || data.number("total_count") != 3 {
		t.Fatalf("%d, %v", code, data)
	}
	if code, _, _ := search("page_size=51"); code != 36009004 {
		t.Errorf("pages of 51: %d", code)
	}
	proposal := found[0].text("id")
	if code, _ := s.get(t, "71", "/fulfillment/202309/packages/"+proposal, ""); code != 21011028 {
		t.Errorf("a proposal is a package already: %d", code)
	}
	before := s.orders["1"].updated
	const combine = "/fulfillment/202309/packages/combine"
	code, data = s.post(t, "71", combine, "", `{"combinable_packages":[{"id":"`+proposal+`","order_ids":["1","4"]},{"id":"7","order_ids":["1","2"]}]}`)
	if errors := data.list("errors"); code != 0 || len(errors) != 2 || errors[0].number("code") != 21011031 || errors[1].number("code") != 21011028 ||
		len(data.list("packages")) != 0 {
		t.Errorf("%d, %v", code, data)
	}
	code, data = s.post(t, "71", combine, "", `{"combinable_packages":[{"id":"`+proposal+`","order_ids":["1","2","3"]}]}`)
	formed := data.list("packages")
	if code != 0 || len(formed) != 1 || len(formed[0].texts("order_ids")) != 3 {
		t.Fatalf("%d, %v", code, data)
	}
	id := formed[0].text("id")
	for _, old := range []string{"91", "92", "93"} {
		if code, _ := s.get(t, "71", "/fulfillment/202309/packages/"+old, ""); code != 21011028 {
			t.Errorf("package %s: %d", old, code)
		}
	}
	_, detail := s.get(t, "71", "/fulfillment/202309/packages/"+id, "")
	if detail.text("split_and_combine_tag") != "COMBINE" || len(detail.list("orders")) != 3 || s.orders["1"].updated <= before ||
		s.read(t, "1").text("split_or_combine_tag") != "COMBINED" {
		t.Errorf("detail %v", detail)
	}
	if _, found, _ := search("page_size=50"); len(found) != 0 {
		t.Errorf("still combinable: %v", found)
	}

	if code, _ := s.post(t, "71", "/fulfillment/202309/packages/"+id+"/uncombine", "", `{"order_ids":["6"]}`); code != 21011029 {
		t.Errorf("an order that is not in it: %d", code)
	}
	if code, _ := s.post(t, "71", "/fulfillment/202309/packages/96/uncombine", "", `{}`); code != 21011029 {
		t.Errorf("a single package: %d", code)
	}
	code, data = s.post(t, "71", "/fulfillment/202309/packages/"+id+"/uncombine", "", `{"order_ids":["2"]}`)
	packages := data.list("packages")
	if code != 0 || len(packages) != 2 || packages[0].texts("order_ids")[0] != "2" || len(packages[1].texts("order_ids")) != 2 {
		t.Fatalf("%d, %v", code, data)
	}
	if code, _ := s.get(t, "71", "/fulfillment/202309/packages/"+id, ""); code != 21011028 {
		t.Errorf("the combined package: %d", code)
	}
	if s.read(t, "2").text("split_or_combine_tag") != "" || s.read(t, "1").text("split_or_combine_tag") != "COMBINED" {
		t.Error("tags are wrong")
	}
	rest := packages[1].text("id")
	if code, _ := s.post(t, "71", "/fulfillment/202309/packages/"+rest+"/ship", "", "{}"); code != 0 {
		t.Errorf("ship: %d", code)
	}
	if s.read(t, "1").text("tracking_number") != s.read(t, "3").text("tracking_number") || s.read(t, "1").text("tracking_number") == "" {
		t.Error("orders of one package have two numbers")
	}
	if code, _ := s.post(t, "71", "/fulfillment/202309/packages/"+rest+"/uncombine", "", `{}`); code != 21011005 {
		t.Errorf("a shipped package: %d", code)
	}
}

// Cancelled lines and orders do not keep an old package alive.
func TestOldPackagesAreForgottenWithCancelledLines(t *testing.T) {
	s := givenShops(t, shopGB, anOrder("73", "1", "AWAITING_SHIPMENT", "9", "A", "B", "C"))
	if err := s.cancelLine(s.read(t, "1"), "73", "103", bySeller, "seller_cancel_reason_out_of_stock_uk"); err != nil {
		t.Fatal(err)
	}
	code, _ := s.post(t, "73", "/fulfillment/202309/orders/1/split", "",
		`{"splittable_groups":[{"id":"x","order_line_item_ids":["101"]},{"id":"y","order_line_item_ids":["102"]}]}`)
	if code != 0 || s.parcels["9"] != nil || len(s.parcels) != 2 {
		t.Errorf("split: %d, parcels %v", code, s.parcels)
	}

	s = givenShops(t, shopMY, together(t, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"), anOrder("71", "2", "AWAITING_SHIPMENT", "9", "B"),
		anOrder("71", "3", "AWAITING_SHIPMENT", "9", "C")))
	if err := s.cancelOrder(s.read(t, "2"), "71", byPlatform, "system_cancel_order_reason_shipping_timeout"); err != nil {
		t.Fatal(err)
	}
	code, data := s.post(t, "71", "/fulfillment/202309/packages/9/uncombine", "", `{}`)
	if code != 0 || len(data.list("packages")) != 3 || s.parcels["9"] != nil || len(s.parcels) != 3 {
		t.Errorf("uncombine: %d, %v, parcels %v", code, data, s.parcels)
	}
}
