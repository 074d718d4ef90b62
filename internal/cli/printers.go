package cli

import (
	"fmt"
	"text/tabwriter"

	"packbench/printer/link"
)

// Printers lists what a printer's address can be, as far as this computer knows, or sets one up.
type Printers struct {
	JSON  bool `name:"json" help:"One object a line."`
	Setup bool `help:"Set a printer up: find out its language by test labels that are scanned, and write it into the settings."`
}

// printerLine is one printer or port.
type printerLine struct {
	Name      string `json:"name"`
	URI       string `json:"uri"`
	ID        string `json:"id,omitempty"` // what a USB printer says of itself
	VendorID  string `json:"vendor_id,omitempty"`
	ProductID string `json:"product_id,omitempty"`
	Serial    string `json:"serial,omitempty"`
}

// Served tells that a program that has the folder open does it, although it needs nothing of the folder: beside that program it works too.
func (v *Printers) Served() bool { return true }

// Run writes the list. Network printers are not on it: nothing on this computer knows of them.
func (v *Printers) Run(e *Environment) error {
	if v.Setup {
		return v.setUp(e)
	}
	found, err := link.Find(e.Context)
	if err != nil {
		return err
	}
	if v.JSON {
		for _, f := range found {
			if err := e.Line(printerLine(f)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(found) == 0 {
		fmt.Fprintln(e.Stderr, e.Tongue.Text("printers.none"))
		return nil
	}
	table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, e.Tongue.Text("printers.header"))
	for _, f := range found {
		fmt.Fprintf(table, "%s\t%s\n", f.Name, f.URI)
	}
	return table.Flush()
}
