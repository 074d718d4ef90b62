package evdev

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"packbench/scanner"
)

// The system's files as they lie there for a scanner, for one that only says it is a keyboard, and for a power button and a mouse.
func TestScannersAreFound(t *testing.T) {
	root := t.TempDir()
	put := func(file, text string) {
		path := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const keys = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe" // of a USB keyboard
	for event, said := range map[string][5]string{
		"event0": {"Power Button", "0000", "0001", "", "10000000000000 0"},
		"event1": {"HID KeyBoard", "1a2c", "0e24", "", keys},
		"event2": {"USB Optical Mouse", "046d", "c077", "", "70000 0 0 0 0"},
		"event3": {"Honeywell Voyager 1450g", "0c2e", "0b61", "17019B4C51", keys},
		"event4": {"WCM Barcode Reader", "ffff", "0035", "", keys},
	} {
		for i, file := range []string{"name", "id/vendor", "id/product", "uniq", "capabilities/key"} {
			put(filepath.Join("class", event, "device", file), said[i])
		}
		put(filepath.Join("dev", event), "")
	}
	byID := filepath.Join(root, "dev", "by-id", "usb-Honeywell-event-kbd")
	if err := os.MkdirAll(filepath.Dir(byID), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "dev/event3"), byID); err != nil {
		t.Fatal(err)
	}
	found, err := findIn(filepath.Join(root, "dev"), filepath.Join(root, "class"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Found{
		{Name: "Honeywell Voyager 1450g", Path: byID, USB: scanner.Identity{VendorID: "0C2E", ProductID: "0B61", SerialNumber: "17019B4C51"}, Likely: true},
		{Name: "WCM Barcode Reader", Path: filepath.Join(root, "dev/event4"), USB: scanner.Identity{VendorID: "FFFF", ProductID: "0035"}, Likely: true},
		{Name: "HID KeyBoard", Path: filepath.Join(root, "dev/event1"), USB: scanner.Identity{VendorID: "1A2C", ProductID: "0E24"}},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}
