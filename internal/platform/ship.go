package platform

import (
	"context"
	"net/http"

	"packbench/internal/order"
)

// The ways a parcel is handed over (platform API 3.6).
const (
	Pickup  = "PICKUP"
	DropOff = "DROP_OFF"
)

// Shipment is what to arrange for a package. All but the first field may be left out where the platform ships.
type Shipment struct {
	PackageID string
	// Method is Pickup, DropOff or empty. Name one only where a person chose it: several markets ignore or override it
	// (platform API 3.6).
	Method string
	// Slot is one HandoverSlots offered; nil is none.
	Slot *Slot
	// Tracking and ProviderID are for own shipping only, and then both are needed.
	Tracking, ProviderID string
}

// wireShipment is the body of Ship Package, and with an id a part of that of Batch Ship Packages (platform API 3.6).
type wireShipment struct {
	ID     string      `json:"id,omitempty"`
	Method string      `json:"handover_method,omitempty"`
	Slot   *wireSlot   `json:"pickup_slot,omitempty"`
	Self   *wireNumber `json:"self_shipment,omitempty"`
}

// wireNumber is a number of the seller's own carrier, in a shipment and in an update.
type wireNumber struct {
	Tracking   string `json:"tracking_number"`
	ProviderID string `json:"shipping_provider_id"`
}

// wire makes the body without the package's id.
func (s Shipment) wire() (wireShipment, error) {
	slot, err := s.Slot.wire()
	if err != nil {
		return wireShipment{}, err
	}
	w := wireShipment{Method: s.Method, Slot: slot}
	if s.Tracking == "" && s.ProviderID == "" {
		return w, nil
	}
	if err := given(s.Tracking, s.ProviderID); err != nil {
		return wireShipment{}, err
	}
	w.Self = &wireNumber{s.Tracking, s.ProviderID}
	return w, nil
}

// Ship arranges shipment of a package (platform API 3.6, Ship Package). It cannot be undone, and is sent once: where the
// answer is lost, ReactionTo says UnknownOutcome and the caller reads the package first.
func (c *Client) Ship(ctx context.Context, shop order.Shop, s Shipment) error {
	path, err := packagePath(s.PackageID, "/ship")
	if err != nil {
		return err
	}
	body, err := s.wire()
	if err != nil {
		return err
	}
	return c.call(ctx, request{method: http.MethodPost, path: path, shop: &shop, body: body, write: true}, nil)
}
