package evdev

import (
	"math/bits"
	"strconv"
	"strings"

	"packbench/scanner"
)

// Found is an input device that can type codes.
type Found struct {
	Name string
	Path string // its lasting one, where the system gives it one
	USB  scanner.Identity
	// Likely tells that it says it is a scanner, or its maker makes little else. Many a scanner only says that it is a keyboard.
	Likely bool
}

// makers are the vendors whose USB devices are scanners (the public list of USB ids): Honeywell with Metrologic, Zebra with Symbol, Datalogic with PSC,
// Newland, Opticon.
var makers = map[string]bool{"0C2E": true, "05E0": true, "05F9": true, "1EAB": true, "065A": true}

// Likely tells whether a device is a scanner by what it says.
func Likely(name string, id scanner.Identity) bool {
	if makers[id.VendorID] {
		return true
	}
	name = strings.ToLower(name)
	for _, word := range []string{"scan", "barcode", "bar code", "imager"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// canType tells whether a device has the keys of codes, by its capabilities as the system writes them: hexadecimal words, the lowest last. A power
// button is an input device too.
func canType(capabilities string) bool {
	words := strings.Fields(capabilities)
	for _, code := range []int{2, 11, 28, 30, 44} { // 1, 0, Enter, A, Z
		at := len(words) - 1 - code/bits.UintSize
		if at < 0 {
			return false
		}
		word, err := strconv.ParseUint(words[at], 16, 64)
		if err != nil || word>>(code%bits.UintSize)&1 == 0 {
			return false
		}
	}
	return true
}
