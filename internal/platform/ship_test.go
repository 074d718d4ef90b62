package platform_test

import (
	"fmt"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
)

func TestShipBodies(t *testing.T) {
	s := stubbed(t)
	slot := platform.Slot{Start: at(1793311200), End: at(1793322000)}
	for _, c := range []struct {
		shipment platform.Shipment
		body     string
	}{
		{platform.Shipment{PackageID: "1"}, `{}`},
		{platform.Shipment{PackageID: "1", Method: platform.DropOff}, `{"handover_method":"DROP_OFF"}`},
		{platform.Shipment{PackageID: "1", Method: platform.Pickup, Slot: &slot},
			`{"handover_method":"PICKUP","pickup_slot":{"start_time":1793311200,"end_time":1793322000}}`},
		{platform.Shipment{PackageID: "1", Tracking: "T1", ProviderID: "9"},
			`{"self_shipment":{"tracking_number":"T1","shipping_provider_id":"9"}}`},
	} {
		s.data("{}")
		if err := s.Ship(t.Context(), s.shop, c.shipment); err != nil {
			t.Error(err)
		}
		s.want("POST /fulfillment/202309/packages/1/ship", nil, c.body)
	}
	s.data("{}")
	s.wantNothing(s.Ship(t.Context(), s.shop, platform.Shipment{PackageID: "1", Tracking: "T1"}), "platform.tracking_missing")
	s.wantNothing(s.Ship(t.Context(), s.shop, platform.Shipment{PackageID: "o.7"}), "platform.no_package")
	for _, never := range []platform.Slot{{}, {Start: at(20), End: at(20)}, {End: at(20)}} {
		s.wantNothing(s.Ship(t.Context(), s.shop, platform.Shipment{PackageID: "1", Slot: &never}), "platform.pickup_slot")
		_, err := s.ScheduleHandover(t.Context(), s.shop, platform.Appointment{OrderID: "5", Slot: &never})
		s.wantNothing(err, "platform.pickup_slot")
	}
}

func TestShipBatch(t *testing.T) {
	s := stubbed(t)
	s.says = string(readSample(t, "06_batch_ship_partial_error.json").Body)
	slot := platform.Slot{Start: at(1793311200), End: at(1793322000)}
	failed, err := s.ShipBatch(t.Context(), s.shop, []platform.Shipment{
		{PackageID: "1153000000000000001", Method: platform.Pickup, Slot: &slot}, {PackageID: "1153000000000000008"},
		{PackageID: "1153000000000000006"}, {PackageID: "1153000000000000002"},
	})
	if err != nil || len(failed) != 3 || failed["1153000000000000001"] != nil {
		t.Errorf("%v, %v", failed, err)
	}
	for id, reaction := range map[string]platform.Reaction{
		"1153000000000000008": platform.Cancelled, "1153000000000000006": platform.CancelPending,
		"1153000000000000002": platform.AlreadyShipped,
	} {
		if got := platform.ReactionTo(failed[id]); got != reaction {
			t.Errorf("%s: %s, want %s", id, got, reaction)
		}
	}
	wantRefusal(t, failed["1153000000000000008"], 21011041, "platform.cancelled", platform.Cancelled)
	s.want("POST /fulfillment/202309/packages/ship", nil, `{"packages":[{"id":"1153000000000000001","handover_method":"PICKUP",`+
		`"pickup_slot":{"start_time":1793311200,"end_time":1793322000}},{"id":"1153000000000000008"},{"id":"1153000000000000006"},`+
		`{"id":"1153000000000000002"}]}`)
}

