package platform_test

import (
	"fmt"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform"
)

func TestWarehouses(t *testing.T) {
	s := stubbed(t)
	s.data(`{"warehouses":[{"id":"701","entity_id":"1","name":"Shah Alam","type":"SALES_WAREHOUSE","sub_type":"DOMESTIC_WAREHOUSE","effect_status":"ENABLED",
		"is_default":true,"address":{"distict":"Petaling","full_address":"1 Jalan Satu","phone_number":"+60"}},{"id":702,"type":"MOON_WAREHOUSE","effect_status":"RESTRICTED"}]}`)
	warehouses, err := s.Warehouses(t.Context(), s.shop)
	same(t, err, []order.Warehouse{
		{ID: "701", Name: "Shah Alam", Type: "SALES_WAREHOUSE", SubType: "DOMESTIC_WAREHOUSE", Effect: "ENABLED", Default: true},
		{ID: "702", Type: "MOON_WAREHOUSE", Effect: "RESTRICTED"},
	}, warehouses)
	s.want("GET /logistics/202309/warehouses", nil, "")
}

func TestDeliveryOptionsAndProviders(t *testing.T) {
	s := stubbed(t)
	s.data(`{"delivery_options":[{"id":"7091","name":"Own","type":"SEND_BY_SELLER","weight_limit":{"max_weight":1}}]}`)
	options, err := s.DeliveryOptions(t.Context(), s.shop, "701")
	same(t, err, []platform.DeliveryOption{{ID: "7091", Name: "Own", Type: "SEND_BY_SELLER"}}, options)
	s.want("GET /logistics/202309/warehouses/701/delivery_options", map[string]string{"scope": "WAREHOUSE"}, "")

	s.data(`{"shipping_providers":[{"id":"9","name":"USPS"},{"id":10}]}`)
	providers, err := s.ShippingProviders(t.Context(), s.shop, "7091")
	same(t, err, []platform.Provider{{ID: "9", Name: "USPS"}, {ID: "10"}}, providers)
	s.want("GET /logistics/202309/delivery_options/7091/shipping_providers", nil, "")

	german := s.shop
	german.Market = "DE"
	s.data(`{}`)
	if _, err := s.ShippingProviders(t.Context(), german, "7091"); err != nil {
		t.Error(err)
	}
	s.want("GET /logistics/202309/delivery_options/7091/shipping_providers", map[string]string{"warehouse_region": "DE", "buyer_region": "DE"}, "")

	s.refuses("21008117")
	_, err = s.ShippingProviders(t.Context(), s.shop, "7091")
	wantRefusal(t, err, 21008117, "platform.no_own_carriers", platform.AskPerson)
	s.data(`{}`)
	_, err = s.ShippingProviders(t.Context(), s.shop, "")
	s.wantNothing(err, "platform.unsent")
	_, err = s.DeliveryOptions(t.Context(), s.shop, "../x")
	s.wantNothing(err, "platform.unsent")
}

func TestSplitAttributes(t *testing.T) {
	s := stubbed(t)
	s.data(`{"split_attributes":[{"order_id":"5","can_split":true,"must_split":true,
		"must_split_reasons":[{"type":"CATEGORY_ITEM_LIMITATION","category_id":"601990","max_count":"2"},{"type":"TOTAL_COUNT_LIMITATION","max_count":20}]},
		{"order_id":"6","can_split":false,"reason":"Order has been canceled"}]}`)
	attributes, err := s.SplitAttributes(t.Context(), s.shop, []string{"5", "6"})
	same(t, err, []platform.SplitAttributes{
		{OrderID: "5", CanSplit: true, MustSplit: true, MustReasons: []platform.MustSplitReason{
			{Type: "CATEGORY_ITEM_LIMITATION", CategoryID: "601990", MaxCount: 2}, {Type: "TOTAL_COUNT_LIMITATION", MaxCount: 20}}},
		{OrderID: "6", Reason: "Order has been canceled"},
	}, attributes)
	s.want("GET /fulfillment/202309/orders/split_attributes", map[string]string{"order_ids": "5,6"}, "")

	s.data(`{"split_attributes":[{"order_id":"1"}]}`)
	var ids []string
	for i := range 51 {
		ids = append(ids, fmt.Sprint(i+1))
	}
	attributes, err = s.SplitAttributes(t.Context(), s.shop, ids)
	if err != nil || len(attributes) != 2 || len(s.asked) != 2 || s.asked[1].Query["order_ids"] != "51" {
		t.Errorf("51 orders: %v, %v, %v", attributes, err, s.asked)
	}
	s.data(`{}`)
	_, err = s.SplitAttributes(t.Context(), s.shop, nil)
	s.wantNothing(err, "platform.unsent")
}

