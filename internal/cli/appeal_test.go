package cli

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/paper"
	"packbench/internal/platform/sandbox"
	"packbench/internal/testkit"
	"packbench/internal/words"
)

// packed is a bench at which some parcels were packed, with the numbers of those.
func packed(t *testing.T, parcels int) (*place, []orderLine) {
	t.Helper()
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	orders := p.waiting(2)[:parcels]
	for _, o := range orders {
		p.pack(append(append([]string{string(o.Packages[0].PackageID)}, p.scansOf(o)...), "label")...)
	}
	return p, orders
}

// photoOf is a JPEG of a size, as a camera would make it but for what it shows.
func photoOf(t *testing.T, wide, high int) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			picture.Set(x, y, color.RGBA{uint8(x * 255 / wide), uint8(y * 255 / high), 128, 255})
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, picture, nil); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// handOver scans parcels onto a sheet, attaches a photo of it and closes it without one of them.
func (p *place) handOver(orders []orderLine) (sheet string) {
	p.t.Helper()
	bench, err := OpenBench(p.environment())
	if err != nil {
		p.t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	sheet = order.SheetID(at, 1)
	photo, err := bench.Store.KeepPhoto(photoOf(p.t, 3000, 1500))
	if err != nil {
		p.t.Fatal(err)
	}
	events := []order.Event{{At: at, Kind: order.SheetOpened, Packer: "Ann", Handover: order.Handover{Sheet: sheet, Carrier: "J&T Express", Mode: order.PickedUp}}}
	for _, o := range orders[:len(orders)-1] {
		known, _, err := bench.Store.Parcel(o.Packages[0].PackageID)
		if err != nil {
			p.t.Fatal(err)
		}
		events = append(events, order.Event{At: at, Kind: order.HandedOver, Parcel: known.Key, Packer: "Ann", Handover: order.Handover{Sheet: sheet, Tracking: known.Tracking, Orders: known.OrderIDs, WeightG: 310}})
	}
	last, _, err := bench.Store.Parcel(orders[len(orders)-1].Packages[0].PackageID)
	if err != nil {
		p.t.Fatal(err)
	}
	events = append(events, order.Event{At: at, Kind: order.PhotoAttached, Document: photo, Handover: order.Handover{Sheet: sheet}},
		order.Event{At: at.Add(time.Hour), Kind: order.SheetClosed, Packer: "Ann", SupervisorName: "Eve", Handover: order.Handover{Sheet: sheet, Missing: []order.Absent{{Parcel: last.Key, Tracking: last.Tracking}}, Reason: "left behind"}})
	if err := bench.Store.Append(events); err != nil {
		p.t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		p.t.Fatal(err)
	}
	return sheet
}

// packOf gathers the pack of something.
func (p *place) packOf(of string) *appealPack {
	p.t.Helper()
	bench, err := OpenBench(p.environment())
	if err != nil {
		p.t.Fatal(err)
	}
	defer bench.Close()
	pack, err := bench.gather(p.t.Context(), p.environment().Tongue, of, func(int, int) {})
	if err != nil {
		p.t.Fatal(err)
	}
	return pack
}

// codes are those that are read off the pages of a pack.
func (p *appealPack) codes(t *testing.T) (codes []string) {
	t.Helper()
	pages, _, err := paper.AppealPack(appealSize, officeDPI, p.paper())
	if err != nil {
		t.Fatal(err)
	}
	for i, one := range pages {
		var png bytes.Buffer
		if err := paper.PNG(&png, one); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), fmt.Sprint(i, ".png"))
		if err := os.WriteFile(path, png.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		codes = append(codes, testkit.ReadCodes(t, path)...)
	}
	return codes
}

// text is what stands in a pack, a line a row.
func (p *appealPack) text() string {
	var all []string
	for _, section := range p.paper().Sections {
		all = append(all, "# "+section.Title)
		for _, row := range section.Rows {
			all = append(all, strings.Join(row, " | "))
		}
		if len(section.Rows)+len(section.Photos) == 0 && section.Label == nil {
			all = append(all, section.None)
		}
	}
	return strings.Join(all, "\n")
}

