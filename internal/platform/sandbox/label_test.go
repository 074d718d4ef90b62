package sandbox

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/boombuler/barcode/code128"
)

func sampleLabel() label {
	return label{
		size: "A6", carrier: "J&T EXPRESS", service: "STD", sortCode: "KUL-B07", hub: "50 470", region: "MY",
		tracking: "JMX730054482913", to: "N** A*****  (+60)12*****71", toAddress: "Malaysia, Kuala Lumpur, Kuala Lumpur,B1****",
		from: "Lantern Sports", fromAddress: "Bay 3, 47100 Puchong, Selangor", handover: "PICK UP", weightG: 740, pieces: 6,
		orders: []string{"579215840371402268"}, contents: []string{"TEE-BLK-L x3", "SLV-WHT x2", "EAR-WHT x1"},
	}
}

func drawn(t *testing.T, l label) []byte {
	t.Helper()
	pdf, err := pdf(l.size, l.draw)
	if err != nil {
		t.Fatalf("pdf: %v", err)
	}
	return pdf
}

func TestLabelIsTheSameEveryTime(t *testing.T) {
	first := drawn(t, sampleLabel())
	if !bytes.HasPrefix(first, []byte("%PDF")) {
		t.Fatalf("no PDF: %q", first[:8])
	}
	if again := drawn(t, sampleLabel()); !bytes.Equal(first, again) {
		t.Error("two drawings of one label differ")
	}
	other := sampleLabel()
	other.tracking = "JMX730054482914"
	if bytes.Equal(first, drawn(t, other)) {
		t.Error("two parcels have the same label")
	}
}

func TestLabelSizes(t *testing.T) {
	for size, box := range map[string]string{"A6": "/MediaBox [0 0 297.64 419.53]", "A5": "/MediaBox [0 0 419.53 595.28]"} {
		l := sampleLabel()
		l.size = size
		if pdf := drawn(t, l); !bytes.Contains(pdf, []byte(box)) {
			t.Errorf("%s: no %s in the page", size, box)
		}
	}
}

func TestLabelTakesAnyText(t *testing.T) {
	l := sampleLabel()
	l.toAddress = strings.Repeat("Việt Nam, Quận Ba Đình ", 20)
	l.from = "灯笼体育"
	l.contents = strings.Fields(strings.Repeat("速干运动 TEE-BLK-L ", 40))
	l.orders = []string{"1", "2", "3", "4"}
	drawn(t, l)

	l.tracking = "单号"
	if _, err := pdf(l.size, l.draw); err == nil {
		t.Error("a tracking number that no bars can show was drawn")
	}
}

func TestDrawable(t *testing.T) {
	for text, want := range map[string]string{
		"N*** A***h": "N*** A***h", "Quận Ba Đình": "Quận Ba Đình", "黑色·L": "·L", "a\x00b": "ab", "": "",
	} {
		if got := drawable(text); got != want {
			t.Errorf("drawable(%q) = %q, want %q", text, got, want)
		}
	}
}

// A bench prints the A6 page 100 mm wide at 8 dots a mm: bars must be whole dots there, three or more.
func TestBarsAreWholeDotsOnPaper(t *testing.T) {
	for _, tracking := range []string{"JMX730054482913", "84000000000002", "ABCDEFGHIJKLMNOPQRST"} {
		bars, err := code128.Encode(tracking)
		if err != nil {
			t.Fatal(err)
		}
		module, left := place128(bars)
		for name, mm := range map[string]float64{"module": module, "left edge": left} {
			dots := mm / labelWidth * 100 * 8
			if math.Abs(dots-math.Round(dots)) > 1e-6 {
				t.Errorf("%s: %s is %.3f dots", tracking, name, dots)
			}
		}
		if module/labelWidth*100 < 0.375-1e-9 && len(tracking) < 18 {
			t.Errorf("%s: modules of %.3f mm", tracking, module/labelWidth*100)
		}
	}
}
