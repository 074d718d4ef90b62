package window

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/ui/goods"
	"packbench/ui/kit"
	screen "packbench/ui/settings"
	"packbench/ui/signin"
)

// newGoodsPage is a window on the page of the goods, of which there are eight.
func newGoodsPage(t *testing.T) *Window {
	t.Helper()
	w := newSettings(t)
	if err := w.bench.Store.ImportGoods([]order.Good{
		{SKU: "CAP", Barcodes: []string{"6941057733012"}, Name: "Running cap", Bin: "B-01", Stock: 7}, {SKU: "TEE", Barcodes: []string{"6941057733007"}, Name: "Tee", Bin: "A-03"},
		{SKU: "S-1A"}, {SKU: "S-2"}, {SKU: "S-3"}, {SKU: "S-4"}, {SKU: "S-5"}, {SKU: "S-6", Name: "last"},
	}); err != nil {
		t.Fatal(err)
	}
	w.digit(screen.GoodsKey)
	work(w)
	if w.innerShown() != &w.goods {
		t.Fatal("the digit does not lead to the goods")
	}
	return w
}

// article is what the catalogue says of an article now.
func (w *Window) article(t *testing.T, sku string) order.Good {
	t.Helper()
	a, err := w.bench.Store.Article(sku)
	if err != nil {
		t.Fatal(err)
	}
	return a.Good
}

// saves enters something into a field and saves it.
func (w *Window) saves(column, cell string) {
	cells := w.goods.page.Cells()
	cells[column] = cell
	w.goods.page.Fill(cells)
	w.press(goods.SaveKey)
	work(w)
}

func TestGoodsAreFoundAndChangedInTheWindow(t *testing.T) {
	w := newGoodsPage(t)
	w.shows(t, "8 of 8 articles", "Running cap", "B-01", "6941057733012", "More")
	w.press("9")
	w.shows(t, "last")
	w.press("9")
	w.shows(t, "Running cap")
	goodsHands{&w.goods}.Search(" cap ")
	w.shows(t, "1 of 8 articles")
	w.digit("1")
	w.shows(t, "CAP", "Running cap")
	w.saves("stock", "many")
	if r := w.goods.report; r.Tone != kit.Bad || r.Said.Key != "catalogue.why.whole" || w.article(t, "CAP").Stock != 7 {
		t.Errorf("%+v", r)
	}
	if w.goods.page.Cells()["stock"] != "many" {
		t.Error("what was entered is gone")
	}
	w.saves("stock", "5")
	if r := w.goods.report; r.Tone != kit.Calm || w.article(t, "CAP").Stock != 5 || w.article(t, "CAP").Name != "Running cap" {
		t.Errorf("%+v, %+v", r, w.article(t, "CAP"))
	}
	changes, err := w.bench.Store.GoodsChanges(now.Add(-time.Hour), now.Add(time.Hour))
	if err != nil || len(changes) == 0 || changes[len(changes)-1].Cells["stock"] != "5" || len(changes[len(changes)-1].Cells) != 1 {
		t.Errorf("%+v, %v", changes, err)
	}
	w.press(goods.BackKey)
	w.shows(t, "1 of 8 articles")
	w.press(goods.BackKey)
	if w.innerShown() != nil {
		t.Error("the page is open still")
	}
}

// A scan finds an article in the list, and becomes a barcode of the one that is open; nothing is packed of it.
func TestScansOnThePageOfTheGoods(t *testing.T) {
	w := newGoodsPage(t)
	scan := func(code string) {
		w.scan(order.Scan{Code: code, Device: "one", At: now})
		work(w)
	}
	scan("4006381333931")
	if r := w.goods.report; r.Tone != kit.Bad || r.Said.Key != "goodspage.unknown" || w.goods.sku != "" {
		t.Errorf("%+v", r)
	}
	scan("0106941057733012")
	if w.goods.sku != "CAP" {
		t.Fatalf("%q is open", w.goods.sku)
	}
	cells := w.goods.page.Cells()
	cells["bin"] = "Z-9" // not saved yet
	w.goods.page.Fill(cells)
	scan("4006381333931")
	if r := w.goods.report; r.Tone != kit.Calm || strings.Join(w.article(t, "CAP").Barcodes, " ") != "6941057733012 4006381333931" {
		t.Errorf("%+v, %+v", r, w.article(t, "CAP"))
	}
	if cells := w.goods.page.Cells(); cells["barcodes"] != "6941057733012|4006381333931" || cells["bin"] != "Z-9" {
		t.Errorf("%+v", cells)
	}
	for code, key := range map[string]string{"6941057733007": "learn.other", "A-03": "learn.names_else", "4006381333931": "learn.already"} {
		scan(code)
		if r := w.goods.report; r.Tone != kit.Bad || r.Said.Key != key {
			t.Errorf("%s: %+v", code, r)
		}
	}
	w.saves("barcodes", "6941057733012|B-01") // a bin
	if r := w.goods.report; r.Said.Key != "learn.names_else" {
		t.Errorf("%+v", r)
	}
	w.saves("barcodes", "6941057733012")
	if a := w.article(t, "CAP"); len(a.Barcodes) != 1 || a.Bin != "Z-9" {
		t.Errorf("%+v, %+v", a, w.goods.report)
	}
	w.press(goods.BackKey)
	w.scan(order.Scan{Code: "tee", Device: "keyboard", Typed: true, At: now}) // typed and ended by Enter: looked for
	w.shows(t, "1 of 8 articles", "A-03")
}

// Where people are registered the page is a supervisor's, and what they change is journalled with their name.
func TestThePageOfTheGoodsIsForSupervisors(t *testing.T) {
	w := newGoodsPage(t)
	w.leaveInner()
	if err := people.Update(w.environment.Dir, func(r people.Roster) (people.Roster, error) {
		r, err := r.Add(people.Person{Name: "Mei", Badge: "S-1", Role: people.Supervisor}, "2468")
		if err != nil {
			return r, err
		}
		return r.Add(people.Person{Name: "Li", Badge: "P-1", Role: people.Packer}, "1357")
	}); err != nil {
		t.Fatal(err)
	}
	w.digit(screen.GoodsKey)
	work(w)
	w.shows(t, "Scan your badge", "This page is for supervisors")
	w.gives("P-1")
	if strip := w.goods.strip(); strip.Meaning.Key != "refused.no_supervisor" {
		t.Errorf("%+v", strip)
	}
	w.gives("S-1")
	if !w.goods.hides() {
		t.Error("a PIN would be shown")
	}
	w.gives("1111")
	if strip := w.goods.strip(); strip.Meaning.Key != "people.wrong_pin" || w.registered(t).People[0].Wrong != 1 {
		t.Errorf("%+v", strip)
	}
	w.scan(order.Scan{Code: "6941057733012", Device: "one", At: now}) // no PIN, and no article before the PIN
	if w.goods.sku != "" {
		t.Error("the page is open to everybody")
	}
	for _, digit := range "2468" {
		w.goods.press(string(digit))
	}
	w.goods.press(signin.Done)
	work(w)
	w.shows(t, "The goods", "Running cap")
	w.digit("1")
	w.saves("bin", "C-1")
	changes, err := w.bench.Store.GoodsChanges(now.Add(-time.Hour), now.Add(time.Hour))
	if err != nil || changes[len(changes)-1].Packer != "Mei" || w.article(t, "CAP").Bin != "C-1" {
		t.Errorf("%+v, %v", changes, err)
	}
	w.leaveInner()
	w.digit(screen.GoodsKey)
	work(w)
	w.shows(t, "Scan your badge")
}