// The pack of a parcel shows its label, whose code can be read off the page, and lies in a file that only this user may read.
func TestAnAppealPackOfAParcel(t *testing.T) {
	p, orders := packed(t, 3)
	p.handOver(orders)
	o := orders[0]
	file := filepath.Join(t.TempDir(), "appeal.pdf")
	if said := p.must("", &Appeal{Of: o.OrderID, Out: file}); !strings.Contains(said, "appeal.pdf is written. Parcels: 1, pages: 3") {
		t.Error(said)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	if data, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(data, []byte("%PDF")) || !bytes.Contains(data, []byte("/DCTDecode")) {
		t.Errorf("a document without its photo, %v", err)
	}
	pack := p.packOf(o.OrderID)
	known := pack.parcels[0].known
	if codes := pack.codes(t); !slices.Contains(codes, known.Tracking) || !slices.Contains(codes, o.OrderID) {
		t.Errorf("the pages have the codes %q, not %s and %s", codes, known.Tracking, o.OrderID)
	}
	folder := filepath.Join(t.TempDir(), "sheet")
	p.must("", &Appeal{Of: "H261122-01", Out: folder})
	var names []string
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	want := []string{"H261122-01-photo-1.jpg", "appeal.pdf"}
	for _, o := range orders[:2] {
		want = append(want, string(o.Packages[0].PackageID)+"-parcel.pdf", string(o.Packages[0].PackageID)+"-parcel-label.pdf")
	}
	if slices.Sort(want); err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, want %q, %v", names, want, err)
	}
	if end := p.run("", &Appeal{Of: "H261122-09", Out: file}); end.code != ExitFailed || !strings.Contains(end.stderr, "refused.unknown_code") {
		t.Errorf("%+v", end)
	}
}

// What stands in the pack is what the journal, the platform and the sheet say; of a single parcel no other buyer's is told.
func TestWhatStandsInAnAppealPack(t *testing.T) {
	p, orders := packed(t, 3)
	sheet := p.handOver(orders)
	one := p.packOf(string(orders[0].Packages[0].PackageID))
	known, text := one.parcels[0].known, one.text()
	for _, want := range []string{
		"Orders | " + orders[0].OrderID, "Tracking number | " + known.Tracking, "Weight | not weighed at the bench", string(known.Market) + " · Asia/Kuala_Lumpur",
		"piece taken", "confirmed · " + known.Tracking, "1 | " + known.Tracking + " | sent ", "scanned · " + known.LabelVersion, "Status AWAITING_COLLECTION, changed last",
		"2026-11-22 08:00:00 | 2026-11-22 16:00:00 +08 | put on the hand-over sheet", "arrange shipment: met", "# Hand-over sheet " + sheet + " J&T Express", "310 g",
		"Closed | 2026-11-22 09:00:00 UTC (17:00:00 +08) Ann", "Why | left behind Eve",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the pack lacks %q:\n%s", want, text)
		}
	}
	if one.parcels[0].label == nil || len(one.paper().Sections[len(one.paper().Sections)-1].Photos) != 1 {
		t.Error("its label or its photo is missing")
	}
	other := p.packOf(sheet)
	all := other.text()
	if len(other.parcels) != 2 {
		t.Fatalf("%d parcels on the sheet", len(other.parcels))
	}
	for _, parcel := range other.parcels {
		if !strings.Contains(all, "# Parcel "+string(parcel.known.Key)) {
			t.Errorf("%s is missing", parcel.known.Key)
		}
	}
	if strings.Contains(text, other.parcels[1].known.Tracking) || strings.Contains(text, orders[1].OrderID) {
		t.Error("the pack of one parcel tells of another buyer's")
	}
	alone := p.packOf(string(orders[2].Packages[0].PackageID)).text()
	if !strings.Contains(alone, "It is on no hand-over sheet") {
		t.Error(alone)
	}
}

// A parcel's pack, with its label drawn by workers that are started for it (5 s at most).
func BenchmarkAppealPack(b *testing.B) {
	bench := shelf(b, 1000)
	bench.book, bench.atWork = &ruleBook{}, new(atomic.Pointer[Running])
	tongue, err := words.In(words.Chinese)
	if err != nil {
		b.Fatal(err)
	}
	key := order.ParcelKey(fmt.Sprint(1153800000000000000))
	document, err := os.ReadFile("../label/testdata/100x150_cairo.pdf")
	if err != nil {
		b.Fatal(err)
	}
	name, err := bench.Store.KeepDocument(document)
	if err != nil {
		b.Fatal(err)
	}
	if err := bench.Store.Append([]order.Event{{At: time.Now(), Kind: order.DocumentKept, Parcel: key, Document: name, Tracking: "MYTT0000000000"}}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := bench.Appeal(b.Context(), tongue, string(key), filepath.Join(b.TempDir(), "appeal.pdf"), func(int, int) {}); err != nil {
			b.Fatal(err)
		}
	}
}
