package cli

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// qrPicture is a picture of QR codes beside each other, so many dots wide and high each.
func qrPicture(t *testing.T, width, height int, texts ...string) string {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, width*max(1, len(texts)), height))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	for i, text := range texts {
		code, err := qr.Encode(text, qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		side := min(width, height) - 40
		if code, err = barcode.Scale(code, side, side); err != nil {
			t.Fatal(err)
		}
		draw.Draw(picture, image.Rect(0, 0, side, side).Add(image.Pt(i*width+20, 20)), code, code.Bounds().Min, draw.Src)
	}
	path := filepath.Join(t.TempDir(), "qr.png")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// A label is imported with what a scanner reads from it, and listed; one that is no QR label, or too small on paper, is refused by name.
func TestPlatformQR(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 3, Seed: 1})
	good := qrPicture(t, 600, 600, "https://example.com/anti/1")
	said := read[platformQRLine](t, p.must("", &PlatformQR{File: good, Of: "GB", JSON: true}))
	if len(said) != 1 || said[0].Of != "GB" || said[0].Code != "https://example.com/anti/1" || said[0].WidthMM < leastQR || said[0].HeightMM < leastQR {
		t.Fatalf("%+v", said)
	}
	if listed := p.must("", &PlatformQR{}); !strings.Contains(listed, "GB") || !strings.Contains(listed, "SCANNED AS") {
		t.Errorf("%s", listed)
	}
	checks, err := settings.LoadChecks(p.dir)
	if err != nil || checks.QR["GB"] != said[0].Code || checks.QRLabels["GB"] == "" {
		t.Errorf("%+v, %v", checks, err)
	}
	for name, c := range map[string]struct {
		v   PlatformQR
		key string
	}{
		"no code":        {PlatformQR{File: qrPicture(t, 600, 600), Of: "GB"}, "qr.codes"},
		"two codes":      {PlatformQR{File: qrPicture(t, 600, 600, "a", "b"), Of: "GB"}, "qr.codes"},
		"too small":      {PlatformQR{File: qrPicture(t, 1800, 600, "a"), Of: "GB"}, "qr.small"},
		"of nothing":     {PlatformQR{File: good, Of: "Britain"}, "qr.of"},
		"out of the way": {PlatformQR{File: good, Of: "../GB"}, "qr.of"},
		"no such file":   {PlatformQR{File: good + "x", Of: "GB"}, "print.unreadable"},
	} {
		if end := p.run("", &c.v); end.code != ExitFailed || !strings.Contains(end.stderr, "["+c.key) {
			t.Errorf("%s: exit code %d, %q", name, end.code, end.stderr)
		}
	}
	if (&PlatformQR{File: good}).Validate() == nil || (&PlatformQR{Of: "GB"}).Validate() == nil {
		t.Error("half of it was said")
	}
}
