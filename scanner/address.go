package scanner

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Forms are the addresses that can be written, for people to read.
const Forms = "serial:/dev/ttyACM0?baud=9600, serial:usb:VID:PID[:SERIAL], input:/dev/input/by-id/NAME, input:usb:VID:PID[:SERIAL], wedge"

// Kind is how a scanner comes to this computer.
type Kind string

// The kinds of scanners.
const (
	Serial Kind = "serial" // a serial port, real or over USB
	Input  Kind = "input"  // types like a keyboard, and is read beneath layouts and input methods; on Linux by this program alone
	Wedge  Kind = "wedge"  // types like a keyboard into the window; those cannot be told apart
)

// Address is where a scanner is. The zero value is nowhere.
type Address struct {
	Kind Kind
	// Path is the device's, of an Input or a Serial port named by it.
	Path string
	// USB names a Serial port or an Input by its device, where Path is empty.
	USB Identity
	// Baud is the rate of a Serial port in bits a second: 300 to 20,000,000.
	Baud int
}

// Identity is what a USB device says of itself. The zero value says nothing.
type Identity struct {
	VendorID, ProductID string // four hexadecimal digits, capitals
	SerialNumber        string // many devices have none
}

// Of tells whether these words are said of a device: all that they say fits.
func (i Identity) Of(device Identity) bool {
	return i.VendorID == device.VendorID && i.ProductID == device.ProductID && (i.SerialNumber == "" || i.SerialNumber == device.SerialNumber)
}

// The rates of serial ports, in bits a second: what scanners are shipped with, and what a port can be set to.
const (
	defaultBaud = 9600
	slowest     = 300
	fastest     = 20_000_000
)

// ParseAddress reads an address in one of Forms.
func ParseAddress(uri string) (a Address, ok bool) {
	kind, rest, _ := strings.Cut(uri, ":")
	switch Kind(kind) {
	case Wedge:
		return Address{Kind: Wedge}, uri == string(Wedge)
	case Input:
		if words, usb := strings.CutPrefix(rest, "usb:"); usb {
			id := identity(words)
			return Address{Kind: Input, USB: id}, id != (Identity{})
		}
		return Address{Kind: Input, Path: rest}, strings.HasPrefix(rest, "/")
	case Serial:
		return serialAddress(rest)
	}
	return a, false
}

func serialAddress(rest string) (a Address, ok bool) {
	port, query, _ := strings.Cut(rest, "?")
	a = Address{Kind: Serial, Path: port, Baud: defaultBaud}
	if words, usb := strings.CutPrefix(port, "usb:"); usb {
		if a.Path, a.USB, ok = "", identity(words), true; a.USB == (Identity{}) {
			return Address{}, false
		}
	}
	said, err := url.ParseQuery(query)
	if err != nil || port == "" {
		return Address{}, false
	}
	for name, values := range said {
		a.Baud, err = strconv.Atoi(values[len(values)-1])
		if name != "baud" || err != nil || a.Baud < slowest || a.Baud > fastest {
			return Address{}, false
		}
	}
	return a, true
}

// usbID is a vendor's or a product's number.
var usbID = regexp.MustCompile(`^[0-9A-F]{4}$`)

// identity reads VID:PID[:SERIAL]; it is zero where the text is something else.
func identity(words string) Identity {
	parts := strings.SplitN(words, ":", 3)
	if len(parts) < 2 {
		return Identity{}
	}
	i := Identity{VendorID: strings.ToUpper(parts[0]), ProductID: strings.ToUpper(parts[1])}
	if len(parts) == 3 {
		i.SerialNumber = parts[2]
	}
	if !usbID.MatchString(i.VendorID) || !usbID.MatchString(i.ProductID) {
		return Identity{}
	}
	return i
}

// String is the address as it is written.
func (a Address) String() string {
	if a.Kind == Wedge {
		return string(Wedge)
	}
	device := a.Path
	if device == "" {
		device = "usb:" + a.USB.VendorID + ":" + a.USB.ProductID
		if a.USB.SerialNumber != "" {
			device += ":" + a.USB.SerialNumber
		}
	}
	if a.Kind == Input {
		return string(Input) + ":" + device
	}
	return string(Serial) + ":" + device + "?baud=" + strconv.Itoa(a.Baud)
}
