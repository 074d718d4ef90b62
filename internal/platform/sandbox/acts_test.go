package sandbox

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// givenShops makes a sandbox of shops and orders that a test writes down.
func givenShops(t *testing.T, shops, orders string) *Sandbox {
	t.Helper()
	return made(t, Options{Data: []byte(`{"shops":[` + shops + `],"orders":[` + orders + `]}`)})
}

const (
	shopMY = `{"id":"71","name":"Lantern","region":"MY","seller_type":"LOCAL"}`
	shopUS = `{"id":"72","name":"Lantern US","region":"US","seller_type":"LOCAL"}`
)

// anOrder is an order of the shop with lines of the given SKUs, in the package if one is named.
func anOrder(shop, id, status, packageID string, skus ...string) string {
	var lines []string
	shown := status
	if status == "ON_HOLD" || status == "PARTIALLY_SHIPPING" {
		shown = "AWAITING_SHIPMENT"
	}
	for i, sku := range skus {
		in := ""
		if packageID != "" {
			in = fmt.Sprintf(`,"package_id":%q,"package_status":"TO_FULFILL"`, packageID)
		}
		lines = append(lines, fmt.Sprintf(`{"id":"%s%02d","sku_id":"17%s","seller_sku":%q,"product_name":"Demo %s","display_status":%q,"sale_price":"10.00","currency":"MYR"%s}`,
			id, i+1, sku, sku, sku, shown, in))
	}
	packages := ""
	if packageID != "" {
		packages = fmt.Sprintf(`,"packages":[{"id":%q}]`, packageID)
	}
	return fmt.Sprintf(`{"id":%q,"shop_id":%q,"status":%q,"fulfillment_type":"FULFILLMENT_BY_SELLER","shipping_type":"TIKTOK","user_id":"u%s",
		"warehouse_id":"7495000000000000101","create_time":%d,"paid_time":%d,"update_time":%d,"line_items":[%s]%s,
		"payment":{"currency":"MYR","sub_total":"20.00","shipping_fee":"5.00","tax":"0","total_amount":"25.00"},
		"recipient_address":{"name":"N*** A***h","full_address":"Malaysia, Perak, Kinta,B1****","address_detail":"B1****"}}`,
		id, shop, status, id, now.Unix()-7200, now.Unix()-7000, now.Unix()-3600, strings.Join(lines, ","), packages)
}

