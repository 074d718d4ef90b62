package sandbox

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// askedOrder is an order whose buyer asks for its cancellation since a time.
func askedOrder(t *testing.T, shop, id, status string, since int64) string {
	t.Helper()
	return changed(t, anOrder(shop, id, status, "9"+id, "A", "B"), `"update_time"`,
		`"is_buyer_request_cancel":true,"request_cancel_time":`+itoa(since)+`,"update_time"`)
}

// requestID is the id of the request of an order.
func (s *Sandbox) requestID(t *testing.T, orderID string) string {
	t.Helper()
	if c := s.pendingOf(orderID); c != nil {
		return c.id
	}
	t.Fatalf("no request in %s", orderID)
	return ""
}

func TestSearchCancellations(t *testing.T) {
	at := now.Unix()
	s := givenShops(t, shopMY+","+shopUS, strings.Join([]string{
		askedOrder(t, "71", "1", "AWAITING_SHIPMENT", at-300),
		changed(t, anOrder("71", "2", "CANCELLED", "92", "A"), `"update_time"`, `"cancel_time":`+itoa(at-7200)+`,"cancellation_initiator":"SYSTEM","cancel_reason":"Automatically cancelled due to collection time out","update_time"`),
		changed(t, anOrder("71", "3", "CANCELLED", "93", "A"), `"update_time"`, `"cancel_time":`+itoa(at-60)+`,"cancellation_initiator":"BUYER","cancel_reason":"No longer needed","update_time"`),
		anOrder("71", "4", "AWAITING_SHIPMENT", "94", "A"), askedOrder(t, "72", "5", "AWAITING_SHIPMENT", at-100),
	}, ","))
	const path = "/return_refund/202309/cancellations/search"
	for _, test := range []struct {
		query, body string
		code        int
		orders      string
	}{
		{"", `{}`, 0, "2 1 3"}, {"sort_order=DESC", `{}`, 0, "3 1 2"}, {"sort_field=update_time", `{}`, 0, "2 1 3"}, {"page_size=1", `{}`, 0, "2"},
		{"", `{"order_ids":["1","4"]}`, 0, "1"}, {"", `{"cancel_types":["BUYER_CANCEL"]}`, 0, "1"}, {"", `{"cancel_types":["CANCEL"]}`, 0, "2 3"},
		{"", `{"cancel_status":["CANCELLATION_REQUEST_PENDING"]}`, 0, "1"}, {"", `{"cancel_status":["CANCELLATION_REQUEST_SUCCESS"]}`, 0, "3"},
		{"", `{"cancel_status":["CANCELLATION_REQUEST_COMPLETE"]}`, 0, "2"}, {"", `{"cancel_status":["CANCELLATION_REQUEST_CANCEL"]}`, 0, ""},
		{"", `{"buyer_user_ids":["u3"]}`, 0, "3"}, {"", `{"create_time_ge":` + itoa(at-300) + `,"create_time_lt":` + itoa(at-60) + `}`, 0, "1"},
		{"", `{"update_time_ge":` + itoa(at-299) + `}`, 0, "3"}, {"page_size=51", `{}`, 36009004, ""}, {"page_size=0", `{}`, 36009004, ""},
		{"", `{"cancel_status":["WAITING"]}`, 36009004, ""}, {"", `{"cancel_types":["X"]}`, 36009004, ""}, {"sort_order=UP", `{}`, 36009004, ""},
		{"sort_field=name", `{}`, 36009004, ""}, {"", ``, 36009004, ""},
	} {
		code, data := s.post(t, "71", path, test.query, test.body)
		var orders []string
		for _, c := range data.list("cancellations") {
			orders = append(orders, c.text("order_id"))
		}
		if got := strings.Join(orders, " "); code != test.code || got != test.orders {
			t.Errorf("%s %s: %d, %s; want %d, %s", test.query, test.body, code, got, test.code, test.orders)
		}
	}
	_, data := s.post(t, "71", path, "", `{"order_ids":["1"],"locale":"zh-CN"}`)
	c := data.list("cancellations")[0]
	next := c.list("seller_next_action_response")
	if c.text("role") != "BUYER" || c.text("cancel_reason_text") != "不再需要" || len(next) != 1 || next[0].text("action") != "SELLER_RESPOND_CANCEL" ||
		next[0].number("deadline") != at-300+48*3600 || c.child("refund_amount").text("refund_total") != "25.00" || len(c.list("cancel_line_items")) != 2 {
		t.Errorf("cancellation %v", c)
	}
	_, data = s.post(t, "71", path, "", `{"order_ids":["2"]}`)
	c = data.list("cancellations")[0]
	if c.text("role") != "SYSTEM" || c.text("cancel_reason") != "system_cancel_order_reason_collection_timeout" || len(c.list("seller_next_action_response")) != 0 {
		t.Errorf("cancellation %v", c)
	}
	seen, token := 0, ""
	for range 5 {
		_, data := s.post(t, "71", path, "page_size=1&page_token="+strings.NewReplacer("+", "%2B", "=", "%3D").Replace(token), `{}`)
		seen += len(data.list("cancellations"))
		if token = data.text("next_page_token"); token == "" {
			break
		}
	}
	if seen != 3 {
		t.Errorf("%d in pages", seen)
	}
}

