package sandbox

import (
	"strings"
	"testing"
)

func TestMarkAsShipped(t *testing.T) {
	by := carriers("US")[1].ID
	own := `"tracking_number":"OWN-12345","shipping_provider_id":"` + by + `"`
	order := func(t *testing.T, status string) string {
		return bySellerOrder(t, anOrder("72", "1", status, "", "A", "B"))
	}
	for name, test := range map[string]struct {
		shop, order, body string
		code              int
		status            string
		lines             int
	}{
		"whole":          {shopUS, order(t, "AWAITING_SHIPMENT"), `{` + own + `}`, 0, "AWAITING_COLLECTION", 2},
		"one line":       {shopUS, order(t, "AWAITING_SHIPMENT"), `{` + own + `,"order_line_item_ids":["102"]}`, 0, "PARTIALLY_SHIPPING", 1},
		"other form":     {shopUS, order(t, "AWAITING_SHIPMENT"), `{` + own + `,"order_line_list":[{"order_line_id":"101"}]}`, 0, "PARTIALLY_SHIPPING", 1},
		"SEA":            {strings.Replace(shopMY, "71", "72", 1), order(t, "AWAITING_SHIPMENT"), `{` + own + `}`, 21008106, "", 0},
		"on hold":        {shopUS, order(t, "ON_HOLD"), `{` + own + `}`, 21011044, "", 0},
		"unpaid":         {shopUS, order(t, "UNPAID"), `{` + own + `}`, 21042057, "", 0},
		"cancelled":      {shopUS, order(t, "CANCELLED"), `{` + own + `}`, 21011041, "", 0},
		"by platform":    {shopUS, anOrder("72", "1", "AWAITING_SHIPMENT", "", "A"), `{` + own + `}`, 21011003, "", 0},
		"label bought":   {shopUS, anOrder("72", "1", "AWAITING_SHIPMENT", "9", "A"), `{` + own + `}`, 21022025, "", 0},
		"no number":      {shopUS, order(t, "AWAITING_SHIPMENT"), `{"shipping_provider_id":"` + by + `"}`, 21001001, "", 0},
		"strange line":   {shopUS, order(t, "AWAITING_SHIPMENT"), `{` + own + `,"order_line_item_ids":["7"]}`, 21001001, "", 0},
		"part of it is":  {shopUS, bySellerOrder(t, anOrder("72", "1", "PARTIALLY_SHIPPING", "", "A", "B")), `{` + own + `}`, 21011048, "", 0},
		"request, in US": {shopUS, changed(t, order(t, "AWAITING_SHIPMENT"), `"update_time"`, `"is_buyer_request_cancel":true,"update_time"`), `{` + own + `}`, 0, "AWAITING_COLLECTION", 2},
		"request, in GB": {strings.Replace(shopGB, "73", "72", 1), changed(t, order(t, "AWAITING_SHIPMENT"), `"update_time"`, `"is_buyer_request_cancel":true,"update_time"`), `{` + own + `}`, 21008044, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, test.shop, test.order)
			code, data := s.post(t, "72", "/fulfillment/202309/orders/1/packages", "", test.body)
			if code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			o := s.read(t, "1")
			if code != 0 {
				if o.number("update_time") != now.Unix()-3600 {
					t.Error("refused and changed")
				}
				return
			}
			p := s.parcels[data.text("package_id")]
			if p == nil || data.text("order_id") != "1" || len(data.texts("order_line_item_ids")) != test.lines ||
				o.text("status") != test.status || p.tracking != "OWN-12345" || o.truth("is_buyer_request_cancel") || s.pendingOf("1") != nil {
				t.Errorf("%v, order %v", data, o)
			}
			for _, line := range o.list("line_items") {
				if in := line.text("package_id") == p.id; in != (line.text("display_status") == "AWAITING_COLLECTION") {
					t.Errorf("line %v", line)
				}
			}
		})
	}
}

