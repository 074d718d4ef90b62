package platform

import (
	"context"
	"net/http"
	"strings"
	"time"

	"packbench/internal/order"
)

// Package is a parcel as the platform describes it (platform API 3.5, Get Package Detail).
type Package struct {
	ID string
	// Status is TO_FULFILL, PROCESSING, FULFILLING, COMPLETED or CANCELLED, always without a blank.
	Status string
	// SubStatus is the finer state; at RTS_success the label can be had.
	SubStatus string
	Tracking  string
	LastMile  string // the second carrier's number of a cross-border parcel; often empty
	Provider  string
	OrderIDs  []string
	LineIDs   []string // the units in it
	// HandoverMethod is Pickup, DropOff or empty, and PickupSlot the time agreed on, nil for none.
	HandoverMethod string
	PickupSlot     *Slot
	WarehouseID    string // US only; often empty
	// ShipException is why the carrier gave up: PACKAGE_DAMAGAED (as the platform spells it), PACKAGE_LOST,
	// RETURNED_TO_SHIPPER or PACKAGE_SCRAP; else empty.
	ShipException string
	UpdatedAt     time.Time
}

// wirePackage is a package as the platform sends it, as far as a bench needs it (platform API 3.5).
type wirePackage struct {
	ID        text `json:"package_id"`
	Status    text `json:"package_status"`
	SubStatus text `json:"package_sub_status"`
	Tracking  text `json:"tracking_number"`
	LastMile  text `json:"last_mile_tracking_number"`
	Provider  text `json:"shipping_provider_name"`
	Orders    []struct {
		ID text `json:"id"`
	} `json:"orders"`
	LineIDs       []text    `json:"order_line_item_ids"`
	Handover      text      `json:"handover_method"`
	Slot          *slotRead `json:"pickup_slot"`
	WarehouseID   text      `json:"warehouse_id"`
	ShipException text      `json:"ship_exception_reason"`
	UpdateTime    whole     `json:"update_time"`
}

func (w wirePackage) parcel() Package {
	p := Package{
		ID: string(w.ID), Status: packageStatus(w.Status), SubStatus: string(w.SubStatus),
		Tracking: string(w.Tracking), LastMile: string(w.LastMile), Provider: string(w.Provider),
		LineIDs: plain(w.LineIDs), HandoverMethod: string(w.Handover), WarehouseID: string(w.WarehouseID),
		ShipException: string(w.ShipException), UpdatedAt: w.UpdateTime.time(),
	}
	for _, o := range w.Orders {
		if o.ID != "" {
			p.OrderIDs = append(p.OrderIDs, string(o.ID))
		}
	}
	if w.Slot != nil && w.Slot.Start > 0 {
		slot := w.Slot.slot()
		p.PickupSlot = &slot
	}
	return p
}

// packageStatus reads a package's status: the platform writes one with a blank here and with an underscore in orders
// (platform API 6.11).
func packageStatus(w text) string { return strings.ReplaceAll(string(w), " ", "_") }

// Package reads a package as it is now. An id that is not the shop's fails as platform.not_ours.
func (c *Client) Package(ctx context.Context, shop order.Shop, packageID string) (Package, error) {
	path, err := packagePath(packageID, "")
	if err != nil {
		return Package{}, err
	}
	var data wirePackage
	if err := c.call(ctx, request{method: http.MethodGet, path: path, shop: &shop}, &data); err != nil {
		return Package{}, err
	}
	return data.parcel(), nil
}
