package window

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/internal/rules"
	"packbench/ui/kit"
	"packbench/ui/overdue"
	page "packbench/ui/rules"
	screen "packbench/ui/settings"
)

// newRulesPage is a window on the page of the rules.
func newRulesPage(t *testing.T) *Window {
	t.Helper()
	w := newSettings(t)
	if err := w.bench.Store.SaveShops([]order.Shop{{ID: "700", Name: "Lantern Sports", Market: "TH"}}); err != nil {
		t.Fatal(err)
	}
	w.digit(screen.RulesKey)
	work(w)
	if w.innerShown() != &w.rules {
		t.Fatal("the digit does not lead to the rules")
	}
	return w
}

// enters puts something into a field and presses F10.
func (w *Window) enters(field int, text string) {
	values := w.rules.page.Values()
	values[field] = text
	w.rules.page.Fill(values)
	w.press(page.NextKey)
	work(w)
}

// held are the rules as the bench's folder has them.
func (w *Window) held(t *testing.T) *rules.Rules {
	t.Helper()
	r, err := rules.Load(w.environment.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// to turns the list until something is shown, and opens its row.
func (w *Window) toRow(t *testing.T, n int) {
	t.Helper()
	room := w.rules.page.Room()
	for range n / room {
		w.press(page.MoreKey)
	}
	w.digit(string(rune('1' + n%room)))
}

func TestARuleIsTriedThenSavedThenPutBack(t *testing.T) {
	w := newRulesPage(t)
	w.shows(t, "acknowledge", "cancelled, points lost", "S0 S1", "48 h", "off", "from 2024-01-01")
	w.toRow(t, 2)
	w.shows(t, "every market but US", "From: payment. To: shipment arranged.", "the platform sends a time", "Switch off", "See what it moves")
	w.enters(0, "soon")
	if r := w.rules.report; r.Tone != kit.Bad || r.Said.Key != "rules.wrong_entry" {
		t.Errorf("%+v", r)
	}
	w.enters(0, "60 h")
	if r := w.rules.report; r.Said.Key != "rulespage.would_move" || w.held(t).Of("ready")[0].Limit.N != 48 {
		t.Errorf("tried: %+v", r)
	}
	w.shows(t, "Save")
	w.enters(0, "61 h") // other than what was tried: tried again, not saved
	if w.held(t).Of("ready")[0].Limit.N != 48 {
		t.Error("saved what nobody had seen the effect of")
	}
	w.press(page.NextKey)
	work(w)
	if r := w.rules.report; r.Said.Key != "rulespage.saved" || w.held(t).Of("ready")[0].Limit.N != 61 {
		t.Errorf("saved: %+v", r)
	}
	w.shows(t, "61 h", "ours")
	w.toRow(t, 2)
	w.digit("2") // back to what the program brings
	work(w)
	w.press(page.NextKey)
	work(w)
	if left := w.held(t).Own.Rules; len(left) > 0 {
		t.Errorf("put back: %+v", left)
	}
	w.toRow(t, 1)
	w.shows(t, "arranging shipment stands in for it")
	w.digit("1") // turn on for every shop
	work(w)
	w.press(page.NextKey)
	work(w)
	if on := w.held(t).Of("acknowledge")[0].OnFor; len(on) != 1 || on[0] != "*" {
		t.Errorf("turned on for %v", on)
	}
}

func TestExtensionsCutOffsAndHolidaysAreEntered(t *testing.T) {
	w := newRulesPage(t)
	waits := order.Order{ID: "1", ShopID: "700", Market: "TH", Status: order.AwaitingShipment, ShippingType: order.ByPlatform, WentThroughHold: true, PackageIDs: []string{"P1"}, Lines: []order.Line{{ID: "L1", SKUID: "A"}}}
	if err := w.bench.Store.SaveOrders([]order.Order{waits}, w.environment.Now()); err != nil {
		t.Fatal(err)
	}
	w.press(page.TabKey)
	w.shows(t, "No extension is entered")
	w.press(page.NextKey)
	for field, text := range []string{"ready", "3 d", "2026-11-18", "2026-11-19", "th", "", "", "storm"} {
		values := w.rules.page.Values()
		values[field] = text
		w.rules.page.Fill(values)
	}
	w.press(page.NextKey)
	work(w)
	w.press(page.NextKey)
	work(w)
	if got := w.held(t).Own.Extensions; len(got) != 1 || got[0].Market != "TH" || got[0].Add != "3 d" || got[0].Why != "storm" {
		t.Fatalf("%+v", got)
	}
	w.shows(t, "arrange shipment", "3 days", "2026-11-18 – 2026-11-19", "storm")
	w.digit("1")
	w.digit("1") // take it away
	work(w)
	w.press(page.NextKey)
	work(w)
	if got := w.held(t).Own.Extensions; len(got) > 0 {
		t.Errorf("%+v", got)
	}
	w.press(page.TabKey)
	w.digit("1")
	w.enters(0, "12:30")
	if r := w.rules.report; r.Said.Key != "rulespage.would_recut" {
		t.Errorf("a cut-off that moves no clock is told as %+v", r.Said)
	}
	w.press(page.NextKey)
	work(w)
	if got := w.held(t).CutOffs; len(got) != 1 {
		t.Errorf("the cut-offs are %v", got)
	}
	w.shows(t, "12:30")
	w.press(page.TabKey)
	w.press(page.NextKey)
	w.enters(1, "2026-12-31")
	w.press(page.NextKey)
	work(w)
	if got := w.held(t).Own.Holidays; len(got) != 1 || got[0].Date != "2026-12-31" || got[0].Market == "" {
		t.Errorf("the holidays are %+v", got)
	}
}

// Who wonders at a clock of a late parcel comes to the rules from there.
func TestALateParcelLeadsToTheRules(t *testing.T) {
	w := newOverdue(t, hours(-2)...)
	w.press(overdue.OpenKey)
	work(w)
	w.shows(t, "F11", "Rules")
	w.press(overdue.RulesKey)
	work(w)
	if w.innerShown() != &w.rules {
		t.Error("the key does not lead to the rules")
	}
}

func TestWhatIsWrongInTheFileIsSaid(t *testing.T) {
	w := newSettings(t)
	if err := os.WriteFile(filepath.Join(w.environment.Dir, rules.FileName), []byte("near = 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.digit(screen.RulesKey)
	work(w)
	if r := w.rules.report; r.Tone != kit.Bad || r.Said.Key != "rules.wrong" || r.Said.With["line"] != 1 {
		t.Errorf("%+v", r)
	}
	w.press(page.TabKey)
	w.press(page.NextKey)
	w.press(page.BackKey)
	if w.innerShown() != nil {
		t.Error("the page cannot be left")
	}
}

func TestOnlyASupervisorReachesTheRules(t *testing.T) {
	w := newSettings(t)
	if err := people.Update(w.environment.Dir, func(r people.Roster) (people.Roster, error) {
		return r.Add(people.Person{Name: "Ana", Role: people.Supervisor, Badge: "BADGE-ANA"}, "2468")
	}); err != nil {
		t.Fatal(err)
	}
	w.digit(screen.RulesKey)
	work(w)
	w.shows(t, "Rules are a supervisor's")
	w.rules.scan(order.Scan{Code: "BADGE-BO"})
	if asks, _ := w.rules.door.asks(); !asks || w.rules.strip().Meaning.Key != "refused.no_supervisor" {
		t.Error("somebody else came through")
	}
	w.rules.scan(order.Scan{Code: "BADGE-ANA"})
	w.rules.scan(order.Scan{Code: "2468", Typed: true})
	work(w)
	w.draw()
	if asks, _ := w.rules.door.asks(); asks {
		t.Fatal("a supervisor does not come through")
	}
	w.shows(t, "acknowledge")
	w.rules.draw(w.environment.Now().Add(rulesTime + time.Second))
	if w.innerShown() != nil {
		t.Error("the page stays open without a hand on it")
	}
}
