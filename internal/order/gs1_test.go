package order

import (
	"testing"
	"time"
)

var autumn = time.Date(2026, 11, 22, 23, 0, 0, 0, time.FixedZone("CST", 8*3600))

func TestReadGS1(t *testing.T) {
	const gtin = "04006381333931"
	for code, want := range map[string]GS1{
		"01" + gtin + "17270331" + "10L-42":                 {gtin, Imprint{Lot: "L-42", Expiry: "2027-03-31"}},
		"01" + gtin + "10L-42\x1d17270331":                  {gtin, Imprint{Lot: "L-42", Expiry: "2027-03-31"}},
		"01" + gtin + "10L-42\x1d21SN-7\x1d17270200":        {gtin, Imprint{Serial: "SN-7", Lot: "L-42", Expiry: "2027-02-28"}},
		"01" + gtin + "15261231" + "3103001250" + "10L\x1d": {gtin, Imprint{Lot: "L", Expiry: "2026-12-31"}},
		"01" + gtin + "15261231" + "17270630":               {gtin, Imprint{Expiry: "2027-06-30"}},
		"01" + gtin:                                         {GTIN: gtin},
		"1727033110L42":                                     {Imprint: Imprint{Lot: "L42", Expiry: "2027-03-31"}},
		"01" + gtin + "17771231":                            {gtin, Imprint{Expiry: "1977-12-31"}}, // 2077 is more than 50 years away
		"01" + gtin + "17761231":                            {gtin, Imprint{Expiry: "2076-12-31"}},
	} {
		if got, ok := ReadGS1(code, autumn); !ok || got != want {
			t.Errorf("%q is %+v, %v, want %+v", code, got, ok, want)
		}
	}
	for _, code := range []string{
		"", "4006381333931", "0104006381333932" + "10L", "10234", "L-42", "01" + gtin + "17271331", "01" + gtin + "17270230", "01" + gtin + "1727", "0104006381",
		"01" + gtin + "10", "01" + gtin + "10123456789012345678901", "01" + gtin + "8888", "270331", "01ABCDEFGHIJKLMN10L",
	} {
		if got, ok := ReadGS1(code, autumn); ok {
			t.Errorf("%q is taken for %+v", code, got)
		}
	}
}

func TestReadDay(t *testing.T) {
	for text, want := range map[string]string{
		"2027-03-31": "2027-03-31", "20270331": "2027-03-31", "2027.03.31": "2027-03-31", "2027-03": "2027-03-31", "2028/02": "2028-02-29", "270331": "2027-03-31",
		"270200": "2027-02-28", "17270331": "2027-03-31", "2027-12": "2027-12-31",
		"": "", "L-42": "", "2027-13": "", "2027-02-30": "", "27-03-31": "", "31032027": "", "2027": "",
	} {
		if got, ok := ReadDay(text, autumn); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v, want %q", text, got, ok, want)
		}
	}
}

// The last day of use is a day where the bench stands.
func TestExpired(t *testing.T) {
	for expiry, want := range map[string]bool{"": false, "2026-11-21": true, "2026-11-22": false, "2027-01-01": false} {
		if got := (Imprint{Expiry: expiry}).Expired(autumn); got != want {
			t.Errorf("%s: %v", expiry, got)
		}
	}
}
