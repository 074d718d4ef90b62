package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// stocked is a bench whose catalogue is told more of the article of the first waiting parcel with so many pieces of one kind: the columns of more and their
// cells. It returns the parcel's number and the article's barcode.
func stocked(t *testing.T, pieces int, more, cells string, rows ...string) (p *place, parcel, barcode string) {
	t.Helper()
	p = newPlace(t, sandbox.Options{Orders: 80, Seed: 3, LabelDelay: time.Millisecond})
	for _, o := range p.waiting(pieces) {
		if len(o.Packages[0].Lines) > 1 {
			continue
		}
		sku := o.Packages[0].Lines[0].SellerSKU
		p.catalog(strings.Join(append([]string{more + ",seller_sku,barcodes,name,bin,weight_g,stock,picture", cells + "," + sku + "," + p.barcodes[sku] + ",,,,,"}, rows...), "\n") + "\n")
		return p, string(o.Packages[0].PackageID), p.barcodes[sku]
	}
	t.Fatal("no such parcel waits")
	return nil, "", ""
}

func (p *place) catalog(text string) {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), "more.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	p.must("", &CatalogImport{File: path})
}

// What the catalogue has laid beside an article is asked for before the label, from the file to the journal.
func TestPackInserts(t *testing.T) {
	p, parcel, barcode := stocked(t, 1, "inserts", "MAN-1|warranty card", ",MAN-1,4006381333931,Manual,,,,")
	end, lines := p.pack(parcel, barcode, "4006381333931", "label", "ok", "wait", "label")
	want := []string{"opened", "taken", "insert_added", "needs_person", "accepted", "confirmed"}
	if got := outcomesOf(lines); end.code != ExitDone || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
	}
	if !strings.Contains(lines[3].Message, "warranty card") || strings.Contains(lines[3].Message, "MAN-1") {
		t.Errorf("%+v", lines[3])
	}
	history := p.must("", &History{Code: parcel})
	for _, event := range []string{"laid into the box: MAN-1", "a person saw to it"} {
		if !strings.Contains(history, event) {
			t.Errorf("%q is not in\n%s", event, history)
		}
	}
	if !slices.ContainsFunc(read[historyLine](t, p.must("", &History{Code: parcel, JSON: true})), func(l historyLine) bool { return l.Check == order.CheckInserts }) {
		t.Error("the check is not in the history")
	}
}

// A lot is captured with the piece and leads back to its parcels; an expired piece stays out.
func TestPackLots(t *testing.T) {
	p, parcel, barcode := stocked(t, 2, "lot", "lot|expiry")
	gs1 := "01" + strings.Repeat("0", 14-len(barcode)) + barcode
	end, lines := p.pack(parcel, gs1+"17200131"+"10OLD", barcode, "L-42", "2031-12", barcode, "wait", "label")
	want := []string{"opened", "expired", "lot_wanted", "expiry_wanted", "taken", "taken", "confirmed"}
	if got := outcomesOf(lines); end.code != ExitDone || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
	}
	if !strings.Contains(lines[1].Message, "2020-01-31") {
		t.Errorf("%+v", lines[1])
	}
	taken := slices.DeleteFunc(read[historyLine](t, p.must("", &History{Code: "L-42", JSON: true})), func(l historyLine) bool { return l.Lot == "" })
	if len(taken) != 2 || string(taken[0].PackageID) != parcel || taken[1].Expiry != "2031-12-31" {
		t.Errorf("%+v", taken)
	}
	if text := p.must("", &History{Code: "L-42"}); !strings.Contains(text, "lot L-42, use by 2031-12-31") {
		t.Error(text)
	}
	if end := p.run("", &History{Code: "OLD"}); end.code == ExitDone {
		t.Errorf("a lot nothing was packed of: %s", end.stdout)
	}
}

// Packing material is known by its own code and by the barcode of the article it is, and counted.
func TestPackMaterials(t *testing.T) {
	p, parcel, barcode := stocked(t, 1, "box", "BOX-S", "BOX-S,BOX-S,4006381333931,Small box,,,,")
	end, lines := p.pack("BOX-S", parcel, "4006381333931", "undo", barcode, "wait", "BOX-S", "label")
	want := []string{"nothing_asked", "opened", "material_used", "undone", "taken", "material_used", "confirmed"}
	if got := outcomesOf(lines); end.code != ExitDone || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
	}
	if !strings.Contains(lines[4].Message, "Proposed: BOX-S") {
		t.Errorf("%+v", lines[4])
	}
	used := read[materialLine](t, p.must("", &CatalogMaterials{JSON: true}))
	if len(used) != 1 || used[0].Material != "BOX-S" || used[0].Name != "Small box" || used[0].Used != 1 || used[0].Parcels != 1 {
		t.Errorf("%+v", used)
	}
	if text := p.must("", &CatalogMaterials{}); !strings.Contains(text, "Small box") {
		t.Error(text)
	}
	if text := p.must("", &CatalogMaterials{Day: "2020-01-31"}); strings.Contains(text, "Small box") {
		t.Error(text)
	}
	if history := p.must("", &History{Code: parcel}); !strings.Contains(history, "packing material used: BOX-S") {
		t.Error(history)
	}
}

// A barcode that two articles of a parcel share is asked about, and the answer can be given by its number.
func TestPackAnAmbiguousBarcode(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 80, Seed: 3, LabelDelay: time.Millisecond})
	for _, o := range p.waiting(2) {
		lines := o.Packages[0].Lines
		if len(lines) != 2 {
			continue
		}
		p.catalog("seller_sku,barcodes,name,bin,weight_g,stock,picture\n" + lines[0].SellerSKU + ",4006381333931,,,,,\n" + lines[1].SellerSKU + ",4006381333931,,,,,\n")
		end, told := p.pack(string(o.Packages[0].PackageID), "4006381333931", "choose 2", "4006381333931", "wait", "label")
		want := []string{"opened", "ambiguous", "taken", "taken", "confirmed"}
		if got := outcomesOf(told); end.code != ExitDone || !slices.Equal(got, want) {
			t.Fatalf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
		}
		if told[1].State != "packing" || !strings.Contains(told[1].Message, "several things") {
			t.Errorf("%+v", told[1])
		}
		return
	}
	t.Fatal("no parcel of two kinds waits")
}
