package sandbox

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"packbench/internal/platform"
)

// ask sends a signed call of a shop and gives its code and data. A body of "" is none; the query is a=b&c=d.
func (s *Sandbox) ask(t *testing.T, shopID, method, path, query, body string) (int, object) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	who := s.Credentials()
	values.Set("app_key", who.AppKey)
	values.Set("timestamp", strconv.FormatInt(s.clock().Unix(), 10))
	if shopID != "" {
		values.Set("shop_cipher", s.shopByID(shopID).Cipher)
	}
	values.Set("sign", platform.Sign(who.AppSecret, path, values, []byte(body)))
	r := httptest.NewRequest(method, path+"?"+values.Encode(), strings.NewReader(body))
	r.Header.Set("x-tts-access-token", who.AccessToken)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var said struct {
		Code int             `json:"code"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	if said.Code == 0 && w.Code != http.StatusOK {
		t.Errorf("%s %s: HTTP %d with code 0", method, path, w.Code)
	}
	data := object{}
	if len(said.Data) > 0 {
		if data, err = readObject(said.Data); err != nil {
			t.Fatal(err)
		}
	}
	return said.Code, data
}

func (s *Sandbox) get(t *testing.T, shopID, path, query string) (int, object) {
	t.Helper()
	return s.ask(t, shopID, http.MethodGet, path, query, "")
}

func (s *Sandbox) post(t *testing.T, shopID, path, query, body string) (int, object) {
	t.Helper()
	return s.ask(t, shopID, http.MethodPost, path, query, body)
}

// texts are the strings of an array field.
func (o object) texts(key string) []string {
	values, _ := o[key].([]any)
	var all []string
	for _, v := range values {
		if text, ok := v.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

// changed is an order with something replaced, which must be there.
func changed(t *testing.T, order, old, with string) string {
	t.Helper()
	if !strings.Contains(order, old) {
		t.Fatalf("no %s in %s", old, order)
	}
	return strings.ReplaceAll(order, old, with)
}

func bySellerOrder(t *testing.T, order string) string {
	t.Helper()
	return changed(t, order, `"shipping_type":"TIKTOK"`, `"shipping_type":"SELLER"`)
}

// Every call is there, wants its method, and refuses what is not the shop's.
func TestEveryCallRefusesStrangers(t *testing.T) {
	s := givenShops(t, shopUS+","+shopMY, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"))
	for _, e := range s.endpoints() {
		path := strings.NewReplacer("{package_id}", "9", "{order_id}", "1", "{cancel_id}", "4", "{warehouse_id}", "5",
			"{delivery_option_id}", "6").Replace(e.path)
		wrong := http.MethodGet
		if e.method == http.MethodGet {
			wrong = http.MethodPost
		}
		if code, _ := s.ask(t, "72", wrong, path, "", "{}"); code != 36009010 {
			t.Errorf("%s %s: %d", wrong, path, code)
		}
		if !strings.Contains(e.path, "{") {
			continue
		}
		// A seller in the US asks about a package or order of the shop in Malaysia.
		if code, _ := s.ask(t, "72", e.method, path, "", `{"splittable_groups":[{"id":"1"}],"document_type":"SHIPPING_LABEL"}`); code == 0 {
			t.Errorf("%s %s was answered", e.method, path)
		}
	}
}

func TestShipHandover(t *testing.T) {
	var free, taken *slot
	id := 90
	for ; free == nil || taken == nil; id++ { // a package with both kinds
		free, taken = nil, nil
		for _, o := range offers(strconv.Itoa(id+1), "BR", now) {
			if o.Available {
				free = &o.slot
			} else {
				taken = &o.slot
			}
		}
	}
	packageID := strconv.Itoa(id)
	text := func(s slot) string {
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for name, test := range map[string]struct {
		body   string
		code   int
		method string
		slot   *slot
	}{
		"nothing asked":  {`{}`, 0, handover(&parcel{id: packageID}), nil},
		"drop off":       {`{"handover_method":"DROP_OFF"}`, 0, "DROP_OFF", nil},
		"pick up":        {`{"handover_method":"PICKUP","pickup_slot":` + text(*free) + `}`, 0, "PICKUP", free},
		"taken":          {`{"handover_method":"PICKUP","pickup_slot":` + text(*taken) + `}`, 21011053, "", nil},
		"never offered":  {`{"handover_method":"PICKUP","pickup_slot":{"start_time":1,"end_time":2}}`, 21011053, "", nil},
		"no such method": {`{"handover_method":"BY_HAND"}`, 21001001, "", nil},
		"no JSON":        {`{`, 36009004, "", nil},
		"nothing at all": {``, 36009004, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, `{"id":"71","region":"BR"}`, anOrder("71", "1", "AWAITING_SHIPMENT", packageID, "A"))
			code, _ := s.post(t, "71", "/fulfillment/202309/packages/"+packageID+"/ship", "", test.body)
			if code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			if code != 0 {
				if s.stageOf(t, packageID) != toShip {
					t.Error("refused and shipped")
				}
				return
			}
			_, detail := s.get(t, "71", "/fulfillment/202309/packages/"+packageID, "")
			got := detail.child("pickup_slot")
			if detail.text("handover_method") != test.method || (got == nil) != (test.slot == nil || test.method == "DROP_OFF") ||
				got != nil && got.number("start_time") != test.slot.Start {
				t.Errorf("detail %v", detail)
			}
		})
	}
}

// Where the platform or the Seller Center decides, what a call says about the hand-over does not count.
func TestHandoverThatIsNotAsked(t *testing.T) {
	for _, region := range []string{"MY", "GB", "DE"} {
		for _, method := range []string{"PICKUP", "DROP_OFF"} {
			s := givenShops(t, `{"id":"71","region":"`+region+`"}`, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"))
			if code, _ := s.post(t, "71", "/fulfillment/202309/packages/9/ship", "", `{"handover_method":"`+method+`"}`); code != 0 {
				t.Fatal(code)
			}
			if _, detail := s.get(t, "71", "/fulfillment/202309/packages/9", ""); detail.text("handover_method") != handover(&parcel{id: "9"}) {
				t.Errorf("%s, %s: %s", region, method, detail.text("handover_method"))
			}
		}
	}
}

func TestSlots(t *testing.T) {
	s := givenShops(t, `{"id":"71","region":"GB"},`+shopUS,
		anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A")+","+anOrder("71", "2", "CANCELLED", "8", "A")+","+
			bySellerOrder(t, anOrder("71", "3", "AWAITING_SHIPMENT", "7", "A"))+","+anOrder("72", "4", "AWAITING_SHIPMENT", "", "A", "B"))
	code, data := s.get(t, "71", "/fulfillment/202309/packages/9/handover_time_slots", "")
	slots := data.list("pickup_slots")
	if code != 0 || !data.truth("can_pickup") || !data.truth("can_drop_off") || len(slots) < 4 {
		t.Fatalf("%d, %v", code, data)
	}
	if _, uk := data["can_van_collection"]; !uk {
		t.Error("no can_van_collection in the UK")
	}
	for _, o := range slots {
		if _, spelt := o["avaliable"].(bool); !spelt || o.number("start_time") <= now.Unix() || o.number("end_time") <= o.number("start_time") {
			t.Errorf("slot %v", o)
		}
	}
	for path, want := range map[string]int{
		"/fulfillment/202309/packages/8/handover_time_slots": 21011041,
		"/fulfillment/202309/packages/7/handover_time_slots": 11021009,
		"/fulfillment/202309/orders/1/handover_time_slots":   21008106,
	} {
		if code, _ := s.get(t, "71", path, ""); code != want {
			t.Errorf("%s: %d, want %d", path, code, want)
		}
	}
	if code, data := s.get(t, "72", "/fulfillment/202309/orders/4/handover_time_slots", "order_line_item_ids=401,402"); code != 0 || len(data.list("pickup_slots")) == 0 {
		t.Errorf("of an order: %d, %v", code, data)
	}
	if code, _ := s.get(t, "72", "/fulfillment/202309/orders/4/handover_time_slots", "order_line_item_ids=499"); code != 21001001 {
		t.Errorf("of a strange line: %d", code)
	}
}

func TestSelfShipment(t *testing.T) {
	by := carriers("MY")[1]
	body := func(number, provider string) string {
		return `{"self_shipment":{"tracking_number":"` + number + `","shipping_provider_id":"` + provider + `"}}`
	}
	for name, test := range map[string]struct {
		body string
		code int
	}{
		"right":          {body("OWN-12345", by.ID), 0},
		"none":           {`{}`, 21001001},
		"no number":      {body("", by.ID), 21001001},
		"no carrier":     {body("OWN-12345", ""), 21001001},
		"strange":        {body("OWN-12345", "1"), 11028006},
		"not a number":   {body("?? ??", by.ID), 21011022},
		"another's":      {body("TAKEN1", by.ID), 21011025},
		"too short":      {body("A1", by.ID), 21011022},
		"also a carrier": {body("OWN-12345", carriers("MY")[0].ID), 0},
	} {
		t.Run(name, func(t *testing.T) {
			other := changed(t, anOrder("71", "2", "AWAITING_COLLECTION", "8", "A"), `"update_time"`, `"tracking_number":"TAKEN1","update_time"`)
			s := givenShops(t, shopMY, bySellerOrder(t, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"))+","+other)
			code, _ := s.post(t, "71", "/fulfillment/202309/packages/9/ship", "", test.body)
			if code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			if o := s.read(t, "1"); code == 0 && (o.text("tracking_number") != "OWN-12345" || o.text("status") != "AWAITING_COLLECTION") {
				t.Errorf("order %v", o)
			}
		})
	}
}

func TestBatchShip(t *testing.T) {
	orders := []string{
		anOrder("71", "1", "AWAITING_SHIPMENT", "91", "A"), anOrder("71", "2", "CANCELLED", "92", "A"),
		anOrder("71", "3", "AWAITING_COLLECTION", "93", "A"), anOrder("71", "4", "ON_HOLD", "94", "A"),
		anOrder("71", "5", "AWAITING_SHIPMENT", "95", "A"),
		changed(t, anOrder("71", "6", "AWAITING_SHIPMENT", "96", "A"), `"update_time"`, `"is_buyer_request_cancel":true,"update_time"`),
	}
	s := givenShops(t, shopMY, strings.Join(orders, ","))
	const path = "/fulfillment/202309/packages/ship"
	code, data := s.post(t, "71", path, "", `{"packages":[{"id":"91"},{"id":"92"},{"id":"93"},{"id":"94"},{"id":"95"},{"id":"96"},{"id":"97"},{"id":"91"}]}`)
	want := map[string]int64{"92": 21011041, "93": 21011040, "94": 21011044, "96": 21008044, "97": 21011028, "91": 21011040}
	failed := data.list("errors")
	if code != 0 || len(failed) != len(want) {
		t.Fatalf("%d, %v", code, data)
	}
	for _, f := range failed {
		if id := f.child("detail").text("package_id"); f.number("code") != want[id] || f.text("message") == "" {
			t.Errorf("%s: %v, want %d", id, f, want[id])
		}
	}
	if s.stageOf(t, "91") != arranged || s.stageOf(t, "95") != arranged || s.stageOf(t, "96") != toShip {
		t.Error("the rest was not shipped, or too much was")
	}
	if code, data := s.post(t, "71", path, "", `{"packages":[{"id":"93"}]}`); code != 0 || len(data.list("errors")) != 1 {
		t.Errorf("%d, %v", code, data)
	}
	for body, message := range map[string]int{
		`{"package_id":"91"}`: 36009004, `{}`: 36009004, `{"packages":[{}]}`: 36009004,
		`{"packages":[` + strings.Repeat(`{"id":"91"},`, 100) + `{"id":"91"}]}`: 36009004,
	} {
		if code, _ := s.post(t, "71", path, "", body); code != message {
			t.Errorf("%.40s: %d, want %d", body, code, message)
		}
	}
}

// A missing parameter is named as the platform's validator names it (platform API 4.1).
func TestValidatorNamesTheField(t *testing.T) {
	s := givenShops(t, shopMY, "")
	for message, ask := range map[string]struct {
		serve func(call) (any, *refusal)
		body  string
	}{
		"Packages is a required field":           {s.batchShip, `{"package_id":"1"}`},
		"CombinablePackages is a required field": {s.combine, `{}`},
		"OrderID is a required field":            {s.cancelOrderCall, `{}`},
		"PageSize is a required field":           {s.searchPackages, `{}`},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header.Set("Content-Type", "application/json")
		if _, refused := ask.serve(call{r, "71", []byte(ask.body)}); refused == nil || refused.code != 36009004 || refused.message != message {
			t.Errorf("%+v, want %s", refused, message)
		}
	}
}

func TestInvoiceFirst(t *testing.T) {
	for state, want := range map[string]int{"NEED_INVOICE": 21004006, "INVOICE_PROCESSING": 21004019, "INVOICE_UPLOADED": 0, "NO_NEED": 0} {
		order := changed(t, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"), `"update_time"`, `"need_upload_invoice":"`+state+`","update_time"`)
		s := givenShops(t, `{"id":"71","region":"BR"}`, order)
		if code, _ := s.post(t, "71", "/fulfillment/202309/packages/9/ship", "", "{}"); code != want {
			t.Errorf("%s: %d, want %d", state, code, want)
		}
	}
}

func TestSearchPackages(t *testing.T) {
	var orders []string
	for i, status := range []string{"AWAITING_SHIPMENT", "AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED", "CANCELLED", "AWAITING_COLLECTION", "ON_HOLD"} {
		order := anOrder("71", strconv.Itoa(i+1), status, strconv.Itoa(91+i), "A")
		orders = append(orders, changed(t, order, `"update_time":`, `"update_time":1`+strconv.Itoa(i)+`,"was":`))
	}
	s := givenShops(t, shopMY+","+shopUS, strings.Join(orders, ",")+","+anOrder("72", "20", "AWAITING_SHIPMENT", "80", "A"))
	const path = "/fulfillment/202309/packages/search"
	for _, test := range []struct {
		query, body string
		code        int
		want        string
		total       int64
	}{
		{"page_size=50&sort_field=update_time&sort_order=ASC", `{}`, 0, "91 92 93 94 95 96 97", 7},
		{"page_size=50&sort_field=update_time", `{}`, 0, "97 96 95 94 93 92 91", 7},
		{"page_size=2&sort_field=update_time", `{}`, 0, "97 96", 7},
		{"page_size=50&sort_order=ASC", `{"package_status":"PROCESSING"}`, 0, "92 96", 2},
		{"page_size=50", `{"package_status":"FULFILLING"}`, 0, "93", 1},
		{"page_size=50", `{"package_status":"COMPLETED"}`, 0, "94", 1},
		{"page_size=50", `{"package_status":"CANCELLED"}`, 0, "95", 1},
		{"page_size=50&sort_field=update_time&sort_order=ASC", `{"update_time_ge":11,"update_time_lt":13}`, 0, "92 93", 2},
		{"page_size=50&sort_field=order_pay_time", `{"create_time_lt":5}`, 0, "", 0},
		{"page_size=51", `{}`, 36009004, "", 0},
		{"", `{}`, 36009004, "", 0},
		{"page_size=5", `{"package_status":"TO_FULFILL"}`, 36009004, "", 0},
		{"page_size=5&sort_field=name", `{}`, 36009004, "", 0},
		{"page_size=5&sort_order=UP", `{}`, 36009004, "", 0},
		{"page_size=5&page_token=x", `{}`, 36009004, "", 0},
	} {
		code, data := s.post(t, "71", path, test.query, test.body)
		var ids []string
		for _, p := range data.list("packages") {
			ids = append(ids, p.text("id"))
		}
		if got := strings.Join(ids, " "); code != test.code || got != test.want || data.number("total_count") != test.total {
			t.Errorf("%s %s: %d, %s of %d; want %s", test.query, test.body, code, got, data.number("total_count"), test.want)
		}
	}
	seen, token := []string{}, ""
	for range 9 {
		_, data := s.post(t, "71", path, "page_size=3&sort_order=ASC&page_token="+url.QueryEscape(token), `{}`)
		for _, p := range data.list("packages") {
			seen = append(seen, p.text("id"))
		}
		if token = data.text("next_page_token"); token == "" {
			break
		}
	}
	if strings.Join(seen, " ") != "91 92 93 94 95 96 97" {
		t.Errorf("in pages: %v", seen)
	}
}
