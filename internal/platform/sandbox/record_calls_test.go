package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestRecording(t *testing.T) {
	var lines bytes.Buffer
	v := visit(t, Options{Orders: 20, Seed: 5, Record: &lines, Scenario: &Scenario{Entries: []Entry{
		{What: "lost_after", Call: shipCalls, Nth: 2}, {What: "label_delay", By: 1, Nth: 2},
	}}})
	first := v.s.Credentials()
	_, packages := v.waiting()
	page := v.search(nil)
	v.search(url.Values{"page_token": {page.data.text("next_page_token")}})
	v.ship(packages[0])
	v.ship(packages[1])
	v.ship("1")
	link, err := url.Parse(v.label(packages[0]).data.text("doc_url"))
	if err != nil {
		t.Fatal(err)
	}
	v.send("GET", link.RequestURI(), "")
	v.call("POST", "/order/202309/orders/search", url.Values{"page_size": {"5"}},
		`{"order_status":"UNPAID","recipient_address":{"x":"Jalan 1"},"deep":[{"phone_number":"0123"}]}`)
	v.send("GET", tokenGetPath+"?"+url.Values{"app_key": {first.AppKey}, "app_secret": {first.AppSecret},
		"auth_code": {first.AuthCode}, "grant_type": {"authorized_code"}}.Encode(), "")
	v.send("GET", ConsentPath+"?service_id=1", "")
	var got []asking
	for line := range strings.Lines(lines.String()) {
		var a asking
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		got = append(got, a)
	}
	ship := "/fulfillment/202309/packages/"
	for i, want := range []struct {
		path   string
		status int
		code   int
		fault  string
	}{
		{"/order/202309/orders/search", 200, 0, ""}, {"/order/202309/orders/search", 200, 0, ""},
		{ship + packages[0] + "/ship", 200, 0, ""}, {ship + packages[1] + "/ship", 0, 0, "lost_after label_delay"}, {ship + "1/ship", 200, 21011028, ""},
		{ship + packages[0] + "/shipping_documents", 200, 0, ""}, {documentPath + "…", 200, -1, ""},
		{"/order/202309/orders/search", 200, 0, ""}, {tokenGetPath, 200, 0, ""}, {ConsentPath, 200, -1, ""},
	} {
		if i >= len(got) {
			t.Fatalf("only %d lines", len(got))
		}
		code := -1
		if got[i].Code != nil {
			code = *got[i].Code
		}
		if got[i].Path != want.path || got[i].Status != want.status || code != want.code || strings.Join(got[i].Faults, " ") != want.fault {
			t.Errorf("line %d: %+v, code %d, want %+v", i+1, got[i], code, want)
		}
	}
	if got[1].Query["page_size"] != "10" || got[1].Query["page_token"] != hidden || got[1].Shop != plainShopID {
		t.Errorf("%+v", got[1])
	}
	if body, is := got[7].Body.(map[string]any); !is || body["order_status"] != "UNPAID" {
		t.Errorf("%+v", got[7])
	}
	second := v.s.Credentials()
	for _, secret := range []string{
		first.AppKey, first.AppSecret, first.AccessToken, first.RefreshToken, first.AuthCode, second.AccessToken, second.RefreshToken,
		v.cipher, page.data.text("next_page_token"), link.Query().Get("sign"), link.RawQuery, "wsos1", "Jalan", "0123", "Malaysia", "sign",
	} {
		if strings.Contains(lines.String(), secret) {
			t.Errorf("%q is written down", secret)
		}
	}
	if err := v.s.RecordError(); err != nil {
		t.Error(err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestRecordingThatFailsIsSaid(t *testing.T) {
	v := visit(t, Options{Orders: 1, Record: full{}})
	if got := v.shops(); got.code != 0 || v.s.RecordError() == nil {
		t.Errorf("%+v, %v", got, v.s.RecordError())
	}
}
