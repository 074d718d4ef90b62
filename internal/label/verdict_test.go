package label

import (
	"testing"

	"packbench/internal/order"
)

func TestVerdict(t *testing.T) {
	mine := order.Parcel{Key: "1153000000000000001", OrderIDs: []string{"576120260000000001"}, Tracking: "JX100000000001", LastMile: "LM100000000001"}
	known := map[string][]order.ParcelKey{
		"JX100000000002":      {"1153000000000000002"},
		"1153000000000000002": {"1153000000000000002"},
		"576120260000000009":  {"1153000000000000001", "1153000000000000003"}, // an order in two parcels, one of them mine
	}
	others := func(code string) []order.ParcelKey { return known[code] }
	bar := func(text string) Code { return Code{text, Code128} }
	square := func(text string) Code { return Code{text, QR} }
	for _, c := range []struct {
		name    string
		codes   []Code
		kind    order.ReadBack
		matched string
	}{
		{"nothing read", nil, order.Unreadable, ""},
		{"the tracking number", []Code{bar("JX100000000001")}, order.Passed, "JX100000000001"},
		{"the last-mile number", []Code{bar("LM100000000001")}, order.Passed, "LM100000000001"},
		{"the package id", []Code{bar("1153000000000000001")}, order.Passed, "1153000000000000001"},
		{"the order id", []Code{bar("576120260000000001")}, order.Passed, "576120260000000001"},
		{"the tracking number is preferred", []Code{square("id=576120260000000001"), bar("576120260000000001"), bar("JX100000000001")}, order.Passed, "JX100000000001"},
		{"bars of the number before a link that holds it", []Code{square("t=JX100000000001"), bar("576120260000000001")}, order.Passed, "576120260000000001"},
		{"in a link", []Code{square("https://example.test/?p=1153000000000000001&v=2")}, order.Passed, "https://example.test/?p=1153000000000000001&v=2"},
		{"behind a route", []Code{bar("42090210JX100000000001")}, order.Passed, "42090210JX100000000001"},
		{"another parcel's", []Code{bar("JX100000000002")}, order.Foreign, "JX100000000002"},
		{"another parcel's after mine", []Code{bar("JX100000000001"), bar("JX100000000002")}, order.Foreign, "JX100000000002"},
		{"mine after another parcel's", []Code{bar("JX100000000002"), bar("JX100000000001")}, order.Foreign, "JX100000000002"},
		{"another parcel's in a QR code", []Code{bar("JX100000000001"), square(`{"pkg":"1153000000000000002"}`)}, order.Foreign, "1153000000000000002"},
		{"an order in two parcels", []Code{bar("JX100000000001"), bar("576120260000000009")}, order.Passed, "JX100000000001"},
		{"a route only", []Code{bar("R-17"), square("SORT 4")}, order.Unclaimed, ""},
		{"a number nobody knows", []Code{bar("JX999999999999")}, order.Unclaimed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Check(c.codes, mine, others)
			if v.Kind != c.kind || v.Matched != c.matched || len(v.Codes) != len(c.codes) {
				t.Errorf("%+v, want %s by %q", v, c.kind, c.matched)
			}
		})
	}
}

func TestAParcelWithoutNumbersMatchesNothing(t *testing.T) {
	v := Check([]Code{{"", QR}, {"   ", Code128}}, order.Parcel{Key: order.KeyOfOrder("")}, func(string) []order.ParcelKey { return nil })
	if v.Kind != order.Unclaimed {
		t.Errorf("%+v", v)
	}
}
