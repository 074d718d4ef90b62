package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

func TestScannedCodes(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "TEE", "BARE", "UNKNOWN-SKU"))
	if err := s.ImportGoods([]order.Good{
		{SKU: "TEE", Barcodes: []string{"6901234567892", "012345678905"}}, {SKU: "BARE"}, {SKU: "OTHER", Barcodes: []string{"6901234567892"}},
	}); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string][]string{
		"6901234567892": {"OTHER", "TEE"},
		"012345678905":  {"TEE"},
		"12345678905":   nil, // eleven digits are nobody's
		"0012345678905": {"TEE"},
		"TEE":           nil, // it has barcodes
		"BARE":          {"BARE"},
		"UNKNOWN-SKU":   {"UNKNOWN-SKU"}, // ordered, and the catalogue knows nothing of it
		"UNKNOWN":       nil,
		"":              nil,
	} {
		got, err := s.Candidates(code)
		if err != nil || !cmp.Equal(got.SKUs, want) {
			t.Errorf("%q means %v, want %v, %v", code, got.SKUs, want, err)
		}
	}
	if err := s.ImportGoods([]order.Good{{SKU: "TEE", Barcodes: []string{"1"}}}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Candidates("6901234567892"); err != nil || !cmp.Equal(got.SKUs, []string{"OTHER"}) {
		t.Errorf("the old barcode of a replaced article means %v, %v", got.SKUs, err)
	}
}

func TestScannedCases(t *testing.T) {
	s := open1(t)
	tee := order.Good{SKU: "TEE", Cases: []order.Case{{Code: "16901", Pieces: 12}, {Code: "012345678905", Pieces: 6}}}
	if err := s.ImportGoods([]order.Good{tee, {SKU: "CAP", Barcodes: []string{"16901"}}}); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]order.Candidates{
		"16901":         {SKUs: []string{"CAP"}, Cases: []order.CaseOf{{SKU: "TEE", Pieces: 12}}},
		"0012345678905": {Cases: []order.CaseOf{{SKU: "TEE", Pieces: 6}}},
		"TEE":           {SKUs: []string{"TEE"}}, // no barcode of a single piece is known
	} {
		got, err := s.Candidates(code)
		for _, sku := range want.Articles() {
			if got.Goods[sku].SKU != sku || len(got.Goods) != len(want.Articles()) {
				t.Errorf("%s brings the articles %+v", code, got.Goods)
			}
		}
		got.Goods = nil
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s means %+v, want %+v, %v", code, got, want, err)
		}
	}
	tee.Cases = nil
	if err := s.ImportGoods([]order.Good{tee}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Candidates("012345678905"); err != nil || len(got.Cases) > 0 {
		t.Errorf("a case that the catalogue has no more means %+v, %v", got, err)
	}
}

// A label another took the place of is known as such until a new one has the same number, under whatever key its parcel goes.
func TestReplacedLabelsAreKnown(t *testing.T) {
	s := open1(t)
	replaced := func(code string) (keys []order.ParcelKey) {
		found, err := s.Candidates(code)
		if err != nil {
			t.Fatal(err)
		}
		for _, known := range found.Replaced {
			keys = append(keys, known.Key)
		}
		return keys
	}
	write := func(events ...order.Event) {
		if err := s.Append(events); err != nil {
			t.Fatal(err)
		}
	}
	label := func(key order.ParcelKey, code string) []order.Event {
		return []order.Event{
			{Kind: order.LabelQueued, Parcel: key, Matched: code, At: noon}, {Kind: order.LabelSending, Parcel: key, At: noon},
			{Kind: order.LabelSent, Parcel: key, At: noon},
		}
	}
	write(label("o:O1", "T1")...)
	write(order.Event{Kind: order.LabelSpoiled, Parcel: "o:O1", Spoiling: order.Jammed, At: noon})
	write(label("o:O1", "T1")...)
	if got := replaced("T1"); got != nil {
		t.Errorf("printed again: %v", got)
	}
	write(order.Event{Kind: order.LabelSpoiled, Parcel: "o:O1", Spoiling: order.Replaced, At: noon},
		order.Event{Kind: order.LabelVoided, Parcel: "o:O1", At: noon})
	if got := replaced("T1"); !cmp.Equal(got, []order.ParcelKey{"o:O1"}) {
		t.Errorf("replaced: %v", got)
	}
	write(order.Event{Kind: order.Renamed, Parcel: "P1", Was: "o:O1", At: noon})
	write(label("P1", "T2")...)
	if got := replaced("T1"); !cmp.Equal(got, []order.ParcelKey{"P1"}) {
		t.Errorf("after it got a package: %v", got)
	}
	if got := replaced("T2"); got != nil {
		t.Errorf("the new one: %v", got)
	}
	write(order.Event{Kind: order.LabelSpoiled, Parcel: "P1", Spoiling: order.Replaced, At: noon})
	write(label("P1", "T1")...)
	if got := replaced("T1"); got != nil {
		t.Errorf("the same number again: %v", got)
	}
	if err := s.journal.Update(func(tx *bolt.Tx) error { return forget(tx, "P1") }); err != nil {
		t.Fatal(err)
	}
	if got := replaced("T2"); got != nil {
		t.Errorf("of a forgotten parcel: %v", got)
	}
}

