package cli

import (
	"fmt"
	"path/filepath"
	"text/tabwriter"

	"packbench/internal/order"
	"packbench/printer/link"
	"packbench/scanner"
	"packbench/scanner/evdev"
)

// Scanners lists what a scanner's address can be, as far as this computer knows, or tests a scanner by three codes.
type Scanners struct {
	JSON    bool   `name:"json" help:"One object a line."`
	Setup   string `placeholder:"URI" help:"Test the scanner at an address, or one that types like a keyboard (wedge), by three codes that are scanned."`
	Print   bool   `help:"Print the page with the three codes."`
	Printer string `placeholder:"URI" help:"With --print: printer address; without it the configured one."`
}

// FoundScanner is a serial port or an input device that a scanner can be at.
type FoundScanner struct {
	Name      string       `json:"name"`
	URI       string       `json:"uri"`
	Kind      scanner.Kind `json:"kind"`
	Likely    bool         `json:"likely"` // says it is a scanner, or its maker makes little else
	VendorID  string       `json:"vendor_id,omitempty"`
	ProductID string       `json:"product_id,omitempty"`
	Serial    string       `json:"serial,omitempty"`
}

// Served tells that the page is printed by the program that has the folder open, on the printer it has open.
func (v *Scanners) Served() bool { return v.Print }

// Run writes the list, or does what was asked in its place.
func (v *Scanners) Run(e *Environment) error {
	switch {
	case v.Print:
		return v.page(e)
	case v.Setup != "":
		return v.test(e)
	}
	found, err := FindScanners()
	if err != nil {
		return err
	}
	if v.JSON {
		for _, f := range found {
			if err := e.Line(f); err != nil {
				return err
			}
		}
		return nil
	}
	if len(found) == 0 {
		fmt.Fprintln(e.Stderr, e.Tongue.Text("scanners.none"))
		return nil
	}
	table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, e.Tongue.Text("scanners.header"))
	for _, f := range found {
		mark := ""
		if f.Likely {
			mark = e.Tongue.Text("scanners.likely")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", f.Name, f.URI, mark)
	}
	return table.Flush()
}

// FindScanners lists the serial ports, and the input devices that can type codes, those that are likely scanners first. A scanner that types is an input
// device: its address takes it for this program alone.
func FindScanners() ([]FoundScanner, error) {
	ports, err := link.Ports()
	if err != nil {
		return nil, order.Trouble(err, "scanners.unlisted")
	}
	devices, err := evdev.Find()
	if err != nil {
		return nil, order.Trouble(err, "scanners.unlisted")
	}
	var sure, others []FoundScanner
	add := func(l FoundScanner) {
		if l.Likely {
			sure = append(sure, l)
		} else {
			others = append(others, l)
		}
	}
	for _, p := range ports {
		id := scanner.Identity{VendorID: p.VendorID, ProductID: p.ProductID, SerialNumber: p.Serial}
		add(FoundScanner{p.Name, portAddress(p.URI, id), scanner.Serial, evdev.Likely(p.Name, id), p.VendorID, p.ProductID, p.Serial})
	}
	for _, d := range devices {
		uri := scanner.Address{Kind: scanner.Input, Path: d.Path, USB: d.USB}.String()
		add(FoundScanner{d.Name, uri, scanner.Input, d.Likely, d.USB.VendorID, d.USB.ProductID, d.USB.SerialNumber})
	}
	return append(sure, others...), nil
}

// portAddress is the address of a scanner at a port: by what its device says of itself where that tells it from all others.
func portAddress(uri string, id scanner.Identity) string {
	at, ok := scanner.ParseAddress(uri)
	if ok && id.VendorID != "" && id.SerialNumber != "" && filepath.Dir(at.Path) != "/dev/serial/by-id" {
		at.Path, at.USB = "", id
	}
	if !ok {
		return uri
	}
	return at.String()
}
