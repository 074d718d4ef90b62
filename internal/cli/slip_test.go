package cli

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/paper"
	"packbench/internal/platform/sandbox"
)

// buyersNote is one in the scripts that buyers write in.
const buyersNote = "ขอห่อของขวัญ الرجاء التغليف كهدية 请包装 🎁 Zara-7731"

// A slip of each parcel of a wave and of those named, in their order, and each order's id is read on it.
func TestPackingSlipsAreWrittenAndPrinted(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 3, Waves: 1, JSON: true}))[0]
	folder := t.TempDir()
	lines := read[paperLine](t, p.must("", &Slip{ofParcels: ofParcels{Wave: made.Wave, Parcels: []string{string(made.PackageIDs[0])}}, OnPaper: OnPaper{To: folder, Size: "100x150"}}))
	var keys []order.ParcelKey
	for _, line := range lines {
		codes := codesOn(t, folder, line.File)
		if line.Sheet != packingSlip || line.Page == 1 && len(codes) != 1 || !p.hasOrder(line.PackageID, codes) {
			t.Errorf("%+v: %q", line, codes)
		}
		if line.Page == 1 {
			keys = append(keys, line.PackageID)
		}
	}
	if want := append(slices.Clone(made.PackageIDs), made.PackageIDs[0]); !slices.Equal(keys, want) {
		t.Errorf("slips of %v, want %v", keys, want)
	}
	printed := read[paperLine](t, p.must("", &Slip{ofParcels: ofParcels{Wave: made.Wave}, OnPaper: OnPaper{Print: true, Printer: "file:" + p.labels, Size: "100x150"}}))
	if len(printed) < 3 || p.printed() != len(printed) || printed[0].State != order.Sent {
		t.Errorf("%d printed of %+v", p.printed(), printed)
	}
	for key, v := range map[string]Slip{
		"usage.paper":          {ofParcels: ofParcels{Wave: made.Wave}},
		"paper.no_parcel":      {OnPaper: OnPaper{To: folder, Size: "100x150"}},
		"refused.unknown_code": {ofParcels: ofParcels{Parcels: []string{"1"}}, OnPaper: OnPaper{To: folder, Size: "100x150"}},
		"wave.unknown":         {ofParcels: ofParcels{Wave: "W0"}, OnPaper: OnPaper{To: folder, Size: "100x150"}},
		"paper.too_small":      {ofParcels: ofParcels{Wave: made.Wave}, OnPaper: OnPaper{To: folder, Size: "20x20"}},
	} {
		if end := p.run("", &v); end.code == ExitDone || !strings.Contains(end.stderr, key) {
			t.Errorf("%s: %+v", key, end)
		}
	}
}

// hasOrder tells whether codes are those of a parcel's orders.
func (p *place) hasOrder(key order.ParcelKey, codes []string) bool {
	return slices.ContainsFunc(p.orders(Orders{}), func(o orderLine) bool {
		return slices.ContainsFunc(o.Packages, func(q packageLine) bool { return q.PackageID == key }) && (len(codes) == 0 || slices.Contains(codes, o.OrderID))
	})
}

// A ticket carries the slot of its parcel and its wave, and opens the parcel at the bench.
func TestSlotTicketsOpenTheirParcel(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 3, Waves: 1, JSON: true}))[0]
	folder := t.TempDir()
	lines := read[paperLine](t, p.must("", &Ticket{ofParcels: ofParcels{Parcels: []string{string(made.PackageIDs[1])}}, OnPaper: OnPaper{To: folder, Size: "100x150"}}))
	if len(lines) != 1 || lines[0].Sheet != slotTicket {
		t.Fatalf("%+v", lines)
	}
	codes := codesOn(t, folder, lines[0].File)
	if _, scans := p.pack(codes[0]); len(scans) != 1 || scans[0].Outcome != "opened" || scans[0].PackageID != made.PackageIDs[1] {
		t.Errorf("%q: %+v", codes, scans)
	}
}

