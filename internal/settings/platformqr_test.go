package settings

import (
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/order"
)

// An imported label is known to the checks by what is scanned from it, in the place of one of the same market; a bench's own file of checks wins about that.
func TestImportPlatformQR(t *testing.T) {
	dir := t.TempDir()
	for _, q := range []PlatformQR{{"GB", "old", 60, 60}, {"DE", "two", 55, 50}, {"GB", "new", 70, 70}} {
		if err := ImportPlatformQR(dir, q, []byte("document "+q.Code)); err != nil {
			t.Fatal(err)
		}
	}
	known, err := PlatformQRs(dir)
	if err != nil || len(known) != 2 || known[0] != (PlatformQR{"DE", "two", 55, 50}) || known[1].Code != "new" {
		t.Fatalf("%+v, %v", known, err)
	}
	c, err := LoadChecks(dir)
	if err != nil || c.QR["GB"] != "new" || c.QR["DE"] != "two" {
		t.Fatalf("%+v, %v", c.QR, err)
	}
	path := c.QRLabel(order.Parcel{Market: "GB"})
	if document, err := os.ReadFile(path); err != nil || string(document) != "document new" {
		t.Errorf("%s: %q, %v", path, document, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.WriteFile(filepath.Join(dir, ChecksFile), []byte("[platform_qr]\nGB = \"mine\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err = LoadChecks(dir); err != nil || c.QR["GB"] != "mine" || c.QRLabel(order.Parcel{Market: "FR"}) != "" {
		t.Errorf("%+v, %v", c, err)
	}
	if err := os.WriteFile(filepath.Join(dir, platformQRFile), []byte("]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadChecks(dir); order.AsProblem(err).Key != "checks.unreadable" {
		t.Errorf("%v", err)
	}
}