// read is an order as it is kept.
func (s *Sandbox) read(t *testing.T, id string) object {
	t.Helper()
	o, err := readObject(s.orders[id].json)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestTouchIsAlwaysNewer(t *testing.T) {
	s := givenShops(t, shopMY, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"))
	o := s.read(t, "1")
	o["update_time"] = now.Add(time.Hour).Unix() // before the given now
	for last := o.number("update_time"); last < now.Add(time.Hour).Unix()+3; {
		s.touch(o)
		if o.number("update_time") <= last {
			t.Fatalf("%d after %d", o.number("update_time"), last)
		}
		last = o.number("update_time")
	}
}

func TestCarrier(t *testing.T) {
	s := givenShops(t, shopMY, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A", "B"))
	p := s.parcels["9"]
	if s.collect(p) == nil || s.deliver(p) == nil || s.complete(s.read(t, "1"), "71") == nil {
		t.Error("a parcel that is not arranged was carried")
	}
	before := s.orders["1"].updated
	for _, step := range []struct {
		act           func() error
		status, field string
		pack          string
	}{
		{func() error { return s.shipElsewhere(p) }, "AWAITING_COLLECTION", "rts_time", "PROCESSING"},
		{func() error { return s.collect(p) }, "IN_TRANSIT", "collection_time", "FULFILLING"},
		{func() error { return s.deliver(p) }, "DELIVERED", "delivery_time", "COMPLETED"},
		{func() error { return s.complete(s.read(t, "1"), "71") }, "COMPLETED", "delivery_time", "COMPLETED"},
	} {
		if err := step.act(); err != nil {
			t.Fatalf("%s: %v", step.status, err)
		}
		o := s.read(t, "1")
		for _, line := range o.list("line_items") {
			if line.text("display_status") != step.status || line.text("package_status") != step.pack || line.text("tracking_number") == "" {
				t.Errorf("%s: line %v", step.status, line)
			}
		}
		if o.text("status") != step.status || o.number(step.field) == 0 || o.number("update_time") <= before {
			t.Errorf("%s: order %v", step.status, o)
		}
		before = o.number("update_time")
	}
	if err := s.shipElsewhere(p); err == nil {
		t.Error("a delivered parcel was shipped")
	}
}

// Of two packages one may be ahead: the order follows the last one, and the first keeps its own state.
func TestPackagesOfOneOrderMoveByThemselves(t *testing.T) {
	order := anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A", "B")
	order = strings.Replace(order, `"package_id":"9"`, `"package_id":"8"`, 1)
	s := givenShops(t, shopMY, order)
	for _, step := range []struct {
		act        func() error
		status     string
		eight, nin stage
	}{
		{func() error { return s.shipElsewhere(s.parcels["8"]) }, "PARTIALLY_SHIPPING", arranged, toShip},
		{func() error { return s.collect(s.parcels["8"]) }, "PARTIALLY_SHIPPING", collected, toShip},
		{func() error { return s.shipElsewhere(s.parcels["9"]) }, "AWAITING_COLLECTION", collected, arranged},
		{func() error { return s.deliver(s.parcels["8"]) }, "AWAITING_COLLECTION", delivered, arranged},
		{func() error { return s.collect(s.parcels["9"]) }, "IN_TRANSIT", delivered, collected},
		{func() error { return s.deliver(s.parcels["9"]) }, "DELIVERED", delivered, delivered},
	} {
		if err := step.act(); err != nil {
			t.Fatal(err)
		}
		o := s.read(t, "1")
		if o.text("status") != step.status || s.stageOf(t, "8") != step.eight || s.stageOf(t, "9") != step.nin {
			t.Errorf("%s, packages at %d and %d; want %+v", o.text("status"), s.stageOf(t, "8"), s.stageOf(t, "9"), step)
		}
		for _, part := range s.orders["1"].shares {
			if at := s.stageOf(t, part.packageID); part.stage != at {
				t.Errorf("share of %s: %d, parcel %d", part.packageID, part.stage, at)
			}
		}
	}
}

func (s *Sandbox) stageOf(t *testing.T, packageID string) stage {
	t.Helper()
	parts, err := s.open(s.parcels[packageID])
	if err != nil {
		t.Fatal(err)
	}
	return parts.stage()
}

func TestRequestAndItsEnds(t *testing.T) {
	for name, test := range map[string]struct {
		end       func(*Sandbox, *cancellation) error
		status    string
		requested string
	}{
		"accepted": {func(s *Sandbox, c *cancellation) error { return s.endCancellation(c, requestAccepted) }, "CANCELLED", requestAccepted},
		"closed":   {func(s *Sandbox, c *cancellation) error { return s.endCancellation(c, requestClosed) }, "AWAITING_SHIPMENT", requestClosed},
		"overtaken": {func(s *Sandbox, c *cancellation) error {
			return s.cancelOrder(s.read(t, "1"), "71", byPlatform, "system_cancel_order_reason_shipping_timeout")
		}, "CANCELLED", requestClosed},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, shopMY, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A", "B"))
			c, err := s.requestCancel(s.read(t, "1"), "71", defaultBuyerReason)
			if err != nil {
				t.Fatal(err)
			}
			if o := s.read(t, "1"); !o.truth("is_buyer_request_cancel") || o.number("request_cancel_time") != now.Unix() ||
				c.deadline() != now.Unix()+48*3600 {
				t.Errorf("asked: %v, deadline %d", o, c.deadline())
			}
			if _, err := s.requestCancel(s.read(t, "1"), "71", defaultBuyerReason); err == nil {
				t.Error("a second request was taken")
			}
			if s.shipElsewhere(s.parcels["9"]) == nil {
				t.Error("shipped while a request waits")
			}
			if err := test.end(s, c); err != nil {
				t.Fatal(err)
			}
			o := s.read(t, "1")
			if o.text("status") != test.status || o.truth("is_buyer_request_cancel") || c.status != test.requested {
				t.Errorf("ended: %v, request %s", o, c.status)
			}
			if s.endCancellation(c, requestClosed) == nil {
				t.Error("ended twice")
			}
			for _, line := range o.list("line_items") {
				if line.text("display_status") != test.status {
					t.Errorf("line %v", line)
				}
			}
			if test.status == "CANCELLED" && (o.text("cancel_reason") == "" || o.number("cancel_time") == 0 || s.stageOf(t, "9") != cancelled) {
				t.Errorf("cancelled: %v", o)
			}
		})
	}
}

func TestTooLateToCancel(t *testing.T) {
	s := givenShops(t, shopMY, anOrder("71", "1", "IN_TRANSIT", "9", "A"))
	if _, err := s.requestCancel(s.read(t, "1"), "71", ""); err == nil {
		t.Error("a request was taken")
	}
	if s.cancelOrder(s.read(t, "1"), "71", byPlatform, "x") == nil || s.cancelLine(s.read(t, "1"), "71", "101", bySeller, "x") == nil ||
		s.changeAddress(s.read(t, "1"), "71") == nil || s.reform(s.parcels["9"], "71") == nil {
		t.Error("an order on its way was changed")
	}
}

// Of an order in two packages nothing is cancelled as a whole once a carrier has one of them.
func TestHalfOfItIsOnItsWay(t *testing.T) {
	order := strings.Replace(anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A", "B"), `"package_id":"9"`, `"package_id":"8"`, 1)
	s := givenShops(t, shopMY, order)
	if err := s.shipElsewhere(s.parcels["8"]); err != nil {
		t.Fatal(err)
	}
	c, err := s.requestCancel(s.read(t, "1"), "71", defaultBuyerReason)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.collect(s.parcels["8"]); err != nil {
		t.Fatal(err)
	}
	if c.status != requestClosed || s.read(t, "1").truth("is_buyer_request_cancel") {
		t.Errorf("the carrier was faster: %s", c.status)
	}
	if _, err := s.requestCancel(s.read(t, "1"), "71", defaultBuyerReason); err == nil {
		t.Error("a request was taken")
	}
	if s.cancelOrder(s.read(t, "1"), "71", byPlatform, "x") == nil || s.changeAddress(s.read(t, "1"), "71") == nil {
		t.Error("it was changed as a whole")
	}
	if code, _ := s.post(t, "71", "/return_refund/202309/cancellations", "", `{"order_id":"1","cancel_reason":"seller_cancel_reason_out_of_stock"}`); code != 25001045 {
		t.Errorf("by the seller: %d", code)
	}
	if err := s.cancelLine(s.read(t, "1"), "71", "102", byPlatform, "x"); err != nil {
		t.Error(err)
	}
	if o := s.read(t, "1"); o.text("status") != "IN_TRANSIT" {
		t.Errorf("what is left is %s", o.text("status"))
	}
}

func TestCancelLines(t *testing.T) {
	order := anOrder("71", "1", "PARTIALLY_SHIPPING", "9", "A", "B", "C")
	order = strings.Replace(order, `"display_status":"AWAITING_SHIPMENT"`, `"display_status":"AWAITING_COLLECTION"`, 1)
	s := givenShops(t, shopMY, order)
	for _, step := range []struct{ line, status string }{
		{"102", "PARTIALLY_SHIPPING"}, {"103", "AWAITING_COLLECTION"}, {"101", "CANCELLED"},
	} {
		if err := s.cancelLine(s.read(t, "1"), "71", step.line, bySeller, "seller_cancel_reason_out_of_stock"); err != nil {
			t.Fatal(err)
		}
		if o := s.read(t, "1"); o.text("status") != step.status {
			t.Errorf("without %s: %s, want %s", step.line, o.text("status"), step.status)
		}
	}
	if err := s.cancelLine(s.read(t, "1"), "71", "101", bySeller, "x"); err == nil {
		t.Error("a cancelled line was cancelled")
	}
	if len(s.stops) != 3 || s.stops[0].lines[0] != "102" || s.stops[0].role != bySeller {
		t.Errorf("records %+v", s.stops)
	}
}

func TestChangeAddress(t *testing.T) {
	s := givenShops(t, shopMY, anOrder("71", "1", "AWAITING_COLLECTION", "9", "A"))
	before := s.read(t, "1").child("recipient_address").text("full_address")
	if err := s.changeAddress(s.read(t, "1"), "71"); err != nil {
		t.Fatal(err)
	}
	o := s.read(t, "1")
	after := o.child("recipient_address").text("full_address")
	if !o.truth("has_updated_recipient_address") || after == before || !strings.HasPrefix(after, "Malaysia, Perak, Kinta,") {
		t.Errorf("from %s to %s", before, after)
	}
}

func TestReform(t *testing.T) {
	for _, status := range []string{"AWAITING_SHIPMENT", "AWAITING_COLLECTION"} {
		first, second := anOrder("71", "1", status, "9", "A"), anOrder("71", "2", status, "9", "B")
		s := givenShops(t, shopMY, first+","+second)
		if err := s.reform(s.parcels["9"], "71"); err != nil {
			t.Fatal(err)
		}
		if s.parcels["9"] != nil || len(s.parcels) != 1 {
			t.Errorf("parcels %v", s.parcels)
		}
		for id, p := range s.parcels {
			if len(p.orders) != 2 || p.id != id || (p.tracking != "") != (status == "AWAITING_COLLECTION") {
				t.Errorf("parcel %+v", p)
			}
			for _, orderID := range p.orders {
				o := s.read(t, orderID)
				line := o.list("line_items")[0]
				if ids := packageIDs(o); len(ids) != 1 || ids[0] != id || line.text("tracking_number") != p.tracking ||
					o.number("update_time") <= now.Unix()-3600 {
					t.Errorf("order %v", o)
				}
			}
		}
	}
}

func TestRelease(t *testing.T) {
	for name, test := range map[string]struct {
		shop, shopID, status, shipping string
		packages                       int
	}{
		"MY":              {shopMY, "71", "ON_HOLD", "TIKTOK", 1},
		"MY unpaid":       {shopMY, "71", "UNPAID", "TIKTOK", 1},
		"MY by seller":    {shopMY, "71", "ON_HOLD", "SELLER", 1},
		"US":              {shopUS, "72", "ON_HOLD", "TIKTOK", 0},
		"US by seller":    {shopUS, "72", "ON_HOLD", "SELLER", 0},
		"DE":              {`{"id":"73","region":"DE"}`, "73", "ON_HOLD", "TIKTOK", 1},
		"DE by seller":    {`{"id":"73","region":"DE"}`, "73", "ON_HOLD", "SELLER", 0},
		"a new market":    {`{"id":"73","region":"ZZ"}`, "73", "ON_HOLD", "TIKTOK", 1},
		"BR, by a seller": {`{"id":"73","region":"BR"}`, "73", "ON_HOLD", "SELLER", 1},
	} {
		t.Run(name, func(t *testing.T) {
			order := strings.Replace(anOrder(test.shopID, "1", test.status, "", "A", "B"), `"TIKTOK"`, `"`+test.shipping+`"`, 1)
			order = strings.Replace(order, `"full_address":"Malaysia, Perak, Kinta,B1****","address_detail":"B1****"`, `"full_address":""`, 1)
			s := givenShops(t, test.shop, order)
			if err := s.release(s.read(t, "1"), test.shopID); err != nil {
				t.Fatal(err)
			}
			o := s.read(t, "1")
			if ids := packageIDs(o); o.text("status") != "AWAITING_SHIPMENT" || len(ids) != test.packages || len(s.parcels) != test.packages ||
				o.number("rts_sla_time") == 0 || o.child("recipient_address").text("full_address") == "" {
				t.Errorf("released: %v", o)
			}
			if s.release(o, test.shopID) == nil {
				t.Error("released twice")
			}
			for id := range s.parcels {
				if at := s.stageOf(t, id); at != toShip {
					t.Errorf("package at %d", at)
				}
			}
		})
	}
}
