package platform

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

// sampleBody is the body of one of the sample answers.
func sampleBody(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var sample struct {
		Body json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(raw, &sample); err != nil {
		t.Fatal(err)
	}
	return sample.Body
}

func decodeOrders(t testing.TB, body []byte, shop order.Shop) []order.Order {
	t.Helper()
	var answer struct {
		Data struct {
			Orders []wireOrder `json:"orders"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	return ordersOf(answer.Data.Orders, shop)
}

func TestOrderInEveryField(t *testing.T) {
	shop := order.Shop{ID: "7", Market: "VN"}
	orders := decodeOrders(t, sampleBody(t, "02_order_detail_202507.json"), shop)
	want := order.Order{
		ID: "580100000000000006", ShopID: "7", Market: "VN", Status: order.AwaitingCollection, Type: "NORMAL",
		FulfillmentType: "FULFILLMENT_BY_SELLER", ShippingType: order.ByPlatform, WarehouseID: "7495000000000000101",
		Priority: 600, Currency: "VND",
		Provider: "J&T Express", WentThroughHold: true, CancelRequested: true, CancelRequestedAt: at(1793253000),
		CreatedAt: at(1793167200), PaidAt: at(1793167300), UpdatedAt: at(1793253000),
		Times: order.PlatformTimes{ArrangeBy: at(1793340100), CollectBy: at(1793426500), DeliverBy: at(1794031300),
			ArrangeOrCancelBy: at(1793512900), CollectOrCancelBy: at(1793772100)},
		ArrangedAt: time.Date(2026, 10, 29, 5, 0, 0, 0, time.UTC), PackageIDs: []string{"1153000000000000006"},
		Lines: []order.Line{{
			ID: "580100000000060001", SKUID: "1729000000000000031", SellerSKU: "BTL-500-BLU",
			ProductName: "Bình giữ nhiệt demo", VariantName: "500ml, Xanh",
			PictureURL: "https://p16-oec-sg.example-cdn.test/tos-alisg-i-demo/000031~tplv-origin.jpeg?from=520841845",
			Price:      21000000,
			Status:     order.AwaitingCollection, PackageID: "1153000000000000006", Tracking: "84000000000006",
		}},
	}
	if diff := cmp.Diff(want, orders[0]); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	bundle := orders[1].Lines[1]
	if len(bundle.Parts) != 2 || bundle.Parts[0].SellerSKU != "TEA-GRN" || bundle.Parts[1].ID != "577200000000070102" {
		t.Errorf("parts of the bundle: %+v", bundle.Parts)
	}
	if orders[1].ShippingType != order.BySeller || orders[1].Lines[2].Status != order.Cancelled || orders[1].PackageIDs != nil {
		t.Errorf("seller-shipped order: %+v", orders[1])
	}
}

func at(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }

func TestWireIsLenient(t *testing.T) {
	for name, test := range map[string]struct {
		json string
		want order.Order
	}{
		"nothing at all": {`{}`, order.Order{}},
		"null":           {`{"id":null,"packages":null,"line_items":null,"update_time":null,"is_sample_order":null}`, order.Order{}},
		"ids and times the wrong way round": {
			`{"id":580100000000000006,"update_time":"1793253000","paid_time":"","create_time":1.7932530e9,"is_sample_order":"true"}`,
			order.Order{ID: "580100000000000006", UpdatedAt: at(1793253000), CreatedAt: at(1793253000), Sample: true}},
		"values of tomorrow": {
			`{"status":"TELEPORTED","order_type":"X","is_on_hold_order":1,"invented":{"a":[1,2]},"shipping_type":"DRONE"}`,
			order.Order{Status: "TELEPORTED", Type: "X", WentThroughHold: true, ShippingType: "DRONE"}},
		"times in milliseconds are no times": {`{"paid_time":1793253000000,"update_time":-5}`, order.Order{}},
		"the rest": {
			`{"buyer_message":"hi","seller_note":"fragile","split_or_combine_tag":"SPLIT","has_updated_recipient_address":true,"cancel_time":5,"delivery_time":4,"rts_time":2,"collection_time":3}`,
			order.Order{BuyerMessage: "hi", SellerNote: "fragile", Tag: "SPLIT", AddressUpdated: true, ArrangedAt: at(2), CollectedAt: at(3), DeliveredAt: at(4), CancelledAt: at(5)}},
		"what parcels are chosen by": {
			`{"fulfillment_priority_level":"200","pick_up_cut_off_time":7,"order_type":"PRE_ORDER","release_date":8,"line_items":[
				{"sale_price":"19.99","currency":"MYR"},{"sale_price":"10.00","sub_item_info":[{},{}]},{"sale_price":"9","sub_item_info":[{},{"sale_price":"9"}]},{"sale_price":"dear"}]}`,
			order.Order{Type: order.PreOrder, Priority: 200, Currency: "MYR", ReleaseAt: at(8), Times: order.PlatformTimes{PickUpBy: at(7)}, Lines: []order.Line{
				{Price: 1999}, {Price: 1000, Parts: []order.Line{{Price: 1000}, {}}}, {Price: 900, Parts: []order.Line{{}, {Price: 900}}}, {}}}},
		"carrier named by a part only": {
			`{"line_items":[{"sub_item_info":[{"shipping_provider_name":"Ninja"}]}]}`,
			order.Order{Provider: "Ninja", Lines: []order.Line{{Parts: []order.Line{{}}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			var w wireOrder
			if err := json.Unmarshal([]byte(test.json), &w); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, w.order(order.Shop{})); diff != "" {
				t.Errorf("order (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWireRefusesNonsense(t *testing.T) {
	for _, text := range []string{
		`{"update_time":"soon"}`, `{"update_time":1.5}`, `{"update_time":1e30}`, `{"is_sample_order":"maybe"}`,
		`{"id":{}}`, `{"packages":{}}`, `{"line_items":[7]}`,
	} {
		var w wireOrder
		if err := json.Unmarshal([]byte(text), &w); err == nil {
			t.Errorf("%s was read as an order", text)
		}
	}
}

func TestTrackingOfUnits(t *testing.T) {
	for name, test := range map[string]struct {
		json string
		want []string // of every line, then its parts
	}{
		"the order's, in its only package": {`{"tracking_number":"T","packages":[{"id":"1"}],"line_items":[{},{"tracking_number":"U"}]}`, []string{"T", "U"}},
		"the order's, without a package":   {`{"tracking_number":"T","line_items":[{}]}`, []string{"T"}},
		"not the order's, in one of two":   {`{"tracking_number":"T","packages":[{"id":"1"},{"id":"2"}],"line_items":[{"package_id":"1"}]}`, []string{""}},
		"packages only lines name count":   {`{"tracking_number":"T","line_items":[{"package_id":"1"},{"package_id":"2"}]}`, []string{"", ""}},
		"a part has its bundle's":          {`{"packages":[{"id":"1"},{"id":"2"}],"line_items":[{"package_id":"1","tracking_number":"B","sub_item_info":[{},{"package_id":"2"}]}]}`, []string{"B", "B", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			var w wireOrder
			if err := json.Unmarshal([]byte(test.json), &w); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range w.order(order.Shop{}).Lines {
				got = append(got, line.Tracking)
				for _, part := range line.Parts {
					got = append(got, part.Tracking)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("tracking (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever the wire holds, decoding ends in an error or in an order whose values can be stored as JSON again.
func FuzzWireOrder(f *testing.F) {
	f.Add([]byte(`{"id":1,"update_time":"2","line_items":[{"sub_item_info":[{"package_id":"3"}]}]}`))
	f.Add([]byte(`{"packages":[{"id":"1"},{"id":"2"}],"tracking_number":"T","line_items":[{}]}`))
	f.Add([]byte(`{"paid_time":253402300800,"is_sample_order":"1"}`))
	f.Add([]byte(`{"create_time":1e3000000000}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var w wireOrder
		if json.Unmarshal(raw, &w) != nil {
			return
		}
		o := w.order(order.Shop{ID: "7", Market: "MY"})
		if len(o.Lines) != len(w.Lines) || o.ShopID != "7" || o.Market != "MY" {
			t.Errorf("order lost something: %+v", o)
		}
		text, err := json.Marshal(o)
		if err != nil {
			t.Fatalf("an order that cannot be stored: %v", err)
		}
		var again order.Order
		if err := json.Unmarshal(text, &again); err != nil {
			t.Errorf("an order that cannot be read back: %v", err)
		}
	})
}
