package sandbox

import (
	"os"
	"strings"
	"testing"
)

// Orders are served with every field they came with, numbers as they were written; only shop_id is not the platform's.
func TestDataKeepsWhatItDoesNotKnow(t *testing.T) {
	data, err := os.ReadFile("../testdata/shop.json")
	if err != nil {
		t.Fatal(err)
	}
	s := made(t, Options{Data: data})
	served := string(s.orders["580100000000000001"].json)
	if !strings.Contains(served, `"field_of_tomorrow":{"n":[1,2.5]}`) || strings.Contains(served, "shop_id") {
		t.Errorf("served: %s", served)
	}
	checkGoods(t, s.Goods())
}

// What version 202507 added is not in the list of 202309.
func TestOldVersionLacksNewFields(t *testing.T) {
	s := made(t, Options{Data: []byte(
		`{"shops":[{"id":"71"}],"orders":[{"id":"1","payment_card_type":"Credit","payment_method_name":"Card"}]}`)})
	r := s.orders["1"]
	if !strings.Contains(string(r.json), "payment_card_type") || strings.Contains(string(r.old), "payment_card_type") ||
		!strings.Contains(string(r.old), "payment_method_name") {
		t.Errorf("202507: %s, 202309: %s", r.json, r.old)
	}
}

func TestPageTokens(t *testing.T) {
	for _, at := range []place{{}, {1793250000, "580100000000000001"}, {1, "1"}, {22, "22"}} {
		token := at.token()
		if !strings.ContainsAny(token, "+") || !strings.Contains(token, "/") || !strings.HasSuffix(token, "==") {
			t.Errorf("token %s lacks + / =", token)
		}
		if back, ok := placeOf(token); !ok || back != at {
			t.Errorf("token of %v gives %v", at, back)
		}
	}
	for _, token := range []string{"", "x", "aDV5MHIyK2RlbW8rL3Rva2Vu+/Q=="} {
		if _, ok := placeOf(token); ok {
			t.Errorf("%q is taken for a token", token)
		}
	}
}