func TestSplit(t *testing.T) {
	s := stubbed(t)
	s.data(`{"packages":[{"splittable_group_id":"a","id":"771"},{"splittable_group_id":"b","id":772}]}`)
	packages, err := s.Split(t.Context(), s.shop, "5", []platform.SplitGroup{{ID: "a", LineIDs: []string{"51"}}, {ID: "b", LineIDs: []string{"52", "53"}}})
	same(t, err, []platform.SplitPackage{{GroupID: "a", PackageID: "771"}, {GroupID: "b", PackageID: "772"}}, packages)
	s.want("POST /fulfillment/202309/orders/5/split", nil,
		`{"splittable_groups":[{"id":"a","order_line_item_ids":["51"]},{"id":"b","order_line_item_ids":["52","53"]}]}`)
	s.refuses("21011035")
	_, err = s.Split(t.Context(), s.shop, "5", []platform.SplitGroup{{ID: "a", LineIDs: []string{"51"}}, {ID: "b", LineIDs: []string{"52"}}})
	wantRefusal(t, err, 21011035, "platform.no_split", platform.AskPerson)
	s.data(`{}`)
	for _, groups := range [][]platform.SplitGroup{
		nil, {{ID: "a", LineIDs: []string{"51"}}}, {{ID: "a", LineIDs: []string{"51"}}, {ID: "b"}},
		{{ID: "a", LineIDs: []string{"51"}}, {ID: "a", LineIDs: []string{"52"}}}, {{ID: "a", LineIDs: []string{"51"}}, {ID: "b", LineIDs: []string{"51"}}},
		{{ID: "a", LineIDs: []string{"51"}}, {ID: "", LineIDs: []string{"52"}}},
	} {
		_, err = s.Split(t.Context(), s.shop, "5", groups)
		s.wantNothing(err, "platform.unsent")
	}
}

