package cli

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"packbench/internal/order"
)

// Carriers lists the carriers that parcels which the seller ships may go with, as the platform knows them.
type Carriers struct {
	JSON bool `name:"json" help:"One object a line."`
}

// carrierLine is one carrier of one shop.
type carrierLine struct {
	Shop   string       `json:"shop"`
	Market order.Market `json:"market"`
	ID     string       `json:"carrier_id"`
	Name   string       `json:"name"`
}

// Served tells that a program that has the folder open does it.
func (v *Carriers) Served() bool { return true }

// Run asks the platform about every shop.
func (v *Carriers) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	kept, err := bench.Mirror()
	if err != nil {
		return err
	}
	shops, err := kept.Shops(e.Context)
	if err != nil {
		return err
	}
	var lines []carrierLine
	for _, shop := range shops {
		carriers, err := kept.Carriers(e.Context, shop.ID)
		if err != nil {
			return err
		}
		for _, c := range carriers {
			lines = append(lines, carrierLine{shop.ID, shop.Market, c.ID, c.Name})
		}
	}
	if !v.JSON {
		return carrierTable(e, lines)
	}
	for _, line := range lines {
		if err := e.Line(line); err != nil {
			return err
		}
	}
	return nil
}

func carrierTable(e *Environment, lines []carrierLine) error {
	table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, e.Tongue.Text("carriers.header"))
	for _, l := range lines {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", l.Shop, l.Market, l.ID, l.Name)
	}
	return table.Flush()
}
