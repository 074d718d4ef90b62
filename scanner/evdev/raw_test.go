package evdev

import (
	"testing"

	"packbench/scanner"
)

// What a scanner types reads the same by Windows' scan codes as by Linux' events.
func TestKeysOfWindowsAreThoseOfLinux(t *testing.T) {
	var d Decoder
	said := ""
	for _, key := range []struct{ code, flags uint16 }{
		{42, 0}, {36, 0}, {36, rawReleased}, {42, rawReleased}, // J
		{45, 0}, {45, rawReleased}, // x
		{2, 0}, {2, rawReleased}, // 1
		{53, rawExtended}, {53, rawExtended | rawReleased}, // / of the number pad
		{29, rawExtended}, {27, 0}, {29, rawExtended | rawReleased}, // GS
		{72, rawExtended}, {29, rawPause}, // an arrow and the first half of Pause type nothing
		{42, rawExtended}, {82, 0}, // the shift that Windows makes up is none
		{28, rawExtended},
	} {
		if c, ok := d.Take(rawEvent(key.code, key.flags)); ok {
			said += string(rune(c))
		}
	}
	if said != "Jx1/\x1d0\r" {
		t.Errorf("%q", said)
	}
}

func TestWindowsNamesOfDevices(t *testing.T) {
	for name, want := range map[string]scanner.Identity{
		`\\?\HID#VID_0c2e&PID_0B61&MI_00#7&1a2b3c&0&0000#{884b96c3-56ef-11d1-bc8c-00a0c91405dd}`: {VendorID: "0C2E", ProductID: "0B61"},
		`\\?\ACPI#PNP0303#4&1a2b3c&0#{884b96c3-56ef-11d1-bc8c-00a0c91405dd}`:                     {},
	} {
		if got := rawIdentity(name); got != want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
