package platform_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// The targets drive the client as it is, from the answer's bytes on.

// canned answers every request with the same bytes.
type canned []byte

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{"Date": {start.Format(http.TimeFormat)}}, Body: io.NopCloser(bytes.NewReader(c)), Request: r}, nil
}

const fuzzedSecret = "a-secret-that-no-fuzzer-guesses"

func fuzzedConfig(answer []byte) platform.Config {
	return platform.Config{
		BaseURL: "https://api.example", AuthURL: "https://auth.example", AppKey: "key", AppSecret: fuzzedSecret, AccessToken: fuzzedSecret + "-token",
		Patience: platform.Patience{Tries: 1}, HTTP: &http.Client{Transport: canned(answer)}, Now: func() time.Time { return start },
	}
}

func fuzzedClient(t *testing.T, answer []byte) (*platform.Client, order.Shop) {
	t.Helper()
	client, err := platform.New(fuzzedConfig(answer))
	if err != nil {
		t.Fatal(err)
	}
	return client, order.Shop{ID: "71", Market: "MY", Cipher: fuzzedSecret + "-cipher"}
}

// inEnvelope makes a success of data, which need not be JSON.
func inEnvelope(data []byte) []byte {
	return fmt.Appendf(nil, `{"code":0,"data":%s}`, data)
}

// sound checks an answer's end: an error is one a person can act on and holds no secret, a value can be stored.
func sound(t *testing.T, value any, err error) {
	t.Helper()
	if err == nil {
		if _, err := json.Marshal(value); err != nil {
			t.Errorf("%T cannot be stored: %v", value, err)
		}
		return
	}
	var problem *order.Problem
	if !errors.As(err, &problem) || platform.ReactionTo(err) == platform.Nothing {
		t.Errorf("%v is no problem with a reaction", err)
	}
	if strings.Contains(err.Error(), fuzzedSecret) {
		t.Errorf("a secret is in %v", err)
	}
}

// seeds adds the data of the samples, or their whole bodies, besides others.
func seeds(f *testing.F, whole bool, others ...string) {
	f.Helper()
	names, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile("testdata/" + name.Name())
		if name.IsDir() || err != nil {
			continue
		}
		var s struct {
			Body struct{ Data json.RawMessage } `json:"body"`
		}
		var body struct{ Body json.RawMessage }
		if json.Unmarshal(raw, &s) != nil || json.Unmarshal(raw, &body) != nil || s.Body.Data == nil {
			continue
		}
		if whole {
			f.Add([]byte(body.Body))
		} else {
			f.Add([]byte(s.Body.Data))
		}
	}
	for _, other := range others {
		f.Add([]byte(other))
	}
}

func FuzzEnvelope(f *testing.F) {
	seeds(f, true, `{"code":"0","data":null}`, `{"code":36009004,"message":"Invalid timestamp"}`, `{"code":105002,"request_id":7}`, `<html>`, `{}`, ``,
		`{"code":1e2,"message":{}}`, `{"code":0,"data":{"errors":[{"code":21011041,"detail":{"package_id":"1"}}]}}`)
	f.Fuzz(func(t *testing.T, answer []byte) {
		client, shop := fuzzedClient(t, answer)
		shops, err := client.Shops(t.Context())
		sound(t, shops, err)
		// A write may have happened unless the platform's own word says that it did not.
		shipped := client.Ship(t.Context(), shop, platform.Shipment{PackageID: "1"})
		sound(t, nil, shipped)
		var refusal *platform.Error
		if errors.As(shipped, &refusal) && refusal.Code == 0 && platform.ReactionTo(shipped) != platform.UnknownOutcome {
			t.Errorf("an answer that is none: %v", shipped)
		}
	})
}

func FuzzFailures(f *testing.F) {
	seeds(f, false, `{"errors":[{"code":21011041,"detail":{"package_id":"1"}},{"code":"7","detail":{"package_id":2}}]}`, `{"errors":[{"detail":null}]}`,
		`{"errors":[{"code":21011031,"detail":{"package_id":"3"}}],"packages":[{"id":"8","order_ids":[1,"2"]}]}`)
	f.Fuzz(func(t *testing.T, data []byte) {
		client, shop := fuzzedClient(t, inEnvelope(data))
		failed, err := client.ShipBatch(t.Context(), shop, []platform.Shipment{{PackageID: "1"}, {PackageID: "2"}})
		sound(t, nil, err)
		only(t, failed, "1", "2")
		made, failed, err := client.Combine(t.Context(), shop, []platform.Combination{{ID: "1"}, {ID: "2"}})
		sound(t, made, err)
		only(t, failed, "1", "2")
	})
}

// only checks that nothing failed but what was asked for, each with a reaction.
func only(t *testing.T, failed map[string]error, asked ...string) {
	t.Helper()
	for _, id := range asked {
		if err := failed[id]; err != nil {
			sound(t, nil, err)
		}
		delete(failed, id)
	}
	if len(failed) != 0 {
		t.Errorf("failures of what was not asked for: %v", failed)
	}
}