// The rest of an order that was marked in part goes into a package of its own.
func TestMarkTheRest(t *testing.T) {
	s := givenShops(t, shopUS, bySellerOrder(t, anOrder("72", "1", "AWAITING_SHIPMENT", "", "A", "B")))
	by := carriers("US")[0].ID
	for i, line := range []string{"101", "102"} {
		number := []string{"OWN-1111", "OWN-2222"}[i]
		code, _ := s.post(t, "72", "/fulfillment/202309/orders/1/packages", "",
			`{"tracking_number":"`+number+`","shipping_provider_id":"`+by+`","order_line_item_ids":["`+line+`"]}`)
		if code != 0 {
			t.Fatal(code)
		}
	}
	o := s.read(t, "1")
	lines := o.list("line_items")
	if o.text("status") != "AWAITING_COLLECTION" || o.text("split_or_combine_tag") != "SPLIT" || len(packageIDs(o)) != 2 ||
		lines[0].text("tracking_number") != "OWN-1111" || lines[1].text("tracking_number") != "OWN-2222" {
		t.Errorf("order %v", o)
	}
	if code, _ := s.post(t, "72", "/fulfillment/202309/orders/1/packages", "",
		`{"tracking_number":"OWN-3333","shipping_provider_id":"`+by+`","order_line_item_ids":["102"]}`); code != 21011040 {
		t.Errorf("marked again: %d", code)
	}
}

func TestUpdateShippingInfo(t *testing.T) {
	by := carriers("MY")[1]
	shipped := func(status string, since int64) string {
		order := bySellerOrder(t, anOrder("71", "1", status, "9", "A"))
		return changed(t, order, `"update_time"`, `"tracking_number":"OLD-1","rts_time":`+itoa(now.Unix()-since)+`,"update_time"`)
	}
	right := `{"tracking_number":"NEW-12345","shipping_provider_id":"` + by.ID + `"}`
	for name, test := range map[string]struct {
		order, path, body string
		code              int
	}{
		"package":     {shipped("AWAITING_COLLECTION", 3600), "packages/9", right, 0},
		"order":       {shipped("IN_TRANSIT", 3600), "orders/1", right, 0},
		"last second": {shipped("AWAITING_COLLECTION", 72*3600), "packages/9", right, 0},
		"too late":    {shipped("AWAITING_COLLECTION", 72*3600+1), "packages/9", right, 21011051},
		"delivered":   {shipped("DELIVERED", 3600), "packages/9", right, 21011027},
		"cancelled":   {shipped("CANCELLED", 3600), "packages/9", right, 21011042},
		"not shipped": {bySellerOrder(t, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A")), "packages/9", right, 21011043},
		"by platform": {anOrder("71", "1", "AWAITING_COLLECTION", "9", "A"), "packages/9", right, 21011004},
		"invalid":     {shipped("AWAITING_COLLECTION", 3600), "packages/9", `{"tracking_number":"?","shipping_provider_id":"` + by.ID + `"}`, 21011022},
		"no package":  {bySellerOrder(t, anOrder("71", "1", "AWAITING_SHIPMENT", "", "A")), "orders/1", right, 21011043},
		"a request":   {changed(t, shipped("AWAITING_COLLECTION", 3600), `"update_time"`, `"is_buyer_request_cancel":true,"update_time"`), "packages/9", right, 21011007},
		"unknown":     {shipped("AWAITING_COLLECTION", 3600), "packages/8", right, 21011028},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, shopMY, test.order)
			path := "/fulfillment/202309/" + test.path + "/shipping_info/update"
			if code, _ := s.post(t, "71", path, "", test.body); code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			if test.code != 0 {
				return
			}
			o := s.read(t, "1")
			if line := o.list("line_items")[0]; o.text("tracking_number") != "NEW-12345" || line.text("tracking_number") != "NEW-12345" ||
				o.text("shipping_provider") != by.Name || o.number("update_time") <= now.Unix()-3600 {
				t.Errorf("order %v", o)
			}
			if code, _ := s.post(t, "71", path, "", strings.Replace(right, "NEW", "NEWER", 1)); code != 21011050 {
				t.Errorf("the second time: %d", code)
			}
		})
	}
}

