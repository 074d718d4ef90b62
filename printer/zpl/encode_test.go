package zpl_test

import (
	"bytes"
	"strings"
	"testing"

	"packbench/internal/page"
	"packbench/printer/medium"
	"packbench/printer/zpl"
)

// drawn is a page of rows of # and dots.
func drawn(rows ...string) *page.Page {
	p := page.New(len(rows[0]), len(rows), 203)
	for y, row := range rows {
		for x, dot := range row {
			if dot == '#' {
				p.Set(x, y)
			}
		}
	}
	return p
}

func TestEncode(t *testing.T) {
	for _, c := range []struct {
		name     string
		page     *page.Page
		settings zpl.Settings
		want     string
	}{
		{"rows", drawn("#.......", "#.......", "########", "........", "..#.#..#"), zpl.Settings{},
			"^XA^PW8^LL5^LH0,0^LS0^FO0,0^GFA,5,5,1,8,:!,29^FS^PQ1^XZ\n"},
		{"a width that is no whole bytes", drawn("###", "###"), zpl.Settings{},
			"^XA^PW3^LL2^LH0,0^LS0^FO0,0^GFA,2,2,1,E,:^FS^PQ1^XZ\n"},
		{"settings", drawn("."), zpl.Settings{Darkness: -5, Speed: 6},
			"^XA^PW1^LL1^LH0,0^LS0^MD-5^PR6^FO0,0^GFA,1,1,1,,^FS^PQ1^XZ\n"},
		{"every setting", drawn("."), zpl.Settings{Darkness: 30, Speed: 14, Tracking: medium.Mark, Taking: medium.Peel, Encoding: zpl.ACS},
			"^XA^PW1^LL1^LH0,0^LS0^MNM^MMP^MD30^PR14^FO0,0^GFA,1,1,1,,^FS^PQ1^XZ\n"},
		{"gap and tear", drawn("."), zpl.Settings{Tracking: medium.Gap, Taking: medium.Tear},
			"^XA^PW1^LL1^LH0,0^LS0^MNY^MMT^FO0,0^GFA,1,1,1,,^FS^PQ1^XZ\n"},
		{"continuous, plain hexadecimal", drawn("########..", "########..", "..........", "..#.....##"), zpl.Settings{Tracking: medium.Continuous, Encoding: zpl.Hex},
			"^XA^PW10^LL4^LH0,0^LS0^MNN^FO0,0^GFA,8,8,2,FF00FF00000020C0^FS^PQ1^XZ\n"},
		{"runs", drawn(strings.Repeat("#", 4*421) + "...."), zpl.Settings{},
			"^XA^PW1688^LL1^LH0,0^LS0^FO0,0^GFA,211,211,211,zgGF,^FS^PQ1^XZ\n"},
		{"a run of 401", drawn(strings.Repeat("#", 4*401) + "...."), zpl.Settings{},
			"^XA^PW1608^LL1^LH0,0^LS0^FO0,0^GFA,201,201,201,zGF,^FS^PQ1^XZ\n"},
		{"a run of 20 and two digits", drawn(strings.Repeat("...#", 20) + "##..##.#"), zpl.Settings{},
			"^XA^PW88^LL1^LH0,0^LS0^FO0,0^GFA,11,11,11,g1CD^FS^PQ1^XZ\n"},
	} {
		if got := string(zpl.Encode(c.page, c.settings)); got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.name, got, c.want)
		}
	}
}

func TestDotsBeyondTheWidthAreNotSent(t *testing.T) {
	p := drawn("#..")
	p.Bits[0] |= 0x1f
	if got, want := zpl.Encode(p, zpl.Settings{}), zpl.Encode(drawn("#.."), zpl.Settings{}); !bytes.Equal(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
}

var encodings = []zpl.Encoding{zpl.ACS, zpl.Hex, zpl.Z64}

// busy is a page of bars, text-like noise and white.
func busy(dpi int) *page.Page {
	w, h := page.Label.Dots(dpi)
	p := page.New(w, h, dpi)
	for y := range h {
		for x := range w {
			if y < h/3 && x*x/97%5 < 2 || y > h/2 && (x*y)%11 == 3 {
				p.Set(x, y)
			}
		}
	}
	return p
}

func TestALabelIsPrintableAsciiAndPassesTheCheck(t *testing.T) {
	for _, encoding := range encodings {
		label := zpl.Encode(busy(203), zpl.Settings{Darkness: 4, Speed: 6, Tracking: medium.Gap, Taking: medium.Tear, Encoding: encoding})
		for i, b := range label[:len(label)-1] {
			if b < ' ' || b > '~' {
				t.Fatalf("%s: byte %#x at %d", encoding, b, i)
			}
		}
		labels, err := zpl.Check(label)
		if err != nil || len(labels) != 1 || !bytes.Equal(labels[0], bytes.TrimSpace(label)) {
			t.Errorf("%s: %d labels, %v", encoding, len(labels), err)
		}
	}
}

func TestEncodingsAndTheirNames(t *testing.T) {
	for encoding, valid := range map[zpl.Encoding]bool{"": true, zpl.ACS: true, zpl.Hex: true, zpl.Z64: true, "b64": false, "ACS": false} {
		if encoding.Valid() != valid {
			t.Errorf("%q is valid: %v", encoding, !valid)
		}
	}
}
