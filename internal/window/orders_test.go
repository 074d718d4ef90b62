package window

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/orders"
	"packbench/ui/seen"
)

// newOrders is a window on the page of orders of a shop with so many parcels.
func newOrders(t *testing.T, parcels int) *Window {
	t.Helper()
	w := newPick(t, parcels)
	w.press("F5")
	if w.page != frame.PageOrders {
		t.Fatalf("F5 leads to page %d", w.page)
	}
	work(w)
	return w
}

// The table holds a page of all that fit, whatever there is; keys walk it across pages, and the order at hand is seen in its sections.
func TestOrdersAreFoundAndSeen(t *testing.T) {
	w := newOrders(t, 60)
	m := w.ordersModel(now)
	room := w.orders.Room()
	if m.Count != 60 || m.Counting || len(m.Rows) != room || m.Rows[0].Order != "O000" || m.Rows[0].State.Said.Key != "parcel.state.ready" || m.Rows[0].Pieces != 2 || m.Chosen != 0 {
		t.Fatalf("%d of %d rows: %+v", len(m.Rows), m.Count, m.Rows)
	}
	for range room {
		w.press(string(fyne.KeyDown))
		work(w)
	}
	if m := w.ordersModel(now); m.First != room || m.Chosen != 0 || m.Rows[0].Order == "O000" {
		t.Errorf("first %d, chosen %d", m.First, m.Chosen)
	}
	w.press(string(fyne.KeyReturn))
	work(w)
	m = w.ordersModel(now)
	if !m.IsOpen || m.Order.Number != m.Rows[m.Chosen].Order || m.Order.Status != string(order.AwaitingShipment) || m.Order.ReadAt.IsZero() || m.Order.Due.IsZero() {
		t.Fatalf("%+v", m.Order)
	}
	if line := m.Order.Lines[0]; line.SKU != "TEE" || line.Title != "Shirt" || line.Value != "×1" || !strings.Contains(line.Text, "A-01") {
		t.Errorf("%+v", line)
	}
	for section, want := range map[string]string{"2": "No label yet", "4": "Arrange shipment by"} {
		w.digit(section)
		if m := w.ordersModel(now); !slices.ContainsFunc(m.Order.Lines, func(l orders.Line) bool { return l.Title == want }) {
			t.Errorf("section %s: %+v", section, m.Order.Lines)
		}
	}
	before := m.Order.Number
	w.press(string(fyne.KeyDown))
	work(w)
	if m := w.ordersModel(now); m.Order.Number == before || !m.IsOpen || m.Order.Status == "" {
		t.Errorf("the next order is not seen: %+v", m.Order)
	}
	w.press("Escape")
	if m := w.ordersModel(now); m.IsOpen {
		t.Error("Escape does not lead back")
	}
}

// A filter that is typed is counted, can be saved, has a chip then, and is forgotten again. One that is not understood is said, and the rows stay.
func TestFiltersOfOrdersAreSaved(t *testing.T) {
	w := newOrders(t, 60)
	w.press(filter.FieldKey)
	for _, r := range "pieces:2-" {
		w.window.Canvas().Focused().TypedRune(r)
		work(w)
	}
	if m := w.ordersModel(now); m.Count != 20 || len(m.Acts) != 2 || m.Acts[1].Word.Key != "orders.act.save" {
		t.Fatalf("%d, %+v", m.Count, m.Acts)
	}
	w.press(saveKey)
	work(w)
	m := w.ordersModel(now)
	if m.Report.Tone != kit.Calm || m.Acts[1].Word.Key != "orders.act.drop" || m.Filter.Chips[0].Word != "pieces:2-" || m.Filter.Chips[0].Count != 20 {
		t.Fatalf("%+v, %+v", m.Report, m.Filter)
	}
	w.orders.Filter().Fill("")
	w.filterOrders("")
	w.press("Escape")
	work(w)
	w.digit("1")
	if m := w.ordersModel(now); m.Count != 20 || w.orders.text != "filter:pieces:2-" || !m.Filter.Chips[0].On {
		t.Errorf("%d by %q", m.Count, w.orders.text)
	}
	w.press(saveKey)
	work(w)
	if m := w.ordersModel(now); m.Report.Said.Key != "orders.dropped" || len(w.orders.saved) != 0 {
		t.Errorf("%+v", m.Report)
	}
	w.filterOrders("pices:2")
	work(w)
	if m := w.ordersModel(now); m.Report.Said.Key != "wave.filter" || len(m.Rows) == 0 || m.Counting || len(m.Acts) > 0 {
		t.Errorf("%+v, %d rows", m.Report, len(m.Rows))
	}
	w.filterOrders("O017")
	work(w)
	if m := w.ordersModel(now); m.Count != 1 || m.Rows[0].Order != "O017" {
		t.Errorf("%+v", m.Rows)
	}
}

// The scan of an order's or a parcel's number opens the order, wherever it stands.
func TestAScanOpensAnOrder(t *testing.T) {
	w := newOrders(t, 60)
	w.scans("P033")
	if m := w.ordersModel(now); !m.IsOpen || m.Order.Number != "O033" || m.Order.Status == "" {
		t.Errorf("%+v", m.Order)
	}
	w.scans("4006381333931")
	if m := w.ordersModel(now); m.Order.Number != "O033" || len(w.orders.scans) != 0 {
		t.Errorf("%+v", m.Order)
	}
}

// Buyers' names and addresses are not kept; what is seen of an order has what happened to its parcels here.
func TestWhatHappenedToAnOrderIsSeen(t *testing.T) {
	w := newOrders(t, 2)
	if err := w.bench.Store.Append([]order.Event{
		{At: now, Kind: order.Opened, Parcel: "P000", Code: "P000", Packer: "Mei"}, {At: now.Add(time.Second), Kind: order.Taken, Parcel: "P000", Unit: "P000a", SKU: "TEE", Packer: "Mei"},
	}); err != nil {
		t.Fatal(err)
	}
	w.scans("O000")
	if m := w.ordersModel(now); m.Order.Lines[0].Value != "1 of 1 · ×1" {
		t.Errorf("%+v", m.Order.Lines[0])
	}
	w.digit("3")
	m := w.ordersModel(now)
	if len(m.Order.Lines) != 2 || !strings.Contains(m.Order.Lines[0].Title, "TEE") || m.Order.Lines[1].Text != "P000 · Mei" {
		t.Errorf("%+v", m.Order.Lines)
	}
	w.draw()
	if shown := seen.Texts(w.orders.Object()); !strings.Contains(shown, "O000") || !strings.Contains(shown, m.Order.Lines[0].Title) {
		t.Errorf("the order is not on the page:\n%s", shown)
	}
}
