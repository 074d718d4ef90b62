package window

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/cli"
	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/frame"
	shelf "packbench/ui/handover"
	"packbench/ui/kit"
	"packbench/ui/sound"
)

// atShelf is a shelf with a carrier that lacks two parcels and one whose sheet is complete.
func atShelf() station.Snapshot {
	jt, van := handover.Place{Carrier: "J&T", Mode: order.PickedUp}, handover.Place{Carrier: "Ninja Van"}
	s := station.Snapshot{State: packing.State{Phase: packing.Idle}}
	s.State.Supervisors = []string{"BOSS"}
	s.Shelf = station.Shelf{
		State: handover.State{AtHand: true},
		Columns: []handover.Column{
			{Place: jt, Sheet: order.Sheet{ID: "H261120-01", Parcels: []order.OnSheet{{Parcel: "P1", Bundle: "BAG-1"}}}, Missing: []handover.Row{{Parcel: "P2", Tracking: "JMX000111222"}, {Parcel: "P3", Tracking: "JMX000333444"}},
				TakeOut: []handover.Row{{Parcel: "P4", Tracking: "JMX000555666", Standing: order.Gone}}, ToPack: []handover.Row{{Parcel: "P5"}}, Card: handover.Card{Carrier: "J&T", Comes: "16:00", Phone: "012"}},
			{Place: van, Sheet: order.Sheet{ID: "H261120-02", Parcels: []order.OnSheet{{Parcel: "P6"}, {Parcel: "P7"}}}},
		},
		Closed: []order.Sheet{{ID: "H261119-01", Carrier: "Flash", ClosedAt: now.Add(-time.Hour), Photos: []string{"x"}}, {ID: "H261119-02", Carrier: "J&T", ClosedAt: now, ScanForm: "9475"}},
	}
	return s
}

// newShelf is a window on the page at the shelf, beside no bench.
func newShelf(t *testing.T) *Window {
	t.Helper()
	w := newWindow(t)
	w.running, w.page = &cli.Running{}, frame.PageHandover
	return w
}

func TestCarriersStandSideBySide(t *testing.T) {
	w, s := newShelf(t), atShelf()
	w.shelf.seen = map[order.ParcelKey]order.Said{"P2": order.Say("shelfpage.at", "bench", "3", "time", "14:49")}
	m := w.shelfModel(s, now)
	if m.View != shelf.Shelf || len(m.Columns) != 2 || m.Chosen != 0 || len(m.Acts) != 4 {
		t.Fatalf("%+v", m)
	}
	jt := m.Columns[0]
	if jt.Scanned != 1 || jt.Expected != 3 || jt.ToPack != 1 || len(jt.Missing) != 2 || jt.Missing[0].Said.With["bench"] != "3" || jt.Note.With["time"] != "16:00" || jt.Complete() {
		t.Errorf("%+v", jt)
	}
	if len(jt.TakeOut) != 1 || jt.TakeOut[0].OnSheet || jt.TakeOut[0].Said.Key != "shelfpage.out.cancelled" || !m.Columns[1].Complete() {
		t.Errorf("%+v", m.Columns)
	}
	s.Shelf.Columns[1].Recall = []handover.Row{{Parcel: "P6", Tracking: "NV1", Standing: order.CancelRequest}}
	s.Shelf.Bundle = "BAG-1"
	if m = w.shelfModel(s, now); m.Columns[1].Complete() || m.InBag != 1 || m.Columns[1].TakeOut[0].Said.Key != "shelfpage.out.asked" {
		t.Errorf("%+v", m)
	}
}

