package settings

import (
	"fmt"
	"slices"

	"packbench/internal/order"
	"packbench/internal/scale"
	"packbench/scanner"
)

// Scale is the bench's scale; without a URI there is none.
type Scale struct {
	URI      string         `toml:"uri,omitempty"`      // serial:/dev/ttyUSB0?baud=9600, or serial:usb:VID:PID[:SERIAL]
	Protocol scale.Protocol `toml:"protocol,omitempty"` // one of scale.Protocols
	Unit     scale.Unit     `toml:"unit,omitempty"`     // one of scale.Units, for a protocol that names none; empty is kg
	Parity   scale.Parity   `toml:"parity,omitempty"`   // one of scale.Parities, of seven bits; empty is none
}

// Address is where the scale is; false where there is none.
func (s Scale) Address() (scanner.Address, bool) {
	at, ok := scanner.ParseAddress(s.URI)
	return at, ok && at.Kind == scanner.Serial
}

// Setup is how it is spoken with.
func (s Scale) Setup() scale.Setup {
	return scale.Setup{Protocol: s.Protocol, Unit: s.Unit, Parity: s.Parity}
}

// checkScale refuses a scale that cannot be reached or spoken with, or that stands at a scanner's port: scale.address, scale.word, scale.scanner.
func checkScale(s Scale, scanners []Scanner) error {
	if s == (Scale{}) {
		return nil
	}
	at, ok := s.Address()
	if !ok {
		return order.Trouble(nil, "scale.address", "address", s.URI)
	}
	for _, one := range scanners {
		if other, _ := scanner.ParseAddress(one.URI); other == at {
			return order.Trouble(nil, "scale.scanner", "name", one.Name, "address", s.URI)
		}
	}
	switch {
	case !slices.Contains(scale.Protocols, s.Protocol):
		return order.Trouble(nil, "scale.word", "key", "protocol", "word", string(s.Protocol), "words", fmt.Sprint(scale.Protocols))
	case s.Unit != "" && !slices.Contains(scale.Units, s.Unit):
		return order.Trouble(nil, "scale.word", "key", "unit", "word", string(s.Unit), "words", fmt.Sprint(scale.Units))
	case s.Parity != "" && !slices.Contains(scale.Parities, s.Parity):
		return order.Trouble(nil, "scale.word", "key", "parity", "word", string(s.Parity), "words", fmt.Sprint(scale.Parities))
	}
	return nil
}
