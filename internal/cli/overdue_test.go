package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
)

// The verb as others call it: its lines, their order, what --within adds, a day for --at, CSV on standard output, and how it ends (design 4).
func TestOverdue(t *testing.T) {
	p := place{t: t, dir: t.TempDir()}
	now := p.environment().Now().UTC().Truncate(time.Second)
	awaiting := func(id string, arrangeBy time.Duration) order.Order {
		return order.Order{
			ID: id, ShopID: "S1", Market: "MY", Status: order.AwaitingShipment, ShippingType: order.ByPlatform, WentThroughHold: true, PackageIDs: []string{"P" + id}, UpdatedAt: now,
			CreatedAt: now.Add(-2 * time.Hour), PaidAt: now.Add(-2 * time.Hour), Times: order.PlatformTimes{ArrangeBy: now.Add(arrangeBy)},
			Lines: []order.Line{{ID: id + "-1", SKUID: "A", SellerSKU: "A"}},
		}
	}
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	invoice := awaiting("4", -time.Minute)
	invoice.Market, invoice.Invoice = "BR", "NEED_INVOICE"
	gone := awaiting("5", -time.Hour)
	gone.Status = order.Cancelled
	orders := []order.Order{awaiting("1", -time.Hour), awaiting("2", -3*time.Hour), awaiting("3", 2*time.Hour), invoice, gone}
	if err := bench.Store.SaveOrders(orders, now); err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}

	type row struct {
		parcel order.ParcelKey
		state  order.ClockState
		cause  order.Cause
		late   int64
	}
	list := func(v *Overdue) (rows []row) {
		t.Helper()
		v.JSON = true
		end := p.run("", v)
		lines := read[overdueLine](t, end.stdout)
		for _, l := range lines {
			if l.Clock != "ready" || l.Source != "platform" || l.Shop != "S1" || !slices.Equal(l.OrderIDs, []string{strings.TrimPrefix(string(l.PackageID), "P")}) {
				t.Errorf("%+v", l)
			}
			rows = append(rows, row{l.PackageID, l.State, l.Cause, l.LateS})
		}
		if late := slices.ContainsFunc(rows, func(r row) bool { return r.state == order.Missed }); late != (end.code == ExitNeedsPerson) || !late && end.code != ExitDone {
			t.Errorf("%d lines end with %d", len(lines), end.code)
		}
		return rows
	}
	at := now.Format(time.RFC3339)
	late := []row{{"P2", order.Missed, order.NotPicked, 3 * 3600}, {"P1", order.Missed, order.NotPicked, 3600}, {"P4", order.Missed, order.InvoiceOwed, 60}}
	if got := list(&Overdue{At: at}); !slices.Equal(got, late) {
		t.Errorf("late: %v, want %v", got, late)
	}
	soon := append(slices.Clone(late), row{"P3", order.Running, order.NotPicked, 0})
	if got := list(&Overdue{At: at, Within: 2 * time.Hour}); !slices.Equal(got, soon) {
		soon[3].state = order.Near
		if !slices.Equal(got, soon) {
			t.Errorf("within two hours: %v, want %v", got, soon)
		}
	}
	if got := list(&Overdue{At: now.AddDate(0, 0, -3).Format(time.DateOnly)}); got != nil {
		t.Errorf("three days ago: %v", got)
	}
	for _, wrong := range []*Overdue{{At: "soon"}, {Within: -time.Hour}, {File: "x.csv"}} {
		if end := p.run("", wrong); end.code != ExitUsage {
			t.Errorf("%+v: %+v", wrong, end)
		}
	}
}