func TestPartsInTheNewVersion(t *testing.T) {
	s := givenShops(t, shopMY, changed(t, bundleOrder("71", "1", "9"), `"create_time"`, `"is_buyer_request_cancel":true,"create_time"`))
	for version, want := range map[string]int{"202309": 0, "202602": 2} {
		_, data := s.post(t, "71", "/return_refund/"+version+"/cancellations/search", "", `{}`)
		line := data.list("cancellations")[0].list("cancel_line_items")[0]
		if parts := line.list("cancel_sub_line_items"); len(parts) != want {
			t.Errorf("%s: %v", version, line)
		}
	}
}

func TestAnswerRequests(t *testing.T) {
	const packed = `{"reject_reason":"seller_reject_apply_product_has_been_packed","comment":"đã đóng gói"}`
	for name, test := range map[string]struct {
		status, act, body string
		code              int
		after             string
	}{
		"approve":           {"AWAITING_SHIPMENT", "approve", "", 0, "CANCELLED"},
		"approve, arranged": {"AWAITING_COLLECTION", "approve", "", 0, "CANCELLED"},
		"approve, gone":     {"IN_TRANSIT", "approve", "", 25001045, "IN_TRANSIT"},
		"reject":            {"AWAITING_SHIPMENT", "reject", packed, 0, "AWAITING_SHIPMENT"},
		"no reason":         {"AWAITING_SHIPMENT", "reject", `{}`, 36009004, "AWAITING_SHIPMENT"},
		"own reason":        {"AWAITING_SHIPMENT", "reject", `{"reject_reason":"because"}`, 25001014, "AWAITING_SHIPMENT"},
		"not of this place": {"AWAITING_SHIPMENT", "reject", `{"reject_reason":"system_cancel_failed_due_to_tts"}`, 25001014, "AWAITING_SHIPMENT"},
		"image without id":  {"AWAITING_SHIPMENT", "reject", strings.Replace(packed, `{`, `{"images":[{}],`, 1), 36009004, "AWAITING_SHIPMENT"},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, shopMY, askedOrder(t, "71", "1", test.status, now.Unix()-60))
			path := "/return_refund/202309/cancellations/" + s.requestID(t, "1") + "/" + test.act
			for range 2 { // the same key, the same answer
				if code, _ := s.post(t, "71", path, "idempotency_key=k1", test.body); code != test.code {
					t.Errorf("code %d, want %d", code, test.code)
				}
			}
			o := s.read(t, "1")
			if o.text("status") != test.after || test.code == 0 && (o.truth("is_buyer_request_cancel") || o.number("update_time") != now.Unix()) {
				t.Errorf("order %v", o)
			}
			if test.code != 0 {
				return
			}
			want := map[string]int{"approve": 25020010, "reject": 25011011}[test.act]
			if code, _ := s.post(t, "71", path, "idempotency_key=k2", test.body); code != want {
				t.Errorf("again: %d, want %d", code, want)
			}
		})
	}
	s := givenShops(t, shopMY, askedOrder(t, "71", "1", "AWAITING_SHIPMENT", now.Unix()-60))
	if code, _ := s.post(t, "71", "/return_refund/202309/cancellations/7/approve", "", ""); code != 25007006 {
		t.Errorf("unknown: %d", code)
	}
	if code, _ := s.post(t, "71", "/return_refund/202309/cancellations/7/approve", "idempotency_key="+strings.Repeat("k", 256), ""); code != 36009004 {
		t.Errorf("a long key: %d", code)
	}
}

