package cli

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"text/tabwriter"
	"time"

	"packbench/internal/order"
	"packbench/store"
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
	Ends       string       `json:"authorization_ends,omitempty"`
	DaysLeft   *int         `json:"days_left,omitempty"`
}

// Run writes the list, from what was read last: the platform is not asked.
func (v *Shops) Run(e *Environment) (err error) {
	if _, err := os.Stat(e.Dir); err != nil {
		return order.Trouble(err, "store.no_folder", "folder", e.Dir)
	}
	bench, err := OpenBench(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	shops, err := bench.Store.Shops()
	if err != nil {
		return err
	}
	end := bench.Settings.Platform.RefreshExpires
	if v.JSON {
		for _, s := range shops {
			if err := e.Line(shopLineOf(s, e.Now(), end)); err != nil {
				return err
			}
		}
	} else if err := shopTable(e, shops, end); err != nil {
		return err
	}
	e.WarnOfConsent(end)
	return nil
}

func shopLineOf(s store.ShopOrders, now, end time.Time) shopLine {
	line := shopLine{Shop: s.Shop.ID, Name: s.Shop.Name, Market: s.Shop.Market, SellerType: s.Shop.SellerType, Orders: s.Orders}
	if !end.IsZero() {
		days := order.ConsentAt(now, end).Days
		line.Ends, line.DaysLeft = end.UTC().Format(time.RFC3339), &days
	}
	return line
}

func shopTable(e *Environment, shops []store.ShopOrders, end time.Time) error {
	table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, e.Tongue.Text("shops.header"))
	for _, s := range shops {
		line := shopLineOf(s, e.Now(), end)
		day, left := "", ""
		if line.DaysLeft != nil {
			day, left = Day(end), strconv.Itoa(*line.DaysLeft)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", line.Shop, line.Name, line.Market, line.SellerType, line.Orders, day, left)
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
