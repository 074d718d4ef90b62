// Package serial opens scanners at serial ports, USB ones too, and finds them again where they come back under another name.
package serial

import (
	"errors"
	"path/filepath"
	"slices"

	"packbench/internal/order"
	"packbench/printer/link"
	"packbench/scanner"
	"packbench/scanner/listen"
)

// Place is where a scanner is plugged in. It belongs to one goroutine.
type Place struct {
	name  string
	at    scanner.Address
	known scanner.Identity // of the device that was there, or shall be; zero where the port is no USB device's
	ports func() ([]link.Found, error)
}

// At is the place of a scanner with an address of kind scanner.Serial.
func At(name string, at scanner.Address) *Place {
	return &Place{name: name, at: at, known: at.USB, ports: link.Ports}
}

// Open opens the scanner's port. A device that was opened by its port's name once is known by its identity from then on, because a plug that was pulled
// comes back as another port. It fails with scanner.absent, scanner.permission, scanner.busy, scanner.no_port, scanner.several or scanner.rate.
func (p *Place) Open() (listen.Port, error) { return p.OpenLine() }

// OpenLine is Open for a device that is also written to.
func (p *Place) OpenLine() (link.Port, error) {
	ports, err := p.ports()
	if err != nil {
		return nil, order.Trouble(err, "scanner.absent", "name", p.name, "address", p.at.String())
	}
	path, known, err := p.locate(devices(ports))
	if err != nil {
		return nil, err
	}
	port, err := link.OpenPort(link.Line{Port: path, Baud: p.at.Baud})
	if err != nil {
		return nil, p.problem(err)
	}
	p.known = known
	return port, nil
}

// device is one serial port.
type device struct {
	path string
	id   scanner.Identity
}

func devices(ports []link.Found) []device {
	var found []device
	for _, f := range ports {
		if at, ok := scanner.ParseAddress(f.URI); ok {
			found = append(found, device{at.Path, scanner.Identity{VendorID: f.VendorID, ProductID: f.ProductID, SerialNumber: f.Serial}})
		}
	}
	return found
}

// locate is the port to open, and what is known then of who is there.
func (p *Place) locate(ports []device) (path string, known scanner.Identity, err error) {
	here := slices.IndexFunc(ports, func(d device) bool { return same(d.path, p.at.Path) })
	if p.known == (scanner.Identity{}) {
		if here >= 0 && ports[here].id.VendorID != "" {
			known = ports[here].id
		}
		return p.at.Path, known, nil
	}
	var like []device
	for _, d := range ports {
		if p.known.Of(d.id) {
			like = append(like, d)
		}
	}
	switch {
	case len(like) == 1:
		return like[0].path, p.known, nil
	case len(like) == 0:
		return "", known, order.Trouble(nil, "scanner.absent", "name", p.name, "address", p.at.String())
	case here >= 0 && p.known.Of(ports[here].id):
		return p.at.Path, p.known, nil
	}
	return "", known, order.Trouble(nil, "scanner.several", "name", p.name, "count", len(like))
}

// same tells whether two names are one port's: udev gives some of them lasting names beside their own.
func same(a, b string) bool {
	if a == b {
		return true
	}
	from, err := filepath.EvalSymlinks(a)
	if err != nil {
		return false
	}
	to, err := filepath.EvalSymlinks(b)
	return err == nil && from == to
}

// problem says of a scanner what the link said of a printer.
func (p *Place) problem(err error) error {
	key := order.AsProblem(err).Key
	cause := errors.Unwrap(order.AsProblem(err))
	switch key {
	case "printer.permission":
		return order.Trouble(cause, "scanner.permission", "name", p.name, "address", p.at.String())
	case "printer.busy":
		return order.Trouble(cause, "scanner.busy", "name", p.name, "address", p.at.String())
	case "printer.no_port":
		return order.Trouble(cause, "scanner.no_port", "name", p.name, "address", p.at.String())
	case "printer.rate":
		return order.Trouble(cause, "scanner.rate", "name", p.name, "baud", p.at.Baud)
	case "printer.other_system":
		return order.Trouble(cause, "scanner.other_system", "name", p.name)
	}
	return order.Trouble(cause, "scanner.absent", "name", p.name, "address", p.at.String())
}