func TestAcceptedBecomesRefunded(t *testing.T) {
	at := now
	s, err := New(Options{Data: []byte(`{"shops":[` + shopMY + `],"orders":[` + askedOrder(t, "71", "1", "AWAITING_SHIPMENT", now.Unix()-60) + `]}`),
		Now: func() time.Time { return at }, Clock: fixed})
	if err != nil {
		t.Fatal(err)
	}
	if code, _ := s.post(t, "71", "/return_refund/202309/cancellations/"+s.requestID(t, "1")+"/approve", "", ""); code != 0 {
		t.Fatal(code)
	}
	for after, want := range map[time.Duration]string{0: requestAccepted, refundTakes - time.Second: requestAccepted, refundTakes: requestRefunded} {
		at = now.Add(after)
		_, data := s.post(t, "71", "/return_refund/202309/cancellations/search", "", `{}`)
		if got := data.list("cancellations")[0].text("cancel_status"); got != want {
			t.Errorf("after %v: %s, want %s", after, got, want)
		}
	}
}

func TestShippingRejectsInTheUS(t *testing.T) {
	s := givenShops(t, shopUS, askedOrder(t, "72", "1", "AWAITING_SHIPMENT", now.Unix()-60))
	if code, _ := s.post(t, "72", "/fulfillment/202309/packages/91/ship", "", "{}"); code != 0 {
		t.Fatal(code)
	}
	if s.pendingOf("1") != nil || s.stops[0].status != requestClosed || s.read(t, "1").truth("is_buyer_request_cancel") {
		t.Errorf("request %+v", s.stops[0])
	}
}

func TestCancelOrder(t *testing.T) {
	const stock = "seller_cancel_reason_out_of_stock"
	for name, test := range map[string]struct {
		shop, status, body string
		code               int
		after              string
	}{
		"whole":              {shopMY, "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 0, "CANCELLED"},
		"unpaid":             {shopMY, "UNPAID", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 0, "CANCELLED"},
		"no order":           {shopMY, "AWAITING_SHIPMENT", `{"cancel_reason":"` + stock + `"}`, 36009004, ""},
		"no reason":          {shopMY, "AWAITING_SHIPMENT", `{"order_id":"1"}`, 36009004, ""},
		"own reason":         {shopMY, "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"tired"}`, 25001021, ""},
		"gone in SEA":        {shopMY, "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + reasonUndeliverable + `"}`, 25001021, ""},
		"here it is":         {shopDE, "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + reasonUndeliverable + `"}`, 0, "CANCELLED"},
		"buyer asked, in US": {shopAs(shopUS), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + reasonBuyerAsked + `"}`, 0, "CANCELLED"},
		"without suffix":     {shopAs(shopGB), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 25001021, ""},
		"with suffix":        {shopAs(shopGB), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `_uk"}`, 0, "CANCELLED"},
		"arranged":           {shopMY, "AWAITING_COLLECTION", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 25001003, ""},
		"arranged, in US":    {shopAs(shopUS), "AWAITING_COLLECTION", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 0, "CANCELLED"},
		"gone":               {shopMY, "IN_TRANSIT", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 25001045, ""},
		"twice":              {shopMY, "CANCELLED", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 25020009, ""},
		"on hold":            {shopMY, "ON_HOLD", `{"order_id":"1","cancel_reason":"` + stock + `"}`, 25001003, ""},
		"a line":             {shopAs(shopUS), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `","order_line_item_ids":["102"]}`, 0, "AWAITING_SHIPMENT"},
		"a line, in SEA":     {shopMY, "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `","order_line_item_ids":["102"]}`, 25001046, ""},
		"a line, wrong why":  {shopAs(shopUS), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"seller_cancel_reason_wrong_price","order_line_item_ids":["102"]}`, 25001046, ""},
		"all lines":          {shopMY, "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `","order_line_item_ids":["101","102","103"]}`, 0, "CANCELLED"},
		"a strange line":     {shopAs(shopUS), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `","order_line_item_ids":["7"]}`, 25020004, ""},
		"one of a SKU":       {shopAs(shopUS), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `","skus":[{"sku_id":"17A","quantity":1}]}`, 0, "AWAITING_SHIPMENT"},
		"too many":           {shopAs(shopUS), "AWAITING_SHIPMENT", `{"order_id":"1","cancel_reason":"` + stock + `","skus":[{"sku_id":"17A","quantity":3}]}`, 25020003, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, test.shop, anOrder("71", "1", test.status, "9", "A", "B", "A"))
			code, data := s.post(t, "71", "/return_refund/202309/cancellations", "", test.body)
			if code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			o := s.read(t, "1")
			if code != 0 {
				if o.text("status") != test.status {
					t.Error("refused and cancelled")
				}
				return
			}
			if o.text("status") != test.after || data.text("cancel_id") == "" || data.text("cancel_status") != requestAccepted {
				t.Errorf("%v, order %v", data, o)
			}
			_, list := s.post(t, "71", "/return_refund/202602/cancellations/search", "", `{"cancel_ids":["`+data.text("cancel_id")+`"]}`)
			if rows := list.list("cancellations"); len(rows) != 1 || rows[0].text("role") != "SELLER" || rows[0].text("cancel_type") != "CANCEL" {
				t.Errorf("record %v", list)
			}
		})
	}
}

