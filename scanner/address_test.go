package scanner_test

import (
	"testing"

	"packbench/scanner"
)

func TestAddresses(t *testing.T) {
	for uri, want := range map[string]scanner.Address{
		"serial:/dev/ttyACM0":             {Kind: scanner.Serial, Path: "/dev/ttyACM0", Baud: 9600},
		"serial:/dev/ttyUSB1?baud=115200": {Kind: scanner.Serial, Path: "/dev/ttyUSB1", Baud: 115200},
		"serial:usb:0c2e:0206":            {Kind: scanner.Serial, Baud: 9600, USB: scanner.Identity{VendorID: "0C2E", ProductID: "0206"}},
		"serial:usb:05E0:1701:S/N:7?baud=19200": {Kind: scanner.Serial, Baud: 19200,
			USB: scanner.Identity{VendorID: "05E0", ProductID: "1701", SerialNumber: "S/N:7"}},
		"input:/dev/input/by-id/usb-scanner-event-kbd": {Kind: scanner.Input, Path: "/dev/input/by-id/usb-scanner-event-kbd"},
		"wedge": {Kind: scanner.Wedge},
	} {
		got, ok := scanner.ParseAddress(uri)
		if !ok || got != want {
			t.Errorf("%s: %+v, %v", uri, got, ok)
		}
		if again, ok := scanner.ParseAddress(got.String()); !ok || again != got {
			t.Errorf("%s is written %s, which is %+v, %v", uri, got, again, ok)
		}
	}
	for _, uri := range []string{"", "serial", "serial:", "serial:?baud=9600", "serial:/dev/x?baud=12", "serial:/dev/x?baud=9600&flow=none", "serial:usb:", "serial:usb:0c2e",
		"serial:usb:0c2g:0206", "serial:usb:c2e:0206", "input:", "input:event3", "wedge:", "wedge:1", "tcp:10.0.0.9:1", "serial:/dev/x?baud=%zz"} {
		if got, ok := scanner.ParseAddress(uri); ok {
			t.Errorf("%q is %+v", uri, got)
		}
	}
}

func TestIdentity(t *testing.T) {
	device := scanner.Identity{VendorID: "0C2E", ProductID: "0206", SerialNumber: "A1"}
	for _, c := range []struct {
		said scanner.Identity
		want bool
	}{
		{device, true},
		{scanner.Identity{VendorID: "0C2E", ProductID: "0206"}, true},
		{scanner.Identity{VendorID: "0C2E", ProductID: "0206", SerialNumber: "A2"}, false},
		{scanner.Identity{VendorID: "0C2E", ProductID: "0207"}, false},
	} {
		if c.said.Of(device) != c.want {
			t.Errorf("%+v", c.said)
		}
	}
}
