package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"packbench/internal/order"
)

// Shops lists the shops the bench is connected to.
type Shops struct {
	JSON bool `name:"json" help:"One object a line."`
}

// shopLine is one shop. The last two are of the seller's consent and the same for all shops; they are missing where nobody has told its end.
type shopLine struct {
	Shop       string       `json:"shop"`
	Name       string       `json:"name"`
	Market     order.Market `json:"market"`
	SellerType string       `json:"seller_type"`
	Orders     int          `json:"orders"`
	Waiting    int          `json:"waiting"` // parcels to be packed
	Warehouses []placeLine  `json:"warehouses"`
	Ends       string       `json:"authorization_ends,omitempty"`
	DaysLeft   *int         `json:"days_left,omitempty"`
}

// placeLine is what one warehouse has of a shop. The name is empty where the platform told none.
type placeLine struct {
	Warehouse string `json:"warehouse"`
	Name      string `json:"name"`
	Orders    int    `json:"orders"`
	Waiting   int    `json:"waiting"`
}

// Served tells that a program that has the folder open does it.
func (v *Shops) Served() bool { return true }

// Run writes the list, from what was read last: the platform is not asked.
func (v *Shops) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	shops, err := bench.Store.Shops()
	if err != nil {
		return err
	}
	orders, err := bench.Store.OrdersByPlace()
	if err != nil {
		return err
	}
	_, waiting, err := bench.Store.Waiting(0, "")
	if err != nil {
		return err
	}
	end := bench.Settings.Platform.RefreshExpires
	var lines []shopLine
	for _, shop := range shops {
		warehouses, err := bench.Store.Warehouses(shop.ID)
		if err != nil {
			return err
		}
		lines = append(lines, shopLineOf(shop, e.Now(), end).with(warehouses, orders, waiting))
	}
	e.WarnOfConsent(end)
	if !v.JSON {
		return shopTable(e, lines, end)
	}
	for _, line := range lines {
		if err := e.Line(line); err != nil {
			return err
		}
	}
	return nil
}

func shopLineOf(shop order.Shop, now, end time.Time) shopLine {
	line := shopLine{Shop: shop.ID, Name: shop.Name, Market: shop.Market, SellerType: shop.SellerType, Warehouses: []placeLine{}}
	if !end.IsZero() {
		days := order.ConsentAt(now, end).Days
		line.Ends, line.DaysLeft = end.UTC().Format(time.RFC3339), &days
	}
	return line
}

// with adds what the shop's warehouses have: those the platform named, and those only orders name.
func (l shopLine) with(warehouses []order.Warehouse, orders, waiting order.Places) shopLine {
	names := map[string]string{}
	for _, w := range warehouses {
		if w.Type != "RETURN_WAREHOUSE" { // nothing is sent from there
			names[w.ID] = w.Name
		}
	}
	ids := slices.Collect(maps.Keys(names))
	for place := range orders {
		if _, named := names[place.WarehouseID]; place.ShopID == l.Shop && !named {
			ids = append(ids, place.WarehouseID)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		place := order.Place{ShopID: l.Shop, WarehouseID: id}
		l.Warehouses = append(l.Warehouses, placeLine{Warehouse: id, Name: names[id], Orders: orders[place], Waiting: waiting[place]})
		l.Orders, l.Waiting = l.Orders+orders[place], l.Waiting+waiting[place]
	}
	return l
}

func shopTable(e *Environment, lines []shopLine, end time.Time) error {
	table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, e.Tongue.Text("shops.header"))
	for _, line := range lines {
		day, left := "", ""
		if line.DaysLeft != nil {
			day, left = Day(end), strconv.Itoa(*line.DaysLeft)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\n", line.Shop, line.Name, line.Market, line.SellerType, line.Orders, line.Waiting, day, left)
		for _, place := range line.Warehouses {
			fmt.Fprintf(table, "  %s\t%s\t\t\t%d\t%d\t\t\n", place.Warehouse, place.Name, place.Orders, place.Waiting)
		}
	}
	return table.Flush()
}

// WarnOfConsent says on standard error that the seller's consent ends soon or has ended.
func (e *Environment) WarnOfConsent(end time.Time) {
	switch left := order.ConsentAt(e.Now(), end); {
	case left.Ended:
		fmt.Fprintln(e.Stderr, e.Tongue.Text("consent.ended", "day", Day(end)))
	case left.Soon:
		fmt.Fprintln(e.Stderr, e.Tongue.Text("consent.soon", "day", Day(end), "count", left.Days))
	}
}
