package mirror

import (
	"context"
	"slices"

	"packbench/internal/platform"
)

// sendBySeller is the type of the delivery options that the seller's own carriers belong to (platform API 3.8).
const sendBySeller = "SEND_BY_SELLER"

// Carriers are those that a shop's own parcels may go with, each once: of every option to send by the seller, from every warehouse that sends
// (platform API 3.8).
func (m *Mirror) Carriers(ctx context.Context, shopID string) ([]platform.Provider, error) {
	shop, err := m.shop(ctx, shopID)
	if err != nil {
		return nil, err
	}
	warehouses, err := m.platform.Warehouses(ctx, shop)
	if err != nil {
		return nil, err
	}
	var carriers []platform.Provider
	asked := map[string]bool{}
	for _, warehouse := range warehouses {
		if warehouse.Type == "RETURN_WAREHOUSE" {
			continue
		}
		options, err := m.platform.DeliveryOptions(ctx, shop, warehouse.ID)
		if err != nil {
			return nil, err
		}
		for _, option := range options {
			if option.Type != sendBySeller || asked[option.ID] {
				continue
			}
			asked[option.ID] = true
			providers, err := m.platform.ShippingProviders(ctx, shop, option.ID)
			if err != nil {
				return nil, err
			}
			for _, p := range providers {
				if !slices.Contains(carriers, p) {
					carriers = append(carriers, p)
				}
			}
		}
	}
	return carriers, nil
}
