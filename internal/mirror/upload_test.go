package mirror

import (
	"fmt"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// The number of the seller's own carrier arranges shipment in the way each market has it, and makes the package where there was none. A number that
// is another parcel's already waits for a person.
func TestNumbersOfOwnCarriers(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Mix: sandbox.MixFull, Orders: 300, Seed: 4})
	m.sync()
	var own []order.Known
	if err := m.store.Orders(func(row store.OrderParcels) error {
		for _, parcel := range row.Parcels {
			if parcel.Standing == order.SellerShips {
				own = append(own, parcel)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	carriers := map[string]string{} // by shop
	for i, parcel := range own {
		if carriers[parcel.ShopID] == "" {
			carriers[parcel.ShopID] = m.carrier(parcel.Parcel)
		}
		m.request(parcel.Key, order.Request{ID: fmt.Sprint(i), Kind: order.UploadTracking, Tracking: fmt.Sprintf("OWN%07d", i), Provider: carriers[parcel.ShopID]})
	}
	m.pushAll()
	m.sync()
	flows := map[order.Flow]int{}
	for i, parcel := range own {
		now, found, err := m.store.Parcel(parcel.Key)
		if err != nil || !found || !now.Key.HasPackage() || now.Standing != order.Arranged || now.Tracking != fmt.Sprintf("OWN%07d", i) || !now.Work.Arranged || len(now.Work.Requests) != 0 {
			t.Errorf("%s, %s: key %s, %s, number %q, work %+v, %t, %v", parcel.Market, parcel.Flow, now.Key, now.Standing, now.Tracking, now.Work, found, err)
		}
		flows[parcel.Flow]++
	}
	if flows[order.ShipOwn] == 0 || flows[order.MarkShipped] == 0 {
		t.Fatalf("tried %v", flows)
	}
	again := m.sandbox.Books()
	for _, book := range again.Parcels {
		if len(book.Arranged) > 1 {
			t.Errorf("%s was arranged %d times", book.PackageID, len(book.Arranged))
		}
	}
}

// carrier is one that the seller may use from a parcel's warehouse.
func (m *mirrored) carrier(parcel order.Parcel) string {
	m.t.Helper()
	shop, err := m.shop(m.t.Context(), parcel.ShopID)
	if err != nil {
		m.t.Fatal(err)
	}
	options, err := m.client.DeliveryOptions(m.t.Context(), shop, parcel.WarehouseID)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, option := range options {
		if option.Type != "SEND_BY_SELLER" {
			continue
		}
		providers, err := m.client.ShippingProviders(m.t.Context(), shop, option.ID)
		if err != nil || len(providers) == 0 {
			m.t.Fatalf("%v, %v", providers, err)
		}
		return providers[0].ID
	}
	m.t.Fatalf("no option to send by the seller among %v", options)
	return ""
}