// An answer that names what was not asked for, or fails something it does not name, says nothing certain of any package.
func TestBatchAnswers(t *testing.T) {
	s := stubbed(t)
	for name, c := range map[string]struct {
		data     string
		failed   map[string]platform.Reaction
		reaction platform.Reaction
	}{
		"all arranged":           {`{}`, nil, ""},
		"no data":                {`null`, nil, ""},
		"an empty list":          {`{"errors":[]}`, nil, ""},
		"a failure":              {`{"errors":[{"code":"21011044","detail":{"package_id":1}}]}`, map[string]platform.Reaction{"1": platform.OnHold}, ""},
		"a failure twice":        {`{"errors":[{"code":21011044,"detail":{"package_id":"1"}},{"code":1,"detail":{"package_id":"1"}}]}`, map[string]platform.Reaction{"1": platform.OnHold}, ""},
		"one that timed out":     {`{"errors":[{"code":36009007,"detail":{"package_id":"2"}}]}`, map[string]platform.Reaction{"2": platform.UnknownOutcome}, ""},
		"a failure without code": {`{"errors":[{"detail":{"package_id":"2"}}]}`, map[string]platform.Reaction{"2": platform.UnknownOutcome}, ""},
		"a stranger's":           {`{"errors":[{"code":21011044,"detail":{"package_id":"3"}}]}`, nil, platform.UnknownOutcome},
		"nobody's":               {`{"errors":[{"code":21011044,"detail":null}]}`, nil, platform.UnknownOutcome},
		"not a list":             {`{"errors":{"1":"no"}}`, nil, platform.UnknownOutcome},
	} {
		s.data(c.data)
		failed, err := s.ShipBatch(t.Context(), s.shop, []platform.Shipment{{PackageID: "1"}, {PackageID: "2"}})
		if platform.ReactionTo(err) != c.reaction || len(failed) != len(c.failed) || len(s.asked) != 1 {
			t.Errorf("%s: %v, %v, asked %d times", name, failed, err, len(s.asked))
		}
		for id, want := range c.failed {
			if got := platform.ReactionTo(failed[id]); got != want {
				t.Errorf("%s: %s of %s, want %s", name, got, id, want)
			}
		}
	}
	s.refuses("36009002")
	failed, err := s.ShipBatch(t.Context(), s.shop, []platform.Shipment{{PackageID: "1"}})
	if failed != nil || platform.ReactionTo(err) != platform.Retry || len(s.asked) != 1 {
		t.Errorf("refused as a whole: %v, %v", failed, err)
	}
}

func TestBatchesThatAreNotSent(t *testing.T) {
	s := stubbed(t)
	many := make([]platform.Shipment, platform.MaxBatch+1)
	for i := range many {
		many[i].PackageID = fmt.Sprint(i + 1)
	}
	for _, c := range []struct {
		batch []platform.Shipment
		key   string
	}{
		{many, "platform.unsent"},
		{[]platform.Shipment{{PackageID: "1"}, {PackageID: "1"}}, "platform.unsent"},
		{[]platform.Shipment{{PackageID: "1"}, {PackageID: ""}}, "platform.no_package"},
		{[]platform.Shipment{{PackageID: "1", ProviderID: "9"}}, "platform.tracking_missing"},
	} {
		_, err := s.ShipBatch(t.Context(), s.shop, c.batch)
		s.wantNothing(err, c.key)
	}
	if failed, err := s.ShipBatch(t.Context(), s.shop, nil); failed != nil || err != nil || len(s.asked) != 0 {
		t.Errorf("nothing to ship: %v, %v", failed, err)
	}
	s.data(`{}`)
	if failed, err := s.ShipBatch(t.Context(), s.shop, many[:platform.MaxBatch]); len(failed) != 0 || err != nil || len(s.asked) != 1 {
		t.Errorf("a full batch: %v, %v", failed, err)
	}
}

func TestHandoverSlots(t *testing.T) {
	s := stubbed(t)
	const answer = `{"can_pickup":true,"can_drop_off":"true","can_van_collection":false,"drop_off_point_url":"https://points.example",
		"pickup_slots":[{"start_time":1793311200,"end_time":"1793322000","avaliable":true},{"start_time":1793397600,"end_time":1793408400,"available":true},
		{"start_time":1793484000,"end_time":1793494800,"avaliable":false},{"start_time":1,"end_time":2}]}`
	want := platform.Handover{CanPickup: true, CanDropOff: true, DropOffPoint: "https://points.example", Slots: []platform.Slot{
		{Start: at(1793311200), End: at(1793322000), Available: true}, {Start: at(1793397600), End: at(1793408400), Available: true},
		{Start: at(1793484000), End: at(1793494800)}, {Start: at(1), End: at(2)},
	}}
	s.data(answer)
	got, err := s.HandoverSlots(t.Context(), s.shop, "1")
	same(t, err, want, got)
	s.want("GET /fulfillment/202309/packages/1/handover_time_slots", nil, "")

	s.data(answer)
	got, err = s.OrderHandoverSlots(t.Context(), s.shop, "5", []string{"51", "52"})
	same(t, err, want, got)
	s.want("GET /fulfillment/202309/orders/5/handover_time_slots", map[string]string{"order_line_item_ids": "51,52"}, "")

	s.data(`{"package_id":"77"}`)
	slot := platform.Slot{Start: at(10), End: at(20)}
	id, err := s.ScheduleHandover(t.Context(), s.shop, platform.Appointment{OrderID: "5", LineIDs: []string{"51"}, Method: platform.Pickup, Slot: &slot})
	same(t, err, "77", id)
	s.want("POST /fulfillment/202309/packages/schedule", nil,
		`{"order_id":"5","order_line_item_ids":["51"],"handover_method":"PICKUP","pickup_slot":{"start_time":10,"end_time":20}}`)

	s.data(`{}`)
	_, err = s.OrderHandoverSlots(t.Context(), s.shop, "5", []string{"5,6"})
	s.wantNothing(err, "platform.unsent")
	_, err = s.ScheduleHandover(t.Context(), s.shop, platform.Appointment{})
	s.wantNothing(err, "platform.unsent")
}

