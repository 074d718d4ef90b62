package cli

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"text/tabwriter"
	"time"

	"packbench/internal/order"
	"packbench/store"
)

// Orders lists the orders the bench knows.
type Orders struct {
	JSON   bool   `name:"json" help:"One object a line."`
	Status string `placeholder:"STATUS" help:"Only orders the platform has in this status, such as AWAITING_SHIPMENT."`
	State  string `placeholder:"STATE" help:"Only orders with a parcel in this state, such as confirmed."`
	Shop   string `placeholder:"ID" help:"Only orders of this shop."`
	Filter string `placeholder:"WORDS" help:"Only orders with a parcel that fits, the most urgent first, such as: due:16:00 market:MY pieces:1 state:ready 84000123"`
}

// orderLine is one order (design 4, orders).
type orderLine struct {
	OrderID  string        `json:"order_id"`
	Shop     string        `json:"shop"`
	Market   order.Market  `json:"market"`
	Status   order.Status  `json:"status"`
	Due      string        `json:"due"`
	Packages []packageLine `json:"packages"`
}

type packageLine struct {
	PackageID order.ParcelKey `json:"package_id"`
	Tracking  string          `json:"tracking_number"`
	State     string          `json:"state"`
	Lines     []skuLine       `json:"lines"`
}

type skuLine struct {
	SellerSKU string `json:"seller_sku"`
	SKUID     string `json:"sku_id"`
	Pieces    int    `json:"pieces"`
}

// Served tells that a program that has the folder open does it.
func (v *Orders) Served() bool { return true }

// Run writes the list.
func (v *Orders) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	write, flush := e.Line, func() error { return nil }
	if !v.JSON {
		table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
		if _, err := fmt.Fprintln(table, e.Tongue.Text("orders.header")); err != nil {
			return err
		}
		write = func(line any) error { return tableRows(table, line.(orderLine)) }
		flush = table.Flush
	}
	visit := func(row store.OrderParcels) error {
		line := lineOf(row)
		if !v.wants(line) {
			return nil
		}
		return write(line)
	}
	if v.Filter == "" {
		return errors.Join(bench.Store.Orders(visit), flush())
	}
	ids, err := v.found(bench)
	if err != nil {
		return err
	}
	return errors.Join(bench.Store.OrdersOf(ids, visit), flush())
}

// found are the orders with a parcel that fits, each once, the most urgent first.
func (v *Orders) found(bench *Bench) (ids []string, err error) {
	filter, _, err := bench.Filter(v.Filter)
	if err != nil {
		return nil, err
	}
	found, err := bench.Store.Find(filter.Fits, 0, math.MaxInt)
	seen := map[string]bool{}
	for _, f := range found.Facts {
		for _, id := range f.OrderIDs {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids, err
}

func (v *Orders) wants(line orderLine) bool {
	if v.Status != "" && !strings.EqualFold(string(line.Status), v.Status) || v.Shop != "" && line.Shop != v.Shop {
		return false
	}
	if v.State == "" {
		return true
	}
	for _, p := range line.Packages {
		if strings.EqualFold(p.State, v.State) {
			return true
		}
	}
	return false
}

func lineOf(row store.OrderParcels) orderLine {
	o := row.Order
	line := orderLine{OrderID: o.ID, Shop: o.ShopID, Market: o.Market, Status: o.Status, Packages: []packageLine{}}
	if due := o.Due(); !due.IsZero() {
		line.Due = due.UTC().Format(time.RFC3339)
	}
	for _, known := range row.Parcels {
		p := packageLine{PackageID: known.Key, Tracking: known.Tracking, State: known.State(), Lines: []skuLine{}}
		for _, unit := range known.Units {
			if unit.OrderID == o.ID {
				p.add(unit.SKU(), unit.SKUID)
			}
		}
		line.Packages = append(line.Packages, p)
	}
	return line
}

func (p *packageLine) add(sku, skuID string) {
	for i := range p.Lines {
		if p.Lines[i].SellerSKU == sku && p.Lines[i].SKUID == skuID {
			p.Lines[i].Pieces++
			return
		}
	}
	p.Lines = append(p.Lines, skuLine{SellerSKU: sku, SKUID: skuID, Pieces: 1})
}

func tableRows(table *tabwriter.Writer, line orderLine) error {
	for _, p := range line.Packages {
		pieces := 0
		for _, l := range p.Lines {
			pieces += l.Pieces
		}
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%d\n",
			line.OrderID, line.Market, line.Status, line.Due, p.PackageID, p.State, pieces); err != nil {
			return err
		}
	}
	return nil
}