func FuzzPackages(f *testing.F) {
	seeds(f, false, `{"packages":[{"id":1,"status":"TO FULFILL","orders":[{"id":"5"}]}],"total_count":"1"}`,
		`{"pickup_slots":[{"start_time":1,"end_time":2,"avaliable":"true"}],"can_pickup":1}`, `{"package_id":"7","pickup_slot":null}`,
		`{"shipping_services":[{"id":1,"price":5}],"shipping_service_info":{"price":"1"},"package_id":"7"}`,
		`{"split_attributes":[{"must_split_reasons":[{"max_count":"2"}]}]}`, `{"combinable_packages":[{"order_ids":[5]}]}`,
		`{"tracking":[{"description":"x","update_time_millis":1793340061500}]}`, `{"warning":{"message":"x"},"order_line_item_ids":[1]}`)
	f.Fuzz(func(t *testing.T, data []byte) {
		client, shop := fuzzedClient(t, inEnvelope(data))
		ctx := t.Context()
		p, err := client.Package(ctx, shop, "1")
		sound(t, p, err)
		page, err := client.SearchPackages(ctx, shop, platform.PackageSearch{})
		sound(t, page, err)
		slots, err := client.HandoverSlots(ctx, shop, "1")
		sound(t, slots, err)
		services, err := client.ShippingServices(ctx, shop, platform.Parcelling{OrderID: "5"})
		sound(t, services, err)
		created, err := client.CreatePackage(ctx, shop, platform.Parcelling{OrderID: "5"})
		if sound(t, created, err); err == nil && created.PackageID == "" {
			t.Error("a label was bought for no package")
		}
		attributes, err := client.SplitAttributes(ctx, shop, []string{"5"})
		sound(t, attributes, err)
		combinable, err := client.CombinablePackages(ctx, shop, "")
		sound(t, combinable, err)
		events, err := client.Tracking(ctx, shop, "5")
		sound(t, events, err)
		marked, err := client.MarkShipped(ctx, shop, platform.Marking{OrderID: "5", Tracking: "T", ProviderID: "9"})
		sound(t, marked, err)
		document, err := client.ShippingDocument(ctx, shop, "1", platform.DocumentRequest{})
		sound(t, document, err)
	})
}

func FuzzCancellations(f *testing.F) {
	seeds(f, false, `{"cancellations":[{"cancel_status":"CANCELLATION_REQUEST_CANCEL","seller_next_action_response":[{"action":"SELLER_RESPOND_CANCEL","deadline":"5"}]}]}`,
		`{"reasons":[{"name":"a","text":1}]}`, `{"cancel_id":1,"cancel_status":null}`, `{"sku_eligibility":[{"line_item_eligibility":[{"eligible":"TRUE"}]}]}`,
		`{"return_orders":[{"return_line_items":[{}]}]}`)
	f.Fuzz(func(t *testing.T, data []byte) {
		client, shop := fuzzedClient(t, inEnvelope(data))
		ctx := t.Context()
		page, err := client.SearchCancellations(ctx, shop, platform.CancellationSearch{})
		sound(t, page, err)
		for _, c := range page.Cancellations {
			if c.Pending() && c.Status != order.CancelRequestPending || c.Status == "CANCELLATION_REQUEST_CANCEL" {
				t.Errorf("misread: %+v", c)
			}
		}
		reasons, err := client.RejectReasons(ctx, shop, "1", "")
		sound(t, reasons, err)
		_, status, err := client.CancelOrder(ctx, shop, "5", "r", nil)
		sound(t, status, err)
		eligible, err := client.AftersaleEligibility(ctx, shop, "5")
		sound(t, eligible, err)
		returns, err := client.SearchReturns(ctx, shop, platform.ReturnSearch{})
		sound(t, returns, err)
	})
}

func FuzzLogistics(f *testing.F) {
	seeds(f, false, `{"warehouses":[{"id":1,"is_default":"true"}]}`, `{"delivery_options":[{"type":"SEND_BY_SELLER"}]}`, `{"shipping_providers":[{"id":9}]}`)
	f.Fuzz(func(t *testing.T, data []byte) {
		client, shop := fuzzedClient(t, inEnvelope(data))
		warehouses, err := client.Warehouses(t.Context(), shop)
		sound(t, warehouses, err)
		options, err := client.DeliveryOptions(t.Context(), shop, "1")
		sound(t, options, err)
		providers, err := client.ShippingProviders(t.Context(), shop, "1")
		sound(t, providers, err)
	})
}

func FuzzTokens(f *testing.F) {
	seeds(f, true, `{"code":0,"data":{"access_token":"a","access_token_expire_in":1795766400,"refresh_token":"r","user_type":0,"granted_scopes":["seller.order.info"]}}`,
		`{"code":0,"data":{"access_token":"a","user_type":"3"}}`, `{"code":36004004}`, `{"code":105002,"message":"expired"}`,
		`{"code":0,"data":{"access_token":1,"access_token_expire_in":99999999999999,"granted_scopes":[null,7]}}`)
	f.Fuzz(func(t *testing.T, answer []byte) {
		grant, err := platform.Authorize(context.Background(), fuzzedConfig(answer), fuzzedSecret+"-code")
		sound(t, grant, err)
		if err == nil && (grant.Access == "" || grant.UserType != 0) || err != nil && grant.Access != "" {
			t.Errorf("granted %+v, %v", grant, err)
		}
		if n := len(grant.Missing()); n > 6 {
			t.Errorf("%d scopes are missing", n)
		}
		// Refreshing reads the same answer.
		c := fuzzedConfig(answer)
		c.RefreshToken, c.AccessExpires = fuzzedSecret+"-refresh", start.Add(time.Minute)
		var kept []platform.Tokens
		c.Keep = func(pair platform.Tokens) error { kept = append(kept, pair); return nil }
		client, err := platform.New(c)
		if err != nil {
			t.Fatal(err)
		}
		shops, err := client.Shops(context.Background())
		sound(t, shops, err)
		for _, pair := range kept {
			if pair.Access == "" || pair.Refresh == "" {
				t.Errorf("kept half a pair")
			}
		}
	})
}
