package printer_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer"
	"packbench/printer/medium"
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
		"serial:/dev/ttyUSB0":    "",
		"serial:COM3?baud=19200": "",
		"serial:":                "printer.address",
		"serial:?baud=9600":      "printer.address",
		"usb:/dev/usb/lp0":       "",
		"usb:":                   "printer.address",

		"serial:/dev/ttyS0?baud=115200&flow=rtscts":  "",
		"serial:/dev/ttyS0?flow=xonxoff&baud=250000": "",
		"serial:/dev/ttyS0?flow=none":                "",
		"serial:/dev/ttyS0?flow=dtr":                 "printer.address",
		"serial:/dev/ttyS0?baud=fast":                "printer.address",
		"serial:/dev/ttyS0?baud=110":                 "printer.address",
		"serial:/dev/ttyS0?baud=99999999":            "printer.address",
		"serial:/dev/ttyS0?parity=even":              "printer.address",
		"serial:/dev/ttyS0?baud=%zz":                 "printer.address",

		"spooler:Zebra ZD220": "",
		"spooler:":            "printer.address",
		"cups:zebra":          "",
		"cups:":               "printer.address",
		"cups:a/b":            "printer.address",
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
	with := func(lang string, setup printer.Setup) printer.Options {
		return printer.Options{Lang: lang, DPI: 203, Medium: page.Label, Setup: setup}
	}
	for _, c := range []struct {
		key     string
		options printer.Options
	}{
		{"usage.language", printer.Options{Lang: "epl", DPI: 203, Medium: page.Label}},
		{"printer.resolution", printer.Options{Lang: "zpl", DPI: 600, Medium: page.Label}},
		{"printer.setting", with("zpl", printer.Setup{Darkness: 31})},
		{"printer.setting", with("tspl", printer.Setup{Darkness: -1})},
		{"printer.setting", with("escpos", printer.Setup{Darkness: 1})},
		{"printer.setting", with("", printer.Setup{Speed: 1})},
		{"printer.setting", with("tspl", printer.Setup{Speed: 19})},
		{"printer.setting", with("escpos", printer.Setup{Speed: 4})},
		{"printer.setting", with("zpl", printer.Setup{Tracking: "holes"})},
		{"printer.setting", with("zpl", printer.Setup{GapMM: 2})},
		{"printer.setting", with("tspl", printer.Setup{GapMM: -1})},
		{"printer.setting", with("tspl", printer.Setup{GapMM: math.NaN()})},
		{"printer.setting", with("tspl", printer.Setup{Taking: "cut"})},
		{"printer.setting", with("escpos", printer.Setup{Taking: medium.Tear})},
		{"printer.setting", with("tspl", printer.Setup{RightMM: 101})},
		{"printer.setting", with("tspl", printer.Setup{DownMM: math.Inf(-1)})},
		{"printer.setting", with("zpl", printer.Setup{HeadDots: -1})},
		{"printer.setting", with("zpl", printer.Setup{Encoding: "b64"})},
		{"printer.setting", with("tspl", printer.Setup{Encoding: zpl.Z64})},
		{"printer.too_wide", with("escpos", printer.Setup{HeadDots: 576})},
		{"", with("zpl", printer.Setup{HeadDots: 800})},
		{"", with("zpl", printer.Setup{Darkness: -30, Speed: 14, Tracking: medium.Mark, Taking: medium.Peel, RightMM: -1.5, DownMM: 100, Encoding: zpl.Z64})},
		{"", with("tspl", printer.Setup{Darkness: 15, Speed: 1, Tracking: medium.Continuous, GapMM: 3, Taking: medium.Tear, HeadDots: 832})},
		{"", with("escpos", printer.Setup{Tracking: medium.Gap, DownMM: 2, HeadDots: 832})},
	} {
		if _, err := printer.Open("file:x", c.options); keyOf(err) != c.key || (err == nil) != (c.key == "") {
			t.Errorf("%+v: %v, want %q", c.options, err, c.key)
		}
	}
	if _, err := printer.Open("file:x", printer.Options{DPI: 203}); err == nil {
		t.Error("a label without size was taken")
	}
	p, err := printer.Open("file:x", printer.Options{DPI: 300, Medium: page.Label})
	if err != nil || p.DPI() != 300 || p.Medium() != page.Label || p.Lang() != printer.ZPL {
		t.Fatalf("%+v, %v", p, err)
	}
	if o := (printer.Options{Lang: "zpl", DPI: 300, Medium: page.Label}); !p.OpenedWith(o) {
		t.Error("it does not know how it was opened")
	} else if o.Interrupted = true; !p.OpenedWith(o) {
		t.Error("what happened before makes another printer of it")
	} else if o.Lang = "tspl"; p.OpenedWith(o) {
		t.Error("it takes itself for another printer")
	}
}

// TestEachLanguageIsDrawnByItsMachine goes the whole way from options to a file, its name, and what a printer makes of it.
func TestEachLanguageIsDrawnByItsMachine(t *testing.T) {
	drawn := page.New(800, 1200, 203)
	for x := range 500 {
		drawn.Set(x+10, 2*x+40)
	}
	for _, c := range []struct {
		lang    string
		machine interface {
			Decode([]byte) ([]*page.Page, error)
		}
		setup printer.Setup
	}{
		{"zpl", virtual.ZPL{DPI: 203, Medium: page.Label}, printer.Setup{Darkness: 3, Encoding: zpl.Z64}},
		{"escpos", virtual.ESCPOS{DPI: 203, Medium: page.Label}, printer.Setup{Tracking: medium.Mark}},
		{"tspl", virtual.TSPL{DPI: 203, Medium: page.Label}, printer.Setup{Speed: 4, GapMM: 3}},
	} {
		for _, moved := range [][2]float64{{}, {2.5, -1.25}} {
			c.setup.RightMM, c.setup.DownMM = moved[0], moved[1]
			dir := t.TempDir()
			p, err := printer.Open("file:"+dir, printer.Options{Lang: c.lang, DPI: 203, Medium: page.Label, Setup: c.setup})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Send(t.Context(), p.Encode(drawn)); err != nil {
				t.Fatal(err)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*."+c.lang))
			if err != nil || len(files) != 1 {
				t.Fatalf("%s: files %v, %v", c.lang, files, err)
			}
			label, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			pages, err := c.machine.Decode(label)
			if err != nil || len(pages) != 1 {
				t.Fatalf("%s: %d labels, %v", c.lang, len(pages), err)
			}
			if want := drawn.Moved(int(8*moved[0]), int(8*moved[1])); !bytes.Equal(pages[0].Bits, want.Bits) || pages[0].Width != want.Width {
				t.Errorf("%s, moved %v mm: another label came out", c.lang, moved)
			}
		}
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
