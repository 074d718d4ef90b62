package platform_test

import (
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform"
)

func TestSearchCancellations(t *testing.T) {
	s := stubbed(t)
	s.says = string(readSample(t, "05_cancellations_search.json").Body)
	page, err := s.SearchCancellations(t.Context(), s.shop, platform.CancellationSearch{})
	if err != nil || len(page.Cancellations) < 2 {
		t.Fatalf("%+v, %v", page, err)
	}
	same(t, nil, order.Cancellation{
		ID: "4035000000000000001", OrderID: "580100000000000006", Type: "BUYER_CANCEL", Status: "CANCELLATION_REQUEST_PENDING", Role: "BUYER",
		Reason: "ecom_order_to_ship_canceled_reason_no_longer_needed", ReasonText: "No longer needed",
		CreatedAt: at(1793253000), UpdatedAt: at(1793253000), AnswerBy: at(1793425800), LineIDs: []string{"580100000000060001"},
	}, page.Cancellations[0])
	if !page.Cancellations[0].Pending() || page.Cancellations[1].Pending() || page.Cancellations[1].Role != "SYSTEM" || !page.Cancellations[1].AnswerBy.IsZero() {
		t.Errorf("pending: %+v", page.Cancellations)
	}
	s.want("POST /return_refund/202309/cancellations/search",
		map[string]string{"page_size": "50", "sort_field": "update_time", "sort_order": "ASC"}, `{}`)

	s.data(`{"cancellations":[{"cancel_id":1,"cancel_type":"TOMORROW","cancel_status":"CANCELLATION_REQUEST_CANCEL","role":"ROBOT"},
		{"cancel_status":"CANCELLATION_REQUEST_CANCELLED"},{"cancel_status":"CANCELLATION_REQUEST_THINKING","seller_next_action_response":[{"action":"OTHER","deadline":5}]}],
		"next_page_token":"aDV+/=","total_count":"9"}`)
	page, err = s.SearchCancellations(t.Context(), s.shop, platform.CancellationSearch{
		UpdatedSince: at(1793253000), OrderIDs: []string{"5"}, CancelIDs: []string{"1", "2"}, PageToken: "x+/=", PageSize: 51,
	})
	same(t, err, platform.CancellationPage{Next: "aDV+/=", Total: 9, Cancellations: []order.Cancellation{
		{ID: "1", Type: "TOMORROW", Status: order.CancelRequestClosed, Role: "ROBOT"}, {Status: order.CancelRequestClosed},
		{Status: "CANCELLATION_REQUEST_THINKING"},
	}}, page)
	s.want("POST /return_refund/202309/cancellations/search",
		map[string]string{"page_size": "50", "sort_field": "update_time", "sort_order": "ASC", "page_token": "x+/="},
		`{"update_time_ge":1793253000,"order_ids":["5"],"cancel_ids":["1","2"]}`)
}

func TestAnsweringRequests(t *testing.T) {
	const key = "7f1c1f0e-0000-4000-8000-000000000001"
	keyed := map[string]string{"idempotency_key": key}
	s := stubbed(t)
	if err := s.ApproveCancellation(t.Context(), s.shop, "40", key); err != nil {
		t.Error(err)
	}
	s.want("POST /return_refund/202309/cancellations/40/approve", keyed, "")
	s.data(`{}`)
	if err := s.RejectCancellation(t.Context(), s.shop, "40", key, "seller_reject_apply_product_has_been_packed", "đã đóng gói"); err != nil {
		t.Error(err)
	}
	s.want("POST /return_refund/202309/cancellations/40/reject", keyed,
		`{"reject_reason":"seller_reject_apply_product_has_been_packed","comment":"đã đóng gói"}`)

	for code, reaction := range map[string]platform.Reaction{
		"25020010": platform.AlreadyAnswered, "25011012": platform.AlreadyAnswered, "25011011": platform.AlreadyAnswered,
		"25020009": platform.AlreadyAnswered, "25001028": platform.Retry, "25001045": platform.AskPerson, "36009007": platform.UnknownOutcome,
		"25001057": platform.AskPerson,
	} {
		s.refuses(code)
		if got := platform.ReactionTo(s.ApproveCancellation(t.Context(), s.shop, "40", key)); got != reaction || len(s.asked) != 1 {
			t.Errorf("%s: %s after %d calls, want %s", code, got, len(s.asked), reaction)
		}
	}
	s.data(`{}`)
	s.wantNothing(s.ApproveCancellation(t.Context(), s.shop, "40", ""), "platform.unsent")
	s.wantNothing(s.ApproveCancellation(t.Context(), s.shop, "40", strings.Repeat("k", 256)), "platform.unsent")
	s.wantNothing(s.ApproveCancellation(t.Context(), s.shop, "40/../41", key), "platform.unsent")
	s.wantNothing(s.RejectCancellation(t.Context(), s.shop, "40", key, "", "no"), "platform.reject_reason")
}