func TestEligibleServices(t *testing.T) {
	s := givenShops(t, shopUS+","+shopMY, anOrder("72", "1", "AWAITING_SHIPMENT", "", "A", "B")+","+anOrder("71", "2", "AWAITING_SHIPMENT", "9", "A")+","+
		bySellerOrder(t, anOrder("72", "3", "AWAITING_SHIPMENT", "", "A"))+","+anOrder("72", "4", "ON_HOLD", "", "A"))
	const path = "/fulfillment/202309/orders/1/shipping_services/query"
	code, data := s.post(t, "72", path, "", `{"order_line_item_ids":["101"],"weight":{"value":"2","unit":"POUND"}}`)
	services := data.list("shipping_services")
	if code != 0 || len(services) != 3 || data.text("order_id") != "1" || strings.Join(data.texts("order_line_id"), " ") != "101" ||
		data.child("weight").text("unit") != "POUND" || data.child("dimension").text("unit") != "CM" {
		t.Fatalf("%d, %v", code, data)
	}
	for i, offer := range services {
		if offer.text("id") == "" || offer.truth("is_default") != (i == 0) || offer.text("currency") != "USD" || offer.text("price") == "" ||
			offer.number("latest_delivery_days") < offer.number("earliest_delivery_days") || offer.text("shipping_provider_id") == "" {
			t.Errorf("service %v", offer)
		}
	}
	_, heavier := s.post(t, "72", path, "", `{"weight":{"value":"20","unit":"POUND"}}`)
	if cents(heavier.list("shipping_services")[0].text("price")) <= cents(services[0].text("price")) {
		t.Error("a heavier parcel is not dearer")
	}
	for body, want := range map[string]int{
		`{"weight":{"value":"0","unit":"GRAM"}}`: 21001001, `{"weight":{"value":"1","unit":"TON"}}`: 21001001,
		`{"dimension":{"length":"1","width":"1","unit":"CM"}}`: 21001001, `{"order_line_item_ids":["9"]}`: 21001001,
	} {
		if code, _ := s.post(t, "72", path, "", body); code != want {
			t.Errorf("%s: %d, want %d", body, code, want)
		}
	}
	for id, want := range map[string]int{"3": 21008017, "4": 21011044, "2": 21008111} {
		if code, _ := s.post(t, "72", "/fulfillment/202309/orders/"+id+"/shipping_services/query", "", "{}"); code != want {
			t.Errorf("order %s: %d, want %d", id, code, want)
		}
	}
	if code, _ := s.post(t, "71", "/fulfillment/202309/orders/2/shipping_services/query", "", "{}"); code != 21008106 {
		t.Errorf("in Malaysia: %d", code)
	}
}

func TestBuyALabel(t *testing.T) {
	const old, anew = "/fulfillment/202309/packages", "/fulfillment/202512/packages"
	for name, test := range map[string]struct {
		path, body string
		code       int
		statuses   string // of the two orders
	}{
		"202309":               {old, `{"order_id":"1"}`, 0, "AWAITING_COLLECTION AWAITING_SHIPMENT"},
		"202309, a line":       {old, `{"order_id":"1","order_line_item_ids":["101"]}`, 0, "PARTIALLY_SHIPPING AWAITING_SHIPMENT"},
		"202309, no order":     {old, `{}`, 36009004, ""},
		"a service":            {old, `{"order_id":"1","shipping_service_id":"288233559123860012"}`, 0, "AWAITING_COLLECTION AWAITING_SHIPMENT"},
		"no such service":      {old, `{"order_id":"1","shipping_service_id":"7"}`, 21001001, ""},
		"whole":                {anew, `{"ship_type":"1","order_id":"1"}`, 0, "AWAITING_COLLECTION AWAITING_SHIPMENT"},
		"whole, no order":      {anew, `{"ship_type":"1"}`, 36009004, ""},
		"part":                 {anew, `{"ship_type":"2","order_line_item":[{"order_line_id":"102"}]}`, 0, "PARTIALLY_SHIPPING AWAITING_SHIPMENT"},
		"part, nothing":        {anew, `{"ship_type":"2","order_id":"1"}`, 36009004, ""},
		"part, strange":        {anew, `{"ship_type":"2","order_line_item":[{"order_line_id":"999"}]}`, 21008111, ""},
		"several":              {anew, `{"ship_type":"3","order_id":"1","order_list_ids":["2"]}`, 0, "AWAITING_COLLECTION AWAITING_COLLECTION"},
		"several, listed":      {anew, `{"ship_type":"3","order_list_ids":["1","2"]}`, 0, "AWAITING_COLLECTION AWAITING_COLLECTION"},
		"several, other buyer": {anew, `{"ship_type":"3","order_list_ids":["1","3"]}`, 21011031, ""},
		"no such type":         {anew, `{"ship_type":"4","order_id":"1"}`, 21001001, ""},
		"bad weight":           {anew, `{"ship_type":"1","order_id":"1","weight":{"value":"x","unit":"GRAM"}}`, 21001001, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, shopUS, together(t, anOrder("72", "1", "AWAITING_SHIPMENT", "", "A", "B"), anOrder("72", "2", "AWAITING_SHIPMENT", "", "A"))+","+
				anOrder("72", "3", "AWAITING_SHIPMENT", "", "A"))
			code, data := s.post(t, "72", test.path, "", test.body)
			if code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			if code != 0 {
				if len(s.parcels) != 0 {
					t.Error("refused and packed")
				}
				return
			}
			p := s.parcels[data.text("package_id")]
			if got := s.read(t, "1").text("status") + " " + s.read(t, "2").text("status"); p == nil || p.tracking == "" || got != test.statuses {
				t.Fatalf("%v: %s, want %s", data, got, test.statuses)
			}
			info := data.child("shipping_service_info")
			if info.text("shipping_provider_name") != p.carrier.Name || info.text("price") == "" || data.child("weight").text("value") == "" ||
				data.child("dimension").text("height") == "" || data.number("create_time") != now.Unix() {
				t.Errorf("answer %v", data)
			}
			if code, _ := s.post(t, "72", test.path, "", test.body); code != 21011040 {
				t.Errorf("bought again: %d", code)
			}
			if code, _ := s.get(t, "72", "/fulfillment/202309/packages/"+p.id+"/shipping_documents", "document_type=SHIPPING_LABEL"); code != 0 {
				t.Errorf("label: %d", code)
			}
		})
	}
}