// A serial number is known while its piece lies in a parcel.
func TestSerialNumbersAreKnown(t *testing.T) {
	s := open1(t)
	if err := s.ImportGoods([]order.Good{{SKU: "PHONE", Barcodes: []string{"690"}, Numbered: true}}); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Candidates("690"); err != nil || !cmp.Equal(found.Numbered, []string{"PHONE"}) {
		t.Errorf("%+v, %v", found, err)
	}
	in := func(want ...order.ParcelKey) {
		t.Helper()
		if found, err := s.Candidates("SN-1"); err != nil || !cmp.Equal(found.NumberIn, want) {
			t.Errorf("in %v, want %v, %v", found.NumberIn, want, err)
		}
	}
	in()
	if err := s.Append([]order.Event{{Kind: order.Taken, Parcel: "o:O1", Unit: "a", SKU: "PHONE", Serial: "SN-1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	in("o:O1")
	if err := s.Append([]order.Event{{Kind: order.Renamed, Parcel: "P1", Was: "o:O1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	in("P1")
	if err := s.Append([]order.Event{{Kind: order.PutBack, Parcel: "P1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	in()
}

// A GS1 code means the article whose number it names, however short the catalogue writes it, and the case of that number.
func TestGS1CodesMeanTheirArticle(t *testing.T) {
	s := open1(t)
	if err := s.ImportGoods([]order.Good{
		{SKU: "CREAM", Barcodes: []string{"4006381333931"}, Cases: []order.Case{{Code: "14006381333938", Pieces: 12}}, Lotted: true}, {SKU: "TINY", Barcodes: []string{"96385074"}},
	}); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]order.Candidates{
		"010400638133393117270331" + "10L-42": {SKUs: []string{"CREAM"}},
		"011400638133393810L-42":              {Cases: []order.CaseOf{{SKU: "CREAM", Pieces: 12}}},
		"0100000096385074":                    {SKUs: []string{"TINY"}},
		"1727033110L-42":                      {},
	} {
		got, err := s.Candidates(code)
		if err != nil || !cmp.Equal(got.SKUs, want.SKUs) || !cmp.Equal(got.Cases, want.Cases) {
			t.Errorf("%s means %v and %v, %v", code, got.SKUs, got.Cases, err)
		}
	}
	if err := s.Append([]order.Event{{Kind: order.Taken, Parcel: "P1", Unit: "a", SKU: "PHONE", Serial: "SN-1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Candidates("010400638133393121SN-1"); err != nil || !cmp.Equal(got.NumberIn, []order.ParcelKey{"P1"}) {
		t.Errorf("its number lies in %v, %v", got.NumberIn, err)
	}
}

// All parcels with pieces of a lot are found, until they leave again.
func TestLotsAreFound(t *testing.T) {
	s := open1(t)
	with := func(code string, want ...order.ParcelKey) {
		t.Helper()
		if got, err := s.PackedWith(code); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s lies in %v, want %v, %v", code, got, want, err)
		}
	}
	with("L-42")
	for i, key := range []order.ParcelKey{"P1", "P1", "P2"} {
		if err := s.Append([]order.Event{{Kind: order.Taken, Parcel: key, Unit: string(rune('a' + i)), SKU: "CREAM", Lot: "L-42", Serial: "SN-" + string(key), At: noon}}); err != nil {
			t.Fatal(err)
		}
	}
	with("L-42", "P1", "P2")
	with("SN-P2", "P2")
	if err := s.Append([]order.Event{{Kind: order.LeftBox, Parcel: "P1", Unit: "a", SKU: "CREAM", At: noon}}); err != nil {
		t.Fatal(err)
	}
	with("L-42", "P1", "P2")
	if err := s.Append([]order.Event{{Kind: order.PutBack, Parcel: "P1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	with("L-42", "P2")
}
