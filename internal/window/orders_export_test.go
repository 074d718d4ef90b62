package window

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"packbench/internal/order"
	"packbench/ui/kit"
)

// F10 asks what goes into a spreadsheet, a digit writes what the filter finds, and the page says where it lies.
func TestOrdersAreWrittenIntoASpreadsheet(t *testing.T) {
	w := newOrders(t, 60)
	w.filterOrders("pieces:2-")
	work(w)
	w.press(exportKey)
	if m := w.ordersModel(now); m.Report.Said.Key != "export.which" || len(m.Acts) != 1 || len(m.Filter.Chips) != 4 || m.Filter.Chips[1].Word != "Lines" {
		t.Fatalf("%+v", m)
	}
	w.digit("2")
	m := w.ordersModel(now)
	if m.Report.Tone != kit.Calm || m.Report.Said.Key != "export.done" || m.Report.Said.With["orders"] != 20 || m.Report.Said.With["rows"] != 40 || len(m.Acts) != 2 {
		t.Fatalf("%+v", m.Report)
	}
	file := m.Report.Said.With["file"].(string)
	if filepath.Dir(file) != filepath.Join(w.environment.Dir, exportFolder) {
		t.Error(file)
	}
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if rows, err := book.GetRows("Sheet1"); err != nil || len(rows) != 41 || rows[1][0] != "O000" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestTheQuestionWhatToExportIsLeft(t *testing.T) {
	w := newOrders(t, 3)
	w.press(exportKey)
	w.press("Escape")
	if m := w.ordersModel(now); m.Report.Said.Key != "" || len(m.Acts) != 1 || m.Acts[0].Key != exportKey {
		t.Errorf("%+v", m)
	}
	w.press(exportKey)
	w.press("Down") // goes on with the table
	if m := w.ordersModel(now); m.Report.Said.Key != "" || m.Chosen != 1 || w.orders.export.asked {
		t.Errorf("%+v", m)
	}
	if err := os.WriteFile(filepath.Join(w.environment.Dir, exportFolder), nil, 0o600); err != nil { // no folder can be there
		t.Fatal(err)
	}
	w.press(exportKey)
	w.digit("1")
	if m := w.ordersModel(now); m.Report.Tone != kit.Bad || m.Report.Said.Key != "export.no_folder" {
		t.Errorf("%+v", m.Report)
	}
}

// More orders than a file holds are told with how many files they need; the same digit once more writes them.
func TestMoreOrdersThanASpreadsheetHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("saves 16,000 orders")
	}
	w := newOrders(t, 0)
	var many []order.Order
	for n := range 16_000 {
		many = append(many, order.Order{ID: fmt.Sprintf("5792%08d", n), Status: order.AwaitingShipment, CreatedAt: now.AddDate(0, 0, -n%20), Lines: []order.Line{{ID: "1", SKUID: "1"}}})
	}
	if err := w.bench.Store.SaveOrders(many, now); err != nil {
		t.Fatal(err)
	}
	w.press(exportKey)
	w.digit("1")
	m := w.ordersModel(now)
	if m.Report.Said.Key != "export.many_files" || m.Report.Said.With["files"] != 2 || len(m.Filter.Chips) != 4 {
		t.Fatalf("%+v", m.Report)
	}
	w.digit("1")
	if m := w.ordersModel(now); m.Report.Said.Key != "export.done_files" || m.Report.Said.With["rows"] != 16_000 {
		t.Errorf("%+v", m.Report)
	}
}
