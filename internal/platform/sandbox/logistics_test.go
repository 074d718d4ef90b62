package sandbox

import (
	"testing"
	"time"
)

func TestWarehouses(t *testing.T) {
	s := givenShops(t, shopMY+`,{"id":"73","region":"GB","seller_type":"CROSS_BORDER"}`, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A")+","+
		changed(t, anOrder("71", "2", "AWAITING_SHIPMENT", "8", "A"), "7495000000000000101", "7495000000000000102"))
	code, data := s.get(t, "71", "/logistics/202309/warehouses", "")
	all := data.list("warehouses")
	if code != 0 || len(all) != 3 {
		t.Fatalf("%d, %v", code, data)
	}
	for i, kind := range []string{"SALES_WAREHOUSE", "SALES_WAREHOUSE", "RETURN_WAREHOUSE"} {
		w := all[i]
		if _, spelt := w.child("address")["distict"]; w.text("type") != kind || w.text("effect_status") != "ENABLED" || w.truth("is_default") != (i == 0) ||
			w.text("sub_type") != "DOMESTIC_WAREHOUSE" || w.child("address").text("region_code") != "MY" || !spelt {
			t.Errorf("warehouse %v", w)
		}
	}
	if all[0].text("id") != "7495000000000000101" || all[1].text("id") != "7495000000000000102" {
		t.Errorf("warehouses %v", all)
	}
	if _, data := s.get(t, "73", "/logistics/202309/warehouses", ""); data.list("warehouses")[0].text("sub_type") != "CB_OVERSEA_WAREHOUSE" {
		t.Errorf("cross-border: %v", data)
	}
	code, data = s.get(t, "71", "/logistics/202309/warehouses/7495000000000000102/delivery_options", "scope=WAREHOUSE")
	if options := data.list("delivery_options"); code != 0 || len(options) != 4 || options[0].text("type") != "STANDARD" ||
		options[0].child("weight_limit").number("max_weight") == 0 || options[3].text("type") != "SEND_BY_SELLER" {
		t.Errorf("%d, %v", code, data)
	}
	if code, _ := s.get(t, "71", "/logistics/202309/warehouses/1/delivery_options", ""); code != 21001001 {
		t.Errorf("unknown warehouse: %d", code)
	}
	if code, _ := s.get(t, "71", "/logistics/202309/warehouses/7495000000000000102/delivery_options", "scope=ALL"); code != 36009004 {
		t.Errorf("unknown scope: %d", code)
	}
}

func TestShippingProviders(t *testing.T) {
	s := givenShops(t, shopMY+`,{"id":"73","region":"DE"}`, "")
	const own = "/logistics/202309/delivery_options/" + sellerOption + "/shipping_providers"
	for _, test := range []struct {
		shop, path, query string
		code, providers   int
	}{
		{"71", own, "", 0, 3}, {"71", "/logistics/202309/delivery_options/7091146663229654785/shipping_providers", "", 21008117, 0},
		{"71", "/logistics/202309/delivery_options/1/shipping_providers", "", 21001001, 0},
		{"73", own, "", 21008116, 0}, {"73", own, "warehouse_region=DE", 21008116, 0}, {"73", own, "warehouse_region=DE&buyer_region=FR", 0, 3},
	} {
		code, data := s.get(t, test.shop, test.path, test.query)
		providers := data.list("shipping_providers")
		if code != test.code || len(providers) != test.providers {
			t.Errorf("%+v: %d, %v", test, code, data)
		}
		seen := map[string]bool{}
		for _, p := range providers {
			if p.text("id") == "" || p.text("name") == "" || seen[p.text("id")] {
				t.Errorf("provider %v", p)
			}
			seen[p.text("id")] = true
		}
	}
}

func TestTracking(t *testing.T) {
	at := now
	s, err := New(Options{Data: []byte(`{"shops":[` + shopMY + `],"orders":[` + anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A") + `]}`),
		Now: func() time.Time { return at }, Clock: fixed})
	if err != nil {
		t.Fatal(err)
	}
	events := func() []object {
		code, data := s.get(t, "71", "/fulfillment/202309/orders/1/tracking", "")
		if code != 0 {
			t.Fatal(code)
		}
		return data.list("tracking")
	}
	if got := events(); len(got) != 0 {
		t.Errorf("before: %v", got)
	}
	for i, act := range []func(*parcel) error{s.shipElsewhere, s.collect, s.deliver} {
		at = now.Add(time.Duration(i) * time.Hour)
		if err := act(s.parcels["9"]); err != nil {
			t.Fatal(err)
		}
		got := events()
		if len(got) != i+1 || got[0].number("update_time_millis") != at.UnixMilli() || got[0].text("description") == "" ||
			got[i].number("update_time_millis") != now.UnixMilli() {
			t.Errorf("after step %d: %v", i, got)
		}
	}
	if code, _ := s.get(t, "71", "/fulfillment/202309/orders/2/tracking", ""); code != 21008111 {
		t.Errorf("unknown order: %d", code)
	}
}
