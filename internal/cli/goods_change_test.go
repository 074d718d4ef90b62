package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// The catalogue goes out into a file, is edited by a spreadsheet's rules, and comes in again.
func TestCatalogueThereAndBack(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 1})
	before := p.must("", &CatalogList{JSON: true})
	sku := read[goodLine](t, before)[0].SKU
	p.must("", &CatalogSet{SKU: sku, Cells: []string{"name=速干 T 恤", "marks=fragile|battery", "cases=16901234567897*12", "serial=yes", "stock=7"}})
	changed := p.must("", &CatalogList{JSON: true})
	if changed == before {
		t.Fatal("nothing was changed")
	}
	for _, name := range []string{"goods.xlsx", "goods.CSV"} {
		file := filepath.Join(t.TempDir(), name)
		p.must("", &CatalogExport{File: file})
		if end := p.run("", &CatalogExport{File: file}); !strings.Contains(end.stderr, "[catalogue.file_exists]") {
			t.Errorf("%+v", end)
		}
		p.must("", &CatalogExport{File: file, Force: true})
		p.must("", &CatalogSet{SKU: sku, Cells: []string{"name=", "marks=", "cases=", "serial=", "stock="}})
		p.must("", &CatalogImport{File: file})
		if diff := cmp.Diff(changed, p.must("", &CatalogList{JSON: true})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
			t.Errorf("%v, %v", left, err)
		}
	}
	if end := p.run("", &CatalogExport{File: "goods.ods"}); end.code != ExitUsage {
		t.Errorf("%+v", end)
	}
}

// A file that cannot be read changes nothing, and what is said is a sentence.
func TestABrokenFileChangesNothing(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 1})
	before := p.must("", &CatalogList{JSON: true})
	file := filepath.Join(t.TempDir(), "goods.xlsx")
	p.must("", &CatalogExport{File: file})
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{10, len(whole) / 2, len(whole) - 5} {
		if err := os.WriteFile(file, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if end := p.run("", &CatalogImport{File: file}); end.code != ExitFailed || !strings.Contains(end.stderr, "save it again as .xlsx") {
			t.Errorf("%+v", end)
		}
	}
	if after := p.must("", &CatalogList{JSON: true}); after != before {
		t.Error("the catalogue changed")
	}
}

func TestCatalogueInGBK(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 1})
	file := filepath.Join(t.TempDir(), "goods.csv")
	if err := os.WriteFile(file, []byte("seller_sku;barcodes;name;bin;weight_g;stock;picture\r\nTEE-L;6901;\xcb\xd9\xb8\xc9;A-1;1;1;\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := p.must("", &CatalogImport{File: file}); !strings.Contains(said, "read as GBK") || !strings.Contains(said, "速干") {
		t.Error(said)
	}
}

func TestCatalogueRefusesCells(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 1})
	sku := read[goodLine](t, p.must("", &CatalogList{JSON: true}))[0].SKU
	for key, verb := range map[string]*CatalogSet{
		"usage.catalog_cell":    {SKU: sku, Cells: []string{"stock"}},
		"catalogue.why.column":  {SKU: sku, Cells: []string{"colour=red"}},
		"catalogue.why.whole":   {SKU: sku, Cells: []string{"bin=B-1", "stock=many"}},
		"catalogue.sku_fixed":   {SKU: sku, Cells: []string{"seller_sku=OTHER"}},
		"catalogue.unknown_sku": {SKU: "NOBODY", Cells: []string{"stock=1"}},
	} {
		if end := p.run("", verb); end.code == ExitDone || !strings.Contains(end.stderr, "["+key) {
			t.Errorf("%s: %+v", key, end)
		}
	}
	p.must("", &CatalogSet{SKU: "NEW-1", New: true, Cells: []string{"name=new"}})
	if lines := read[goodLine](t, p.must("", &CatalogList{JSON: true, Text: "new"})); len(lines) != 1 || lines[0].SKU != "NEW-1" {
		t.Errorf("%+v", lines)
	}
	if changes := read[goodChangeLine](t, p.must("", &CatalogChanges{JSON: true})); len(changes) != 2 { // the import, and what was new
		t.Errorf("%+v", changes)
	}
}

