package zpl

import "testing"

// TestTheCRCIsThatOfPublishedLabels takes pictures that Zebra's own label designer wrote into public label files.
func TestTheCRCIsThatOfPublishedLabels(t *testing.T) {
	for text, want := range map[string]uint16{
		"eJzj4KAKYJChDmCwoQ5gEKAOYAAAavEfEQ==":             0x24EF,
		"eJxjYKAnOADEDxgYGD8AMZBmBvKZgULsQMxEV4fAAQBLYQRC": 0x3CC2,
		"123456789": 0x31C3, // CRC-16/XMODEM's check value, the same polynomial and start
	} {
		if got := crc(text); got != want {
			t.Errorf("%s: %04X, want %04X", text, got, want)
		}
	}
}
