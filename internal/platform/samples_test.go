package platform_test

import (
	"encoding/json"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

// sample is one of the sample files: an answer, and others that may come in its place.
type sample struct {
	Body         json.RawMessage
	Alternatives []struct{ Body json.RawMessage } `json:"alternative_bodies"`
	Others       []struct{ Body json.RawMessage } `json:"other_error_envelopes"`
}

func readSample(t *testing.T, name string) sample {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var s sample
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// answering is a bench whose platform says only this.
func answering(t *testing.T, body []byte) *bench {
	b := open(t, sandbox.Options{}, nil)
	b.instead(-1, says(200, string(body)))
	return b
}

func TestSampleSearch(t *testing.T) {
	b := answering(t, readSample(t, "01_orders_search.json").Body)
	page, err := b.SearchOrders(t.Context(), b.shop, platform.Search{})
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		ID     string
		Status order.Status
		Tag    string
		Units  int
	}
	var got []row
	for _, o := range page.Orders {
		got = append(got, row{o.ID, o.Status, o.Tag, len(o.Units())})
	}
	want := []row{
		{"580100000000000002", order.AwaitingShipment, "COMBINED", 1},
		{"580100000000000003", order.AwaitingShipment, "COMBINED", 2},
		{"580100000000000001", order.AwaitingShipment, "", 3},
		{"580100000000000005", order.AwaitingShipment, "", 1},
		{"580100000000000004", order.OnHold, "", 1},
	}
	if diff := cmp.Diff(want, got); diff != "" || page.Next != "aDV5MHIyK2RlbW8rL3Rva2Vu+/Q==" {
		t.Errorf("next %q (-want +got):\n%s", page.Next, diff)
	}
	if gift := page.Orders[1].Lines[0]; !gift.Gift || gift.SKU() != "GIFT-STK" {
		t.Errorf("gift: %+v", gift)
	}
	if !page.Orders[3].Lines[0].DangerousGood {
		t.Errorf("dangerous good: %+v", page.Orders[3].Lines[0])
	}
}

func TestSampleDetail(t *testing.T) {
	b := answering(t, readSample(t, "02_order_detail_202507.json").Body)
	orders, err := b.Orders(t.Context(), b.shop, []string{"580100000000000006", "577200000000000007"})
	if err != nil || len(orders) != 2 || !orders[0].CancelRequested || len(orders[1].Units()) != 3 {
		t.Errorf("%+v, %v", orders, err)
	}
}

func TestSamplePackage(t *testing.T) {
	b := answering(t, readSample(t, "03_package_detail.json").Body)
	got, err := b.Package(t.Context(), b.shop, "1153000000000000002")
	want := platform.Package{
		ID: "1153000000000000002", Status: "PROCESSING", SubStatus: "RTS_success", Tracking: "84000000000002",
		Provider: "J&T Express", OrderIDs: []string{"580100000000000002", "580100000000000003"},
		LineIDs:        []string{"580100000000020001", "580100000000030001", "580100000000030002"},
		HandoverMethod: platform.Pickup,
		PickupSlot:     &platform.Slot{Start: time.Unix(1793311200, 0).UTC(), End: time.Unix(1793322000, 0).UTC()},
		UpdatedAt:      time.Unix(1793253630, 0).UTC(),
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestSampleDocuments(t *testing.T) {
	s := readSample(t, "04_shipping_documents.json")
	b := answering(t, s.Body)
	document, err := b.ShippingDocument(t.Context(), b.shop, "1", platform.DocumentRequest{})
	if err != nil || document.Tracking != "84000000000002" || document.URL == "" {
		t.Errorf("tracking %q, %v", document.Tracking, err)
	}
	for i, want := range []platform.Reaction{platform.LabelNotReady, platform.LabelTooEarly, platform.LabelTooLate} {
		b.instead(-1, says(200, string(s.Alternatives[i].Body)))
		if _, err := b.ShippingDocument(t.Context(), b.shop, "1", platform.DocumentRequest{}); platform.ReactionTo(err) != want {
			t.Errorf("%v: reaction %q, want %q", err, platform.ReactionTo(err), want)
		}
	}
	b.instead(-1, says(200, `{"code":0,"data":{}}`))
	_, err = b.ShippingDocument(t.Context(), b.shop, "1", platform.DocumentRequest{})
	wantProblem(t, err, "platform.garbled", platform.AskPerson)
}

func TestSampleEnvelopes(t *testing.T) {
	for i, key := range []string{"platform.wrong_secret", "platform.token_expired", "platform.clock", "platform.busy", "platform.outdated"} {
		b := answering(t, readSample(t, "06_batch_ship_partial_error.json").Others[i].Body)
		b.instead(-1, func(w http.ResponseWriter, r *http.Request) {
			says(400, string(readSample(t, "06_batch_ship_partial_error.json").Others[i].Body))(w, r)
		})
		_, err := b.Shops(t.Context())
		if err == nil || platform.ReactionTo(err) == platform.Nothing {
			t.Fatalf("%s: %v", key, err)
		}
		wantProblem(t, err, key, platform.ReactionTo(err))
	}
}