func TestRejectReasons(t *testing.T) {
	s := stubbed(t)
	s.data(`{"reasons":[{"name":"seller_reject_apply_product_has_been_packed","text":"Packed already"},{"name":"b"}]}`)
	reasons, err := s.RejectReasons(t.Context(), s.shop, "40", "en-US")
	same(t, err, []order.RejectReason{{Name: "seller_reject_apply_product_has_been_packed", Text: "Packed already"}, {Name: "b"}}, reasons)
	s.want("GET /return_refund/202309/reject_reasons", map[string]string{"return_or_cancel_id": "40", "locale": "en-US"}, "")
	s.data(`{}`)
	if _, err := s.RejectReasons(t.Context(), s.shop, "40", ""); err != nil {
		t.Error(err)
	}
	s.want("GET /return_refund/202309/reject_reasons", map[string]string{"return_or_cancel_id": "40"}, "")
	s.data(`{}`)
	_, err = s.RejectReasons(t.Context(), s.shop, "", "")
	s.wantNothing(err, "platform.unsent")
}

func TestCancelOrder(t *testing.T) {
	s := stubbed(t)
	s.data(`{"cancel_id":41,"cancel_status":"CANCELLATION_REQUEST_CANCEL"}`)
	id, status, err := s.CancelOrder(t.Context(), s.shop, "5", "seller_cancel_reason_out_of_stock", []string{"51"})
	same(t, err, []string{"41", order.CancelRequestClosed}, []string{id, status})
	s.want("POST /return_refund/202309/cancellations", nil,
		`{"order_id":"5","cancel_reason":"seller_cancel_reason_out_of_stock","order_line_item_ids":["51"]}`)
	s.data(`{"cancel_id":"41","cancel_status":"CANCELLATION_REQUEST_SUCCESS"}`)
	id, status, err = s.CancelOrder(t.Context(), s.shop, "5", "r", nil)
	same(t, err, []string{"41", order.CancelRequestSuccess}, []string{id, status})
	s.want("POST /return_refund/202309/cancellations", nil, `{"order_id":"5","cancel_reason":"r"}`)
	s.refuses("25001021")
	_, _, err = s.CancelOrder(t.Context(), s.shop, "5", "r", nil)
	wantRefusal(t, err, 25001021, "platform.wrong_reason", platform.AskPerson)
	s.data(`{}`)
	_, _, err = s.CancelOrder(t.Context(), s.shop, "5", "", nil)
	s.wantNothing(err, "platform.unsent")
	_, _, err = s.CancelOrder(t.Context(), s.shop, "5", "r", []string{""})
	s.wantNothing(err, "platform.unsent")
}

func TestAftersaleEligibility(t *testing.T) {
	s := stubbed(t)
	s.data(`{"sku_eligibility":[{"sku_id":"17","line_item_eligibility":[{"request_type":"CANCEL","order_line_items_ids":["51","52"],"eligible":true},
		{"request_type":"RETURN","order_line_items_ids":["51"],"eligible":false,"ineligible_code":25001001,"ineligible_reason":"invalid order status"}]},{"sku_id":"18"}]}`)
	found, err := s.AftersaleEligibility(t.Context(), s.shop, "5")
	same(t, err, []platform.Eligibility{
		{SKUID: "17", LineIDs: []string{"51", "52"}, Request: "CANCEL", Allowed: true},
		{SKUID: "17", LineIDs: []string{"51"}, Request: "RETURN", Code: 25001001, Reason: "invalid order status"},
	}, found)
	s.want("GET /return_refund/202309/orders/5/aftersale_eligibility", nil, "")
}

func TestSearchReturns(t *testing.T) {
	s := stubbed(t)
	for size, sent := range map[int]string{0: "50", 3: "10", 20: "20", 70: "50"} {
		s.data(`{"return_orders":[{"return_id":"90","order_id":"5","return_type":"REPLACEMENT","return_status":"RETURN_OF_TOMORROW","role":"BUYER",
			"return_reason_text":"Wrong colour","return_tracking_number":"R1","return_provider_name":"J&T","create_time":10,"update_time":20,
			"return_line_items":[{"order_line_item_id":"51"},{}]}],"next_page_token":"n","total_count":2}`)
		page, err := s.SearchReturns(t.Context(), s.shop, platform.ReturnSearch{
			UpdatedSince: at(10), OrderIDs: []string{"5"}, ReturnIDs: []string{"90"}, PageToken: "p", PageSize: size,
		})
		same(t, err, platform.ReturnPage{Next: "n", Total: 2, Returns: []platform.Return{{
			ID: "90", OrderID: "5", Type: "REPLACEMENT", Status: "RETURN_OF_TOMORROW", Role: "BUYER", ReasonText: "Wrong colour",
			Tracking: "R1", Provider: "J&T", CreatedAt: at(10), UpdatedAt: at(20), LineIDs: []string{"51"},
		}}}, page)
		s.want("POST /return_refund/202309/returns/search",
			map[string]string{"page_size": sent, "sort_field": "update_time", "sort_order": "ASC", "page_token": "p"},
			`{"update_time_ge":10,"order_ids":["5"],"return_ids":["90"]}`)
	}
}
