package catalogue

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"packbench/internal/order"
)

// book is a spreadsheet with a sheet of notes before the goods; fill writes what stands below their header.
func book(t *testing.T, fill func(f *excelize.File, sheet string)) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetCellValue("Sheet1", "A1", "notes of the week"))
	_, err := f.NewSheet("货品")
	must(err)
	must(f.SetSheetRow("货品", "A1", &[]any{"Seller_SKU", "barcodes ", "name", "bin", "weight_g", "stock", "picture", "last counted"}))
	fill(f, "货品")
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

// formatted puts a value with a number format into a cell.
func formatted(t *testing.T, f *excelize.File, sheet, cell string, value any, format string) {
	t.Helper()
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetCellValue(sheet, cell, value), f.SetCellStyle(sheet, cell, cell, style)); err != nil {
		t.Fatal(err)
	}
}

func TestSheetsAsPeopleKeepThem(t *testing.T) {
	data := book(t, func(f *excelize.File, sheet string) {
		for line, row := range [][]any{
			{"TEE", "0012345678905", "速干 T 恤", "A-03-2", 120.0, 5, "", time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)}, // zeros of a text, a date where nothing is read
			{"1E5", 6941061234567, "a SKU of digits and an E"},                                                      // numbers as numbers
			{},
			{"CUP", 6.94106123456e12, "", "B-1", 0.1 + 0.2 + 119.7},
			{"CAP"},
			{"PEN"},
			{"MUG"},
		} {
			if err := f.SetSheetRow(sheet, fmt.Sprint("A", line+2), &row); err != nil {
				t.Fatal(err)
			}
		}
		formatted(t, f, sheet, "B6", 12345678905, "0000000000000") // zeros of a format
		formatted(t, f, sheet, "B7", 6941061234567, "0.00E+00")    // shown as 6.94E+12
		formatted(t, f, sheet, "F7", 1234, "#,##0")
		formatted(t, f, sheet, "E7", 12, `0" g"`)
		if err := errors.Join(f.SetCellFormula(sheet, "B8", "B3"), f.SetCellValue(sheet, "C8", "formula")); err != nil {
			t.Fatal(err)
		}
	})
	data = changed(t, data, "xl/worksheets/sheet2.xml", func(xml string) string { // as Excel keeps what the formula came to
		return strings.Replace(xml, "<f>B3</f>", "<f>B3</f><v>6941061234567</v>", 1)
	})
	found, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err, order.AsProblem(err).With)
	}
	want := Found{Sheet: "货品", Goods: []order.Good{
		{SKU: "TEE", Barcodes: []string{"0012345678905"}, Name: "速干 T 恤", Bin: "A-03-2", WeightG: 120, Stock: 5},
		{SKU: "1E5", Barcodes: []string{"6941061234567"}, Name: "a SKU of digits and an E"},
		{SKU: "CUP", Barcodes: []string{"6941061234560"}, Bin: "B-1", WeightG: 120},
		{SKU: "CAP", Barcodes: []string{"0012345678905"}},
		{SKU: "PEN", Barcodes: []string{"6941061234567"}, WeightG: 12, Stock: 1234},
		{SKU: "MUG", Barcodes: []string{"6941061234567"}, Name: "formula"},
	}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

// changed is an xlsx file with one of its parts changed.
func changed(t *testing.T, data []byte, name string, change func(string) string) []byte {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range packed.File {
		from, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == name {
			content = []byte(change(string(content)))
		}
		w, err := to.Create(part.Name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBadSheets(t *testing.T) {
	whole := book(t, func(f *excelize.File, sheet string) {
		if err := f.SetSheetRow(sheet, "A2", &[]any{"TEE", "6901", "", "B-1"}); err != nil {
			t.Fatal(err)
		}
	})
	row := func(fill func(f *excelize.File, sheet string)) []byte {
		return book(t, func(f *excelize.File, sheet string) {
			if err := f.SetSheetRow(sheet, "A2", &[]any{"TEE", "6901", "", "B-1"}); err != nil {
				t.Fatal(err)
			}
			fill(f, sheet)
		})
	}
	empty := excelize.NewFile()
	var blank bytes.Buffer
	if err := empty.Write(&blank); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data     []byte
		key, why string
	}{
		"nothing in it":     {blank.Bytes(), "catalogue.no_sheet", ""},
		"cut short":         {whole[:len(whole)/2], "catalogue.broken", ""},
		"bits flipped":      {append(bytes.Clone(whole[:200]), bytes.Repeat([]byte{0xAA}, len(whole)-200)...), "catalogue.broken", ""},
		"no spreadsheet":    {changed(t, whole, "xl/workbook.xml", func(string) string { return "<other/>" }), "catalogue.broken", ""},
		"a part breaks off": {changed(t, whole, "xl/worksheets/sheet2.xml", func(xml string) string { return xml[:len(xml)*3/4] }), "catalogue.broken", ""},
		"a bin became a day": {row(func(f *excelize.File, sheet string) {
			formatted(t, f, sheet, "D2", time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC), `m"月"d"日"`)
		}), "catalogue.line", "catalogue.why.date"},
		"a barcode became a day": {row(func(f *excelize.File, sheet string) {
			formatted(t, f, sheet, "B2", time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC), "yyyy-mm-dd")
		}), "catalogue.line", "catalogue.why.date"},
		"a long number": {row(func(f *excelize.File, sheet string) {
			if err := f.SetCellValue(sheet, "A2", 1729382476852921560); err != nil {
				t.Fatal(err)
			}
		}), "catalogue.line", "catalogue.why.rounded"},
		"a failed formula": {row(func(f *excelize.File, sheet string) {
			if err := f.SetCellValue(sheet, "B2", "#N/A"); err != nil {
				t.Fatal(err)
			}
		}), "catalogue.line", "catalogue.why.fault"},
		"far out": {row(func(f *excelize.File, sheet string) {
			if err := f.SetCellValue(sheet, "XFD3", "x"); err != nil {
				t.Fatal(err)
			}
		}), "catalogue.too_many", ""},
		"far down": {row(func(f *excelize.File, sheet string) {
			if err := f.SetCellValue(sheet, "A1048576", "x"); err != nil {
				t.Fatal(err)
			}
		}), "catalogue.too_many", ""},
		"a bomb": {bomb(t), "catalogue.broken", ""},
	} {
		found, err := Read(bytes.NewReader(c.data))
		var p *order.Problem
		if !errors.As(err, &p) || p.Key != c.key || found.Goods != nil {
			t.Errorf("%s: %v, goods %v", name, err, found.Goods)
			continue
		}
		if why, _ := p.With["why"].(order.Said); why.Key != c.why {
			t.Errorf("%s: %+v, want %s", name, why, c.why)
		}
	}
}

// bomb is a small file that says that it unfolds to more than is ever read.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for i := range 3 {
		if _, err := to.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("xl/worksheets/sheet%d.xml", i), Method: zip.Deflate, UncompressedSize64: mostUnzipped / 2}); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever damage a file has, it is read or refused; none is worth a crash.