func TestCombining(t *testing.T) {
	s := stubbed(t)
	s.data(`{"combinable_packages":[{"id":"700","order_ids":["5","6"]}],"next_page_token":"n+/=","total_count":3}`)
	page, err := s.CombinablePackages(t.Context(), s.shop, "p+/=")
	same(t, err, platform.CombinablePage{Combinations: []platform.Combination{{ID: "700", OrderIDs: []string{"5", "6"}}}, Next: "n+/=", Total: 3}, page)
	s.want("GET /fulfillment/202309/combinable_packages/search", map[string]string{"page_size": "50", "page_token": "p+/="}, "")

	s.data(`{"packages":[{"id":"800","order_ids":["5","6"]}],"errors":[{"code":21011031,"message":"no","detail":{"package_id":"701"}},
		{"code":10007014,"message":"fulfillment not allow combine","detail":{"package_id":"702"}}]}`)
	asked := []platform.Combination{{ID: "700", OrderIDs: []string{"5", "6"}}, {ID: "701", OrderIDs: []string{"7"}}, {ID: "702"}}
	made, failed, err := s.Combine(t.Context(), s.shop, asked)
	same(t, err, []platform.Combination{{ID: "800", OrderIDs: []string{"5", "6"}}}, made)
	if len(failed) != 2 {
		t.Errorf("failed %v", failed)
	}
	wantRefusal(t, failed["701"], 21011031, "platform.regrouped", platform.AskPerson)
	wantRefusal(t, failed["702"], 10007014, "platform.no_combination", platform.AskPerson)
	s.want("POST /fulfillment/202309/packages/combine", nil,
		`{"combinable_packages":[{"id":"700","order_ids":["5","6"]},{"id":"701","order_ids":["7"]},{"id":"702"}]}`)

	s.data(`{"packages":[{"id":"800"}],"errors":[{"code":21011031,"detail":{"package_id":"999"}}]}`)
	made, failed, err = s.Combine(t.Context(), s.shop, asked)
	if made != nil || failed != nil || platform.ReactionTo(err) != platform.UnknownOutcome {
		t.Errorf("a stranger's failure: %v, %v, %v", made, failed, err)
	}
	s.data(`{}`)
	_, _, err = s.Combine(t.Context(), s.shop, []platform.Combination{{ID: "700"}, {ID: "700"}})
	s.wantNothing(err, "platform.unsent")
	_, _, err = s.Combine(t.Context(), s.shop, []platform.Combination{{ID: ""}})
	s.wantNothing(err, "platform.unsent")
	if made, failed, err := s.Combine(t.Context(), s.shop, nil); made != nil || failed != nil || err != nil || len(s.asked) != 0 {
		t.Errorf("nothing to combine: %v, %v, %v", made, failed, err)
	}

	s.data(`{"packages":[{"id":"801","order_ids":["5"]},{"id":"802","order_ids":[6]}]}`)
	apart, err := s.Uncombine(t.Context(), s.shop, "800", []string{"5"})
	same(t, err, []platform.Combination{{ID: "801", OrderIDs: []string{"5"}}, {ID: "802", OrderIDs: []string{"6"}}}, apart)
	s.want("POST /fulfillment/202309/packages/800/uncombine", nil, `{"order_ids":["5"]}`)
	s.data(`{}`)
	_, err = s.Uncombine(t.Context(), s.shop, "800", nil)
	s.wantNothing(err, "platform.unsent")
}

func TestSearchPackages(t *testing.T) {
	s := stubbed(t)
	s.data(`{"packages":[{"id":1153,"status":"TO FULFILL","tracking_number":"T1","shipping_provider_id":"9","shipping_provider_name":"J&T",
		"orders":[{"id":"5"},{"id":""}],"order_line_item_ids":["51",52],"create_time":10,"update_time":20},{"id":"1154","status":"LOST_IN_SPACE"}],
		"next_page_token":"n","total_count":2}`)
	page, err := s.SearchPackages(t.Context(), s.shop, platform.PackageSearch{UpdatedSince: at(10), Status: "PROCESSING", PageToken: "p", PageSize: 20})
	same(t, err, platform.PackagePage{Next: "n", Total: 2, Packages: []platform.Package{
		{ID: "1153", Status: "TO_FULFILL", Tracking: "T1", Provider: "J&T", OrderIDs: []string{"5"}, LineIDs: []string{"51", "52"}, UpdatedAt: at(20)},
		{ID: "1154", Status: "LOST_IN_SPACE"},
	}}, page)
	s.want("POST /fulfillment/202309/packages/search",
		map[string]string{"page_size": "20", "sort_field": "update_time", "sort_order": "ASC", "page_token": "p"},
		`{"update_time_ge":10,"package_status":"PROCESSING"}`)
}

// What a bench needs of a package beside its label.
func TestPackageDetail(t *testing.T) {
	s := stubbed(t)
	s.data(`{"package_id":"1","package_status":"FULFILLING","package_sub_status":"Ship_exception","ship_exception_reason":"PACKAGE_DAMAGAED",
		"handover_method":"BY_DRONE","pickup_slot":{"start_time":0,"end_time":0},"warehouse_id":"701","update_time":"20"}`)
	p, err := s.Package(t.Context(), s.shop, "1")
	same(t, err, platform.Package{ID: "1", Status: "FULFILLING", SubStatus: "Ship_exception", ShipException: "PACKAGE_DAMAGAED",
		HandoverMethod: "BY_DRONE", WarehouseID: "701", UpdatedAt: at(20)}, p)
	s.want("GET /fulfillment/202309/packages/1", nil, "")
}
