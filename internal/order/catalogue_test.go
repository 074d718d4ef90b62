package order

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
)

const header = "seller_sku,barcodes,name,bin,weight_g,stock,picture\n"

func TestReadCatalogue(t *testing.T) {
	goods, err := ReadCatalogue(strings.NewReader("\uFEFFsupplier," + header + `M2,TEE-L,6901|  6902|6901,"速干 T 恤, 黑",A-03-2,120.0,,` + "\n"))
	want := []Good{{SKU: "TEE-L", Barcodes: []string{"6901", "6902"}, Name: "速干 T 恤, 黑", Bin: "A-03-2", WeightG: 120}}
	if err != nil || !reflect.DeepEqual(goods, want) {
		t.Fatalf("%+v, %v", goods, err)
	}
	var out bytes.Buffer
	if err := WriteCatalogue(&out, goods); err != nil {
		t.Fatal(err)
	}
	if again, err := ReadCatalogue(&out); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("written and read: %+v, %v", again, err)
	}
}

func TestReadCatalogueWithCasesAndSerialNumbers(t *testing.T) {
	goods, err := ReadCatalogue(strings.NewReader("cases,serial," + header + "16901*12| 26901 * 48,No,TEE-L,6901,a,b,1,1,\n,是,CAP,6903,a,b,1,1,\n"))
	want := []Good{
		{SKU: "TEE-L", Barcodes: []string{"6901"}, Cases: []Case{{"16901", 12}, {"26901", 48}}, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
		{SKU: "CAP", Barcodes: []string{"6903"}, Numbered: true, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
	}
	if err != nil || !reflect.DeepEqual(goods, want) {
		t.Fatalf("%+v, %v", goods, err)
	}
	var out bytes.Buffer
	if err := WriteCatalogue(&out, goods); err != nil {
		t.Fatal(err)
	}
	if again, err := ReadCatalogue(&out); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("written and read: %+v, %v", again, err)
	}
}

func TestReadCatalogueWithFurtherColumns(t *testing.T) {
	goods, err := ReadCatalogue(strings.NewReader("marks,inserts,lot,box," + header + "Battery|fragile,MAN-1| warranty card |MAN-1,, BOX-S ,PHONE,6901,a,b,1,1,\n,,Expiry|lot,,CREAM,6902,a,b,1,1,\n,,lot,,CAP,6903,a,b,1,1,\n"))
	want := []Good{
		{SKU: "PHONE", Barcodes: []string{"6901"}, Inserts: []string{"MAN-1", "warranty card"}, Box: "BOX-S", Marks: []Mark{Battery, Fragile}, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
		{SKU: "CREAM", Barcodes: []string{"6902"}, Lotted: true, Expires: true, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
		{SKU: "CAP", Barcodes: []string{"6903"}, Lotted: true, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
	}
	if err != nil || !reflect.DeepEqual(goods, want) {
		t.Fatalf("%+v, %v", goods, err)
	}
	var out bytes.Buffer
	if err := WriteCatalogue(&out, goods); err != nil {
		t.Fatal(err)
	}
	if again, err := ReadCatalogue(&out); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("written and read: %+v, %v", again, err)
	}
}

func TestBadCataloguesNameTheLine(t *testing.T) {
	for name, c := range map[string]struct {
		text, key string
		line      any
	}{
		"empty":          {"", "catalogue.empty", nil},
		"column missing": {"seller_sku,name\n", "catalogue.column_missing", nil},
		"not a number":   {header + "A,1,a,b,1,1,\nB,2,a,b,heavy,1,\n", "catalogue.line", 3},
		"half a gram":    {header + "A,1,a,b,1.5,1,\n", "catalogue.line", 2},
		"no sku":         {header + ",1,a,b,1,1,\n", "catalogue.line", 2},
		"cells missing":  {header + "A,1\n", "catalogue.line", 2},
		"twice":          {header + "A,1,a,b,1,1,\nA,2,a,b,1,1,\n", "catalogue.twice", 3},
		"not UTF-8":      {header + "A,1,\xcb\xd9\xb8\xc9,b,1,1,\n", "catalogue.encoding", 2},
		"case of one":    {"cases," + header + "16901*1,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"case of none":   {"cases," + header + "16901,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"vast case":      {"cases," + header + "16901*1001,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"case and piece": {"cases," + header + "1*6,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"two cases":      {"cases," + header + "16901*6|16901*12,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"serial perhaps": {"serial," + header + "perhaps,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"unknown mark":   {"marks," + header + "heavy,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"lot perhaps":    {"lot," + header + "batch,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"its own insert": {"inserts," + header + "A,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"nine inserts":   {"inserts," + header + "1|2|3|4|5|6|7|8|9,A,1,a,b,1,1,\n", "catalogue.line", 2},
		"ruined barcode": {header + "A,6.94106E+12,a,b,1,1,\n", "catalogue.line", 2},
	} {
		goods, err := ReadCatalogue(strings.NewReader(c.text))
		var p *Problem
		if !errors.As(err, &p) || p.Key != c.key || p.With["line"] != c.line || goods != nil {
			t.Errorf("%s: %v %v, goods %v", name, err, p, goods)
		}
	}
}
