package station

import (
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// The platform's QR label comes out when its scan is asked for, once for a box, and again where a person asks for it; scanning it lets the parcel go on.
func TestPlatformQRIsPrintedAndScanned(t *testing.T) {
	s := newShop(t)
	path := filepath.Join(t.TempDir(), "GB")
	if err := os.WriteFile(path, []byte("label of P9"), 0o600); err != nil {
		t.Fatal(err)
	}
	checks := &order.Checks{
		Rules: []order.CheckRule{{Market: order.EveryMarket, Check: order.CheckQR, Severity: order.Blocks}},
		QR:    map[string]string{"MY": "qr-code"}, QRLabels: map[string]string{"MY": path},
	}
	looking := func(c *Config) { c.Checks = checks }
	r := s.start(nil, looking)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	if _, printed := s.times(); printed != 1 || s.last("P2") != order.QRSent || r.Snapshot().State.Question != packing.SeeTo {
		t.Fatalf("printed %d, the journal ends with %s", printed, s.last("P2"))
	}
	r.said("say.qr_out")
	r.end()
	r = s.start(nil, looking) // a power cut prints none
	r.settle()
	if _, printed := s.times(); printed != 1 {
		t.Fatalf("printed %d", printed)
	}
	r.ok(packing.Accepted)
	r.settle()
	if _, printed := s.times(); printed != 2 {
		t.Fatalf("printed %d", printed)
	}
	r.scan("another code", packing.NeedsPerson)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	r.ok(packing.Accepted)
	r.settle()
	r.said("say.qr_failed")
	r.scan("qr-code", packing.Accepted)
	r.settle()
	r.scan(trackingOf(2), packing.ConfirmedOut)
	if _, printed := s.times(); printed != 3 {
		t.Errorf("printed %d", printed)
	}
}
