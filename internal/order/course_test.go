package order_test

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// Of a parcel of two orders the clocks are those of both, the earlier one; an order that was cancelled takes its clocks with it.
func TestClocksOfACombinedParcel(t *testing.T) {
	r, err := rules.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 11, 20, 4, 0, 0, 0, time.UTC)
	of := func(id string, status order.Status, arrangeBy time.Time) order.Order {
		return order.Order{ID: id, ShopID: "S", Market: "MY", Status: status, ShippingType: order.ByPlatform, WentThroughHold: true, CreatedAt: noon, PaidAt: noon, PackageIDs: []string{"P"},
			Lines: []order.Line{{ID: id, SKUID: "A", PackageID: "P"}}, Times: order.PlatformTimes{ArrangeBy: arrangeBy}}
	}
	ready := func(orders ...order.Order) order.Clock {
		t.Helper()
		f := order.Parcels(orders, noon)[0].Facts()
		course := f.Course()
		for _, c := range r.Clocks(&course, f.SKUs, r.Calendar, noon.Add(5*time.Hour)) {
			if c.ID == "ready" {
				return c
			}
		}
		t.Fatal("no clock of arranging shipment")
		return order.Clock{}
	}
	early, late := noon.Add(4*time.Hour), noon.Add(90*time.Hour)
	if c := ready(of("1", order.AwaitingShipment, late), of("2", order.AwaitingShipment, early)); c.State != order.Missed || !c.Due.Equal(early) {
		t.Errorf("both wait: %+v", c)
	}
	if c := ready(of("1", order.AwaitingShipment, late), of("2", order.Cancelled, early)); c.State != order.Running || !c.Due.Equal(late) {
		t.Errorf("the earlier one was cancelled: %+v", c)
	}
	if c := ready(of("1", order.Cancelled, early), of("2", order.InTransit, late)); c.State != order.Met {
		t.Errorf("one was cancelled, the carrier has the other: %+v", c)
	}
}