// Columns of one carrier and way tell from which market and warehouse their parcels leave; one that stands alone does not.
func TestColumnsOfOneCarrierTellTheirWarehouses(t *testing.T) {
	w, s := newShelf(t), atShelf()
	twin := s.Shelf.Columns[0]
	s.Shelf.Columns[0].Warehouse, s.Shelf.Columns[0].Market = "7495000000000000101", "MY"
	twin.Warehouse, twin.Market, twin.Sheet = "7495000000000000202", "TH", order.Sheet{}
	s.Shelf.Columns = append(s.Shelf.Columns, twin)
	var got []string
	for _, c := range w.shelfModel(s, now).Columns {
		got = append(got, w.environment.Tongue.Say(c.Where))
	}
	if want := []string{"Malaysia, warehouse …000101", "", "Thailand, warehouse …000202"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A parcel lights the column it belongs to, also where it was refused; where one carrier's are scanned alone, only a wrong one does.
func TestWhichColumnLights(t *testing.T) {
	w, s := newShelf(t), atShelf()
	lit := func(outcome handover.Outcome, at, place handover.Place) int {
		s.Shelf.Last, s.Shelf.At = station.ShelfStrip{Outcome: outcome, Place: place}, at
		for i, c := range w.shelfModel(s, now).Columns {
			if c.Lit {
				return i
			}
		}
		return -1
	}
	jt, van := s.Shelf.Columns[0].Place, s.Shelf.Columns[1].Place
	for _, c := range []struct {
		outcome handover.Outcome
		at      handover.Place
		place   handover.Place
		want    int
	}{
		{handover.OnSheet, handover.Place{}, van, 1}, {handover.OnSheet, van, van, -1}, {handover.WrongCarrier, van, jt, 0}, {handover.WrongCarrier, van, handover.Place{Carrier: "J&T"}, 0},
		{handover.Unknown, handover.Place{}, handover.Place{}, -1}, {handover.Cancelled, handover.Place{}, jt, -1},
	} {
		if got := lit(c.outcome, c.at, c.place); got != c.want {
			t.Errorf("%s, scanning for %q: column %d, want %d", c.outcome, c.at.Carrier, got, c.want)
		}
	}
}

// Every outcome has a shape, and the strip and the sound say the same of it. Only what is right sounds right.
func TestWhatTheShelfSays(t *testing.T) {
	w := newShelf(t)
	for outcome, family := range shelfFamilies {
		s := atShelf()
		s.Shelf.Last = station.ShelfStrip{Outcome: outcome, Said: order.Said{Key: "x"}, Code: "C", At: now}
		m := w.frameModel(s, now)
		if m.Strip.Family != family || m.Strip.Code != "C" || m.Stopped != (family == kit.Stop) {
			t.Errorf("%s: %+v", outcome, m.Strip)
		}
		f, loud := soundAtShelf(s.Shelf)
		if good := loud && f == sound.Good; good != (family == kit.Taken) || outcome.Passed() != (good || outcome == handover.Repeated) || loud != (family != kit.Repeat) {
			t.Errorf("%s: sound %d, %v", outcome, f, loud)
		}
		if word := w.environment.Tongue.Say(m.Strip.Word); strings.Contains(word, "shelfpage.") {
			t.Errorf("%s: %q", outcome, word)
		}
	}
	for _, outcome := range []handover.Outcome{
		handover.OnSheet, handover.Repeated, handover.BundleBegun, handover.BundleDone, handover.TakenBack, handover.Twice, handover.AlreadyGone, handover.Cancelled, handover.CancelRequested,
		handover.OnHold, handover.Stale, handover.WrongCarrier, handover.WrongMode, handover.NotConfirmed, handover.NotArranged, handover.Elsewhere, handover.Collected, handover.NotOnSheet,
		handover.NotTheLabel, handover.OtherWarehouse, handover.NotPackable, handover.Unknown, handover.NeedsPerson, handover.NothingToDo,
	} {
		if _, known := shelfFamilies[outcome]; !known {
			t.Errorf("%s has no shape", outcome)
		}
	}
}

// Closing without what is missing asks why, then for a supervisor's badge; without any registered it says so.
func TestClosingShortAsks(t *testing.T) {
	w, s := newShelf(t), atShelf()
	w.shelf.step, w.shelf.closing = whyShort, "H261120-01"
	m := w.shelfModel(s, now)
	if m.View != shelf.Asked || len(m.Question.Choices) != 4 || m.Question.Text.With["parcels"] != "JMX000111222, JMX000333444" || m.Question.Badge {
		t.Errorf("%+v", m.Question)
	}
	w.shelf.step = badgeForShort
	if m = w.shelfModel(s, now); !m.Question.Badge || len(m.Question.Choices) != 0 {
		t.Errorf("%+v", m.Question)
	}
	s.State.Supervisors = nil
	if m = w.shelfModel(s, now); m.Question.Badge || m.Question.Text.Key != "shelfpage.short.unregistered" {
		t.Errorf("%+v", m.Question)
	}
	s.Shelf.Columns = s.Shelf.Columns[1:] // somebody closed it meanwhile
	if m = w.shelfModel(s, now); m.View != shelf.Shelf {
		t.Errorf("view %d", m.View)
	}
}

func TestClosedSheetsAndCards(t *testing.T) {
	w, s := newShelf(t), atShelf()
	w.shelf.step = atSheets
	m := w.shelfModel(s, now)
	if m.View != shelf.Sheets || m.Sheet != 0 || m.Closed[0].Code != "H261119-02" || m.Closed[0].Form != "9475" || m.Closed[0].Photo || !m.Closed[1].Photo || len(m.Acts) != 4 {
		t.Errorf("%+v", m)
	}
	w.shelf.sheet = "H261119-01"
	if m = w.shelfModel(s, now); m.Sheet != 1 {
		t.Errorf("sheet %d", m.Sheet)
	}
	s.Shelf.Closed = nil
	if m = w.shelfModel(s, now); m.Sheet != -1 || len(m.Acts) != 1 {
		t.Errorf("%+v", m)
	}
	w.shelf.step = atCard
	if m = w.shelfModel(s, now); m.View != shelf.Card || m.Carrier.Name != "J&T" || len(m.Carrier.Facts) != 4 || m.Carrier.Note.Key != "shelfpage.card.note" {
		t.Errorf("%+v", m.Carrier)
	}
}

// Scans go where the page is: to the shelf while it is seen, to packing while another is.
func TestScansGoWhereThePageIs(t *testing.T) {
	w := newAtWork(t)
	until := func(what string, is func(station.Snapshot) bool) {
		t.Helper()
		for range 500 {
			if is(w.running.Snapshot()) {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatalf("never: %s", what)
	}
	w.press("F4")
	w.scan(order.Scan{Code: "NOBODY-KNOWS", Device: "gun", At: now})
	until("the scan came to the shelf", func(s station.Snapshot) bool {
		return s.Shelf.AtHand && s.Shelf.Last.Outcome == handover.Unknown && s.Strip.Code == ""
	})
	if s := w.running.Snapshot(); w.page != frame.PageHandover || w.strip(s).Family != kit.Refused || w.strip(s).Code != "NOBODY-KNOWS" {
		t.Errorf("page %d, strip %+v", w.page, w.strip(s))
	}
	w.press("F1")
	w.scan(order.Scan{Code: "NOBODY-EITHER", Device: "gun", At: now})
	until("the scan came to packing", func(s station.Snapshot) bool {
		return !s.Shelf.AtHand && s.Strip.Code == "NOBODY-EITHER" && s.Shelf.Last.Code == "NOBODY-KNOWS"
	})
}

// The fields lead where they say, and the newest picture of a folder is taken.
func TestTheNewestPictureOfAFolder(t *testing.T) {
	folder := t.TempDir()
	if found, err := picturesIn(folder); err != nil || len(found) != 0 {
		t.Errorf("an empty folder has %v, %v", found, err)
	}
	for i, name := range []string{"a.jpg", "b.PNG", "notes.txt"} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now, now.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := picturesIn(folder); err != nil || len(found) != 2 || filepath.Base(found[0].path) != "b.PNG" {
		t.Errorf("%v, %v", found, err)
	}
	w := newAtWork(t)
	w.page = frame.PageHandover
	if err := w.attachPhoto("H261120-01", filepath.Join(folder, "none.jpg")); order.AsProblem(err).Key != "handover.no_file" {
		t.Error(err)
	}
	if err := w.attachPhoto("H261120-01", `"`+folder+`"`); order.AsProblem(err).Key != "handover.unknown_sheet" {
		t.Error(err)
	}
	w.shelf.step, w.shelf.sheet = atPhoto, "H261120-01"
	w.shelf.Fill(folder)
	w.press(chooseKey)
	work(w)
	m := w.shelfModel(w.running.Snapshot(), now)
	if m.View != shelf.Asked || len(m.Question.Choices) != 2 || m.Question.Choices[0].Word.With["b"] != "b.PNG" {
		t.Errorf("%+v", m.Question)
	}
	w.press("2")
	work(w)
	if m = w.shelfModel(w.running.Snapshot(), now); m.View != shelf.Field || w.shelf.Typed() != filepath.Join(folder, "a.jpg") || m.Report.Said.Key != "handover.unknown_sheet" {
		t.Errorf("%s, %+v", w.shelf.Typed(), m.Report)
	}
}

// Keys lead through the page and back; a key of another page leads there.
func TestKeysAtTheShelf(t *testing.T) {
	w := newAtWork(t)
	w.press("F4")
	w.press(sheetsKey)
	if m := w.shelfModel(w.running.Snapshot(), now); m.View != shelf.Sheets {
		t.Errorf("%s leads to view %d", sheetsKey, m.View)
	}
	w.press("Escape")
	if w.shelf.step != atColumns {
		t.Errorf("Esc leads to step %d", w.shelf.step)
	}
	w.press("F1")
	if w.page != frame.PagePack {
		t.Errorf("F1 leads to page %d", w.page)
	}
}

// Codes of the command card do at the shelf what keys do; one that is read twice at once does it once.
func TestTheCommandCardAtTheShelf(t *testing.T) {
	w := newAtWork(t)
	installation, err := w.bench.Store.Installation()
	if err != nil {
		t.Fatal(err)
	}
	w.press("F4")
	say := func(c order.Command, after time.Duration) {
		w.scan(order.Scan{Code: order.CommandCode(installation, c), Device: "gun", At: now.Add(after)})
	}
	say(order.SayReprint, 0)
	if got := w.shelf.report.Said.Key; got != "shelfpage.sheets.none" {
		t.Errorf("Reprint without a sheet says %s", got)
	}
	w.shelf.step, w.shelf.closing = whyShort, "H261120-01"
	say("2", time.Second)
	if w.shelf.step != badgeForShort || w.shelf.reason != w.environment.Tongue.Say(reasonsShort[1]) {
		t.Errorf("2 leads to step %d for %q", w.shelf.step, w.shelf.reason)
	}
	w.scan(order.Scan{Code: "JMX000111222", Device: "gun", At: now}) // no badge
	if w.shelf.step != badgeForShort || w.shelf.report.Said.Key != "shelfpage.no_supervisor" {
		t.Errorf("a parcel in a badge's place: step %d, %+v", w.shelf.step, w.shelf.report)
	}
	say(order.SayPark, 3*time.Second)
	say(order.SayPark, 3*time.Second+100*time.Millisecond)
	if w.shelf.step != atColumns || w.shelf.closing != "" {
		t.Errorf("Park leads to step %d", w.shelf.step)
	}
	w.shelf.step = atSheets
	say(order.SayUndo, 5*time.Second)
	if w.shelf.takesOff || w.shelf.report.Said.Key != "shelfpage.command.none" {
		t.Errorf("Undo among the sheets: %+v", w.shelf.report)
	}
}
