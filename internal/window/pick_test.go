package window

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pick"
)

// newPick is a window on the page of waves of a shop with so many parcels: every third is of two pieces, all of them in two bins.
func newPick(t *testing.T, parcels int) *Window {
	t.Helper()
	w := newSettings(t)
	w.bench.Settings.Walk = settings.Walk{Floors: [][]string{{"A", "B"}}}
	if err := w.bench.Store.SaveShops([]order.Shop{{ID: "S1", Market: "MY"}}); err != nil {
		t.Fatal(err)
	}
	goods := []order.Good{{SKU: "TEE", Name: "Shirt", Bin: "A-01", Stock: 1000}, {SKU: "CAP", Name: "Cap", Bin: "B-07-2", Stock: 1000}, {SKU: "MUG", Name: "Mug"}}
	if err := w.bench.Store.ImportGoods(goods); err != nil {
		t.Fatal(err)
	}
	var orders []order.Order
	for i := range parcels {
		key := fmt.Sprintf("P%03d", i)
		o := order.Order{
			ID: fmt.Sprintf("O%03d", i), ShopID: "S1", Market: "MY", Status: order.AwaitingShipment, ShippingType: order.ByPlatform, Provider: "J&T Express", WentThroughHold: true,
			PackageIDs: []string{key}, Times: order.PlatformTimes{ArrangeBy: now.Add(time.Duration(i+1) * time.Hour)}, UpdatedAt: now,
			Lines: []order.Line{{ID: key + "a", SellerSKU: "TEE", ProductName: "Shirt", VariantName: "M", PackageID: key, Status: order.AwaitingShipment}},
		}
		if i%3 == 0 {
			o.Lines = append(o.Lines, order.Line{ID: key + "b", SellerSKU: "CAP", PackageID: key, Status: order.AwaitingShipment})
		}
		orders = append(orders, o)
	}
	if err := w.bench.Store.SaveOrders(orders, now); err != nil {
		t.Fatal(err)
	}
	w.press("F2")
	if w.page != frame.PagePick {
		t.Fatalf("F2 leads to page %d", w.page)
	}
	work(w)
	return w
}

// typesFilter types into the line of filter words.
func (w *Window) typesFilter(text string) {
	w.press(filter.FieldKey)
	for _, r := range text {
		w.window.Canvas().Focused().TypedRune(r)
	}
	work(w)
}

func actKeys(acts []ask.Act) (keys []string) {
	for _, a := range acts {
		keys = append(keys, a.Key)
	}
	return keys
}

// Parcels are chosen by typed words and by chips alike, counted while one types, and made into a wave that is opened, and undone again.
func TestWavesAreChosenMadeAndUndoneInTheWindow(t *testing.T) {
	w := newPick(t, 60)
	if m := w.pickModel(now); m.View != pick.Choosing || m.Fits != 60 || m.Counting || m.Proposal.Waves != 2 || m.Proposal.Parcels != 50 || m.Proposal.Metres == 0 {
		t.Fatalf("%+v", m)
	}
	w.typesFilter("pieces:2-")
	m := w.pickModel(now)
	if m.Fits != 20 || m.Counting || w.window.Canvas().Focused() == nil {
		t.Errorf("typed: %d fit, still counting %v", m.Fits, m.Counting)
	}
	several := slices.IndexFunc(m.Filter.Chips, func(c filter.Chip) bool { return c.Word == "Several pieces" })
	if several < 0 || !m.Filter.Chips[several].On || m.Filter.Chips[several].Count != 20 {
		t.Fatalf("the chip does not stand for the word: %+v", m.Filter.Chips)
	}
	w.press("Escape")
	if w.window.Canvas().Focused() != nil {
		t.Error("Escape does not leave the line")
	}
	w.digit(fmt.Sprint(several + 1))
	if m := w.pickModel(now); m.Fits != 60 || w.pick.text != "" {
		t.Errorf("the chip is not taken out: %d fit %q", m.Fits, w.pick.text)
	}
	w.digit(fmt.Sprint(several + 1))
	w.typesFilter(" pices:1")
	if m := w.pickModel(now); m.Report.Tone != kit.Bad || m.Report.Said.Key != "wave.filter" || len(m.Acts) > 0 {
		t.Errorf("a word nobody knows: %+v", m)
	}
	w.filterWaves("pieces:2-")
	w.pick.typedAt = now.Add(-time.Second)
	w.draw()
	work(w)
	if m := w.pickModel(now); !slices.Equal(actKeys(m.Acts), []string{takeKey}) || m.Proposal.Parcels != 20 || m.Proposal.Pieces != 40 {
		t.Fatalf("%+v", m)
	}
	w.press(takeKey)
	work(w)
	m = w.pickModel(now)
	if len(m.Waves) != 1 || m.Waves[0].Parcels != 20 || m.Waves[0].Pieces != 40 || m.Chosen != 0 || m.Report.Said.Key != "pick.made" || m.Fits != 0 {
		t.Fatalf("%+v", m)
	}
	w.press(string(fyne.KeyReturn))
	work(w)
	m = w.pickModel(now)
	if m.View != pick.Opened || len(m.Stops) != 2 || m.Stops[0].Bin != "A-01" || m.Stops[0].Pieces != 20 || m.Stops[0].Name != "Shirt" || m.Stops[0].Variant != "M" || m.Stops[1].Parcels != 20 {
		t.Fatalf("%+v", m)
	}
	if !slices.Equal(actKeys(m.Acts), []string{listKey, arrangeKey, undoKey, leaveKey}) {
		t.Errorf("acts %q", actKeys(m.Acts))
	}
	w.digit(undoKey)
	if m := w.pickModel(now); m.View != pick.Asked {
		t.Fatalf("it is not asked again: %+v", m)
	}
	w.press(yesKey)
	work(w)
	if m := w.pickModel(now); m.View != pick.Choosing || len(m.Waves) != 0 || m.Fits != 20 || m.Report.Said.Key != "wave.undone" {
		t.Errorf("%+v", m)
	}
}