// What stands on the papers of a parcel: gifts apart, the buyer's note and no colleague's, its slot and its wave.
func TestWhatStandsOnAParcelsPapers(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 4})
	tee := order.Line{SellerSKU: "TEE", ProductName: "Tee", VariantName: "Black"}
	gift := tee
	gift.Gift = true
	known := order.Known{Parcel: order.Parcel{
		Key: "1153", ShopID: "7", OrderIDs: []string{"5792", "5793"}, Number: 1, Of: 2, Due: time.Date(2026, 11, 22, 16, 0, 0, 0, time.Local),
		Units: []order.Unit{{Line: tee}, {Line: gift}, {Line: tee}},
		Notes: []order.Note{{FromBuyer: true, Text: buyersNote}, {Text: "regular customer"}},
	}}
	near := around{shops: map[string]string{"7": "Lantern"}, slots: map[order.ParcelKey]string{"1153": "A 17"}, waves: map[order.ParcelKey]string{"1153": "W261122-03"}}
	want := paper.Slip{
		Title: "PACKING SLIP", Warning: "Not a shipping label", Shop: "Lantern", Order: "Order 5792, 5793", Orders: known.OrderIDs, Facts: []string{"Parcel 1 of 2"},
		Items: []paper.Item{{Pieces: 2, Name: "Tee", Variant: "Black", SKU: "TEE"}, {Pieces: 1, Name: "Tee", Variant: "Black", SKU: "TEE", Gift: "🎁 Gift"}},
		Sum:   "3 pieces", NoteTitle: "Buyer's note", Notes: []string{buyersNote},
	}
	if diff := cmp.Diff(want, slipOf(p.environment(), known, near)); diff != "" {
		t.Error(diff)
	}
	ticket := paper.Ticket{Wave: "Wave W261122-03", Slot: "A 17", Code: "1153", Facts: []string{"3 pieces", "Due 2026-11-22 16:00"}}
	if diff := cmp.Diff(ticket, ticketOf(p.environment(), known, near)); diff != "" {
		t.Error(diff)
	}
}

// Nothing of ours lies between the labels of a run, and a paper can be written meanwhile.
func TestNoPaperBetweenTheLabelsOfARun(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 3, Waves: 1, JSON: true}))[0]
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bench.Store.Append([]order.Event{{At: time.Now(), Kind: order.RunMade, Run: "R1", Parcels: made.PackageIDs}}), bench.Close()); err != nil {
		t.Fatal(err)
	}
	on := OnPaper{Print: true, Printer: "file:" + p.labels, Size: "100x150"}
	for _, v := range []verb{&Slip{ofParcels{Wave: made.Wave}, on}, &Ticket{ofParcels{Wave: made.Wave}, on}} {
		if end := p.run("", v); end.code == ExitDone || !strings.Contains(end.stderr, "paper.run_goes") || p.printed() > 0 {
			t.Errorf("%T: %+v", v, end)
		}
	}
	p.must("", &Ticket{ofParcels{Wave: made.Wave}, OnPaper{To: t.TempDir(), Size: "100x50"}})
}

// A buyer's note is on the paper and in nothing that is said or logged.
func TestABuyersNoteIsSaidNowhere(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 120, Seed: 4, Mix: sandbox.MixFull})
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	waiting, _, err := bench.Store.Waiting(1000, "")
	if err := errors.Join(err, bench.Close()); err != nil {
		t.Fatal(err)
	}
	var notes, parcels []string
	for _, known := range waiting {
		for _, note := range known.Notes {
			notes, parcels = append(notes, note.Text), append(parcels, string(known.Key))
		}
	}
	if len(notes) == 0 {
		t.Fatal("nobody wrote a note: the test looks for nothing")
	}
	folder := t.TempDir()
	said := ""
	for _, on := range []OnPaper{{To: folder, Size: "100x150"}, {To: folder, Size: "210x297"}, {To: folder, Size: "30x30"}, {Print: true, Printer: "file:" + p.labels, Size: "100x150"}} {
		end := p.run("", &Slip{ofParcels{Parcels: parcels}, on})
		said += end.stdout + end.stderr
	}
	logged, err := os.ReadFile(filepath.Join(p.dir, "logs", "packbench.log"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, note := range notes {
		if strings.Contains(said, note) || strings.Contains(string(logged), note) {
			t.Errorf("a note is said: %q", note)
		}
	}
}