func TestBuyingElsewhere(t *testing.T) {
	s := givenShops(t, shopMY, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"))
	for _, path := range []string{"/fulfillment/202309/packages", "/fulfillment/202512/packages", "/fulfillment/202309/packages/schedule"} {
		if code, _ := s.post(t, "71", path, "", `{"order_id":"1","ship_type":"1"}`); code != 21008106 {
			t.Errorf("%s: %d", path, code)
		}
	}
	s = givenShops(t, `{"id":"71","region":"JP"}`, anOrder("71", "1", "AWAITING_SHIPMENT", "", "A"))
	if code, _ := s.post(t, "71", "/fulfillment/202309/packages", "", `{"order_id":"1"}`); code != 21008106 {
		t.Errorf("202309 in Japan: %d", code)
	}
	if code, _ := s.post(t, "71", "/fulfillment/202512/packages", "", `{"order_id":"1","ship_type":"1"}`); code != 0 {
		t.Errorf("202512 in Japan: %d", code)
	}
}

func TestSchedule(t *testing.T) {
	s := givenShops(t, shopUS, anOrder("72", "1", "AWAITING_SHIPMENT", "", "A", "B"))
	const path = "/fulfillment/202309/packages/schedule"
	if code, _ := s.post(t, "72", path, "", `{"order_id":"1","handover_method":"DROP_OFF"}`); code != 21011043 {
		t.Errorf("before the label: %d", code)
	}
	if code, _ := s.post(t, "72", "/fulfillment/202309/packages", "", `{"order_id":"1"}`); code != 0 {
		t.Fatal(code)
	}
	_, ways := s.get(t, "72", "/fulfillment/202309/orders/1/handover_time_slots", "")
	free := ""
	for _, o := range ways.list("pickup_slots") {
		if o.truth("avaliable") {
			free = `{"start_time":` + o.text("start_time") + `,"end_time":` + o.text("end_time") + `}`
		}
	}
	for _, test := range []struct {
		body string
		code int
	}{
		{`{"handover_method":"PICKUP"}`, 36009004}, {`{"order_id":"1"}`, 21001001}, {`{"order_id":"1","handover_method":"PICKUP"}`, 21004017},
		{`{"order_id":"1","handover_method":"PICKUP","pickup_slot":{"start_time":1,"end_time":2}}`, 21011053},
		{`{"order_id":"1","order_line_item_ids":["9"],"handover_method":"DROP_OFF"}`, 21001001},
		{`{"order_id":"1","handover_method":"PICKUP","pickup_slot":` + free + `}`, 0},
		{`{"order_id":"1","handover_method":"DROP_OFF"}`, 0},
	} {
		before := s.orders["1"].updated
		code, data := s.post(t, "72", path, "", test.body)
		if code != test.code {
			t.Errorf("%s: %d, want %d", test.body, code, test.code)
		}
		if code == 0 && (data.text("tracking_number") == "" || len(data.texts("order_line_item_ids")) != 2 || s.orders["1"].updated <= before ||
			!strings.Contains(test.body, data.text("handover_method"))) {
			t.Errorf("%s: %v", test.body, data)
		}
	}
}
