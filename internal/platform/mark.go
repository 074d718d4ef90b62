package platform

import (
	"context"
	"net/http"

	"packbench/internal/order"
)

// Marking says that an order, or some units of it, was given to the seller's own carrier.
type Marking struct {
	OrderID, Tracking, ProviderID string
	LineIDs                       []string // empty is the whole order
}

// Marked is the package that marking made.
type Marked struct {
	PackageID string
	Warning   string // the platform's own words; often empty
	LineIDs   []string
}

// MarkShipped tells the platform that the seller ships: US, UK, ES, IE, IT, DE, FR and JP only, platform.wrong_market
// elsewhere (platform API 3.6, Mark Package As Shipped). It is sent once.
func (c *Client) MarkShipped(ctx context.Context, shop order.Shop, m Marking) (Marked, error) {
	path, err := orderPath(m.OrderID, "/packages")
	if err != nil {
		return Marked{}, err
	}
	if err := given(m.Tracking, m.ProviderID); err != nil {
		return Marked{}, err
	}
	body := struct {
		Tracking   string   `json:"tracking_number"`
		ProviderID string   `json:"shipping_provider_id"`
		LineIDs    []string `json:"order_line_item_ids,omitempty"`
	}{m.Tracking, m.ProviderID, m.LineIDs}
	r := request{method: http.MethodPost, path: path, shop: &shop, body: body, write: true}
	var data struct {
		PackageID text   `json:"package_id"`
		LineIDs   []text `json:"order_line_item_ids"`
		Warning   struct {
			Message text `json:"message"`
		} `json:"warning"`
	}
	if err := c.call(ctx, r, &data); err != nil {
		return Marked{}, err
	}
	return Marked{
		PackageID: string(data.PackageID), Warning: c.redact(r, string(data.Warning.Message)), LineIDs: plain(data.LineIDs),
	}, nil
}

// UpdatePackageTracking gives a package the seller ships another tracking number: once, and only within the platform's limits
// (platform API 3.6, Update Package Shipping Info).
func (c *Client) UpdatePackageTracking(ctx context.Context, shop order.Shop, packageID, tracking, providerID string) error {
	path, err := packagePath(packageID, "/shipping_info/update")
	if err != nil {
		return err
	}
	return c.updateTracking(ctx, shop, path, tracking, providerID)
}

// UpdateOrderTracking gives an order the seller ships another tracking number: once, and only within the platform's limits
// (platform API 3.6, Update Shipping Info).
func (c *Client) UpdateOrderTracking(ctx context.Context, shop order.Shop, orderID, tracking, providerID string) error {
	path, err := orderPath(orderID, "/shipping_info/update")
	if err != nil {
		return err
	}
	return c.updateTracking(ctx, shop, path, tracking, providerID)
}

func (c *Client) updateTracking(ctx context.Context, shop order.Shop, path, tracking, providerID string) error {
	if err := given(tracking, providerID); err != nil {
		return err
	}
	return c.call(ctx, request{
		method: http.MethodPost, path: path, shop: &shop, body: wireNumber{tracking, providerID}, write: true,
	}, nil)
}