func TestDamagedSheets(t *testing.T) {
	var whole bytes.Buffer
	if err := WriteXLSX(&whole, []order.Good{{SKU: "TEE", Barcodes: []string{"6901"}, Name: "速干", WeightG: 120}}); err != nil {
		t.Fatal(err)
	}
	packed, err := zip.NewReader(bytes.NewReader(whole.Bytes()), int64(whole.Len()))
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	came := map[string]int{}
	for range 100 {
		part := packed.File[chance.IntN(len(packed.File))].Name
		_, err := Read(bytes.NewReader(changed(t, whole.Bytes(), part, func(content string) string { return damaged(chance, content) })))
		key := ""
		if err != nil {
			key = order.AsProblem(err).Key
		}
		came[key]++
	}
	if came[""] == 0 || came["catalogue.broken"] == 0 || came["bench.failed"] != 0 {
		t.Errorf("%v", came)
	}
}

// damaged is a part of a file in which something stands that nobody wrote.
func damaged(chance *rand.Rand, content string) string {
	strange := []string{"1048576", "-1", "99999999999999999999", "XFD1048576", "A0", "", `"`, "<", "9999", "1e308", "NaN", "\x00"}
	for range 1 + chance.IntN(3) {
		with, at := strange[chance.IntN(len(strange))], chance.IntN(len(content)+1)
		switch quoted := strings.Split(content, `"`); chance.IntN(3) {
		case 0:
			content = content[:at] + with + content[at:]
		case 1:
			content = content[:at] + content[at+chance.IntN(len(content)-at+1):]
		case 2:
			if len(quoted) > 3 {
				quoted[1+2*chance.IntN(len(quoted)/2)] = with
				content = strings.Join(quoted, `"`)
			}
		}
	}
	return content
}

func BenchmarkReadSheet(b *testing.B) {
	var goods []order.Good
	for i := range 20_000 {
		goods = append(goods, order.Good{SKU: fmt.Sprint("SKU-", i), Barcodes: []string{fmt.Sprint(6_900_000_000_000 + i)}, Name: "速干 T 恤", Bin: "A-1", WeightG: 120, Stock: i})
	}
	var out bytes.Buffer
	if err := WriteXLSX(&out, goods); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if found, err := Read(bytes.NewReader(out.Bytes())); err != nil || len(found.Goods) != len(goods) {
			b.Fatal(err)
		}
	}
}