// A barcode is learnt unless the code means something else, and the next scan knows it.
func TestCatalogueLearns(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond})
	p.must("24680975\n", &PeopleAdd{Name: "Mei", Role: "supervisor", Badge: "S-1"})
	o := p.waiting(1)[0]
	sku, parcel := o.Packages[0].Lines[0].SellerSKU, string(o.Packages[0].PackageID)
	other := ""
	for known := range p.barcodes {
		if known != sku {
			other = known
		}
	}
	p.must("", &CatalogSet{SKU: other, Cells: []string{"bin=Z-99", "cases=26901234567894*6", "box=MAILER"}})
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	installation, err := bench.Store.Installation()
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for code, key := range map[string]string{
		order.CommandCode(installation, order.Commands[0]): "learn.command",
		"S-1":                   "learn.badge",
		parcel:                  "learn.parcel",
		o.OrderID:               "learn.parcel",
		"Z-99":                  "learn.names_else",
		other:                   "learn.names_else",
		"26901234567894":        "learn.case",
		p.barcodes[sku]:         "learn.already",
		p.barcodes[other]:       "learn.other",
		"MAILER":                "learn.material",
		"one|two":               "learn.no_barcode",
		"1727033110L-42":        "learn.no_barcode", // a lot and its day, and no article
		strings.Repeat("9", 60): "learn.no_barcode",
	} {
		if end := p.run("", &CatalogLearn{SKU: sku, Barcode: code}); end.code != ExitFailed || !strings.Contains(end.stderr, "["+key+"]") {
			t.Errorf("%s: want %s, %+v", code, key, end)
		}
	}
	if end := p.run("", &CatalogLearn{SKU: "NOBODY", Barcode: "4006381333931"}); !strings.Contains(end.stderr, "[catalogue.unknown_sku]") {
		t.Errorf("%+v", end)
	}
	p.must("", &CatalogLearn{SKU: sku, Barcode: "]C1010400638133393121SN7", doneBy: doneBy{By: "Mei"}}) // of a GS1 code the number
	p.must("", &CatalogLearn{SKU: other, Barcode: "4006381333931", Also: true})
	p.must("", &CatalogForget{SKU: other, Barcode: "4006381333931"})
	if end := p.run("", &CatalogForget{SKU: other, Barcode: "4006381333931"}); !strings.Contains(end.stderr, "[learn.not_its]") {
		t.Errorf("%+v", end)
	}
	changes := read[goodChangeLine](t, p.must("", &CatalogChanges{JSON: true}))
	kinds := []order.EventKind{}
	for _, change := range changes {
		kinds = append(kinds, change.Event)
	}
	if want := []order.EventKind{order.GoodsImported, order.GoodChanged, order.BarcodeLearnt, order.BarcodeLearnt, order.BarcodeForgotten}; !slices.Equal(kinds, want) {
		t.Errorf("%v", kinds)
	}
	if learnt := changes[2]; learnt.By != "Mei" || learnt.SKU != sku || learnt.Code != "4006381333931" || changes[3].By == "" {
		t.Errorf("%+v", changes)
	}
	if text := p.must("", &CatalogChanges{}); !strings.Contains(text, "barcode learnt 4006381333931") || !strings.Contains(text, "bin=Z-99") {
		t.Error(text)
	}
	p.must("", &PeopleRemove{Name: "Mei"})
	end, lines := p.pack(parcel, "4006381333931", "wait", "label")
	if got := outcomesOf(lines); end.code != ExitDone || !slices.Equal(got, []string{"opened", "taken", "confirmed"}) {
		t.Errorf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
	}
}

// At the bench a supervisor has the code learnt that was refused; the next parcel knows it, and the journal tells who allowed it.
func TestPackLearnsABarcode(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 80, Seed: 3, LabelDelay: time.Millisecond})
	p.must("24680975\n", &PeopleAdd{Name: "Mei", Role: "supervisor", Badge: "S-1"})
	p.must("", &PeopleAdd{Name: "Li", Role: "packer", Badge: "P-1"})
	ofSKU := map[string][]string{} // parcels of one piece
	sku := ""
	for _, o := range p.waiting(1) {
		one := o.Packages[0].Lines[0].SellerSKU
		if ofSKU[one] = append(ofSKU[one], string(o.Packages[0].PackageID)); len(ofSKU[one]) == 2 {
			sku = one
		}
	}
	if sku == "" {
		t.Fatal("no two parcels with the same article wait")
	}
	const code = "4006381333931"
	p.must("", &CatalogSet{SKU: sku, Cells: []string{"bin=Z-99"}})
	end, lines := p.pack("P-1", ofSKU[sku][0], "Z-99", "learn", "S-1", "pin 24680975", "Z-99", "aside",
		code, "learn", "S-1", "pin 24680975", code, "wait", "label", ofSKU[sku][1], code, "wait", "label")
	want := []string{"signed_in", "opened", "unknown_code", "needs_person", "needs_person", "needs_person", "needs_person", "accepted",
		"unknown_code", "needs_person", "needs_person", "needs_person", "taken", "confirmed", "opened", "taken", "confirmed"}
	if got := outcomesOf(lines); end.code != ExitDone || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
	}
	if !strings.Contains(lines[6].Message, "bin") || strings.Contains(end.stdout, "24680975") {
		t.Errorf("%s", end.stdout)
	}
	changes := read[goodChangeLine](t, p.must("", &CatalogChanges{JSON: true}))
	if learnt := changes[len(changes)-1]; learnt.Event != order.BarcodeLearnt || learnt.Code != code || learnt.SKU != sku || learnt.By != "Mei" || string(learnt.Parcel) != ofSKU[sku][0] {
		t.Errorf("%+v", learnt)
	}
	if history := p.must("", &History{Code: ofSKU[sku][0]}); !strings.Contains(history, "barcode learnt: "+sku) {
		t.Error(history)
	}
}
