package catalogue

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"packbench/internal/order"
)

const header = "seller_sku,barcodes,name,bin,weight_g,stock,picture\n"

// read are the goods of a file, in every form in which they can be written again too.
func read(t *testing.T, text string) Found {
	t.Helper()
	found, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v: %+v", err, order.AsProblem(err).With)
	}
	for name, write := range map[string]func(io.Writer, []order.Good) error{"CSV": WriteCSV, "CSV with its mark": WriteMarkedCSV, "xlsx": WriteXLSX} {
		var out bytes.Buffer
		if err := write(&out, found.Goods); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&out)
		if diff := cmp.Diff(found.Goods, again.Goods); err != nil || diff != "" {
			t.Errorf("written as %s and read: %v, %s", name, err, diff)
		}
	}
	return found
}

func TestRead(t *testing.T) {
	found := read(t, "\uFEFFsupplier,"+header+`M2,TEE-L,6901|  6902|6901,"速干 T 恤, 黑",A-03-2,120.0,,`+"\n,,,,,,,\n")
	want := []order.Good{{SKU: "TEE-L", Barcodes: []string{"6901", "6902"}, Name: "速干 T 恤, 黑", Bin: "A-03-2", WeightG: 120}}
	if diff := cmp.Diff(Found{Goods: want, Encoding: UTF8}, found); diff != "" {
		t.Error(diff)
	}
}

func TestReadCasesAndSerialNumbers(t *testing.T) {
	found := read(t, "cases,serial,"+header+"16901*12| 26901 * 48,No,TEE-L,6901,a,b,1,1,\n,是,CAP,6903,a,b,1,1,\n")
	want := []order.Good{
		{SKU: "TEE-L", Barcodes: []string{"6901"}, Cases: []order.Case{{Code: "16901", Pieces: 12}, {Code: "26901", Pieces: 48}}, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
		{SKU: "CAP", Barcodes: []string{"6903"}, Numbered: true, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
	}
	if diff := cmp.Diff(want, found.Goods); diff != "" {
		t.Error(diff)
	}
}

func TestReadFurtherColumns(t *testing.T) {
	found := read(t, "marks,inserts,lot,box,"+header+"Battery|fragile,MAN-1| warranty card |MAN-1,, BOX-S ,PHONE,6901,a,b,1,1,\n,,Expiry|lot,,CREAM,6902,a,b,1,1,\n,,lot,,CAP,6903,a,b,1,1,\n")
	want := []order.Good{
		{SKU: "PHONE", Barcodes: []string{"6901"}, Inserts: []string{"MAN-1", "warranty card"}, Box: "BOX-S", Marks: []order.Mark{order.Battery, order.Fragile}, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
		{SKU: "CREAM", Barcodes: []string{"6902"}, Lotted: true, Expires: true, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
		{SKU: "CAP", Barcodes: []string{"6903"}, Lotted: true, Name: "a", Bin: "b", WeightG: 1, Stock: 1},
	}
	if diff := cmp.Diff(want, found.Goods); diff != "" {
		t.Error(diff)
	}
}

// What Excel writes as text on a Chinese computer, and with other separators.
func TestTextAsSpreadsheetsWriteIt(t *testing.T) {
	plain := header + "TEE-L,6901,速干 T 恤 鞼,A-03-2,120,5,\r\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	var wide, swapped []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + strings.ReplaceAll(plain, ",", "\t"))) {
		wide, swapped = append(wide, byte(unit), byte(unit>>8)), append(swapped, byte(unit>>8), byte(unit))
	}
	for name, c := range map[string]struct {
		text     string
		encoding Encoding
	}{
		"semicolons":        {strings.ReplaceAll(plain, ",", ";"), UTF8},
		"tabs":              {"\uFEFF" + strings.ReplaceAll(plain, ",", "\t"), UTF8},
		"GBK":               {gbk, GBK},
		"GBK and tabs":      {strings.ReplaceAll(gbk, ",", "\t"), GBK},
		"UTF-16":            {string(wide), UTF16},
		"UTF-16 big endian": {string(swapped), UTF16},
	} {
		found := read(t, c.text)
		want := []order.Good{{SKU: "TEE-L", Barcodes: []string{"6901"}, Name: "速干 T 恤 鞼", Bin: "A-03-2", WeightG: 120, Stock: 5}}
		if diff := cmp.Diff(Found{Goods: want, Encoding: c.encoding}, found); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
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
		"no encoding":    {header + "A,1,caf\xe9,b,1,1,\n", "catalogue.encoding", 2},
		"open quotes":    {header + "A,\"1,a,b,1,1,\n", "catalogue.line", 2},
		"old Excel":      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", "catalogue.old_excel", nil},
		"vast":           {header + strings.Repeat(" ", mostBytes), "catalogue.too_large", nil},
		"many cells":     {strings.Repeat(",", mostCells) + header, "catalogue.too_many", nil},
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
		"ruined SKU":     {header + "1.72938E+18,1,a,b,1,1,\n", "catalogue.line", 2},
		"ruined barcode": {header + "A,6.94106E+12,a,b,1,1,\n", "catalogue.line", 2},
	} {
		found, err := Read(strings.NewReader(c.text))
		var p *order.Problem
		if !errors.As(err, &p) || p.Key != c.key || p.With["line"] != c.line || found.Goods != nil {
			t.Errorf("%s: %v %v, goods %v", name, err, p, found.Goods)
		}
	}
}
