package evdev

import (
	"regexp"
	"strings"

	"packbench/scanner"
)

// What Windows says of a key with its scan code (winuser.h, RAWKEYBOARD).
const (
	rawReleased = 1 // RI_KEY_BREAK
	rawExtended = 2 // RI_KEY_E0
	rawPause    = 4 // RI_KEY_E1
)

// extended are the keys whose scan codes have a prefix. All others have the numbers that Linux gives them (USB HID to PS/2 scan code translation table).
var extended = map[uint16]uint16{28: keyPad, 29: keyCtrl2, 53: 98}

// rawEvent is a key of Windows' as an event of an input device; its type is 0 where codes are not made of such keys.
func rawEvent(scanCode, flags uint16) Event {
	e := Event{Type: typeKey, Code: scanCode, Value: pressed}
	if flags&rawExtended != 0 {
		e.Code = extended[scanCode]
	}
	if flags&rawReleased != 0 {
		e.Value = released
	}
	if e.Code == 0 || flags&rawPause != 0 {
		return Event{}
	}
	return e
}

// rawName is how Windows names an input device: \\?\HID#VID_0C2E&PID_0B61&MI_00#7&1a2b3c&0&0000#{…}.
var rawName = regexp.MustCompile(`(?i)VID_([0-9A-F]{4})&PID_([0-9A-F]{4})`)

// rawIdentity is the USB device of such a name; zero where it is none.
func rawIdentity(name string) scanner.Identity {
	found := rawName.FindStringSubmatch(name)
	if found == nil {
		return scanner.Identity{}
	}
	return scanner.Identity{VendorID: strings.ToUpper(found[1]), ProductID: strings.ToUpper(found[2])}
}
