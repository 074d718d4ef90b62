package order_test

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// The next moment of one parcel that waits for shipment and has most of the platform's times: it is computed of every parcel when a program starts or a rule changes.
func BenchmarkNextDue(b *testing.B) {
	r, err := rules.BuiltIn()
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 11, 20, 4, 0, 0, 0, time.UTC)
	o := order.Order{
		ID: "1", ShopID: "S", Market: "MY", Status: order.AwaitingShipment, ShippingType: order.ByPlatform, WentThroughHold: true, CreatedAt: now, PaidAt: now,
		PackageIDs: []string{"P"}, Lines: []order.Line{{ID: "L", SKUID: "A"}}, Times: order.PlatformTimes{ArrangeBy: now.Add(48 * time.Hour), CollectBy: now.Add(96 * time.Hour), DeliverBy: now.Add(200 * time.Hour)},
	}
	course := o.Course(true)
	b.ReportAllocs()
	for b.Loop() {
		if r.NextDue(&course, nil, r.Calendar).IsZero() {
			b.Fatal("nothing is due")
		}
	}
}
