package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

// What is journalled of a barcode changes the catalogue in the same transaction, and is found from then on.
func TestBarcodesFollowTheJournal(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "TEE", "ORDERED"))
	if err := s.ImportGoods([]order.Good{{SKU: "TEE", Barcodes: []string{"1"}, Name: "tee", Bin: "A-1"}, {SKU: "CAP", Cases: []order.Case{{Code: "9", Pieces: 6}}}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Append([]order.Event{
		{At: noon, Kind: order.BarcodeLearnt, Parcel: "P1", SKU: "TEE", Code: "2"}, {At: noon, Kind: order.BarcodeLearnt, Parcel: "P1", SKU: "TEE", Code: "2"},
		{At: noon, Kind: order.BarcodeForgotten, SKU: "TEE", Code: "1"}, {At: noon, Kind: order.BarcodeForgotten, SKU: "CAP", Code: "9"},
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeBarcode(order.Event{At: noon, Kind: order.BarcodeLearnt, SKU: "ORDERED", Code: "3"}); err != nil { // the catalogue knew nothing of it
		t.Fatal(err)
	}
	for code, want := range map[string][]string{"1": nil, "2": {"TEE"}, "3": {"ORDERED"}, "9": nil} {
		if got, err := s.Candidates(code); err != nil || !cmp.Equal(got.SKUs, want) || len(got.Cases) != 0 {
			t.Errorf("%s means %v, %v, %v", code, got.SKUs, got.Cases, err)
		}
	}
	if a, err := s.Article("TEE"); err != nil || !cmp.Equal(a.Good, order.Good{SKU: "TEE", Barcodes: []string{"2"}, Name: "tee", Bin: "A-1"}) {
		t.Errorf("%+v, %v", a, err)
	}
	err := s.ChangeBarcode(order.Event{At: noon, Kind: order.BarcodeLearnt, SKU: "NOBODY", Code: "4"})
	var p *order.Problem
	if !errors.As(err, &p) || p.Key != "catalogue.unknown_sku" {
		t.Errorf("%v", err)
	}
	if history, err := s.History("P1"); err != nil || len(history) != 2 {
		t.Errorf("%+v, %v", history, err)
	}
	changes, err := s.GoodsChanges(noon.Add(-time.Second), noon.Add(time.Second))
	if err != nil || len(changes) != 6 || changes[0].Kind != order.GoodsImported || changes[0].Goods != 2 || changes[5].SKU != "ORDERED" {
		t.Errorf("%+v, %v", changes, err)
	}
}

// All of a change is done or nothing, and what stays the same is not journalled.
func TestChangingAnArticle(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "ORDERED"))
	if err := s.ImportGoods([]order.Good{{SKU: "TEE", Barcodes: []string{"1"}, Bin: "A-1", Stock: 3}}); err != nil {
		t.Fatal(err)
	}
	change := func(sku string, fresh bool, cells map[string]string) string {
		t.Helper()
		if err := s.ChangeGood(order.Event{At: noon, SKU: sku, Cells: cells}, fresh); err != nil {
			return order.AsProblem(err).Key
		}
		return ""
	}
	for _, c := range []struct {
		sku   string
		fresh bool
		cells map[string]string
		key   string
	}{
		{"TEE", false, map[string]string{"stock": "5", "bin": "A-1", "barcodes": "1|2"}, ""},
		{"TEE", false, map[string]string{"stock": "5"}, ""}, // as it is
		{"TEE", false, map[string]string{"stock": "6", "weight_g": "x"}, "catalogue.why.whole"},
		{"TEE", false, map[string]string{"cases": "2*6"}, "catalogue.why.case_twice"},
		{"TEE", false, map[string]string{"seller_sku": "CAP"}, "catalogue.sku_fixed"},
		{"NEW", false, map[string]string{"stock": "1"}, "catalogue.unknown_sku"},
		{"NEW", true, map[string]string{"stock": "1"}, ""},
		{"ORDERED", false, map[string]string{}, ""},
	} {
		if key := change(c.sku, c.fresh, c.cells); key != c.key {
			t.Errorf("%s %v: %s, want %s", c.sku, c.cells, key, c.key)
		}
	}
	changes, err := s.GoodsChanges(noon, noon.Add(time.Second))
	if err != nil || len(changes) != 4 || !cmp.Equal(changes[1].Cells, map[string]string{"stock": "5", "barcodes": "1|2"}) || changes[2].SKU != "NEW" {
		t.Errorf("%+v, %v", changes, err)
	}
	all, err := s.Articles()
	if err != nil || len(all) != 3 || all[2].Stock != 5 {
		t.Errorf("%+v, %v", all, err)
	}
	for code, want := range map[string]bool{"A-1": true, "TEE": true, "2": false, "": false} {
		if is, err := s.NamesElse(code, "CAP"); err != nil || is != want {
			t.Errorf("%q names something else: %v, %v", code, is, err)
		}
	}
	if is, err := s.NamesElse("TEE", "TEE"); err != nil || is {
		t.Errorf("its own SKU names something else: %v, %v", is, err)
	}
}

func BenchmarkGoods(b *testing.B) {
	s, err := Open(b.TempDir(), clock)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var goods []order.Good
	for n := range 20_000 {
		goods = append(goods, order.Good{SKU: fmt.Sprint("SKU-", n), Barcodes: []string{fmt.Sprint(6_900_000_000_000 + n)}, Name: "速干 T 恤", Bin: fmt.Sprint("A-", n)})
	}
	if err := s.ImportGoods(goods); err != nil {
		b.Fatal(err)
	}
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if all, err := s.Articles(); err != nil || len(all) != len(goods) {
				b.Fatal(err)
			}
		}
	})
	b.Run("names else", func(b *testing.B) {
		for b.Loop() {
			if is, err := s.NamesElse("4006381333931", "SKU-1"); err != nil || is {
				b.Fatal(err)
			}
		}
	})
	b.Run("learn", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			if err := s.Append([]order.Event{{At: noon, Kind: order.BarcodeLearnt, SKU: "SKU-1", Code: fmt.Sprint("C", n%7)}}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
