package printer_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/printer"
	"packbench/printer/zpl"
)

var options = printer.Options{Lang: "zpl", DPI: 203, Medium: page.Label}

func TestAddresses(t *testing.T) {
	for uri, key := range map[string]string{
		"tcp:10.0.0.9:9100":      "",
		"tcp://10.0.0.9:9100":    "",
		"tcp:[::1]:9100":         "",
		"tcp:printer.local:9100": "",
		"file:labels":            "",
		"":                       "printer.address",
		"10.0.0.9":               "printer.address",
		"tcp:":                   "printer.address",
		"tcp:10.0.0.9":           "printer.address",
		"tcp::9100":              "printer.address",
		"tcp:host:0":             "printer.address",
		"tcp:host:65536":         "printer.address",
		"tcp:ho st:9100":         "printer.address",
		"file:":                  "printer.address",
		"ftp:host":               "printer.address",
		"serial:/dev/ttyUSB0":    "printer.not_built",
		"usb:/dev/usb/lp0":       "printer.not_built",
		"spooler:Zebra":          "printer.not_built",
		"cups:zebra":             "printer.not_built",
	} {
		p, err := printer.Open(uri, options)
		if got := keyOf(err); got != key || (err == nil) != (key == "") {
			t.Errorf("%q: %v, want %q", uri, err, key)
		}
		if p != nil {
			if err := p.Close(); err != nil {
				t.Errorf("%q: close: %v", uri, err)
			}
		}
	}
}

func keyOf(err error) string {
	var problem *order.Problem
	if errors.As(err, &problem) {
		return problem.Key
	}
	return ""
}

func TestOptions(t *testing.T) {
	for key, o := range map[string]printer.Options{
		"usage.language":     {Lang: "tspl", DPI: 203, Medium: page.Label},
		"printer.resolution": {Lang: "zpl", DPI: 600, Medium: page.Label},
	} {
		if _, err := printer.Open("file:x", o); keyOf(err) != key {
			t.Errorf("%+v: %v, want %s", o, err, key)
		}
	}
	if _, err := printer.Open("file:x", printer.Options{DPI: 203}); err == nil {
		t.Error("a label without size was taken")
	}
	p, err := printer.Open("file:x", printer.Options{DPI: 300, Medium: page.Label})
	if err != nil || p.DPI() != 300 || p.Medium() != page.Label {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestAPageBecomesAFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "labels")
	p, err := printer.Open("file:"+dir, options)
	if err != nil {
		t.Fatal(err)
	}
	drawn := page.New(800, 1200, 203)
	drawn.Set(400, 600)
	label := p.Encode(drawn)
	if !bytes.Equal(label, zpl.Encode(drawn, zpl.Settings{})) {
		t.Error("the label is not ZPL")
	}
	if err := p.Reach(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := p.Send(t.Context(), label); n != len(label) || err != nil {
		t.Fatalf("sent %d: %v", n, err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.zpl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	if got, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(got, label) {
		t.Errorf("the file holds %d bytes, want %d: %v", len(got), len(label), err)
	}
}
