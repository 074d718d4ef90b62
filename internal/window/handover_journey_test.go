package window

import (
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"
	"time"

	gokeyring "github.com/zalando/go-keyring"

	"packbench/internal/cli"
	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/ui/frame"
	shelf "packbench/ui/handover"
	"packbench/ui/kit"
)

// newAtShop is a window whose bench is at work for a sandbox shop, with a printer that writes into a folder.
func newAtShop(t *testing.T) (w *Window, printed string) {
	t.Helper()
	gokeyring.MockInit()
	w = newWindow(t)
	w.environment.Now = time.Now
	shop, err := sandbox.New(sandbox.Options{Orders: 30, Seed: 4, LabelDelay: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(shop)
	t.Cleanup(server.Close)
	if err := cli.ConnectSandbox(w.environment.Dir, shop, server.URL); err != nil {
		t.Fatal(err)
	}
	printed = t.TempDir()
	if err := settings.Update(w.environment.Dir, func(s *settings.Settings) error {
		s.Printer.URI, s.Bench.Packer, s.Bench.Supervisors = "file:"+printed, "Lin", []string{"BOSS"}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if w.bench, err = cli.OpenBench(w.environment); err != nil {
		t.Fatal(err)
	}
	if err := demoGoods(w.bench, shop.Goods(), w.environment.Dir); err != nil {
		t.Fatal(err)
	}
	if w.running, err = w.bench.Start(t.Context(), "", time.Second, func(s station.Snapshot) { w.latest.Store(&s) }); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.running.Stop(t.Context()); err != nil {
			t.Error(err)
		}
		if err := w.bench.Close(); err != nil {
			t.Error(err)
		}
	})
	w.settings = w.bench.Settings
	return w, printed
}

// comesTo waits for a state of the bench, and does meanwhile what waits for the clerks.
func (w *Window) comesTo(t *testing.T, what string, is func(station.Snapshot) bool) station.Snapshot {
	t.Helper()
	for range 800 {
		work(w)
		if s := w.running.Snapshot(); is(s) {
			return s
		}
		time.Sleep(10 * time.Millisecond)
	}
	s := w.running.Snapshot()
	for _, c := range s.Shelf.Columns {
		t.Logf("column %+v: %d scanned, missing %+v", c.Place, c.Scanned(), c.Missing)
	}
	t.Fatalf("never: %s; strip %+v, shelf %+v, %d waiting, told %+v", what, s.Strip, s.Shelf.Last, s.Shelf.Waiting, w.shelf.told)
	return s
}

// packs packs so many parcels, scanning what the screen asks for.
func (w *Window) packs(t *testing.T, parcels int) {
	t.Helper()
	w.comesTo(t, "parcels wait", func(s station.Snapshot) bool { return len(s.Waiting) > 0 })
	packed := func() (count int) {
		if err := w.bench.Store.Parcels(func(f *order.Facts) {
			if f.Here.Confirmed {
				count++
			}
		}); err != nil {
			t.Fatal(err)
		}
		return count
	}
	const mostScans = 60 // of three parcels
	for n := range mostScans {
		s := w.comesTo(t, "a scan is wanted", func(s station.Snapshot) bool { return demoScan(s) != "" || packed() == parcels })
		if packed() == parcels {
			return
		}
		w.scan(order.Scan{Code: demoScan(s), Device: "demo", Typed: true, At: time.Now().Add(time.Duration(n) * 2 * time.Second)}) // no double reads
		w.comesTo(t, "the scan came to something", func(after station.Snapshot) bool {
			return after.Strip.At.After(s.Strip.At) && (after.State.Phase == packing.Idle || after.State.Phase == packing.Packing || after.State.Phase == packing.LabelScan)
		})
	}
	s := w.running.Snapshot()
	t.Fatalf("%d of %d parcels are packed; strip %+v, phase %s, trouble %+v", packed(), parcels, s.Strip, s.State.Phase, s.State.Trouble)
}

// Three parcels are packed and handed over: one is scanned and taken off again, the sheet is closed short with a supervisor, and what was missing goes on the next one.
func TestAHandOverInTheWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("packs parcels with their labels")
	}
	w, printed := newAtShop(t)
	w.packs(t, 3)
	w.press("F4")
	s := w.comesTo(t, "the platform told how each is handed over", func(s station.Snapshot) bool {
		known := 0
		for _, c := range s.Shelf.Columns {
			for _, row := range c.Missing {
				if row.Mode != "" {
					known++
				}
			}
		}
		return known == 3
	})
	at := slices.IndexFunc(s.Shelf.Columns, func(c handover.Column) bool { return len(c.Missing) == 2 }) // the third one goes another way
	if at < 0 {
		t.Fatalf("%+v", s.Shelf.Columns)
	}
	place, codes := s.Shelf.Columns[at].Place, []string{s.Shelf.Columns[at].Missing[0].Tracking, s.Shelf.Columns[at].Missing[1].Tracking}
	scanned := func(n int) func(station.Snapshot) bool {
		return func(s station.Snapshot) bool {
			at := columnOf(s.Shelf, place)
			return at >= 0 && s.Shelf.Columns[at].Scanned() == n && s.Shelf.Waiting == 0
		}
	}
	w.scan(order.Scan{Code: codes[0], Device: "gun", At: time.Now()})
	s = w.comesTo(t, "a parcel is on the sheet", scanned(1))
	w.draw()
	if m := w.shelfModel(s, time.Now()); !m.Columns[columnOf(s.Shelf, place)].Lit || m.Chosen != columnOf(s.Shelf, place) {
		t.Errorf("%+v", m)
	}
	w.press(takeOffKey)
	w.scan(order.Scan{Code: codes[0], Device: "gun", At: time.Now()})
	w.comesTo(t, "it is off the sheet", scanned(0))
	w.draw()
	w.scan(order.Scan{Code: codes[1], Device: "gun", At: time.Now()})
	w.comesTo(t, "the other one is on it", scanned(1))
	w.draw()

	w.press(shelf.CloseKey)
	w.press("2")
	w.scan(order.Scan{Code: codes[0], Device: "gun", At: time.Now()}) // no badge
	if w.shelf.step != badgeForShort || w.strip(w.running.Snapshot()).Family != kit.Refused {
		t.Fatalf("step %d, strip %+v", w.shelf.step, w.strip(w.running.Snapshot()))
	}
	w.scan(order.Scan{Code: "BOSS", Device: "gun", At: time.Now()})
	s = w.comesTo(t, "the sheet is closed", func(s station.Snapshot) bool { return len(s.Shelf.Closed) == 1 && w.shelf.told.Tone == kit.Calm })
	sheet := s.Shelf.Closed[0]
	if len(sheet.Parcels) != 1 || len(sheet.Missing) != 1 || sheet.Supervisor != "BOSS" || sheet.ClosedBy != "Lin" || sheet.Reason != w.environment.Tongue.Say(reasonsShort[1]) {
		t.Errorf("%+v", sheet)
	}
	if strip := w.strip(s); strip.Family != kit.Taken || strip.Meaning.Key != "shelfpage.closed" {
		t.Errorf("%+v", strip)
	}
	pages, err := filepath.Glob(filepath.Join(printed, "*"))
	if err != nil || len(pages) != 4 { // three labels and the sheet
		t.Errorf("printed %v, %v", pages, err)
	}

	w.options.Demo = demoScan // F12 scans what is missing, and closes
	w.press(demoKey)
	w.comesTo(t, "the next one is on the next sheet", scanned(1))
	w.draw()
	w.press(demoKey)
	s = w.comesTo(t, "the second sheet is closed", func(s station.Snapshot) bool { return len(s.Shelf.Closed) == 2 })
	w.press(sheetsKey)
	w.press(scanFormKey)
	w.scan(order.Scan{Code: "9475711202508765432109", Device: "gun", At: time.Now()})
	s = w.comesTo(t, "the form's number is kept", func(s station.Snapshot) bool {
		return len(s.Shelf.Closed) == 2 && s.Shelf.Closed[1].ScanForm == "9475711202508765432109"
	})
	if m := w.shelfModel(s, time.Now()); m.View != shelf.Sheets || m.Closed[0].Form == "" || m.Closed[1].Missing != 1 {
		t.Errorf("%+v", m)
	}
	w.press("F1")
	if w.page != frame.PagePack {
		t.Errorf("F1 leads to page %d", w.page)
	}
	w.comesTo(t, "scans pack again", func(s station.Snapshot) bool { return !s.Shelf.AtHand })
}