func TestMarkShipped(t *testing.T) {
	s := stubbed(t)
	s.data(`{"order_id":"5","package_id":"77","order_line_item_ids":["51","52"],"warning":{"message":"The number looks odd."}}`)
	marked, err := s.MarkShipped(t.Context(), s.shop, platform.Marking{OrderID: "5", Tracking: "T1", ProviderID: "9", LineIDs: []string{"51", "52"}})
	same(t, err, platform.Marked{PackageID: "77", Warning: "The number looks odd.", LineIDs: []string{"51", "52"}}, marked)
	s.want("POST /fulfillment/202309/orders/5/packages", nil,
		`{"tracking_number":"T1","shipping_provider_id":"9","order_line_item_ids":["51","52"]}`)

	s.data(`{"package_id":78}`)
	marked, err = s.MarkShipped(t.Context(), s.shop, platform.Marking{OrderID: "5", Tracking: "T1", ProviderID: "9"})
	same(t, err, platform.Marked{PackageID: "78"}, marked)
	s.want("POST /fulfillment/202309/orders/5/packages", nil, `{"tracking_number":"T1","shipping_provider_id":"9"}`)

	s.refuses("21008106")
	_, err = s.MarkShipped(t.Context(), s.shop, platform.Marking{OrderID: "5", Tracking: "T1", ProviderID: "9"})
	wantRefusal(t, err, 21008106, "platform.wrong_market", platform.AskPerson)

	s.data(`{}`)
	for _, m := range []platform.Marking{{OrderID: "5", Tracking: " ", ProviderID: "9"}, {OrderID: "5", Tracking: "T"}} {
		_, err = s.MarkShipped(t.Context(), s.shop, m)
		s.wantNothing(err, "platform.tracking_missing")
	}
	_, err = s.MarkShipped(t.Context(), s.shop, platform.Marking{OrderID: "5/../6", Tracking: "T", ProviderID: "9"})
	s.wantNothing(err, "platform.unsent")
}

func TestOtherNumbers(t *testing.T) {
	s := stubbed(t)
	s.data(`{}`)
	if err := s.UpdatePackageTracking(t.Context(), s.shop, "1", "T2", "9"); err != nil {
		t.Error(err)
	}
	s.want("POST /fulfillment/202309/packages/1/shipping_info/update", nil, `{"tracking_number":"T2","shipping_provider_id":"9"}`)
	s.data(`{}`)
	if err := s.UpdateOrderTracking(t.Context(), s.shop, "5", "T2", "9"); err != nil {
		t.Error(err)
	}
	s.want("POST /fulfillment/202309/orders/5/shipping_info/update", nil, `{"tracking_number":"T2","shipping_provider_id":"9"}`)
	s.data(`{}`)
	s.wantNothing(s.UpdatePackageTracking(t.Context(), s.shop, "1", "T2", ""), "platform.tracking_missing")
	s.wantNothing(s.UpdateOrderTracking(t.Context(), s.shop, "", "T2", "9"), "platform.unsent")
	s.refuses("21011043")
	wantRefusal(t, s.UpdateOrderTracking(t.Context(), s.shop, "5", "T2", "9"), 21011043, "platform.not_shipped_yet", platform.AskPerson)
}

func TestTracking(t *testing.T) {
	s := stubbed(t)
	s.data(`{"tracking":[{"description":"Out for delivery","update_time_millis":1793340061500},{"description":"Picked up","update_time_millis":"1793253660000"},
		{"description":"No time","update_time_millis":99999999999999999}]}`)
	events, err := s.Tracking(t.Context(), s.shop, "5")
	same(t, err, []order.TrackingEvent{
		{Text: "No time"}, {At: at(1793253660), Text: "Picked up"}, {At: at(1793340061).Add(500 * time.Millisecond), Text: "Out for delivery"},
	}, events)
	s.want("GET /fulfillment/202309/orders/5/tracking", nil, "")
	_, err = s.Tracking(t.Context(), s.shop, "")
	if err == nil || len(s.asked) != 1 {
		t.Errorf("of no order: %v", err)
	}
}