// All that fit become waves at once, the list is walked by keys, and a scan of a wave's code opens it; every other scan is the bench's.
func TestWavesAreWalkedByKeysAndScans(t *testing.T) {
	w := newPick(t, 120)
	w.press(allKey)
	work(w)
	m := w.pickModel(now)
	if len(m.Waves) != 3 || m.Chosen != 0 || m.Fits != 0 {
		t.Fatalf("%+v", m)
	}
	for key, want := range map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyPageDown: 2, fyne.KeyUp: 0} {
		w.pick.chosen = 0
		if w.press(string(key)); w.pick.chosen != want && !(key == fyne.KeyPageDown && w.pick.chosen > 0) {
			t.Errorf("%s leads to %d", key, w.pick.chosen)
		}
	}
	w.scans(strings.ToLower(m.Waves[2].Code))
	if m := w.pickModel(now); m.View != pick.Opened || m.Wave.Code != w.waves.all[2].ID || m.Current != -1 {
		t.Fatalf("%+v", m.Wave)
	}
	w.scans("B-07-2")
	if m := w.pickModel(now); m.Current != 1 {
		t.Errorf("the bin's stop is %d", m.Current)
	}
	w.press("Escape")
	if m := w.pickModel(now); m.View != pick.Choosing {
		t.Error("Escape does not lead back")
	}
	if w.scanOnPick(order.Scan{Code: "P001"}) {
		t.Error("a parcel's scan is kept from the bench")
	}
}

func TestWhatAWaveLacksIsNamed(t *testing.T) {
	w := newPick(t, 6)
	if err := w.bench.Store.ImportGoods([]order.Good{{SKU: "CAP", Name: "Cap", Bin: "B-07-2", Stock: 1}}); err != nil {
		t.Fatal(err)
	}
	w.pick.replan = true
	w.draw()
	work(w)
	if m := w.pickModel(now); m.Proposal.Parcels != 5 || m.Proposal.Short.With["count"] != 1 || m.Proposal.Short.With["skus"] != "CAP" {
		t.Errorf("%+v", m.Proposal)
	}
}

// The page says how far a wave is, and what came of arranging its parcels where no shop is connected.
func TestArrangingAWaveWithoutAShop(t *testing.T) {
	w := newPick(t, 3)
	w.press(takeKey)
	work(w)
	w.press(string(fyne.KeyReturn))
	work(w)
	w.press(arrangeKey)
	work(w)
	if m := w.pickModel(now); m.Report.Tone != kit.Bad || m.Report.Said.Key == "" || w.pick.acting {
		t.Errorf("%+v", m.Report)
	}
}
