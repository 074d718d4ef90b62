package window

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"packbench/ui/kit"
	"packbench/ui/orders"
)

// F10 on an order makes its appeal pack, and the page says where it lies.
func TestAnOrdersAppealPackIsMade(t *testing.T) {
	w := newOrders(t, 3)
	w.scans("O001")
	w.press(orders.PackKey)
	work(w)
	m := w.ordersModel(now)
	if m.Report.Tone != kit.Calm || m.Report.Said.Key != "appeal.written" || m.Report.Said.With["parcels"] != 1 || !m.IsOpen {
		t.Fatalf("%+v", m.Report)
	}
	file := m.Report.Said.With["file"].(string)
	data, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(data, []byte("%PDF")) || filepath.Dir(file) != filepath.Join(w.environment.Dir, appealFolder) {
		t.Errorf("%s: %v", file, err)
	}
}
