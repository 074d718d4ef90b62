package link

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The system's files as they lie there for a printer that tells what it is, and for one that tells nothing.
func TestUSBPrintersAreFound(t *testing.T) {
	root := t.TempDir()
	for file, text := range map[string]string{
		"dev/lp0": "", "dev/lp1": "", "dev/other": "",
		"usb/1-1/idVendor": "0a5f\n", "usb/1-1/idProduct": "0166\n", "usb/1-1/serial": "D3J1\n",
		"usb/1-1/1-1:1.0/ieee1284_id":      "MANUFACTURER:Zebra Technologies ;COMMAND SET:ZPL;MODEL:ZTC ZD220-203dpi ZPL;CLASS:PRINTER;\n",
		"usb/1-2/1-2:1.0/bInterfaceNumber": "00",
	} {
		path := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, device := range map[string]string{"lp0": "usb/1-1/1-1:1.0", "lp1": "usb/1-2/1-2:1.0"} {
		dir := filepath.Join(root, "class", name)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(root, device), filepath.Join(dir, "device")); err != nil {
			t.Fatal(err)
		}
	}
	found, err := findUSBIn(filepath.Join(root, "dev"), filepath.Join(root, "class"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Found{
		{Name: "Zebra Technologies ZTC ZD220-203dpi ZPL", URI: "usb:" + filepath.Join(root, "dev/lp0"), VendorID: "0A5F", ProductID: "0166", Serial: "D3J1",
			ID: "MANUFACTURER:Zebra Technologies ;COMMAND SET:ZPL;MODEL:ZTC ZD220-203dpi ZPL;CLASS:PRINTER;"},
		{Name: "lp1", URI: "usb:" + filepath.Join(root, "dev/lp1")},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}
