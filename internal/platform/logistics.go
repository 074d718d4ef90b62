package platform

import (
	"context"
	"net/http"
	"net/url"

	"packbench/internal/order"
)

// Warehouses lists the places a shop sends from and takes returns at (platform API 3.8, Get Warehouse List).
func (c *Client) Warehouses(ctx context.Context, shop order.Shop) ([]order.Warehouse, error) {
	var data struct {
		Warehouses []struct {
			ID      text `json:"id"`
			Name    text `json:"name"`
			Type    text `json:"type"`
			SubType text `json:"sub_type"`
			Effect  text `json:"effect_status"`
			Default flag `json:"is_default"`
		} `json:"warehouses"`
	}
	err := c.call(ctx, request{method: http.MethodGet, path: "/logistics/202309/warehouses", shop: &shop}, &data)
	if err != nil {
		return nil, err
	}
	warehouses := make([]order.Warehouse, 0, len(data.Warehouses))
	for _, w := range data.Warehouses {
		warehouses = append(warehouses, order.Warehouse{
			ID: string(w.ID), Name: string(w.Name), Type: string(w.Type), SubType: string(w.SubType),
			Effect: string(w.Effect), Default: bool(w.Default),
		})
	}
	return warehouses, nil
}

// DeliveryOption is one of the ways a warehouse sends (platform API 3.8).
type DeliveryOption struct {
	ID, Name string
	Type     string // STANDARD, EXPRESS, ECONOMY or SEND_BY_SELLER
}

// DeliveryOptions lists the ways a warehouse sends (platform API 3.8, Get Warehouse Delivery Options).
func (c *Client) DeliveryOptions(ctx context.Context, shop order.Shop, warehouseID string) ([]DeliveryOption, error) {
	path, err := pathOf("/logistics/202309/warehouses/", warehouseID, "/delivery_options")
	if err != nil {
		return nil, err
	}
	var data struct {
		Options []struct {
			ID   text `json:"id"`
			Name text `json:"name"`
			Type text `json:"type"`
		} `json:"delivery_options"`
	}
	err = c.call(ctx, request{method: http.MethodGet, path: path, shop: &shop, query: url.Values{"scope": {"WAREHOUSE"}}}, &data)
	if err != nil {
		return nil, err
	}
	options := make([]DeliveryOption, 0, len(data.Options))
	for _, o := range data.Options {
		options = append(options, DeliveryOption{string(o.ID), string(o.Name), string(o.Type)})
	}
	return options, nil
}

// euMarkets are those of which Get Shipping Providers asks for the regions since 26 March 2026 (platform API 3.8; the markets: 3.6).
var euMarkets = map[order.Market]bool{"DE": true, "ES": true, "FR": true, "IE": true, "IT": true}

// Provider is a carrier the seller may use.
type Provider struct{ ID, Name string }

// ShippingProviders lists the carriers of a delivery option that the seller ships by; an option of the platform's own has
// none and fails as platform.no_own_carriers (platform API 3.8, Get Shipping Providers). Of a shop in the EU the call names its
// market as the region of both warehouse and buyer.
func (c *Client) ShippingProviders(ctx context.Context, shop order.Shop, deliveryOptionID string) ([]Provider, error) {
	path, err := pathOf("/logistics/202309/delivery_options/", deliveryOptionID, "/shipping_providers")
	if err != nil {
		return nil, err
	}
	query := url.Values{}
	if euMarkets[shop.Market] {
		query.Set("warehouse_region", string(shop.Market))
		query.Set("buyer_region", string(shop.Market))
	}
	var data struct {
		Providers []struct {
			ID   text `json:"id"`
			Name text `json:"name"`
		} `json:"shipping_providers"`
	}
	if err = c.call(ctx, request{method: http.MethodGet, path: path, shop: &shop, query: query}, &data); err != nil {
		return nil, err
	}
	providers := make([]Provider, 0, len(data.Providers))
	for _, p := range data.Providers {
		providers = append(providers, Provider{string(p.ID), string(p.Name)})
	}
	return providers, nil
}