const shopDE = `{"id":"71","region":"DE"}`

// shopAs gives a shop the id of the orders' shop.
func shopAs(shop string) string {
	return strings.NewReplacer(`"72"`, `"71"`, `"73"`, `"71"`).Replace(shop)
}

func TestRejectReasons(t *testing.T) {
	for region, want := range map[string]struct {
		names int
		first string
	}{"MY": {4, rejectInvalid}, "ID": {5, rejectInvalid}, "GB": {4, rejectInvalid + "_uk"}} {
		s := givenShops(t, `{"id":"71","region":"`+region+`"}`, askedOrder(t, "71", "1", "AWAITING_SHIPMENT", now.Unix()-60))
		for locale, text := range map[string]string{"zh-CN": "取消原因不成立", "en-US": "Invalid reason for cancellation", "": "Invalid reason for cancellation"} {
			code, data := s.get(t, "71", "/return_refund/202309/reject_reasons", "return_or_cancel_id="+s.requestID(t, "1")+"&locale="+locale)
			reasons := data.list("reasons")
			if code != 0 || len(reasons) != want.names || reasons[0].text("name") != want.first || reasons[0].text("text") != text {
				t.Errorf("%s %s: %d, %v", region, locale, code, data)
			}
		}
		if code, _ := s.get(t, "71", "/return_refund/202309/reject_reasons", ""); code != 36009004 {
			t.Errorf("without id: %d", code)
		}
		if code, _ := s.get(t, "71", "/return_refund/202309/reject_reasons", "return_or_cancel_id=7"); code != 25007006 {
			t.Errorf("unknown id: %d", code)
		}
	}
}

func TestAftersaleEligibility(t *testing.T) {
	for _, test := range []struct {
		status, who             string
		cancel, back            bool
		cancelCode, returnsCode int64
	}{
		{"AWAITING_SHIPMENT", "SELLER", true, false, 0, 25001003}, {"AWAITING_SHIPMENT", "BUYER", true, false, 0, 25001003},
		{"AWAITING_COLLECTION", "SELLER", false, false, 25001003, 25001003}, {"AWAITING_COLLECTION", "BUYER", true, false, 0, 25001003},
		{"DELIVERED", "SELLER", false, true, 25001045, 0}, {"CANCELLED", "SELLER", false, false, 25020009, 25001003},
	} {
		s := givenShops(t, shopMY, anOrder("71", "1", test.status, "9", "A", "B", "A"))
		code, data := s.get(t, "71", "/return_refund/202309/orders/1/aftersale_eligibility", "initiate_aftersale_user="+test.who)
		skus := data.list("sku_eligibility")
		if code != 0 || len(skus) != 2 || skus[0].text("sku_id") != "17A" {
			t.Fatalf("%d, %v", code, data)
		}
		kinds := skus[0].list("line_item_eligibility")
		if len(kinds) != 3 || kinds[0].truth("eligible") != test.cancel || kinds[0].number("ineligible_code") != test.cancelCode ||
			kinds[1].truth("eligible") != test.back || kinds[2].number("ineligible_code") != test.returnsCode ||
			strings.Join(kinds[0].texts("order_line_items_ids"), " ") != "101 103" {
			t.Errorf("%s by %s: %v", test.status, test.who, kinds)
		}
		if code, _ := s.get(t, "71", "/return_refund/202309/orders/1/aftersale_eligibility", "initiate_aftersale_user=ME"); code != 36009004 {
			t.Errorf("nobody: %d", code)
		}
	}
}

func TestSearchReturns(t *testing.T) {
	s := givenShops(t, shopMY, anOrder("71", "1", "DELIVERED", "9", "A"))
	for _, test := range []struct {
		query, body string
		code        int
	}{
		{"", `{}`, 0}, {"page_size=10", `{"return_types":["REFUND"]}`, 0}, {"page_size=9", `{}`, 36009004}, {"page_size=51", `{}`, 36009004},
		{"", `{"return_types":["GIFT"]}`, 36009004}, {"", `{"arbitration_status":["X"]}`, 36009004}, {"sort_field=x", `{}`, 36009004}, {"", ``, 36009004},
	} {
		code, data := s.post(t, "71", "/return_refund/202309/returns/search", test.query, test.body)
		if rows, listed := data["return_orders"].([]any); code != test.code || code == 0 && (!listed || len(rows) != 0) {
			t.Errorf("%s %s: %d, %v", test.query, test.body, code, data)
		}
	}
}
